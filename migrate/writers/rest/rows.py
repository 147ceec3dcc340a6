"""Rows: how posts of a site are asked for, and what is kept of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final

from migrate import quick_json
from migrate.live.answer import mapping
from migrate.live.api import Api, Row
from migrate.live.http.failures import TooLargeError
from migrate.plan import stored
from migrate.plan.journal import marks
from migrate.plan.site_index import Listed, title_mark

__all__ = [
    "ANY",
    "ANY_FILE",
    "TERM_FIELDS",
    "USER_FIELDS",
    "answered_fields",
    "fetch",
    "full_fields",
    "held",
    "held_term",
    "held_user",
    "kept",
    "listed",
    "listed_fields",
    "stored_fields",
]

_LISTED: Final = (
    *("id", "slug", "status", "date", "date_gmt", "modified_gmt", "link", "title.raw", "parent"),
    *("sticky", "password", "meta"),
)
_KEPT: Final = tuple(name.partition(".")[0] for name in _LISTED)
_WATCHED: Final = ("slug", "date", "date_gmt", "modified_gmt", "parent", "sticky", "title")

_COSTLY: Final = {
    **{name: name for name in ("template", "format", "featured_media")},
    "excerpt": "excerpt.raw",
}
"""What the site has to look up for each post. Where an excerpt is empty WordPress renders one from
the body (wp_trim_excerpt()), shortcodes and embeds included, of which it keeps a meta."""

_STORED: Final = (
    *_LISTED,
    *("content.raw", "author", "comment_status", "ping_status", "menu_order"),
)
TERM_FIELDS: Final = "id,name,slug,parent,description,link,count"
"""The `_fields` of a term."""

_USER: Final = (
    *("id", "username", "email", "name", "first_name", "last_name", "url", "description", "roles"),
)
USER_FIELDS: Final = ",".join(_USER)
"""The `_fields` of a user."""

ANY: Final = ("any", "trash")
"""The statuses under which to ask for posts, one question after the other."""

ANY_FILE: Final = ("inherit,private", "trash")
"""The same for attachments, which know no `any`."""

_GROUP: Final = 25  # posts with content in one answer


def kept(row: Row, taxonomy_fields: Iterable[str]) -> str:
    """Return the JSON of what is kept of a row: the same for the same, whatever is told beside."""
    said = {name: row[name] for name in _KEPT if name in row}
    said |= {name: row[name] for name in taxonomy_fields if name in row}
    if "meta" in said and not said["meta"]:  # some answers leave out what is empty
        del said["meta"]
    said["title"] = {"raw": _title(row)}
    return quick_json.dumps(said)


def listed(row: Row, post_type: str, home: str, text: str) -> Listed:
    """Return what the index keeps of a row; `text` is what `kept` gives of it."""
    title = _title(row)
    return Listed(
        id=int(row["id"]),
        type=post_type,
        status=str(row.get("status", "")),
        slug=stored.slug_of_row(str(row.get("slug", ""))),
        date=str(row.get("date") or "").replace("T", " "),
        date_gmt=str(row.get("date_gmt") or "").replace("T", " "),
        path=stored.path(str(row.get("link", "")), home),
        link=str(row.get("link", "")),
        title=title_mark(title),
        parent=int(row.get("parent") or 0),
        row=text,
    )


def held(row: Row, taxonomy_fields: Iterable[str]) -> bytes:
    """Return the mark of what a listing says of a post, by which a later change is seen.

    Terms, metas and stickiness change without touching the time of the last change. A post that is
    published at its time hasn't changed, nor has one for which a plugin registers an empty meta.
    """
    said = {name: row.get(name) for name in _WATCHED}
    status = row.get("status")
    said["status"] = "publish" if status == "future" else status
    said["title"] = mapping(row.get("title")).get("raw")
    said |= {name: _in_order(ids) for name in taxonomy_fields if (ids := row.get(name))}
    metas = row.get("meta")
    said["meta"] = {k: v for k, v in metas.items() if v} if isinstance(metas, dict) else {}
    return marks.asked(said)


def _title(row: Row) -> str:
    return str(mapping(row.get("title")).get("raw", ""))


def _in_order(ids: Any) -> Any:
    """Return the terms of a post in one order; as they are where they are no numbers."""
    try:
        return sorted(ids)
    except TypeError:
        return ids


def held_term(row: Row) -> bytes:
    """Return the mark of what the site says of a term; how many posts have it doesn't count."""
    return marks.asked({name: row.get(name) for name in ("name", "slug", "parent", "description")})


def held_user(row: Row) -> bytes:
    """Return the mark of what the site says of a user."""
    return marks.asked({name: row.get(name) for name in _USER if name != "id"})


def listed_fields(taxonomy_fields: Iterable[str]) -> str:
    """Return the `_fields` of a listing; without content it costs the site little."""
    return ",".join((*_LISTED, *taxonomy_fields))


def full_fields(taxonomy_fields: Iterable[str]) -> str:
    """Return the `_fields` of everything that is compared when an import is planned.

    What is rendered of a title shows how a visitor sees it.
    """
    return ",".join((*_STORED, *_COSTLY.values(), "title.rendered", *taxonomy_fields))


def stored_fields(taxonomy_fields: Iterable[str]) -> str:
    """Return the `_fields` of all raw values; nothing rendered, which saves the site work."""
    return ",".join((*_STORED, *_COSTLY.values(), *taxonomy_fields))


def answered_fields(
    taxonomy_fields: Iterable[str], sent: Collection[str], *, has_metas: bool
) -> str:
    """Return the `_fields` of what is read back of a post to which the fields `sent` went.

    Besides those it is all that a listing says, which the journal keeps. Where the type has no
    registered metas (`has_metas`) there are none to be looked up.
    """
    costly = [asked for name, asked in _COSTLY.items() if name in sent]
    always = [name for name in _STORED if has_metas or name != "meta"]
    return ",".join((*always, *costly, *taxonomy_fields))


def fetch(
    api: Api, route: str, ids: Sequence[int], fields: str, statuses: Sequence[str] = ANY
) -> dict[int, Row]:
    """Return posts of any status with all their raw values, by id."""
    found: dict[int, Row] = {}
    for start in range(0, len(ids), _GROUP):
        found |= _group(api, route, ids[start : start + _GROUP], fields, statuses)
    return found


def _group(
    api: Api, route: str, ids: Sequence[int], fields: str, statuses: Sequence[str]
) -> dict[int, Row]:
    """Return a few posts, in halves if they are too much for one answer."""
    found: dict[int, Row] = {}
    try:
        for status in statuses:
            missing = [post_id for post_id in ids if post_id not in found]
            found |= _asked(api, route, missing, fields, status) if missing else {}
    except TooLargeError:
        if len(ids) == 1:
            raise
        half = len(ids) // 2
        found = _group(api, route, ids[:half], fields, statuses)
        found |= _group(api, route, ids[half:], fields, statuses)
    return found


def _asked(api: Api, route: str, ids: Sequence[int], fields: str, status: str) -> dict[int, Row]:
    rows = api.rows(
        route,
        {
            "context": "edit",
            "include": ",".join(map(str, ids)),
            "per_page": len(ids),
            "status": status,
            "_fields": fields,
        },
    )
    return {int(row["id"]): row for row in rows}
