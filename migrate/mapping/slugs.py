"""The slug of a post, from its permalink and its file's name together.

The permalink decides, as WordPress itself took it from there. The file's name settles what a
permalink leaves open: whether `.html` belongs to the permalink structure, and what the slug is
where the permalink holds the ID.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from migrate.patterns import pattern

_ADDRESS: Final = pattern(
    r"(?:[a-z][a-z0-9+.-]*:)?(?://[^/?\#]*)?(?P<path>[^?\#]*)(?:\?(?P<query>[^\#]*))?",
    re.IGNORECASE,
)
_BY_ID: Final = pattern(r"(?:^|&)(?:p|page_id|attachment_id)=")
_ENDINGS: Final = (".html", ".htm", ".php")


def settle(
    link: str | None, in_file_name: str | None, post_id: int | None, status: str | None
) -> str | None:
    """Give the slug, None where nothing states one. Percent-encoding stays as it is.

    A link such as `?p=98` states none. A published post then has the slug of its file's name; any
    other was named after its title.
    """
    if link and in_file_name and _ends_in(link, in_file_name):
        return in_file_name
    parts = _ADDRESS.match(link or "")
    if parts is None:  # pragma: no cover - every part of the pattern is optional
        return in_file_name
    if parts["query"] and _BY_ID.search(parts["query"]):
        return in_file_name if status == "publish" else None
    segment = parts["path"].rstrip("/").rpartition("/")[2]
    if not segment or segment == in_file_name:
        return in_file_name
    stem = _without_ending(segment)
    return in_file_name if stem == str(post_id) else stem


def settle_all(
    links: Sequence[str | None],
    in_file_names: Sequence[str | None],
    post_ids: Sequence[int | None],
    statuses: Sequence[str | None],
) -> list[str | None]:
    """Give the slugs of many."""
    stated = [link for link in links if link]
    text = "".join(stated)
    if "?" not in text and "#" not in text and len(stated) == len(links):
        ends = [f"/{name}/" for name in in_file_names]
        if all(in_file_names) and all(map(str.endswith, stated, ends)):
            return [*in_file_names]
    return list(map(settle, links, in_file_names, post_ids, statuses))


def _ends_in(link: str, name: str) -> bool:
    """Tell whether a link plainly has this name as its last segment."""
    return link.endswith(f"/{name}/") and "?" not in link and "#" not in link


def _without_ending(segment: str) -> str:
    """Take off an ending that belongs to the permalink structure: no slug has one."""
    for ending in _ENDINGS:
        if segment.endswith(ending):
            return segment.removesuffix(ending) or segment
    return segment
