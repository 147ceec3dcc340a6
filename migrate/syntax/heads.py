"""Heads in any spelling: cut from their files, and put together again from values.

What has to be kept for the way back goes to `Provenance.spelling`: `frame`, where the file's frame
isn't the usual one; `plain`, the places of the texts that stood without quotes though a writer who
sees only text would quote them; `rest`, what else stands in the head of an HTML page.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax import frontmatter, unmarked
from migrate.syntax.frontmatter import Frame
from migrate.syntax.pelican_words import as_pelican
from migrate.syntax.spellings import handler
from migrate.syntax.values import Plain, Value

_KEY: Final = pattern(
    r"""^[ \t]*:?(?:["']([^"'\n]+)["'][ \t]*|([^\s"':=#{\[-][^:="'\n]*+))(?::(?=\s|$)|=)""",
    re.MULTILINE,
)
_BEHIND_KEY: Final = pattern(r":(?:\s|\Z)")
_NAME: Final = pattern(r"<meta\s+name\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_PELICAN: Final = frozenset(("key-value", "dashed-key-value", "rst", "html-head"))

LONGEST_HEAD: Final = 64 << 20
"""Bytes of front matter: reading its values takes some eight times as much memory."""

_KEPT_PARTS: Final = ("prefix", "opening", "closing", "newline", "tail")


class Head(NamedTuple):
    """A file cut into frame, head and body, as a spelling has it."""

    spelling: str
    frame: Frame
    text: str
    body: bytes

    def keys(self) -> list[str]:
        """Give the keys as a quick look finds them, some that stand deeper included."""
        found = (first or second.rstrip(" \t") for first, second in _KEY.findall(self.text))
        if self.spelling == "html-head":  # of these every page may have some
            return [key for key in map(as_pelican, _NAME.findall(self.text)) if key != "author"]
        return [as_pelican(key) for key in found] if _is_pelican(self.spelling) else list(found)

    def line_of(self, key: str) -> int | None:
        """Give the line in the file on which a key stands; None where it doesn't."""
        found = _line_with(key, _is_pelican(self.spelling)).search(self.text)
        return self.frame.head_line + self.text.count("\n", 0, found.start()) if found else None

    def load(self) -> dict[str, Value]:
        """Give the head's values; RecordError with the line in the file where it can't be read."""
        try:
            values: dict[str, Value] = handler(self.spelling).load(self.text)
        except RecordError as error:
            error.line = (error.line or 1) + self.frame.head_line - 1
            raise
        return values


def holds_key(lines: str) -> bool:
    """Tell whether one of the lines looks like a key to `Head.keys`."""
    may = "=" in lines or _BEHIND_KEY.search(lines)
    return bool(may and _KEY.search(lines))


@functools.lru_cache
def _line_with(key: str, any_case: bool) -> re.Pattern[str]:
    name = rf"[\"']?{re.escape(key)}[\"']?"
    pattern = rf"^[ \t]*:?{name}[ \t]*[:=]|<meta\s+name={name}|<{re.escape(key)}>"
    return re.compile(pattern, re.MULTILINE | (re.IGNORECASE if any_case else 0))


def _is_pelican(spelling: str) -> bool:
    return spelling in _PELICAN


def cut(spelling: str, data: bytes) -> Head | None:
    """Cut a file in UTF-8; None where it doesn't begin as that spelling does.

    Raises RecordError with its place where a head is opened and never closed, or is too long.
    """
    fence = handler(spelling).fence
    parts = frontmatter.split(data, (fence,)) if fence else unmarked.cut(spelling, data)
    if parts is None:
        return None
    frame, head, body = parts
    _refuse_long(len(head), frame.head_line)
    return Head(spelling, frame, head.decode("utf-8"), body)


def _refuse_long(size: int, line: int) -> None:
    if size > LONGEST_HEAD:
        raise RecordError(
            "source-text-too-long",
            f"the front matter holds {size} bytes; it is at most {LONGEST_HEAD}",
            line=line,
            fix="Take the long text out of it, or put it into the body",
        )


def kept(head: Head, stated: Mapping[str, Value], written: Mapping[str, Value]) -> dict[str, Any]:
    """Give what the way back needs of a head.

    `stated` are its values, `written` those that come back from the record.
    """
    found: dict[str, Any] = {}
    if plain := list(_plain_places(stated, written)):
        found["plain"] = plain
    found |= kept_frame(head)
    if head.spelling == "html-head":
        from migrate.syntax import html_head  # noqa: PLC0415 - start-up is kept short

        if (rest := html_head.rest(head.text)).strip():
            found["rest"] = rest
    return found


def kept_frame(head: Head) -> dict[str, Any]:
    """Give the part of it that is about the frame."""
    usual = replace(_new_frame(head.spelling, head.body), head_line=head.frame.head_line)
    if head.frame == usual:
        return {}
    parts = {name: getattr(head.frame, name).decode() for name in _KEPT_PARTS}
    return {"frame": {name: text for name, text in parts.items() if text or name != "tail"}}


def assemble(
    spelling: str, values: Mapping[str, Value], body: bytes, spelled: Mapping[str, Any]
) -> bytes:
    """Give the file: the head of `values`, as far as the spelling can hold them, and the body.

    `spelled` is what `kept` gave when the record was read, or nothing.
    """
    head = handler(spelling).export(_respelled(values, spelled.get("plain", ())))
    if not head and spelling == "key-value":
        spelling = "dashed-key-value"  # or else the body's first lines would be the head
    frame = _new_frame(spelling, body)
    stated = {name: text.encode() for name, text in spelled.get("frame", {}).items()}
    head += str(spelled.get("rest", ""))
    return frontmatter.join(replace(frame, **stated), head.encode(), body)


def not_carried(spelling: str, values: Mapping[str, Value]) -> list[str]:
    """Name the keys whose value doesn't come back from a head in that spelling."""
    speller = handler(spelling)
    back = speller.load(speller.export(dict(values)))
    return [key for key, value in values.items() if back.get(key) != value]


def _new_frame(spelling: str, body: bytes) -> Frame:
    fence = handler(spelling).fence
    return frontmatter.usual(body, fence) if fence else unmarked.new_frame(spelling, body)


def _plain_places(
    stated: Mapping[str, Value], written: Mapping[str, Value], steps: tuple[str, ...] = ()
) -> Iterator[list[str]]:
    for step, value in stated.items():
        again = written.get(step)
        place = (*steps, step)
        if isinstance(value, str):
            if isinstance(value, Plain) and value == again and not isinstance(again, Plain):
                yield list(place)
        elif type(value) is type(again):
            yield from _plain_places(_numbered(value), _numbered(again), place)


def _numbered(value: Any) -> Mapping[str, Value]:
    if isinstance(value, list):
        return {str(number): item for number, item in enumerate(value)}
    return value if isinstance(value, dict) else {}


def _respelled(values: Mapping[str, Value], plain: Any) -> dict[str, Value]:
    """Give the values with those places made plain that still hold text."""
    again: dict[str, Value] = _copied(dict(values), lambda text: text)
    for place in plain:
        if not isinstance(place, list) or not place:
            continue  # people can edit what holds this
        *way, last = map(str, place)
        holder: Any = again
        for step in way:
            holder = _child(holder, step)
        text = _child(holder, last)
        if isinstance(text, str):
            holder[int(last) if isinstance(holder, list) else last] = Plain(text)
    return again


def _child(holder: Any, step: str) -> Any:
    if isinstance(holder, list):
        return holder[int(step)] if step.isdecimal() and int(step) < len(holder) else None
    return holder.get(step) if isinstance(holder, dict) else None


def as_text(value: Any) -> Any:
    """Give a copy of a value in which no text is `Plain`, as it comes back from a sidecar."""
    return _copied(value, str)


def _copied(value: Any, leaf: Callable[[Any], Any]) -> Any:
    if isinstance(value, list):
        return [_copied(item, leaf) for item in value]
    if isinstance(value, dict):
        return {key: _copied(item, leaf) for key, item in value.items()}
    return leaf(value)
