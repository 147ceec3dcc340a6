"""GMT dates are a real WordPress's own, except in hours that happen twice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from migrate.model.dates import from_gmt, mysql, parse_zone, to_gmt

if TYPE_CHECKING:
    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "Atlantic/Azores",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "+05:45",
    "-03:30",
]
DAYS = [
    *("1850-01-01", "1969-12-31", "2000-02-29", "2011-12-30", "2060-07-01"),
    *("2016-03-13", "2016-03-27", "2016-04-03", "2016-10-02", "2016-10-30", "2016-11-06"),
]
WALLS = [
    datetime.fromisoformat(f"{day} {hour:02}:{minute}:00")
    for day in DAYS
    for hour in range(24)
    for minute in ("00", "15", "59")
]

# Of an hour that happens twice PHP takes the second where the first is ahead of UTC.
TAKEN = {
    ("2016-10-30 02:30:00", "Europe/Berlin"): "2016-10-30 01:30:00",
    ("2016-10-30 01:30:00", "Europe/London"): "2016-10-30 01:30:00",
    ("2016-04-03 01:45:00", "Australia/Lord_Howe"): "2016-04-02 15:15:00",
    # The first elsewhere.
    ("2016-11-06 01:30:00", "America/New_York"): "2016-11-06 05:30:00",
    ("2016-10-30 00:30:00", "Atlantic/Azores"): "2016-10-30 00:30:00",
}

_IN_ZONE = """
    $named = ! preg_match( '/^[+-]/', $zone );
    update_option( 'timezone_string', $named ? $zone : '' );
    if ( ! $named ) {
        list( $hours, $minutes ) = explode( ':', substr( $zone, 1 ) );
        update_option( 'gmt_offset', (float) ( $zone[0] . ( $hours + $minutes / 60 ) ) );
    }
    return array_map( $convert, $dates );
"""


def converted(site: Site, zone: str, convert: str, dates: list[str]) -> list[str]:
    """Return what a function of WordPress makes of dates where the site is in that zone."""
    made: list[str] = site.php(_IN_ZONE, zone=zone, convert=convert, dates=dates)
    return made


@pytest.mark.parametrize("zone", ZONES)
def test_gmt(site: Site, zone: str) -> None:
    """A wall clock that is one moment, or in a gap, has WordPress's GMT."""
    ours = {mysql(wall): to_gmt(wall, parse_zone(zone)) for wall in WALLS}
    expected = converted(site, zone, "get_gmt_from_date", list(ours))
    pairs = zip(ours.items(), expected, strict=True)
    differing = {
        wall: (theirs, mysql(gmt))
        for (wall, (gmt, oddity)), theirs in pairs
        if oddity != "ambiguous" and theirs != mysql(gmt)
    }
    assert not differing


@pytest.mark.parametrize("zone", ZONES)
def test_wall(site: Site, zone: str) -> None:
    """A moment of GMT has WordPress's wall clock."""
    moments = [mysql(gmt) for gmt in WALLS]
    expected = converted(site, zone, "get_date_from_gmt", moments)
    assert expected == [mysql(from_gmt(gmt, parse_zone(zone))) for gmt in WALLS]


@pytest.mark.parametrize(("wall", "zone"), TAKEN)
def test_hour_that_happens_twice(site: Site, wall: str, zone: str) -> None:
    """Of an hour that happens twice WordPress takes the second if the first is ahead of UTC."""
    expected = [TAKEN[wall, zone]]
    assert expected == converted(site, zone, "get_gmt_from_date", [wall])
