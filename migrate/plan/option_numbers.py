"""The numbers of records in options: a whole value, or within an array that WordPress keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Final, NamedTuple

from migrate.model.site_options import BY_TERM, as_number, named_number
from migrate.syntax import php_serialized

__all__ = ["Named", "hides_numbers", "named", "with_numbers"]

_MENU: Final = "nav_menu"
_POST: Final = ""
_ANY: Final = None

_WITHIN: Final[tuple[tuple[str, tuple[str | None, ...], str], ...]] = (
    ("theme_mods_*", ("nav_menu_locations", _ANY), _MENU),
    ("theme_mods_*", ("custom_logo",), _POST),
    ("theme_mods_*", ("custom_css_post_id",), _POST),
    ("theme_mods_*", ("header_image_data", "attachment_id"), _POST),
    ("nav_menu_options", ("auto_add", _ANY), _MENU),
    ("widget_nav_menu", (_ANY, "nav_menu"), _MENU),
    ("widget_media_*", (_ANY, "attachment_id"), _POST),
    ("widget_media_gallery", (_ANY, "ids", _ANY), _POST),
)
"""Options whose arrays hold numbers, with the keys that lead there, and the taxonomy of terms."""


class Named(NamedTuple):
    """A record that an option names: its number, a term's taxonomy, which is empty for a post.

    `place` are the keys that lead to the number, none where it is the whole value.
    """

    number: int
    taxonomy: str
    place: tuple[str | int, ...] = ()


def named(name: str, value: str) -> list[Named]:
    """Give the records that an option names."""
    number = named_number(name, value)
    if number:
        return [Named(number, BY_TERM.get(name, _POST))]
    ways = _ways(name)
    held = _array(value) if ways else None
    return [
        Named(number, taxonomy, place)
        for keys, taxonomy in ways
        for place, found in _found(held, keys)
        if (number := _number(found))
    ]


def hides_numbers(name: str, value: str) -> bool:
    """Tell whether an option that may name records is an array that can't be read exactly."""
    return bool(_ways(name)) and value.startswith("a:") and _array(value) is None


def with_numbers(value: str, numbers: Mapping[Named, int]) -> str:
    """Give a value of an option with other numbers in the places of these."""
    if not numbers:
        return value
    held = _array(value)
    for each, number in numbers.items():
        if not each.place:
            return str(number)
        *above, last = each.place
        inner = held
        for key in above:
            inner = _members(inner[key])
        inner[last] = str(number) if isinstance(inner[last], str) else number
    return php_serialized.serialized(held)


def _ways(name: str) -> list[tuple[tuple[str | None, ...], str]]:
    return [(keys, taxonomy) for names, keys, taxonomy in _WITHIN if fnmatchcase(name, names)]


def _array(value: str) -> Any:
    try:
        return php_serialized.array(value, objects=True)
    except ValueError:
        return None


def _found(held: Any, keys: tuple[str | None, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Give what lies behind these keys, each with its own."""
    if not keys:
        yield (), held
        return
    inside = dict(enumerate(held)) if isinstance(held, list) else _members(held)
    for key, inner in inside.items() if isinstance(inside, dict) else ():
        if keys[0] is _ANY or key == keys[0]:
            yield from (((key, *place), found) for place, found in _found(inner, keys[1:]))


def _members(held: Any) -> Any:
    """Give the members of an object, and all else as it is."""
    return getattr(held, "__php_vars__", held)


def _number(found: Any) -> int:
    if isinstance(found, str):
        return as_number(found)
    return max(found, 0) if isinstance(found, int) and not isinstance(found, bool) else 0
