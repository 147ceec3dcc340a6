"""What a site makes of values."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies

from migrate.plan import stored

NOW = datetime(2020, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("given", "slug"),
    [
        ("A Slug", "a-slug"),
        ("%E6%97%A5", "日"),
        ("日", "日"),
        ("Ünï", "uni"),
        ("!!!", ""),
        ("日" * 30, "日" * 22),
    ],
)
def test_slug(given: str, slug: str) -> None:
    """A slug is compared sanitized, decoded, and cut where WordPress cuts it."""
    assert stored.slug(given) == slug


def test_slug_of_row() -> None:
    """The trash's mark isn't part of a slug, nor is the case of its encoding."""
    assert stored.slug_of_row("%e6%97%a5__trashed") == "日"
    assert stored.slug_of_row("__trashed") == ""


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://old.example/2016/07/A-Slug/", "2016/07/a-slug"),
        ("https://old.example/%e6%97%a5", "日"),
        ("https://new.example/blog/a/", "a"),
        ("http://www.new.example/blog/a", "a"),
        ("https://new.example/other/a/", "other/a"),
        ("https://old.example/blog/a/", "blog/a"),
        ("https://new.example/blog/", ""),
        ("https://old.example/?p=12", ""),
        ("http://[broken/a/", ""),
        ("", ""),
    ],
)
def test_path(link: str, path: str) -> None:
    """A permalink's path is the one below the site's home, without a host."""
    assert stored.path(link, "https://new.example/blog") == path


@pytest.mark.parametrize(
    ("link", "same"),
    [
        ("http://www.new.example/blog/a", True),
        ("https://new.example/blog", True),
        ("https://new.example/blogger/a", False),
        ("https://new.example:8080/blog/a", False),
        ("https://sub.new.example/blog/a", False),
        ("/blog/a", False),
        ("https://[x/blog/", False),
    ],
)
def test_same_site(link: str, same: bool) -> None:
    """A permalink is of this site by host, port and folder; https and `www.` don't matter."""
    assert stored.same_site(link, "https://new.example/blog") is same


def test_dates() -> None:
    """A wall clock has its moment in the site's zone; an hour that is skipped moves forward."""
    assert stored.gmt("2016-07-16 00:22:22", BERLIN) == "2016-07-15 22:22:22"
    assert stored.wall("2016-07-16 00:22:22", BERLIN) == "2016-07-16 00:22:22"
    assert stored.wall("2016-03-27 02:30:00", BERLIN) == "2016-03-27 03:30:00"
    assert stored.wall("0001-01-01 00:00:00", timezone(timedelta(hours=5))) == "0001-01-01 00:00:00"
    assert stored.gmt("0001-01-01 00:00:00", timezone(timedelta(hours=5))) == ""


PAST, TO_COME = "2019-01-01 00:00:00", "2021-01-01 00:00:00"


@pytest.mark.parametrize(
    ("stated", "moment", "missed", "value", "late"),
    [
        ("publish", PAST, False, "publish", False),
        ("publish", "", False, "publish", False),
        ("publish", TO_COME, False, "future", False),
        ("future", TO_COME, False, "future", False),
        ("future", PAST, False, "draft", True),
        ("future", PAST, True, "publish", False),
        ("future", "", False, "draft", True),
        ("draft", TO_COME, False, "draft", False),
        ("private", PAST, True, "private", False),
    ],
)
def test_status(stated: str, moment: str, missed: bool, value: str, late: bool) -> None:
    """Publish and future switch by the date; a missed one is held back unless asked for."""
    status = stored.status(stated, moment, NOW, publish_missed=missed)
    assert (status.value, status.late) == (value, late)


def test_same_status() -> None:
    """What the site published in time isn't another status; a draft is only where it was late."""
    late = stored.status("future", PAST, NOW, publish_missed=False)
    assert late.same == {"publish", "future", "draft"}
    assert stored.status("publish", PAST, NOW, publish_missed=False).same == {"publish", "future"}
    assert stored.status("draft", PAST, NOW, publish_missed=False).same == {"draft"}


MORNING = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(
    strategies.datetimes(datetime(2026, 3, 25), datetime(2026, 4, 2)),  # noqa: DTZ001 - wall clocks
    strategies.integers(-12, 14),
)
def test_long_past(wall: datetime, hours: int) -> None:
    """What is told to be long past by its text has passed in every zone."""
    date, zone = f"{wall:%Y-%m-%d %H:%M:%S}", timezone(timedelta(hours=hours))
    if stored.is_long_past(date, MORNING):
        assert stored.gmt(date, zone) < f"{MORNING:%Y-%m-%d %H:%M:%S}"


def test_not_long_past() -> None:
    """Three days ago is long past, in whatever zone now is stated; yesterday isn't."""
    there = MORNING.astimezone(timezone(timedelta(hours=-9)))
    dates = ("2026-03-26 00:00:00", "2026-03-28 01:30:00", "2026-03-30 00:00:00")
    assert [stored.is_long_past(date, there) for date in dates] == [True, False, False]
