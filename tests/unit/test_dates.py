"""Dates are read strictly and turned into GMT as WordPress does it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest

from migrate.model.dates import (
    StatedDate,
    from_gmt,
    mysql,
    offsets,
    parse_local,
    parse_zone,
    rfc822,
    to_gmt,
)

MOMENT = datetime.fromisoformat("2016-07-16 00:22:22")


@pytest.mark.parametrize(
    ("text", "distance"),
    [
        ("UTC", timedelta(0)),
        ("+00:00", timedelta(0)),
        ("-05:30", -timedelta(hours=5, minutes=30)),
        ("+14:00", timedelta(hours=14)),
        ("Europe/Berlin", timedelta(hours=2)),
        ("America/Argentina/Buenos_Aires", -timedelta(hours=3)),
        ("Etc/GMT+5", -timedelta(hours=5)),
    ],
)
def test_zone(text: str, distance: timedelta) -> None:
    """A zone name or an offset gives the zone it names."""
    assert distance == parse_zone(text).utcoffset(MOMENT)


def test_another_edition_of_a_zone_is_told() -> None:
    """By one spring in which the clocks change a week later; what stays is a few lines."""
    zone = parse_zone("Europe/Berlin")

    class Later(tzinfo):
        """The same, but for the last days of a March."""

        def utcoffset(self, moment: datetime | None) -> timedelta | None:
            """Give summer time a week later in 2016."""
            is_late = "2016-03-27" < str(moment) < "2016-04-03"
            return timedelta(hours=1) if is_late else zone.utcoffset(moment)

        dst, tzname = zone.dst, zone.tzname

    assert offsets(Later()) != offsets(zone)
    assert offsets(parse_zone("+02:00")) == [(0, timedelta(hours=2))]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("europe/berlin", "; did you mean Europe/Berlin?"),
        ("Berlin", "; did you mean Europe/Berlin?"),
        ("new york", "; did you mean America/New_York?"),
        ("Europe/Atlantis", ""),
        ("Europe", ""),
        ("../Europe/Berlin", ""),
        ("right/Europe/Berlin", ""),
        ("localtime", ""),
        ("+2", ""),
        ("+0200", ""),
        ("+24:00", ""),
        ("", ""),
    ],
)
def test_no_zone(text: str, hint: str) -> None:
    """What names no zone is refused with what to write instead."""
    with pytest.raises(ValueError, match="is not a time zone") as refused:
        parse_zone(text)
    expected = f"{text!r} is not a time zone: write AREA/CITY, +HH:MM or UTC{hint}"
    assert expected == str(refused.value)


@pytest.mark.parametrize(
    ("text", "wall", "offset"),
    [
        ("2016-07-16 00:22:22", "2016-07-16 00:22:22", None),
        ("2016-07-16T00:22:22", "2016-07-16 00:22:22", None),
        ("2016-07-16 00:22", "2016-07-16 00:22:00", None),
        ("2016-07-16", "2016-07-16 00:00:00", None),
        ("2016-07-16T00:22:22Z", "2016-07-16 00:22:22", timedelta(0)),
        ("2016-07-16 00:22:22 +0000", "2016-07-16 00:22:22", timedelta(0)),
        ("2016-07-16 00:22:22+02:00", "2016-07-16 00:22:22", timedelta(hours=2)),
        ("2016-07-16 00:22 -0530", "2016-07-16 00:22:00", -timedelta(hours=5, minutes=30)),
        ("2016-02-29 23:59:59", "2016-02-29 23:59:59", None),
        ("0001-01-01 00:00:00", "0001-01-01 00:00:00", None),
        ("9999-12-31 23:59:59", "9999-12-31 23:59:59", None),
    ],
)
def test_date(text: str, wall: str, offset: timedelta | None) -> None:
    """A date gives the wall clock and the distance to UTC that it states."""
    assert StatedDate(datetime.fromisoformat(wall), offset, zero=False) == parse_local(text)


@pytest.mark.parametrize("text", ["0000-00-00 00:00:00", "0000-00-00", "0000-00-00T00:00:00Z"])
def test_zero_date(text: str) -> None:
    """MySQL's zero date states that there is no date."""
    assert StatedDate(None, None, zero=True) == parse_local(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2016-02-30 10:00:00", "'2016-02-30 10:00:00' can't be: day 30, not 1 to 29"),
        ("2015-02-29", "'2015-02-29' can't be: day 29, not 1 to 28"),
        ("2016-13-01", "'2016-13-01' can't be: month 13, not 1 to 12"),
        ("2016-00-10", "'2016-00-10' can't be: month 0, not 1 to 12"),
        ("0000-01-01", "'0000-01-01' can't be: year 0, not 1 to 9999"),
        ("2016-01-01 25:00:00", "'2016-01-01 25:00:00' can't be: hour 25, not 0 to 23"),
        ("2016-01-01 23:60", "'2016-01-01 23:60' can't be: minute 60, not 0 to 59"),
        ("2016-12-31 23:59:60", "'2016-12-31 23:59:60' can't be: second 60, not 0 to 59"),
        ("2016-01-01 10:00 +2500", "zone +2500: hours go to 23, minutes to 59"),
        ("16.07.2016", "'16.07.2016' is not a date: write it as YYYY-MM-DD HH:MM:SS"),
        ("2016-7-16", "'2016-7-16' is not a date: write it as YYYY-MM-DD HH:MM:SS"),
        ("2016-07-16\n", "'2016-07-16\\n' is not a date: write it as YYYY-MM-DD HH:MM:SS"),
        ("201\u0666-07-16", "'201\u0666-07-16' is not a date: write it as YYYY-MM-DD HH:MM:SS"),
        ("", "'' is not a date: write it as YYYY-MM-DD HH:MM:SS"),
    ],
)
def test_no_date(text: str, reason: str) -> None:
    """A date of another form, or one that can't be, is refused with the reason."""
    with pytest.raises(ValueError, match=r"can't be|is not a date|hours go") as refused:
        parse_local(text)
    assert reason == str(refused.value)


