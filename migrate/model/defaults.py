"""What WordPress takes for a field that nobody stated: the defaults of `wp_insert_post()`.

A writer whose format needs a value fills it in from here and names it in the provenance, so that
the way back leaves it out again.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Final, NamedTuple

from migrate.errors import RecordError
from migrate.model import dates
from migrate.model.post import Post

POST: Final[dict[str, object]] = {
    "type": "post",
    "status": "draft",
    "title": "",
    "content": b"",
    "excerpt": "",
    "slug": "",
    "parent": 0,
    "menu_order": 0,
    "password": "",
    "comment_status": "open",
    "ping_status": "open",
    "sticky": False,
}
"""Field → value, dates, author, guid and link aside: those follow from other fields."""


class Filled(NamedTuple):
    """What `fill` did: the fields that it filled, and what was odd about a date."""

    fields: list[str]
    date_oddity: dates.Oddity | None
    zone_assumed: bool


def fill(post: Post, zone: tzinfo | None) -> Filled:
    """Fill the unset fields of a post in place with WordPress's defaults.

    `zone` is the zone of dates that state none; without one they are taken as UTC. Raises
    RecordError where a date leaves the years 1 to 9999 in GMT or in the zone.
    """
    filled = [name for name in POST if getattr(post, name) is None]
    for name in filled:
        setattr(post, name, POST[name])
    try:
        dates_filled, oddity, assumed = _fill_dates(post, zone)
    except ValueError as error:
        fix = "Correct the date, or the zone"
        raise RecordError("mapping-date", str(error), field="date", fix=fix) from error
    return Filled(filled + dates_filled, oddity, assumed)


def _fill_dates(post: Post, zone: tzinfo | None) -> tuple[list[str], dates.Oddity | None, bool]:
    unset = [
        n for n in ("date", "date_gmt", "modified", "modified_gmt") if getattr(post, n) is None
    ]
    oddity: dates.Oddity | None = None
    assumed = False
    if post.date is None and post.date_gmt:
        post.date = dates.mysql(dates.from_gmt(_moment(post.date_gmt), zone or UTC))
        assumed = zone is None
    elif post.date_gmt is None and post.date:
        gmt, oddity = dates.to_gmt(_moment(post.date), zone or UTC)
        post.date_gmt = dates.mysql(gmt)
        assumed = zone is None
    post.date = post.date or ""
    post.date_gmt = post.date_gmt or ""
    post.modified = post.date if post.modified is None else post.modified
    post.modified_gmt = post.date_gmt if post.modified_gmt is None else post.modified_gmt
    return unset, oddity, assumed


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
