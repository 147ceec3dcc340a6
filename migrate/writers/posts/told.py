"""What a run has to tell of a record, as a manifest keeps it for runs that needn't read the record.

Nothing that isn't for everybody is kept: a manifest may lie where others read it. A record that has
more to tell than what is kept here is read each time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from migrate.model import canonical
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.syntax.values import Value
from migrate.writers.posts.draft import ADDRESS, FileDraft

_TEXTS: Final = ("code", "message", "field", "fix")
_NUMBERS: Final = ("line", "column")


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


def _texts(finding: Finding) -> dict[str, str]:
    texts = {name: getattr(finding, name) for name in _TEXTS}
    numbers = {name: str(getattr(finding, name) or "") for name in _NUMBERS}
    return {name: text for name, text in (texts | numbers).items() if text}


def _finding(said: Mapping[str, str], path: str, ref: RecordRef) -> Finding:
    """Give a finding; KeyError, TypeError or ValueError where this is none."""
    texts = [said.get(name, "") for name in _TEXTS]
    if set(map(type, texts)) != {str} or texts[0] not in CODES:
        raise ValueError(said)
    code, message, field, fix = texts
    line = int(said["line"]) if "line" in said else None
    column = int(said["column"]) if "column" in said else None
    return Finding(code, message, path, line, column, record=ref, field=field, fix=fix, placed=True)
