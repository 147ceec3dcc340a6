"""The report to look at: one page with everything in it, that loads nothing and runs nothing else.

Posts stand in it as JSON, the ones to look at first first; the page draws what is in view. Texts of
posts are never markup of the page: a body is shown in a sandboxed frame, and the page's policy lets
no script or style run but its own, which it names by their hashes.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources
from typing import Any, ClassVar, Final, TextIO

from jinja2 import Environment
from markupsafe import Markup

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.patterns import pattern
from migrate.report.by_post import ByPost, PostSaid, rank_of
from migrate.report.facts import facts
from migrate.report.harmless import harmless
from migrate.report.report import Report
from migrate.report.spooled import Spooled, dumps
from migrate.report.totals import Summary

ROOM: Final = 5_000_000
"""How many characters of bodies the page has at most: with more it would be slow to open."""

BLOCK: Final = 50
"""Posts in an element of the page: an element each would be slow to open. page.js knows it too."""

_AS_JSON: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
"""What could end an element of HTML or begin a comment, as JSON spells it inside strings."""


class HtmlReport(Report):
    """Writes the page when the run is over; until then what it shows is in temporary files."""

    mark = pattern("<title>wpmigrate: ")

    wants_bodies: ClassVar[bool] = True

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._said = ByPost()
        self._rows = Spooled()
        self._room = ROOM

    def record(self, seen: Seen) -> None:
        """Take one record."""
        self._said.record(seen)

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        self._said.finding(finding)

    def action(self, action: Action) -> None:
        """Take one action."""
        self._said.action(action)

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        css, script, frame = (_part(name) for name in ("page.css", "page.js", "frame.css"))
        template = Environment(autoescape=True).from_string(_part("page.html.j2"))
        pieces = template.generate(
            policy=_policy(css, script, frame),
            css=Markup(css),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            frame=_json(frame),
            summary=summary,
            site=harmless(summary.site.text) if summary.site else "",
            facts=[(label, harmless(text)) for label, text in facts(summary)],
            said_exit=f"exit status {summary.exit}",
            blocks=self._blocks(),
            rows=lambda: map(_json, self._rows),
        )
        for piece in pieces:
            self.stream.write(piece)
        self.stream.write("\n")

    def _blocks(self) -> Iterator[Markup]:
        """Give what the page shows of each post, a line each, and put its row aside."""
        lines: list[Markup] = []
        for post in self._said.posts(gravest_first=True):
            self._rows.add(_row(post))
            lines.append(_json(self._detail(post)))
            if len(lines) == BLOCK:
                yield Markup("\n").join(lines)
                lines.clear()
        yield Markup("\n").join(lines)

    def _detail(self, post: PostSaid) -> dict[str, Any]:
        """Give all that is said of a post, with its bodies as long as there is room for them."""
        bodies = post.seen and post.seen["bodies"]
        wholes = [change for action in post.actions for change in action["changes"]]
        wanted = sum(len(text) for change in wholes for text in change["whole"] or ())
        is_same = bodies and bodies["before"] == bodies["after"]
        if bodies and is_same and {action["action"] for action in post.actions} == {"unchanged"}:
            bodies = None
        wanted += len(bodies["before"]) + len(bodies["after"]) if bodies else 0
        findings = sorted(map(_finding, post.findings), key=rank_of)
        detail: dict[str, Any] = {"actions": post.actions, "findings": findings}
        if wanted > self._room:
            detail["left"] = True
            for change in wholes:
                change["whole"] = None
        elif bodies:
            detail["bodies"] = bodies
        if wanted <= self._room:
            self._room -= wanted
        return detail


def _finding(said: dict[str, Any]) -> dict[str, Any]:
    """Give a finding without what its post says already."""
    return {name: value for name, value in said.items() if name not in ("told", "path", "record")}


def _row(post: PostSaid) -> dict[str, Any]:
    verbs = [action["action"] for action in post.actions]
    title = (post.seen or {}).get("title") or next(
        (action["title"] for action in post.actions if action["title"]), ""
    )
    fields = [change["field"] for action in post.actions for change in action["changes"]]
    changes = sum("before" in finding for finding in post.findings)
    return {
        "rank": post.rank,
        "verb": verbs[0] if verbs else "",
        "type": post.type,
        "id": post.id,
        "path": post.path,
        "title": harmless(title),
        "codes": list(dict.fromkeys(finding["code"] for finding in post.findings)),
        "fields": fields,
        "changes": changes,
        "found": len(post.findings) - changes,
    }


def _part(name: str) -> str:
    return resources.files("migrate.report").joinpath("page", name).read_text(encoding="utf-8")


def _policy(css: str, script: str, frame: str) -> str:
    styles = f"{_hash(css)} {_hash(frame)}"
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {styles}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json(value: Any) -> Markup:
    text = dumps(value)
    for character, spelled in _AS_JSON.items():
        text = text.replace(character, spelled)
    return Markup(text)  # noqa: S704 - it holds nothing now that HTML knows
