"""Whose Markdown a text is: each tool has its own beside CommonMark."""

from __future__ import annotations

from typing import Final, Literal

Flavour = Literal["commonmark", "kramdown", "goldmark", "python-markdown"]
FLAVOURS: Final[tuple[Flavour, ...]] = ("commonmark", "kramdown", "goldmark", "python-markdown")
"""CommonMark alone; Jekyll's; Hugo's; Pelican's."""
