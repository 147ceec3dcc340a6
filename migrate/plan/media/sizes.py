"""Sizes: which of an attachment's files a reference leads to."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from migrate.plan.media.library import file_name, number_of

__all__ = ["Shown", "copied_size", "shown"]

_COPY: Final = re.compile(r".+-([1-9][0-9]{0,4})x([1-9][0-9]{0,4})(?:-[0-9]{1,3})?\.[A-Za-z0-9]+")


class Shown(NamedTuple):
    """An address of an attachment; `width` is 0 where the site doesn't tell.

    `exact` is false where a size was asked for that the site didn't make.
    """

    url: str
    width: int = 0
    exact: bool = True


def shown(row: dict[str, Any], width: int = 0, height: int = 0) -> Shown:
    """Return the address of an attachment in a size, else of the whole file."""
    details = row.get("media_details")
    known = details if isinstance(details, dict) else {}
    sizes = known.get("sizes")
    whole = Shown(str(row.get("source_url", "")), _number(known.get("width")))
    if not width:
        return whole
    for size in sizes.values() if isinstance(sizes, dict) else ():
        if not isinstance(size, dict):
            continue
        if (_number(size.get("width")), _number(size.get("height"))) == (width, height):
            return Shown(str(size.get("source_url") or whole.url), width)
    same = (whole.width, _number(known.get("height"))) == (width, height)
    return whole._replace(exact=same)


def copied_size(row: dict[str, Any]) -> tuple[int, int] | None:
    """Return the size of which an attachment's file is a copy by its name; None for a whole one."""
    found = _COPY.fullmatch(file_name(row))
    return (int(found[1]), int(found[2])) if found else None


def _number(value: object) -> int:
    if isinstance(value, str):
        return number_of(value)
    return max(value, 0) if isinstance(value, int) else 0
