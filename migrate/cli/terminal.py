"""All text that reaches a terminal goes through here, so that no title can drive it.

Control characters are shown instead of sent: a post's title or a server's message that holds escape
sequences can't move the cursor, change colours or set the clipboard. Line feed and tab pass.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

from migrate.errors import OutputError, WpmigrateError
from migrate.report.harmless import harmless

STDOUT: Final = "standard output"
"""What messages call it."""


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

    def paint(self, text: str, colour: int) -> None:
        """Write the text made harmless, in one of ECMA-48's colours where a person looks at it.

        NO_COLOR (no-color.org) switches colours off.
        """
        if self._stream is None or not self.isatty() or os.environ.get("NO_COLOR"):
            self.write(text)
            return
        with writing_to(self._stream):
            self._stream.write(f"\x1b[{colour}m{harmless(text)}\x1b[0m")

    def flush(self) -> None:
        """Hand on what is buffered."""
        if self._stream is not None and not self._stream.closed:
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
