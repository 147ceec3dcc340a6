"""Text that can drive no terminal, whoever prints it: control characters are shown, not sent."""

from __future__ import annotations

from typing import Final

from migrate.patterns import pattern

# C0 but tab and LF, DEL, C1, and the marks that turn the reading direction of what follows.
_CONTROL: Final = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

LONGEST_TITLE: Final = 100
"""How many characters of a title are shown."""


def harmless(text: str) -> str:
    """Give the text with control characters and undecodable bytes shown in hexadecimal."""
    if text.isprintable():  # as most is, and none of these
        return text
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def on_one_line(text: str) -> str:
    """Give the text harmless and on one line, each run of blanks as one blank."""
    return harmless(" ".join(text.split()))


def shortened(title: str) -> str:
    """Give a title on one line, cut where it is long."""
    line = on_one_line(title)
    return line if len(line) <= LONGEST_TITLE else f"{line[:LONGEST_TITLE]}…"
