"""What a run has to tell of a record, as a manifest keeps it for runs that needn't read the record.

Nothing that isn't for everybody is kept: a manifest may lie where others read it. A record that has
more to tell than what is kept here is read each time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from migrate.model import canonical
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.syntax.values import Value
from migrate.writers.posts.draft import ADDRESS, FileDraft


class Told(NamedTuple):
    """The record as it was seen, the address that its sidecar would need, and what was found."""

    seen: Seen
    address: dict[str, Value]
    findings: list[Finding]


def text(draft: FileDraft, seen: Seen, findings: Sequence[Finding]) -> str:
    """Give what is kept of a record as JSON; nothing where that wouldn't be all of it."""
    told = canonical.dumps(
        {
            "address": draft.address,
            "findings": [_texts(finding) for finding in findings],
            "ref": list(draft.ref),
            "title": draft.title,
        }
    )
    whole = Told(replace(seen, bodies=None), draft.address, list(findings))
    return told if draft.public and again(told, seen.path) == whole else ""


def again(told: str, path: str) -> Told | None:
    """Give what was kept of the record at a path; None where `text` can't have given this."""
    try:
        said = json.loads(told)
        title, ref, stated = said["title"], RecordRef(*said["ref"]), said["address"]
        address = {name: stated[name] for name in ADDRESS if name in stated}
        findings = [_finding(one, path, ref) for one in said["findings"]]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return None
    if set(map(type, (title, *ref, *address.values()))) != {str}:
        return None
    return Told(Seen(path, ref, title), address, findings)


def _texts(finding: Finding) -> list[str]:
    line, column = str(finding.line or ""), str(finding.column or "")
    return [finding.code, finding.message, line, column, finding.field, finding.fix]


def _finding(said: Sequence[str], path: str, ref: RecordRef) -> Finding:
    """Give a finding; TypeError or ValueError where this is none."""
    code, message, line, column, field, fix = said
    if code not in CODES or set(map(type, said)) != {str}:
        raise ValueError(said)
    at = int(line) if line else None, int(column) if column else None
    return Finding(code, message, path, *at, ref, field, fix, placed=True)