@pytest.mark.parametrize(
    ("wall", "zone", "gmt", "oddity"),
    [
        ("2016-07-16 00:22:22", "UTC", "2016-07-16 00:22:22", None),
        ("2016-07-16 00:22:22", "Europe/Berlin", "2016-07-15 22:22:22", None),
        ("2016-01-16 00:22:22", "Europe/Berlin", "2016-01-15 23:22:22", None),
        ("2016-07-16 00:22:22", "-05:30", "2016-07-16 05:52:22", None),
        ("1883-01-01 00:00:00", "America/New_York", "1883-01-01 04:56:02", None),
        ("2060-07-01 12:00:00", "Europe/Berlin", "2060-07-01 10:00:00", None),
        ("2016-03-27 01:59:59", "Europe/Berlin", "2016-03-27 00:59:59", None),
        ("2016-03-27 02:30:00", "Europe/Berlin", "2016-03-27 01:30:00", "gap"),
        ("2016-03-27 03:00:00", "Europe/Berlin", "2016-03-27 01:00:00", None),
        ("2011-12-30 12:00:00", "Pacific/Apia", "2011-12-30 22:00:00", "gap"),
        ("2016-10-30 01:59:59", "Europe/Berlin", "2016-10-29 23:59:59", None),
        ("2016-10-30 02:30:00", "Europe/Berlin", "2016-10-30 00:30:00", "ambiguous"),
        ("2016-10-30 03:00:00", "Europe/Berlin", "2016-10-30 02:00:00", None),
        ("2016-11-06 01:30:00", "America/New_York", "2016-11-06 05:30:00", "ambiguous"),
        ("2016-04-03 01:45:00", "Australia/Lord_Howe", "2016-04-02 14:45:00", "ambiguous"),
        ("0001-01-01 00:00:00", "UTC", "0001-01-01 00:00:00", None),
        ("9999-12-31 23:59:59", "Europe/Berlin", "9999-12-31 22:59:59", None),
    ],
)
def test_to_gmt(wall: str, zone: str, gmt: str, oddity: str | None) -> None:
    """A wall clock gives its GMT: the first of two, and past a gap as far as it was in it."""
    moment, odd = to_gmt(datetime.fromisoformat(wall), parse_zone(zone))
    assert (gmt, oddity) == (mysql(moment), odd)


