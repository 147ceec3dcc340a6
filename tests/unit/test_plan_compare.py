"""Comparing a record with a post of the site."""

from typing import Any

import pytest

from migrate.model.action import Change
from migrate.plan.compare import changed_by_site, changes, differing
from migrate.plan.stored import Status

ROW: dict[str, Any] = {
    "title": {"raw": "It's", "rendered": "It&#8217;s"},
    "content": {"raw": "a\r\nb"},
    "excerpt": {"raw": ""},
    "slug": "%e6%97%a5",
    "status": "publish",
    "date": "2016-07-16T00:22:22",
    "author": 3,
    "categories": [2, 1],
    "sticky": False,
    "meta": {"views": 1},
}


@pytest.mark.parametrize(
    ("field", "same", "other"),
    [
        ("title", " It's\n", "Its"),
        ("content", "a\r\nb", "a\nb"),
        ("excerpt", "", " "),
        ("slug", "日", "月"),
        ("date", "2016-07-16 00:22:22", "2016-07-16 00:22:23"),
        ("author", 3, 4),
        ("categories", [1, 2], [1, 2, -1]),
        ("sticky", False, True),
        ("meta.views", 1, 2),
        ("status", "publish", "draft"),
    ],
)
def test_differing(field: str, same: Any, other: Any) -> None:
    """A value counts as the site would store it."""
    assert differing({field: same}, ROW, None) == []
    assert differing({field: other}, ROW, None) == [field]


def test_status_that_counts_as_the_same() -> None:
    """Statuses that switch by the date don't differ."""
    status = Status("future", frozenset({"future", "publish"}))
    assert differing({"status": "future"}, ROW, status) == []


def test_rendered_title() -> None:
    """A title may be as the site shows it where the dialect writes it so, and only there."""
    wanted = {"title": "It&#8217;s"}
    assert differing(wanted, ROW, None) == ["title"]
    assert differing(wanted, ROW, None, rendered_title=True) == []


def test_unset_is_not_compared() -> None:
    """What the record doesn't state never differs."""
    assert differing({}, ROW, None) == []


@pytest.mark.parametrize(
    ("field", "sent", "changed"),
    [
        ("title", "It's", False),
        ("title", "It's ", True),
        ("slug", "日", False),
        ("slug", "%E6%97%A5", False),
        ("slug", "日 ", True),
        ("content", "a\r\nb", False),
        ("content", "a\r\nb<script>", True),
        ("meta.dropped", "x", True),
    ],
)
def test_changed_by_site(field: str, sent: Any, changed: bool) -> None:
    """Reading back is exact: a trimmed title and a sanitized slug are changes."""
    assert changed_by_site({field: sent}, ROW, None) == ([field] if changed else [])


def test_changes() -> None:
    """Changes show both values, long ones round the first difference, a password never."""
    before, after = ("x" * 500 + text + "y" * 500 for text in ("old", "new"))
    long = {"content": {"raw": before}, "password": "s3cret"}
    wanted = {"content": after, "password": "", "tags": [4, 5]}
    shown = changes(("content", "password", "tags"), wanted, {**long, "tags": []})
    assert shown == [
        Change("content", before[440:560], after[440:560], cut=True, whole=(before, after)),
        Change("password", "(hidden)", "(hidden)"),
        Change("tags", "", "4, 5"),
    ]


def test_a_protected_meta_is_not_public() -> None:
    """Reports hide its values: no visitor sees them."""
    row = {"meta": {"_secret": "a", "mood": "a"}}

    shown = changes(("meta._secret", "meta.mood"), {"meta._secret": "b", "meta.mood": "b"}, row)

    assert [change.public for change in shown] == [False, True]
