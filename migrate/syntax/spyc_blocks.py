"""Reads `|` and `>` blocks the way the plugin's writer made them.

The library has its own idea of blocks: no line end is part of the value, and blanks and quotes
that the first release left in the lines are the post's own.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from migrate.patterns import pattern
from migrate.syntax.spyc_lines import BLANKS, Lines, depth
from migrate.syntax.values import PHP_BLANKS

_HEADER: Final = pattern(
    r"(?P<style>[|>])(?P<depth>[1-9]?)(?P<chomp>[+-]?)(?P<depth_last>[1-9]?)(?:[ \t]+#.*)?[ \t\r]*"
)


class _Header(Struct, frozen=True):
    style: str
    chomp: str
    depth: int


def block_scalar(lines: Lines, column: int, parent: int) -> str | None:
    """The text of the block that opens at `column`; None where none does.

    `parent` is the indentation that the block's lines must exceed. `|` keeps the lines; `>` joins
    them with one blank, and a blank line becomes LF. The last line end is not part of the text,
    except after `+`; a last line of a `|` block that holds the block's indentation alone is one.
    """
    found = _HEADER.fullmatch(lines.line(), column)
    if found is None:
        return None
    header = _Header(
        found["style"], found["chomp"], int(found["depth"] or found["depth_last"] or 0)
    )
    if (header.chomp or header.depth) and lines.continuation(parent) == lines.row + 1:
        return None  # the plugin writes the text `|-` without quotes
    lines.row += 1
    rows = _take(lines, header, parent)
    if header.style == "|" and not header.chomp and _is_wrapped(rows, parent + 2):
        return _unwrapped(rows, parent + 2)
    text = "\n".join(rows) if header.style == "|" else _folded(rows)
    return text + "\n" if header.chomp == "+" else text


def _take(lines: Lines, header: _Header, parent: int) -> list[str]:
    """The lines of the block without their margin, and without blank ones behind its text."""
    start = lines.row
    while lines.row < len(lines.rows):
        line = lines.line()
        if line.strip(BLANKS) and depth(line) <= parent:
            break
        lines.row += 1
    rows = lines.rows[start : lines.row]
    margin = parent + header.depth if header.depth else _margin(rows, parent)
    while rows and not rows[-1].strip(BLANKS) and _is_spacing(rows[-1], header, margin):
        rows.pop()
    return [row[min(margin, depth(row)) :] for row in rows]


def _margin(rows: list[str], parent: int) -> int:
    """The indentation that all lines share. Of blank ones the first counts, as it does to Spyc."""
    written = [row for row in rows if row.strip(BLANKS)]
    if rows and depth(rows[0]) > parent:
        written.append(rows[0])
    return min(map(depth, written), default=parent + 2)


def _is_spacing(row: str, header: _Header, margin: int) -> bool:
    """Whether a blank line at the end of a block only parts it from what follows."""
    if header.chomp:
        return header.chomp == "-"
    return header.style == ">" or len(row) < margin


def _folded(rows: list[str]) -> str:
    """`rows` joined with one blank; the first keeps blanks before it, which are the value's."""
    pieces: list[str] = []
    joint = ""
    for row in rows:
        text = row.rstrip(" \r")
        if not text:
            joint = "\n" if joint == " " else joint + "\n"
            continue
        pieces += (joint, text.lstrip(" ") if pieces else text)
        joint = " "
    return "".join(pieces) + joint.removeprefix(" ")


def _is_wrapped(rows: list[str], margin: int) -> bool:
    """Whether a block holds another block, as cyps wrote a value that ended in a blank."""
    inside = " " * margin
    return (
        len(rows) > 1
        and rows[0] in {"|", ">"}
        and all(row.startswith(inside) or not row.strip(BLANKS) for row in rows[1:])
    )


def _unwrapped(rows: list[str], margin: int) -> str:
    """The value that cyps put into two blocks.

    Its last blank is the reason for the second block. Behind a key that blank itself was cut off
    when the line was written, so one is put back.
    """
    joint = "\n" if rows[0] == "|" else " "
    text = joint.join(row[margin:] for row in rows[1:])
    return text if text.rstrip(PHP_BLANKS) != text else text + joint
