"""What the reader has to say about a broken file: one finding for each thing that it mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from migrate.model.action import HIDDEN
from migrate.model.finding import Finding, Note
from migrate.syntax.wxr_text import Kind, Oddity

_SHOWN: Final = 60
_MOST: Final = 10_000
"""Findings of one kind in one piece: a megabyte may hold hundreds of thousands."""


class _Repair(NamedTuple):
    code: str
    message: str
    fix: str


_TEXTS: Final[dict[Kind, _Repair]] = {
    "ampersand": _Repair(
        "source-ampersand",
        "{field} holds & that nobody escaped ({what}); it was taken as it stands",
        "",
    ),
    "markup": _Repair(
        "source-markup-in-text",
        "{field} holds tags that nobody escaped ({what}); all of it was taken as it stands",
        "",
    ),
    "section": _Repair(
        "source-section-unclosed",
        "a CDATA section in {field} is never closed; it was read up to the element's end",
        "Look at the end of this text",
    ),
    "control": _Repair(
        "source-control-character",
        "{field} holds {what}, which XML 1.0 forbids; it was kept",
        "",
    ),
    "bytes": _Repair(
        "source-invalid-bytes",
        "{field} holds bytes that aren't UTF-8 ({what}); each reads U+FFFD now",
        "If all of the file is in another encoding, name it with --encoding",
    ),
}


class Notes:
    """Says what is found in one piece of a file, by its place in it.

    `base` is where the piece begins in the file; `line_at` gives the line of an offset there.
    """

    def __init__(self, note: Note, path: str, line_at: Callable[[int], int], base: int) -> None:
        """Make one for a piece; `is_public` tells whether everybody may read what is in it."""
        self.is_public: Callable[[], bool] = lambda: True
        self._note = note
        self._path = path
        self._line_at = line_at
        self._base = base
        self._said: dict[str, int] = {}  # how often of each kind

    def line(self, at: int) -> int:
        """Give the line of a place in the piece."""
        return self._line_at(self._base + at)

    def is_full(self, code: str) -> bool:
        """Tell whether a piece is full of things of a kind: no more of it are noted."""
        return self._said.get(code, 0) > _MOST

    def say(
        self, code: str, message: str, at: int, *, below: int = 0, field: str = "", fix: str = ""
    ) -> None:
        """Note one thing, so many lines below a place.

        Of a kind that a piece is full of, the last that is noted says that no more are named.
        """
        if self.is_full(code):
            return
        said = self._said[code] = self._said.get(code, 0) + 1
        if said > _MOST:
            message = f"{message}; after {_MOST:,} of this kind no more are named here"
        line = self.line(at) + below
        self._note(
            Finding(code, message, path=self._path, line=line, field=field, fix=fix, placed=True)
        )

    def quoted(self, data: bytes) -> str:
        """Give the beginning of something, for a message; hidden where it isn't public.

        What may hold an e-mail address never is.
        """
        return shown(data) if b"@" not in data and self.is_public() else HIDDEN

    def say_oddities(self, oddities: list[Oddity], at: int, field: str) -> None:
        """Note what is odd about the text of one field."""
        for oddity in oddities:
            repair = _TEXTS[oddity.kind]
            message = repair.message.format(what=oddity.what, field=field)
            below = oddity.lines_before
            self.say(repair.code, message, at, below=below, field=field, fix=repair.fix)


def shown(data: bytes) -> str:
    """Give the beginning of something, for a message: one line of it, and not much."""
    text = " ".join(data[: 2 * _SHOWN].decode("utf-8", "replace").split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
