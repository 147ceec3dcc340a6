"""A record's canonical form is read back as that record."""

from __future__ import annotations

import json

from hypothesis import given
from msgspec.structs import replace

from migrate.model import canonical
from migrate.model.post import Comment, Post
from migrate.model.provenance import Provenance
from migrate.syntax import canonical_records
from tests.property.test_wxr_round_trip import POST


@given(POST)
def test_comes_back(post: Post) -> None:
    """Every field is what it was; provenance is no part of the form."""
    read = canonical_records.post(json.loads(canonical.record(post)))

    assert read == replace(post, provenance=Provenance())


def test_half_a_zero_date_is_none() -> None:
    """MySQL takes dates without a year; to WordPress they are none."""
    comment = {"date": "0000-00-00 12:00:00"}

    read = canonical_records.post({"date": "0000-01-00 00:00:00", "comments": [comment]})

    assert read == Post(date="", comments=[Comment(date="")])
