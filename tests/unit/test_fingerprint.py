"""A fingerprint knows a finding again in another run."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from migrate.model.finding import Finding
from migrate.model.fingerprint import fingerprint
from migrate.model.post import RecordRef

FOUND = Finding(
    "mapping-entities",
    "the title holds 3 entities",
    path="a.md",
    line=5,
    field="title",
    record=RecordRef("post", "7", "a"),
)


@pytest.mark.parametrize(
    "moved",
    [
        {"line": 9},
        {"column": 2},
        {"message": "the title holds 12 entities"},
        {"fix": "Other words"},
        {"record": RecordRef("post", "8", "a")},
    ],
)
def test_it_survives_what_moves(moved: dict[str, Any]) -> None:
    """Lines, columns, counts and a new ID leave it as it is."""
    assert fingerprint(replace(FOUND, **moved)) == fingerprint(FOUND)


@pytest.mark.parametrize(
    "other",
    [
        {"code": "mapping-date-gap"},
        {"path": "b.md"},
        {"field": "excerpt"},
        {"message": "the title holds tags"},
        {"record": RecordRef("post", "7", "b")},
        {"record": RecordRef("post", "7", "")},
    ],
)
def test_it_tells_findings_apart(other: dict[str, Any]) -> None:
    """Another code, file, field, record or message is another finding."""
    assert fingerprint(replace(FOUND, **other)) != fingerprint(FOUND)


def test_private_text_is_not_in_it() -> None:
    """Nobody can try guesses against the hash: two private values have one fingerprint."""
    secret = replace(FOUND, message="the password is a", hidden="the password is (hidden)")

    assert fingerprint(secret) == fingerprint(replace(secret, message="the password is b"))
