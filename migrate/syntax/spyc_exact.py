"""Reads a whole head line by line: every shape, with the place of what can't be read.

Spyc's own reader decides what a text means wherever it and YAML agree, or where the plugin could
have written the text. Where Spyc cuts, drops or refuses, the reading is what a person would mean.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.spyc_blocks import block_scalar
from migrate.syntax.spyc_dump import is_bare
from migrate.syntax.spyc_flow import MOST_DEPTH, FlowError, flow
from migrate.syntax.spyc_lines import BLANKS, Lines
from migrate.syntax.spyc_quotes import closed, unquoted, written
from migrate.syntax.values import PHP_BLANKS, Value, plain

# A colon ends a key only where a blank or nothing follows.
_KEY: Final = pattern(
    r"""(?: "(?P<double>.*?)"[ \t]* | '(?P<single>.*?)'[ \t]*
          | (?!["'])(?P<plain>(?:[^:]|:(?![ \t\r]|\Z))+) )
        :(?:[ \t\r]+|\Z)""",
    re.VERBOSE,
)
_DASH: Final = pattern(r"-(?:[ \t\r]+|\Z)")
_COMMENT: Final = pattern(r"[ \t]#.*")
_BLANK_OR_COMMENT: Final = pattern(r"[ \t\r\n]*(?:(?<=[ \t\r\n])#[^\n]*)?")


def read(head: str) -> tuple[dict[str, Value], dict[str, int]]:
    """The values of a head, and for each top-level key the row (from 0) where it stands."""
    return _Reader(head).document()


class _Reader:
    def __init__(self, head: str) -> None:
        self.lines = Lines(head)
        self.depth = 0

    def document(self) -> tuple[dict[str, Value], dict[str, int]]:
        indent = self.lines.indent()
        if indent > 0:
            raise self._misplaced(indent)
        return self._map(0) if indent == 0 else ({}, {})

    def _block(self, indent: int, parent: int) -> Value:
        """The list, map or scalar that begins on the next line, which is indented by `indent`."""
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise self.lines.error(
                f"lists and maps stand more than {MOST_DEPTH} deep in each other",
                indent,
                "No post needs that many: look for lines that are indented by mistake",
            )
        text = self.lines.rest(indent)
        value: Value
        if _DASH.match(text):
            value = self._list(indent)
        elif _begins_map(text):
            value = self._map(indent)[0]
        else:
            value = self._inline(indent, parent)
        self.depth -= 1
        return value

    def _map(self, indent: int) -> tuple[dict[str, Value], dict[str, int]]:
        values: dict[str, Value] = {}
        rows: dict[str, int] = {}
        while (found := self.lines.indent()) == indent:
            key, column = self._key(indent)
            if key in rows:
                raise self._duplicate(key, rows[key], indent)
            rows[key] = self.lines.row
            values[key] = self._value(column, indent, is_key=True)
        if found > indent:
            raise self._misplaced(found)
        return values, rows

    def _list(self, indent: int) -> list[Value]:
        items: list[Value] = []
        while self.lines.indent() == indent:
            dash = _DASH.match(self.lines.line(), indent)
            if dash is None:
                break
            items.append(self._item(indent, dash.end()))
        return items

    def _item(self, indent: int, column: int) -> Value:
        text = self.lines.rest(column)
        if (_DASH.match(text) and len(text) > 1) or _begins_map(text):
            # `- key: value`: the rest is the first line of a map that is indented that far.
            self.lines.rows[self.lines.row] = " " * column + text
            return self._block(column, indent)
        return self._value(column, indent, is_key=False)

    def _key(self, indent: int) -> tuple[str, int]:
        """The key of the next line, and the column where its value begins."""
        line = self.lines.line()
        found = None if _DASH.match(line, indent) else _KEY.match(line, indent)
        key = "".join(filter(None, found.groups())).strip(PHP_BLANKS) if found else ""
        if found is None or not key:
            raise self.lines.error(
                "this line has no key",
                indent,
                "Write it as `key: value`, with a blank behind the colon; indent it by two blanks "
                "if it goes on from the line above",
            )
        return key, found.end()

    def _value(self, column: int, parent: int, *, is_key: bool) -> Value:
        """The value behind a key or a dash: on the same line, or indented below it."""
        if self._has_text(column):
            return self._inline(column, parent)
        self.lines.row += 1
        indent = self.lines.indent()
        if indent > parent:
            return self._block(indent, parent)
        if is_key and indent == parent and _DASH.match(self.lines.line(), indent):
            return self._list(indent)  # YAML lets a list stand below its key without indentation
        return ""

    def _has_text(self, column: int) -> bool:
        text = self.lines.rest(column)
        return bool(text) and not (text[0] == "#" and self.lines.line()[column - 1] in BLANKS)

    def _inline(self, column: int, parent: int) -> Value:
        """The scalar, flow list or flow map that begins at `column` of the next line."""
        text = self.lines.rest(column)
        value: Value | None = None
        if text[0] in "|>":
            value = block_scalar(self.lines, column, parent)
        elif text[0] in "'\"":
            value = self._quoted(column, parent)
        elif text[0] in "[{" and not text.startswith(("{{", "{%")):  # those two are Liquid
            value = self._flow(column, parent)
        return self._plain(column, parent) if value is None else value

    def _quoted(self, column: int, parent: int) -> str | None:
        """A quoted scalar; None for a plain one that begins with a quote: `"Yes" they said`."""
        first = self.lines.rest(column)
        if (value := written(first)) is not None:
            self.lines.row += 1
            return value
        text = "\n".join([first, *self._continuation(parent)])
        end = closed(text)
        if end:
            return unquoted(text[:end]) if self._ends(text, end) else None
        if is_bare(first):
            return None
        raise self.lines.error(
            f"the quote {first[0]} that opens here is never closed",
            column,
            f"Close it with {first[0]}, or put the whole text between the other kind of quotes",
        )

    def _flow(self, column: int, parent: int) -> Value | None:
        """A flow list or map; None for a plain scalar that begins with one: `[Video] Title`."""
        text = "\n".join([self.lines.rest(column), *self._continuation(parent, closers=True)])
        try:
            value, end = flow(text)
        except FlowError as error:
            raise self.lines.error(
                f"the `{text[0]}` that opens here can't be read: {error}",
                column,
                "Mend it, or put the whole text between quotes if it is meant as text",
            ) from None
        return value if self._ends(text, end) else None

    def _continuation(self, parent: int, *, closers: bool = False) -> list[str]:
        """The coming lines that can go on with the value of this one."""
        end = self.lines.continuation(parent)
        if closers and end < len(self.lines.rows) and self.lines.rows[end][:1] in {"]", "}"}:
            end += 1
        return self.lines.rows[self.lines.row + 1 : end]

    def _ends(self, text: str, end: int) -> bool:
        """Go behind the value that ends at `end` of `text`; False if text follows on its line."""
        row_end = text.find("\n", end)
        tail = text[end:] if row_end < 0 else text[end:row_end]
        if _BLANK_OR_COMMENT.fullmatch(tail):
            self.lines.row += text.count("\n", 0, end) + 1
            return True
        if "\n" not in text[:end]:
            return False
        row = self.lines.row + text.count("\n", 0, end)
        message = "text follows the end of a value"
        raise self.lines.error(message, 0, "Put the whole value between quotes", row=row)

    def _plain(self, column: int, parent: int) -> str:
        """An unquoted scalar; lines below that are indented deeper go on with it."""
        text = self.lines.rest(column)
        first = _COMMENT.sub("", text)
        self.lines.row += 1
        pieces = [first.strip(PHP_BLANKS)]
        if first == text:
            pieces += self._more_text(parent)
        return plain("".join(pieces))

    def _more_text(self, parent: int) -> list[str]:
        """The coming lines of an unquoted scalar, each behind what joins it to the one before."""
        pieces: list[str] = []
        joint = " "
        while self.lines.row < len(self.lines.rows):
            indent = self.lines.indent_of(self.lines.row)
            if indent < 0:
                joint = "\n" if joint == " " else joint + "\n"
            elif indent <= parent or self.lines.line()[indent] == "#":
                break
            else:
                text = self.lines.rest(indent)
                if _DASH.match(text) or _begins_map(text):
                    raise self._misplaced(indent)
                pieces += joint, _COMMENT.sub("", text).strip(PHP_BLANKS)
                joint = " "
            self.lines.row += 1
        return pieces

    def _misplaced(self, indent: int) -> RecordError:
        return self.lines.error(
            "the indentation of this line fits nothing above it",
            indent,
            "Indent it like the lines that it belongs with",
        )

    def _duplicate(self, key: str, first: int, indent: int) -> RecordError:
        above = self.lines.row - first
        return RecordError(
            "source-yaml-duplicate-key",
            f"the key `{key}` stands here a second time; the first is {above} "
            f"line{'s' if above > 1 else ''} above",
            line=self.lines.row + 1,
            column=indent + 1,
            fix="Remove one of them, or make one list of both values",
        )


def _begins_map(text: str) -> bool:
    return text[:1] not in {"[", "{"} and _KEY.match(text) is not None
