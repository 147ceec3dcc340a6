"""All text that reaches a terminal goes through here, so that no title can drive it.

Control characters are shown instead of sent: a post's title or a server's message that holds escape
sequences can't move the cursor, change colours or set the clipboard. Line feed and tab pass.
"""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from migrate.errors import OutputError, WpmigrateError

# C0 but tab and LF, DEL, C1, and the marks that turn the reading direction of what follows.
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


STDOUT: Final = "standard output"
"""What messages call it."""


def harmless(text: str) -> str:
    """Give the text with control characters and undecodable bytes shown in hexadecimal."""
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", text)
    return shown.encode("utf-8", "backslashreplace").decode("utf-8")


def standard_output() -> TextIO:
    """Give standard output; OutputError where whoever started us has closed it."""
    # Annotated as never None, which it is all the same after `>&-`.
    stream: TextIO | None = sys.stdout
    if stream is None:
        raise OutputError("is closed", path=STDOUT, fix="Name a file with --report or -o")
    return stream


@contextmanager
def writing_to(stream: TextIO) -> Iterator[None]:
    """Write to a standard stream in the block; a reader that has had enough ends it quietly.

    Raises OutputError where standard output can't be written (a full disk). Nobody can be told
    that standard error can't. What comes after either goes nowhere.
    """
    try:
        yield
    except OSError as error:
        _lead_nowhere(stream)
        if not isinstance(error, BrokenPipeError) and stream is not sys.stderr:
            fix = "Make room there, or name a file with --report or -o"
            said = f"can't be written: {error.strerror or error}"
            raise OutputError(said, path=STDOUT, fix=fix) from error


def _lead_nowhere(stream: TextIO) -> None:
    """Spare the interpreter, which flushes the stream at its end, the same error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class Terminal(io.TextIOBase):
    """A text stream whose every write is made harmless; none where the stream is closed."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__()
        self._stream = stream

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, text: str) -> int:
        """Write the text made harmless."""
        if self._stream is not None:
            with writing_to(self._stream):
                self._stream.write(harmless(text))
        return len(text)

    def flush(self) -> None:
        """Hand on what is buffered."""
        if self._stream is not None:
            with writing_to(self._stream):
                self._stream.flush()

    def isatty(self) -> bool:
        """Say whether a person looks at it."""
        return self._stream is not None and self._stream.isatty()


def out(text: str) -> None:
    """Write a line of the result to standard output."""
    terminal = Terminal(standard_output())
    terminal.write(text + "\n")
    terminal.flush()


def err(text: str) -> None:
    """Write a line of talk to standard error."""
    Terminal(sys.stderr).write(text + "\n")


def complain(error: WpmigrateError) -> None:
    """Say on standard error what went wrong and what to do about it."""
    err(f"wpmigrate: {error}")


def complain_interrupted() -> None:
    """Say on standard error that the user (or a system that shuts down) ended the run."""
    err("wpmigrate: interrupted; running the same command again is safe")
