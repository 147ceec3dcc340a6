"""The lines of a front matter head, one after the other, with their indentation and places."""

from __future__ import annotations

from typing import Final

from migrate.errors import RecordError

BLANKS: Final = " \t\r"


def depth(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


class Lines:
    """A head cut into lines, and the row (from 0) of the line that comes next.

    Only LF ends a line: U+0085 and U+2028 are text. In a head of mixed line ends a CR stays at
    the end of its line; it is a blank there, and text inside a block only.
    """

    __slots__ = ("row", "rows")

    def __init__(self, head: str) -> None:
        self.rows = head.removesuffix("\n").split("\n") if head else []
        self.row = 0

    def line(self) -> str:
        """Give the line that comes next."""
        return self.rows[self.row]

    def rest(self, column: int) -> str:
        """Give the line that comes next from `column` (from 0) on, without its last blanks."""
        return self.rows[self.row][column:].rstrip(BLANKS)

    def indent(self) -> int:
        """Pass over blank lines and comments; give the next line's indentation, -1 at the end."""
        while self.row < len(self.rows):
            if (indent := self.indent_of(self.row)) >= 0 and self.line()[indent] != "#":
                return indent
            self.row += 1
        return -1

    def indent_of(self, row: int) -> int:
        """Give how many blanks a line begins with; -1 for a blank line. A tab is an error."""
        line = self.rows[row]
        if not line.strip(BLANKS):
            return -1
        indent = depth(line)
        if line[indent] == "\t":
            raise RecordError(
                "source-yaml-tab",
                "a tab stands where the indentation has to be blanks",
                line=row + 1,
                column=indent + 1,
                fix="Put two blanks in its place",
            )
        return indent

    def continuation(self, parent: int) -> int:
        """Give the row after the last of the coming lines that are blank or deeper than `parent`.

        Blank lines at the end don't count, and the line that comes next does whatever it is.
        """
        end = row = self.row + 1
        while row < len(self.rows):
            line = self.rows[row]
            if line.strip(BLANKS):
                if depth(line) <= parent:
                    break
                end = row + 1
            row += 1
        return end

    def error(self, message: str, column: int, fix: str, *, row: int | None = None) -> RecordError:
        """Make the error for the line that comes next (or `row`); `column` counts from 0."""
        line = (self.row if row is None else row) + 1
        return RecordError("source-yaml-syntax", message, line=line, column=column + 1, fix=fix)
