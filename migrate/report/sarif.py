"""The report for code scanning: SARIF 2.1.0, as OASIS standardised it.

Each code is a rule. A change that a rewrite rule made is a fix as well where the text that it
changed stands once on its line of a source file, so that the place is certain.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TextIO
from urllib.parse import quote

from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.output import plain
from migrate.patterns import pattern
from migrate.report.numbered import Numbered
from migrate.report.places import Places
from migrate.report.report import Report
from migrate.report.spooled import Spooled, dumps
from migrate.report.totals import Summary
from migrate.report.wording import with_way_out

VERSION: Final = "2.1.0"
SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT: Final = "wpmigrate/v1"

_ROOT: Final = "%SRCROOT%"
_ENCLOSED: Final = (".xml", ".gz", ".zip")
"""Endings of files in which a body isn't spelled as it is."""


class SarifReport(Report):
    """Writes one log with one run, its results spooled until then."""

    mark = pattern(r'"driver":\{"name":"wpmigrate"')

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        super().__init__(stream, verbose=verbose)
        self._results = Spooled()
        self._numbered = Numbered()
        self._codes: set[str] = set()

    def finding(self, finding: Finding) -> None:
        """Take one finding."""
        self._codes.add(finding.code)
        said = finding.as_json() | {"told": with_way_out(finding, ". ")}
        self._results.add(said | {"fingerprint": self._numbered.of(finding)})

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        driver = {
            "name": "wpmigrate",
            "version": summary.version,
            "semanticVersion": summary.version,
            "rules": [_rule(code) for code in CODES if code in self._codes],
        }
        invocation = {
            "executionSuccessful": summary.exit in (0, 1),
            "exitCode": summary.exit,
        }
        bases = {_ROOT: {"description": {"text": "The root of the repository."}}}
        head = dumps(
            {
                "tool": {"driver": driver},
                "invocations": [invocation],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": bases,
            }
        )
        start = dumps({"$schema": SCHEMA, "version": VERSION})[:-1]
        self.stream.write(f'{start},"runs":[{head[:-1]},"results":[')
        places, lines = Places(summary.source), _Lines()
        self._results.write(self.stream, lambda said: dumps(_result(said, places, lines)))
        self.stream.write("]}]}\n")


def _rule(code: str) -> dict[str, Any]:
    severity, explanation = CODES[code]
    name = "".join(word.capitalize() for word in code.split("-"))
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": explanation.partition(". ")[0].rstrip(".") + "."},
        "fullDescription": {"text": explanation},
        "help": {
            "text": f"{explanation} `wpmigrate explain {code}` says more.",
            "markdown": f"{explanation}\n\n`wpmigrate explain {code}` says more.",
        },
        "defaultConfiguration": {"level": severity},
        "properties": {"tags": [code.partition("-")[0]]},
    }


class _Lines:
    """The lines of the source file that was asked for last; none where it can't be read."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._lines: list[str] = []

    def of(self, path: Path) -> list[str]:
        """Give a file's lines with their ends, which are all that SARIF takes for such."""
        if path != self._path:
            self._path = path
            try:
                text = plain.read(path).decode("utf-8")
            except (OSError, ValueError):
                text = ""
            self._lines = [f"{line}\n" for line in text.split("\n")]
        return self._lines


def _result(said: dict[str, Any], places: Places, lines: _Lines) -> dict[str, Any]:
    """Give the result of a finding."""
    artifact = _artifact(places.in_repository(said["path"]))
    column = {"startColumn": said["column"]} if said["column"] else {}
    region = {"startLine": said["line"] or 1, **column}
    physical = {"artifactLocation": artifact, "region": region}
    location: dict[str, Any] = {"physicalLocation": physical}
    record = said["record"]
    if record and (record["slug"] or record["id"]):
        name = record["slug"] or record["id"]
        full = " ".join(part for part in record.values() if part)
        location["logicalLocations"] = [{"name": name, "fullyQualifiedName": full}]
    replacement = _replacement(said, places.on_disk(said["path"]), lines)
    fixes = [_fix(said, artifact, replacement)] if replacement else []
    return {
        "ruleId": said["code"],
        "level": said["severity"],
        "message": {"text": said["told"]},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: said["fingerprint"]},
        **({"fixes": fixes} if fixes else {}),
    }


def _artifact(named: str) -> dict[str, Any]:
    if "://" in named:
        return {"uri": quote(named, safe="/:?#[]@!$&'()*+,;=%")}
    spelled = quote(named.encode("utf-8", "surrogateescape"))
    if named.startswith("/"):
        return {"uri": f"file://{spelled}"}
    return {"uri": spelled, "uriBaseId": _ROOT}


def _fix(said: dict[str, Any], artifact: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    rule = said["code"].removeprefix("rewrite-")
    return {
        "description": {"text": f"Change it as the rewrite rule {rule} does."},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": [made]}],
    }


def _replacement(said: dict[str, Any], path: Path | None, lines: _Lines) -> dict[str, Any] | None:
    """Give the region that a change in a body concerns, where it is certain, and the new text."""
    before, after = said.get("before", ""), said.get("after", "")
    shortened = any(text.startswith("…") or text.endswith("…") for text in (before, after))
    if not before or shortened or said["field"] != "content" or not said["line"]:
        return None
    if path is None or path.suffix in _ENCLOSED:
        return None
    text = lines.of(path)[said["line"] - 1 :]
    height = before.count("\n") + 1
    there = "".join(text[:height])
    start = there.find(before)
    if start < 0 or start >= len(text[0]) or there.find(before, start + 1) >= 0:
        return None
    end = there[: start + len(before)]
    region = {
        "startLine": said["line"],
        "startColumn": start + 1,
        "endLine": said["line"] + end.count("\n"),
        "endColumn": len(end) - end.rfind("\n"),
    }
    return {"deletedRegion": region, "insertedContent": {"text": after}}
