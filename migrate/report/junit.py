"""The report that any CI shows: JUnit's XML, a test case for each post.

A case fails where one of its findings is at or above --fail-on, it is an error where its action
failed, and skipped where the record was; all else that was said of the post is its output.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.seen import Seen
from migrate.output import spool
from migrate.patterns import pattern
from migrate.report.by_post import ByPost, PostSaid
from migrate.report.harmless import harmless
from migrate.report.places import Places
from migrate.report.report import Report
from migrate.report.totals import Summary, fails

_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
"""What XML 1.0 can't carry, beside the control characters and surrogates."""


class JunitReport(Report):
    """Writes one suite, the command, with a case for each post in the order of the source."""

    mark = pattern(r'\A<\?xml [^>\n]*>\n<testsuites name="wpmigrate" ')

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._said = ByPost()

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
        counts: Counter[str] = Counter(tests=0, failures=0, errors=0, skipped=0)
        places = Places(summary.source)
        with spool() as cases:
            for post in self._said.posts():
                cases.write("".join(_case(post, summary, places, counts)).encode("utf-8"))
            totals = " ".join(f'{name}="{count}"' for name, count in counts.items())
            name = _attribute(f"wpmigrate {summary.command}")
            self.stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
            self.stream.write(f'<testsuites name="wpmigrate" {totals} time="0">\n')
            self.stream.write(f'  <testsuite name={name} {totals} time="0">\n')
            cases.seek(0)
            for line in cases:
                self.stream.write(line.decode("utf-8"))
        self.stream.write("  </testsuite>\n</testsuites>\n")


def _case(post: PostSaid, summary: Summary, places: Places, counts: Counter[str]) -> Iterator[str]:
    """Give the lines of one post's case, and count it."""
    counts["tests"] += 1
    bad = [one for one in post.findings if fails(one["severity"], one["family"], summary.fail_on)]
    verbs = {action["action"] for action in post.actions}
    yield f"    <testcase {_named(post, summary.command, places)}>\n"
    if "failed" in verbs:
        counts["errors"] += 1
        yield _told("error", "failed", _reason(post, "failed"), [])
    elif bad:
        counts["failures"] += 1
        yield _told("failure", bad[0]["code"], bad[0]["message"], map(_sentence, bad))
    elif verbs and verbs <= {"skip"}:
        counts["skipped"] += 1
        yield f"      <skipped message={_attribute(_reason(post, 'skip'))}/>\n"
    rest = [_done(action) for action in post.actions]
    rest += [_sentence(one) for one in post.findings if one not in bad]
    if rest:
        yield f"      <system-out>{_text(chr(10).join(rest))}</system-out>\n"
    yield "    </testcase>\n"


def _named(post: PostSaid, command: str, places: Places) -> str:
    kind = post.type or ("file" if post.path else "source")
    record = " ".join(part for part in (post.type, post.id or post.slug) if part)
    name = f"{post.path} ({record})" if record else post.path or "the whole source"
    line = next((one["line"] for one in post.findings if one["line"]), None)
    attributes = {
        "classname": f"wpmigrate.{command}.{kind}",
        "name": name,
        **({"file": places.in_repository(post.path)} if post.seen else {}),
        **({"line": str(line)} if line else {}),
        "time": "0",
    }
    return " ".join(f"{key}={_attribute(value)}" for key, value in attributes.items())


def _told(element: str, kind: str, message: str, lines: Any) -> str:
    text = _text("\n".join(lines))
    named = f"type={_attribute(kind)} message={_attribute(message)}"
    return f"      <{element} {named}>{text}</{element}>\n"


def _reason(post: PostSaid, verb: str) -> str:
    return next((one["reason"] for one in post.actions if one["action"] == verb), "") or verb


def _done(action: dict[str, Any]) -> str:
    changed = ", ".join(change["field"] for change in action["changes"])
    said = [action["action"], action["type"], action["target_url"], action["title"]]
    said += [f"[{changed}]"] if changed else []
    said += [f"({action['reason']})"] if action["reason"] else []
    return " ".join(part for part in said if part)


def _sentence(finding: dict[str, Any]) -> str:
    place = ":".join(str(part) for part in (finding["path"], finding["line"]) if part)
    at = f"{place}: " if place else ""
    way_out = f"\n  → {finding['fix']}" if finding["fix"] else ""
    return f"{at}{finding['severity']} {finding['code']}: {finding['told']}{way_out}"


def _text(text: str) -> str:
    return escape(_sayable(text))


def _attribute(text: str) -> str:
    return quoteattr(_sayable(text))


def _sayable(text: str) -> str:
    return text if text.isprintable() else _NO_CHARACTER.sub("\ufffd", harmless(text))
