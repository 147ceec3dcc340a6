"""Dates as WordPress keeps them: a wall clock of the site and the same moment in GMT.

Every datetime here is naive, as the columns post_date and post_date_gmt are: what it means is
said by its name, `wall` or `gmt`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from migrate.patterns import pattern

__all__ = [
    "Oddity",
    "StatedDate",
    "are_usual",
    "from_gmt",
    "is_usual",
    "mysql",
    "offsets",
    "parse_local",
    "parse_zone",
    "rfc822",
    "to_gmt",
]

Oddity = Literal["ambiguous", "gap"]
"""Why a wall clock isn't one moment: the hour happens twice, or not at all."""

_OFFSET: Final = pattern(r"([+-])([01][0-9]|2[0-3]):?([0-5][0-9])")
_ZONE_NAME: Final = pattern(r"[A-Z][A-Za-z_]*(/[A-Za-z0-9_+-]+)+")
_DATE: Final = pattern(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))? ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - naive, as all here
_WEEKS: Final = 52 * 68
"""As many as files of zones have rules for at least: to 2037."""

_TIME: Final = pattern(r" (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_TIMES: Final = pattern(r"(?: (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])+")
_DAY: Final = len("2016-07-16")
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


class StatedDate(NamedTuple):
    """What a date says: a wall clock, its distance to UTC if stated, or that there is none."""

    wall: datetime | None
    offset: timedelta | None
    zero: bool
    """MySQL's `0000-00-00 00:00:00`, WordPress's way to state that there is no date."""


def parse_zone(text: str) -> tzinfo:
    """Return the zone that `AREA/CITY`, `+HH:MM` or `UTC` names.

    Raises ValueError with what to write instead.
    """
    if text == "UTC":
        return UTC
    if ":" in text and _OFFSET.fullmatch(text):
        return timezone(_offset(text))
    if not _ZONE_NAME.fullmatch(text):
        raise ValueError(_no_zone(text))
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - start-up is kept short

    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_no_zone(text)) from None


def parse_local(text: str) -> StatedDate:
    """Return what `YYYY-MM-DD HH:MM:SS` says, with or without a zone (`Z`, `+0200`, ` +02:00`).

    `T` may separate, seconds and the whole time may be missing (they are 0 then). Raises
    ValueError for any other form, and for a date that can't be, saying what is impossible.
    """
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a date: write it as YYYY-MM-DD HH:MM:SS")
    *digits, zone = match.groups()
    numbers = [int(number or 0) for number in digits]
    offset = _offset(zone) if zone else None
    if not any(numbers):
        return StatedDate(None, None, zero=True)
    _refuse_impossible(text, numbers)
    year, month, day, hour, minute, second = numbers
    wall = datetime.combine(date(year, month, day), time(hour, minute, second))
    return StatedDate(wall, offset, zero=False)


def is_usual(text: str) -> bool:
    """Tell whether a text is a date as MySQL writes it, and one that can be."""
    return _TIME.fullmatch(text, _DAY) is not None and _is_day(text[:_DAY])


def are_usual(texts: Sequence[str]) -> bool:
    """Tell the same of many at once."""
    if {*map(len, texts)} != {len("2016-07-16 00:22:22")}:
        return False
    if not all(map(_is_day, {text[:_DAY] for text in texts})):
        return False
    return _TIMES.fullmatch("".join([text[_DAY:] for text in texts])) is not None


@lru_cache(maxsize=4096)
def _is_day(text: str) -> bool:
    """Tell whether a text is a day as ISO 8601 writes it with hyphens; many posts share one."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def to_gmt(wall: datetime, zone: tzinfo) -> tuple[datetime, Oddity | None]:
    """Return the moment in GMT at which clocks in the zone show `wall`, and what is odd about it.

    An hour that happens twice is the first. An hour that doesn't happen moves forward by what the
    clocks skip, as in PHP's DateTime. PHP itself takes the second of two where the first is ahead
    of UTC (Berlin, London; not New York): there WordPress's own get_gmt_from_date() says an hour
    later. Raises ValueError where GMT leaves the years 1 to 9999.
    """
    try:
        before, after = (
            wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).replace(tzinfo=None)
            for fold in (0, 1)
        )
    except OverflowError:
        raise ValueError(f"{mysql(wall)} has no GMT within the years 0001 to 9999") from None
    if before == after:
        return before, None
    return before, "ambiguous" if before < after else "gap"


def from_gmt(gmt: datetime, zone: tzinfo) -> datetime:
    """Return what clocks in the zone show at a moment of GMT.

    Raises ValueError where the wall clock leaves the years 1 to 9999.
    """
    try:
        return gmt.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    except OverflowError:
        raise ValueError(f"{mysql(gmt)} GMT is outside the years 0001 to 9999 there") from None


def offsets(zone: tzinfo) -> list[tuple[int, timedelta | None]]:
    """Give the weeks since 1970 in which clocks in the zone change, and their distance to UTC then.

    What a zone's name means changes with the editions of the time zone database; this tells two of
    them apart.
    """
    found: list[tuple[int, timedelta | None]] = []
    for week in range(_WEEKS):
        offset = zone.utcoffset(_EPOCH + timedelta(weeks=week))
        if not found or offset != found[-1][1]:
            found.append((week, offset))
    return found


def mysql(moment: datetime) -> str:
    """Return `YYYY-MM-DD HH:MM:SS`, years of four digits, fractions of a second cut off."""
    return moment.replace(tzinfo=None).isoformat(" ", "seconds")


def rfc822(gmt: datetime) -> str:
    """Return `Sat, 16 Jul 2016 00:22:22 +0000`, English on every machine, as in WXR's pubDate."""
    day, month = _DAYS[gmt.weekday()], _MONTHS[gmt.month - 1]
    clock = gmt.time().isoformat("seconds")
    return f"{day}, {gmt.day:02} {month} {gmt.year:04} {clock} +0000"


def _offset(text: str) -> timedelta:
    """Return the distance to UTC that `Z`, `+HHMM` or `+HH:MM` states."""
    if text == "Z":
        return timedelta(0)
    match = _OFFSET.fullmatch(text)
    if not match:
        raise ValueError(f"zone {text}: hours go to 23, minutes to 59")
    sign, hours, minutes = match.groups()
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return -distance if sign == "-" else distance


def _no_zone(text: str) -> str:
    """Return why a text names no zone, with a name that was perhaps meant."""
    from zoneinfo import available_timezones  # noqa: PLC0415 - start-up is kept short

    meant = text.strip().replace(" ", "_").casefold()
    near = sorted(
        name
        for name in available_timezones()
        if _ZONE_NAME.fullmatch(name)
        and meant in {name.casefold(), name.rpartition("/")[2].casefold()}
    )
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{text!r} is not a time zone: write AREA/CITY, +HH:MM or UTC{hint}"


def _refuse_impossible(text: str, numbers: list[int]) -> None:
    """Raise ValueError if a number of year, month, day, hour, minute, second can't be."""
    from calendar import monthrange  # noqa: PLC0415 - start-up is kept short

    year, month = numbers[:2]
    days = monthrange(year, month)[1] if year and month in range(1, 13) else 31
    limits = (
        ("year", 1, 9999),
        ("month", 1, 12),
        ("day", 1, days),
        ("hour", 0, 23),
        ("minute", 0, 59),
        ("second", 0, 59),
    )
    for (unit, lowest, highest), number in zip(limits, numbers, strict=True):
        if not lowest <= number <= highest:
            raise ValueError(f"{text!r} can't be: {unit} {number}, not {lowest} to {highest}")