def test_gap_comes_back_moved() -> None:
    """02:30 in a spring gap comes back as 03:30."""
    gmt, _ = to_gmt(datetime.fromisoformat("2016-03-27 02:30:00"), parse_zone("Europe/Berlin"))
    back = from_gmt(gmt, parse_zone("Europe/Berlin"))
    assert mysql(back) == "2016-03-27 03:30:00"


@pytest.mark.parametrize(
    ("gmt", "zone", "wall"),
    [
        ("2016-07-16 00:22:22", "UTC", "2016-07-16 00:22:22"),
        ("2016-07-16 00:22:22", "+05:45", "2016-07-16 06:07:22"),
        ("2016-10-30 00:30:00", "Europe/Berlin", "2016-10-30 02:30:00"),
        ("2016-10-30 01:30:00", "Europe/Berlin", "2016-10-30 02:30:00"),
        ("2016-03-27 01:00:00", "Europe/Berlin", "2016-03-27 03:00:00"),
    ],
)
def test_from_gmt(gmt: str, zone: str, wall: str) -> None:
    """GMT gives what clocks in the zone show."""
    shown = from_gmt(datetime.fromisoformat(gmt), parse_zone(zone))
    assert (datetime.fromisoformat(wall), 0) == (shown, shown.fold)


@pytest.mark.parametrize(
    ("wall", "zone"),
    [("0001-01-01 00:00:00", "Europe/Berlin"), ("9999-12-31 23:59:59", "America/New_York")],
)
def test_gmt_outside_the_calendar(wall: str, zone: str) -> None:
    """A wall clock whose GMT lies in the year 0 or 10000 is refused by name."""
    with pytest.raises(ValueError, match="has no GMT") as refused:
        to_gmt(datetime.fromisoformat(wall), parse_zone(zone))
    assert f"{wall} has no GMT within the years 0001 to 9999" == str(refused.value)


@pytest.mark.parametrize(
    ("gmt", "zone"),
    [("9999-12-31 23:59:59", "Europe/Berlin"), ("0001-01-01 00:00:00", "America/New_York")],
)
def test_wall_outside_the_calendar(gmt: str, zone: str) -> None:
    """A GMT whose wall clock lies in the year 0 or 10000 is refused by name."""
    with pytest.raises(ValueError, match="GMT is outside") as refused:
        from_gmt(datetime.fromisoformat(gmt), parse_zone(zone))
    assert f"{gmt} GMT is outside the years 0001 to 9999 there" == str(refused.value)


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (MOMENT, "2016-07-16 00:22:22"),
        (datetime.fromisoformat("0007-01-02 03:04:05.999"), "0007-01-02 03:04:05"),
        (datetime(2016, 7, 16, 0, 22, 22, tzinfo=UTC), "2016-07-16 00:22:22"),
    ],
)
def test_mysql(moment: datetime, written: str) -> None:
    """A moment is written as MySQL does, with four digits for the year."""
    assert written == mysql(moment)


@pytest.mark.parametrize(
    ("gmt", "written"),
    [
        ("2016-07-16 00:22:22", "Sat, 16 Jul 2016 00:22:22 +0000"),
        ("2017-01-01 12:00:00", "Sun, 01 Jan 2017 12:00:00 +0000"),
        ("0999-12-31 23:59:59", "Tue, 31 Dec 0999 23:59:59 +0000"),
    ],
)
def test_rfc822(gmt: str, written: str) -> None:
    """GMT is written as WXR's pubDate, in English."""
    assert written == rfc822(datetime.fromisoformat(gmt))
