"""Nothing that a post or a server says can drive the terminal."""

from __future__ import annotations

import io

import pytest

from migrate.cli.terminal import Terminal
from migrate.report.harmless import harmless


def test_escape_sequences_are_shown() -> None:
    """A title that clears the screen is shown as text."""
    assert harmless("a\x1b[2Jb\x9b31m\x07") == r"a\x1b[2Jb\x9b31m\x07"


def test_line_feed_and_tab_pass() -> None:
    """What lays out our own lines is left."""
    assert harmless("a\tb\nc") == "a\tb\nc"


def test_a_carriage_return_cannot_overwrite_a_line() -> None:
    """CR would let a title write over what stands before it."""
    assert harmless("safe\rlie") == r"safe\x0dlie"


def test_direction_marks_are_shown() -> None:
    """A right-to-left override would let a path look like another."""
    assert harmless("a\u202eb") == r"a\x202eb"


def test_bytes_that_are_no_text_are_shown() -> None:
    """A file name that isn't UTF-8 can still be named."""
    assert harmless("caf\udce9.md") == r"caf\udce9.md"


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say that a person looks at it."""
        return True


@pytest.mark.parametrize(
    ("stream", "no_color", "expected"),
    [
        (Screen(), "", "\x1b[31mbad \\x1b[0m\x1b[0m"),
        (Screen(), "1", "bad \\x1b[0m"),
        (io.StringIO(), "", "bad \\x1b[0m"),
    ],
)
def test_colours_are_for_people(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, no_color: str, expected: str
) -> None:
    """On a terminal, unless NO_COLOR is set; the text itself can colour nothing."""
    monkeypatch.setenv("NO_COLOR", no_color)

    Terminal(stream).paint("bad \x1b[0m", 31)

    assert stream.getvalue() == expected
