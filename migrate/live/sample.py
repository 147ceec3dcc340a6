"""Sample: what a site's newest posts show of settings that REST doesn't tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct

from migrate.live.answer import mapping
from migrate.live.api import Api, Row
from migrate.live.post_types import Context

__all__ = ["NO_SAMPLE", "Sample", "permalink_structure", "sample"]

_ROWS: Final = 20
_FIELDS: Final = "id,date,slug,link,permalink_template,content.block_version,_links,_embedded"
_PART: Final = re.compile(r"(?<![^/.%])[^/.%]++(?!%)")
_DATE_TAGS: Final = ("%year%", "%monthnum%", "%day%", "%hour%", "%minute%", "%second%")


class Sample(Struct, frozen=True):
    """What the newest `posts` posts show.

    `permalinks` is the permalink structure that their addresses agree on, empty where they don't
    or there are none; `link` is the newest one's address. `with_blocks` counts those that hold
    blocks, `unfiltered_html` tells whether WordPress would keep all the HTML that we send: both
    are None where it wasn't told.
    """

    posts: int
    link: str
    permalinks: str
    with_blocks: int | None
    unfiltered_html: bool | None


NO_SAMPLE: Final = Sample(0, "", "", None, None)
"""What is known of a site that shows no posts."""


def sample(api: Api, home: str, context: Context) -> Sample:
    """Return what the newest posts show. Raises SiteError."""
    asked = {"context": context, "per_page": _ROWS, "_fields": _FIELDS, "_embed": "author,wp:term"}
    rows = api.rows("wp/v2/posts", asked)
    structures = {permalink_structure(row, home) for row in rows}
    return Sample(
        posts=len(rows),
        link=str(rows[0].get("link", "")) if rows else "",
        permalinks=structures.pop() if len(structures) == 1 else "",
        with_blocks=_with_blocks(rows) if context == "edit" else None,
        unfiltered_html=_unfiltered_html(rows) if context == "edit" else None,
    )


def permalink_structure(row: Row, home: str) -> str:
    """Return the structure that one post's address follows, in the tags of Settings → Permalinks.

    A parent category's part of the address stays as it is: the post doesn't name it.
    """
    address = str(row.get("permalink_template") or row.get("link", ""))
    path = address.removeprefix(home.rstrip("/"))
    names = dict.fromkeys(_slugs(row, "wp:term"), "%category%")
    names |= dict.fromkeys(_slugs(row, "author"), "%author%")
    if "%postname%" not in path:
        names[str(row.get("slug", ""))] = "%postname%"
    digits = [*zip(re.findall("[0-9]+", str(row.get("date", ""))), _DATE_TAGS, strict=False)]
    digits.append((str(row.get("id", "")), "%post_id%"))

    def tag(part: re.Match[str]) -> str:
        for number in digits:
            if number[0] == part[0]:
                digits.remove(number)
                return number[1]
        return names.get(part[0], part[0])

    return _PART.sub(tag, path)


def _slugs(row: Row, relation: str) -> Iterator[str]:
    """Give the slugs of a post's author or terms, as far as they came with it."""
    for linked in _listed(mapping(row.get("_embedded")).get(relation)):
        for each in linked if isinstance(linked, list) else [linked]:
            if isinstance(each, dict) and each.get("taxonomy") in {None, "category"}:
                yield str(each.get("slug", ""))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _with_blocks(rows: Iterable[Row]) -> int:
    """Count the posts of which WordPress says that they hold blocks (has_blocks())."""
    return sum(bool(mapping(row.get("content")).get("block_version")) for row in rows)


def _unfiltered_html(rows: Sequence[Row]) -> bool | None:
    """Return whether the posts offer the action; so DISALLOW_UNFILTERED_HTML counts as well."""
    if not rows:
        return None
    return any("wp:action-unfiltered-html" in mapping(row.get("_links")) for row in rows)
