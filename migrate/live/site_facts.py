"""SiteFacts: what a site's REST root says about it to everyone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import Any, Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from migrate.errors import SiteError
from migrate.live.answer import mapping, names, plain_text, quoted
from migrate.live.companion import ROUTES

__all__ = ["FoundBy", "SiteFacts", "is_index", "site_facts"]

FoundBy = Literal["its Link header", "a link in its home page", "its usual place"]
"""What named the REST root: the home page's answer, its text, or nothing."""

_BATCH: Final = "/batch/v1"
_DAY: Final = 24 * 60


class SiteFacts(Struct, frozen=True):
    """What the REST root says to everyone.

    `page` is the home page's address, where redirects from the given one ended; `url` is where
    WordPress itself lies (its site URL), with xmlrpc.php. `zone` is the zone of the site's wall
    clock, `zone_name` how the site calls it; `application_passwords` whether the site says that it
    takes them; `batch` how many requests a batch holds, 0 where there are none; `companion` whether
    it has routes of our plugin. `version` is empty where the site doesn't tell.
    """

    page: str
    root: str
    found_by: FoundBy
    home: str
    url: str
    name: str
    version: str
    zone: tzinfo
    zone_name: str
    application_passwords: bool
    batch: int
    companion: bool = False

    @property
    def plain_permalinks(self) -> bool:
        """Tell whether addresses are queries, `?p=1`, and REST routes as well."""
        return "rest_route=" in urlsplit(self.root).query


def is_index(index: Any) -> bool:
    """Tell whether an answer is that of a WordPress's REST root."""
    return isinstance(index, dict) and "wp/v2" in _named(index.get("namespaces"))


def site_facts(
    page: str, root: str, found_by: FoundBy, index: Mapping[str, Any], version: str
) -> SiteFacts:
    """Return the facts that a REST root's answer, `index`, holds."""
    zone, zone_name = _zone(index.get("timezone_string"), index.get("gmt_offset"), root)
    home = str(index.get("home") or index.get("url") or "")
    return SiteFacts(
        page=page,
        root=root,
        found_by=found_by,
        home=home,
        url=str(index.get("url") or home),
        name=plain_text(str(index.get("name", ""))),
        version=version,
        zone=zone,
        zone_name=zone_name,
        application_passwords="application-passwords" in _named(index.get("authentication")),
        batch=_batch(index),
        companion=ROUTES in _named(index.get("namespaces")),
    )


def _named(value: Any) -> frozenset[str]:
    """Return the names in a list, or in an object, whose keys may be names as well."""
    return names(value) | frozenset(mapping(value))


def _batch(index: Mapping[str, Any]) -> int:
    """Return the limit that the route for batches states in its arguments (WordPress 5.6)."""
    try:
        (endpoint,) = index["routes"][_BATCH]["endpoints"]
        return int(endpoint["args"]["requests"]["maxItems"])
    except (KeyError, TypeError, ValueError):
        return 0


def _zone(name: Any, offset: Any, root: str) -> tuple[tzinfo, str]:
    """Return the site's zone: its timezone_string, else its gmt_offset in hours."""
    if name:
        try:
            return ZoneInfo(str(name)), str(name)
        except (ZoneInfoNotFoundError, ValueError):
            pass
    minutes = _minutes(offset, root)
    if not minutes:
        return UTC, "UTC"
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return timezone(timedelta(minutes=minutes)), f"{sign}{hours:02}:{rest:02}"


def _minutes(offset: Any, root: str) -> int:
    """Return an offset of hours in minutes. Raises SiteError for what is none."""
    try:
        minutes = round(float(offset or 0) * 60)
    except (TypeError, ValueError, OverflowError):
        minutes = _DAY
    if abs(minutes) >= _DAY:
        raise SiteError(
            f"the REST root says that its gmt_offset is {quoted(offset)}, which "
            "is no number of hours",
            path=root,
            fix="Set the time zone under Settings → General to a city",
        )
    return minutes
