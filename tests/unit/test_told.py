"""A manifest tells of a record only what is for everybody, and only if that is all there is."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.writers.posts import told
from migrate.writers.posts.draft import FileDraft

REF = RecordRef("post", "7", "lamps")
DRAFT = FileDraft("file", "post 7", REF, "Lamps", public=True, path="_posts/lamps.md")
SEEN = Seen("lamps.md", REF, "Lamps")
FINDING = Finding(
    "mapping-entities",
    "the title holds 'x'",
    path="lamps.md",
    line=3,
    record=REF,
    field="title",
    fix="Do it",
    placed=True,
)


def test_what_is_kept_is_told_again() -> None:
    """All of it."""
    kept = told.text(DRAFT, SEEN, [FINDING])

    assert told.again(kept, "lamps.md") == (SEEN, {}, [FINDING])


@pytest.mark.parametrize(
    "change",
    [
        {"hidden": "the title holds (hidden)"},
        {"is_change": True, "before": "x", "after": "y"},
        {"public": False},
        {"path": ".wordpress/posts/lamps.md.yaml"},
        {"record": None},
        {"placed": False},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_finding_that_says_more_keeps_a_record_out(change: dict[str, Any]) -> None:
    """It is read each time, so that nothing goes unsaid and nothing hidden lies in a manifest."""
    assert told.text(DRAFT, SEEN, [replace(FINDING, **change)]) == ""


@pytest.mark.parametrize("seen", [replace(SEEN, public=False), replace(SEEN, title="Others")])
def test_a_record_that_is_seen_otherwise_is_kept_out(seen: Seen) -> None:
    """The report's title is the draft's, or none is told."""
    assert told.text(DRAFT, seen, []) == ""


def test_a_draft_that_is_not_public_is_kept_out() -> None:
    """Its title may be nobody's business."""
    assert told.text(replace(DRAFT, public=False), SEEN, []) == ""
