"""What runs say, made up for the tests of report formats, and each format's text of it."""

from __future__ import annotations

import io

from migrate import formats
from migrate.model.action import Action, Change, cut
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Bodies, Seen
from migrate.report.discreet import Discreet
from migrate.report.totals import Summary

Said = Seen | Action | Finding

HOSTILE = (
    "a\x1b[2J\r\n::error title=x::y | **b** `c` <script>alert(1)</script> </script> ]]> & \"'"
    " [l](javascript:x) @all #1 \u202e % \x00 \ufffe \udce9 :+1: $x$"
)
"""Text that means something in some format, with all that XML and UTF-8 can't carry."""


def summary(*said: Said, fail_on: str = "error") -> Summary:
    """Make the summary of a run that said this."""
    made = Summary("import", "posts", "http://127.0.0.1", dry_run=True, version="1.0.0")
    made.fail_on = fail_on
    made.totals.read["post"] = max(1, sum(isinstance(thing, Seen) for thing in said))
    for thing in said:
        if isinstance(thing, Finding):
            made.totals.count_finding(thing)
        elif isinstance(thing, Action):
            made.totals.count_action(thing)
    made.exit = made.totals.exit_status(fail_on)
    return made


def report(
    name: str,
    *said: Said,
    show_private: bool = False,
    verbose: bool = False,
    about: Summary | None = None,
) -> str:
    """Give a format's text about what was said."""
    stream = io.StringIO()
    made = formats.find(formats.REPORTS, name, "report")(stream, verbose=verbose)
    sent = made if show_private else Discreet(made)
    for thing in said:
        match thing:
            case Seen():
                sent.record(thing)
            case Finding():
                sent.finding(thing)
            case Action():
                sent.action(thing)
    sent.finish(about or summary(*said))
    return stream.getvalue()


def hostile() -> list[Said]:
    """Make what is said of a post that holds hostile text wherever text can stand."""
    ref = RecordRef("post", "1", HOSTILE)
    bodies = Bodies(HOSTILE, HOSTILE + "2", "html", "html")
    changes = [cut("content", HOSTILE, HOSTILE + "2"), Change(HOSTILE, HOSTILE, HOSTILE)]
    change = Finding("rewrite-entities", HOSTILE, "a.md", 3, record=ref, field="content")
    change.is_change, change.before, change.after = True, HOSTILE, HOSTILE + "2"
    path = "b\udce9::,\n|<b>.md"
    return [
        change,
        Finding("source-encoding", HOSTILE, path, 1, 2, fix=HOSTILE, field=HOSTILE),
        Finding("loss-character", HOSTILE),
        Seen("a.md", ref, HOSTILE, bodies=bodies),
        Seen(path),
        Action("update", "post", "a.md", None, "1", HOSTILE, HOSTILE, HOSTILE, HOSTILE,
               changes=changes),
        Action("create", HOSTILE, "", None, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    ]  # fmt: skip


def private() -> list[Said]:
    """Make what is said of a draft, and of a field that nobody sees; all text is `s3cret`."""
    ref = RecordRef("post", "7", "known")
    seen = Seen("a.md", ref, "s3cret", False, Bodies("s3cret", "s3cret 2", "html", "html"))
    changes = [cut("title", "s3cret", "s3cret 2"), cut("content", "s3cret" * 99, "s3cret 2")]
    change = Finding("rewrite-entities", "a s3cret", "a.md", 3, record=ref, field="content")
    change.is_change, change.public, change.hidden = True, False, "a (hidden)"
    change.before, change.after = "s3cret", "s3cret 2"
    password = cut("password", "s3cret" * 99, "")._replace(public=False)
    return [
        change,
        seen,
        Action("update", "post", "a.md", None, "7", "known", "s3cret", public=False,
               changes=changes),
        Action("update", "post", "b.md", None, "8", "b", "Title", changes=[password]),
    ]  # fmt: skip
