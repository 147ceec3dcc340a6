"""All text that reaches a terminal goes through here, so that no title can drive it.

Control characters are shown instead of sent: a post's title or a server's message that holds escape
sequences can't move the cursor, change colours or set the clipboard. Line feed and tab pass.
"""

from __future__ import annotations

import io
import re
import sys
from typing import Final, TextIO

from migrate.errors import WpmigrateError

# C0 but tab and LF, DEL, C1, and the marks that turn the reading direction of what follows.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def harmless(text: str) -> str:
    """Give the text with control characters and undecodable bytes shown in hexadecimal."""
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


class Terminal(io.TextIOBase):
    """A text stream whose every write is made harmless."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Write the text made harmless."""
        self._stream.write(harmless(text))
        return len(text)

    def flush(self) -> None:
        """Hand on what is buffered."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Say whether a person looks at it."""
        return self._stream.isatty()


def out(text: str) -> None:
    """Write a line of the result to standard output."""
    Terminal(sys.stdout).write(text + "\n")


def err(text: str) -> None:
    """Write a line of talk to standard error."""
    Terminal(sys.stderr).write(text + "\n")


def complain(error: WpmigrateError) -> None:
    """Say on standard error what went wrong and what to do about it."""
    err(f"wpmigrate: {error}")
