"""What a site makes of a value that it is given: comparing asks for the stored form of both sides.

Everything here is WordPress's own doing on the way into the database; kses and plugins aside, whose
doing shows only in the answer.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from migrate.model import dates
from migrate.model.addresses import is_address
from migrate.model.sanitize import sanitize_title

__all__ = [
    "TRASHED",
    "UNSTATED",
    "Status",
    "gmt",
    "happens_twice",
    "is_long_past",
    "numbered",
    "path",
    "same_site",
    "slug",
    "slug_of_row",
    "status",
    "title",
    "wall",
]

TRASHED: Final = "__trashed"
"""What wp_trash_post() appends to a slug, so that others can have it."""

_TRIMMED: Final = " \t\n\r\0\v"  # PHP's trim()
_PLAIN: Final = re.compile(r"[!\"$->@-\[\]-~]*")  # ASCII, no blank, `#`, `?` or backslash
_A_FEW: Final = 100
"""Values that are remembered, since the same record asks for its own several times over."""

_BY_DATE: Final = frozenset({"publish", "future"})


class Status(NamedTuple):
    """The status to send, and the statuses of the site that count as the same.

    `late`: the post was to appear at a time that has passed, and goes in as a draft instead.
    """

    value: str
    same: frozenset[str]
    late: bool = False

    def held_back(self, value: str) -> Status:
        """Give the same, but to be sent as `value`: nothing that is published already is taken in.

        What lies in the trash stays there.
        """
        if not value or self.value == "trash":
            return self
        return Status(value, self.same | {value})


UNSTATED: Final = Status("", frozenset({"draft", "pending", "private", "publish", "future"}))
"""The status of a record that states none: it may be any."""


def title(text: str) -> str:
    """Return a title as stored: the filter title_save_pre trims its ends."""
    return text.strip(_TRIMMED)


@lru_cache(_A_FEW)
def slug(text: str) -> str:
    """Return a slug as stored, but decoded; empty where WordPress would make one of the title."""
    return unquote(sanitize_title(text))


def slug_of_row(stored: str) -> str:
    """Return the slug that the site holds, decoded and without the mark of the trash."""
    return unquote(stored.removesuffix(TRASHED)).lower()


def numbered(wanted: str, held: str) -> bool:
    """Return whether a slug is another one with WordPress's number, as the site gives it."""
    return re.fullmatch(rf"{re.escape(wanted)}-[0-9]+", held) is not None


def path(link: str, home: str) -> str:
    """Return the path that a permalink has below its site, decoded, without outer `/`.

    A link of another site keeps its whole path. Empty for links of the form `?p=12`, which name no
    path, for the home page, and for what is no address.
    """
    root = home.rstrip("/") + "/"
    if home and link.startswith(root) and _PLAIN.fullmatch(link):  # as all of a listing's: quick
        return unquote(link[len(root) :]).strip("/").lower()
    if not link or not is_address(link) or urlsplit(link).query:
        return ""
    below = urlsplit(home).path.rstrip("/") if same_site(link, home) else ""
    return unquote(urlsplit(link).path.removeprefix(below)).strip("/").lower()


def same_site(link: str, home: str) -> bool:
    """Return whether a permalink belongs to the site at `home`; https and `www.` don't matter."""
    if not link:
        return False
    try:
        ours, theirs = urlsplit(link), urlsplit(home)
        places = [
            ((parts.hostname or "").removeprefix("www."), parts.port) for parts in (ours, theirs)
        ]
    except ValueError:
        return False
    below = theirs.path.rstrip("/") + "/"
    return bool(places[0][0]) and places[0] == places[1] and f"{ours.path}/".startswith(below)


def wall(date: str, zone: tzinfo) -> str:
    """Return a wall clock as the site stores it: an hour that its zone skips moves forward."""
    return _moved(date, zone)[0]


def gmt(date: str, zone: tzinfo) -> str:
    """Return the moment in GMT at which clocks in the zone show `date`; empty if there is none."""
    return _moved(date, zone)[1]


def happens_twice(date: str, zone: tzinfo) -> bool:
    """Return whether clocks in the zone showed `date` twice; false for an empty one."""
    try:
        return bool(date) and dates.to_gmt(datetime.fromisoformat(date), zone)[1] == "ambiguous"
    except ValueError:
        return False


def is_long_past(date: str, now: datetime) -> bool:
    """Return whether a wall clock has shown `date` in every zone by now, told by its text alone."""
    return date < _two_days_before(now)


@lru_cache(1)
def _two_days_before(now: datetime) -> str:
    return f"{now.astimezone(UTC) - timedelta(days=2):%Y-%m-%d %H:%M:%S}"


@lru_cache(_A_FEW)
def status(stated: str, moment: str, now: datetime, *, publish_missed: bool) -> Status:
    """Return what to send for a stated status; `moment` is the post's date in GMT, or empty.

    WordPress switches between publish and future by the date. A `future` whose time has passed
    would appear at once; it becomes a draft unless `publish_missed`, and counts as the same where
    the site has published it in time.
    """
    if stated not in _BY_DATE:
        return Status(stated, frozenset({stated}))
    to_come = bool(moment) and datetime.fromisoformat(moment).replace(tzinfo=UTC) > now
    if stated == "publish" or to_come or publish_missed:
        return Status("future" if to_come else "publish", _BY_DATE)
    return Status("draft", _BY_DATE | {"draft"}, late=True)


@lru_cache(_A_FEW)
def _moved(date: str, zone: tzinfo) -> tuple[str, str]:
    """Return a wall clock and its moment; without a place on the calendar both stay as they are."""
    try:
        moment, _ = dates.to_gmt(datetime.fromisoformat(date), zone)
        return dates.mysql(dates.from_gmt(moment, zone)), dates.mysql(moment)
    except ValueError:
        return date, ""
