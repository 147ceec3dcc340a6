"""Writes front matter as Spyc does, the YAML library inside the plugin, to the byte.

Spyc decides by what a text contains: text that looks like YAML syntax is quoted or made a `|`
block and never folded, other text of more than 40 bytes is folded (`>`), and the rest stands
bare, also where another YAML reader would take it for something else. The decisions here are
made in Spyc's order, because a later one looks at what an earlier one wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from migrate.patterns import pattern
from migrate.syntax.values import PHP_BLANKS, TYPED_WORDS, Plain, Value, is_numeric

_INDENT: Final = 2
_WIDTH: Final = 40  # bytes, not characters

# Text that doesn't look like YAML syntax to Spyc: none of some signs, no blank behind another
# blank, `:` or `-`, no `!` in front and no `:` at the end. cyps hadn't heard of `%`.
_ORDINARY: Final = pattern(
    r"(?!!)[^\n*#<>%\[\]{}&' :-]*+(?:[ :-](?!\ )[^\n*#<>%\[\]{}&' :-]*+)*+(?<!:)"
)
# Ordinary, for every release, and too long for its line. An equals sign is left to the long way.
_LONG_WORD: Final = pattern(rf"""(?!!)[!"$(),./0-9:;?@A-Z\\^_`a-z|~+-]{{{_WIDTH + 1},}}(?<!:)""")
_SIGNS: Final = r"*#<>\[\]{}&"
"""Signs that no ordinary text has, but for the blanks and quotes among them."""


def _words(length: str) -> str:
    """Ordinary text in ASCII that no library takes for anything else; of so many characters."""
    typed = "|".join(map(re.escape, sorted(TYPED_WORDS)))
    return rf"(?=[A-Za-z][ -~]{{{length}}}\Z)(?!(?:{typed})\Z)(?:{_ORDINARY.pattern})(?<! )"


_LINE: Final = _words(f"0,{_WIDTH - 1}")
_LINES: Final = _words(f"{_WIDTH},")


def _plain(margin: str) -> str:
    """What all variants spell so: a long word, what mostly a sign makes need quotes, or a line."""
    return (
        rf">{margin}({_LONG_WORD.pattern})"
        rf"|'([^\n'%{_SIGNS}]*[{_SIGNS}][^\n'%]*)'"
        rf"|'(?!{_ORDINARY.pattern}')([^\n'%]+)'"
        rf"|({_LINE})"
    )


_PLAIN: Final = pattern(_plain("\n  "))
_PLAIN_IN_LIST: Final = pattern(_plain("\n    "))
# Lines of which each is a long word, or has a sign and so needs quotes.
_LONG_WORDS: Final = pattern(rf"(?:{_LONG_WORD.pattern}\n)++")
_SIGNED: Final = pattern(rf"(?:[^\n'%{_SIGNS}]*+[{_SIGNS}][^\n'%]*+\n)++")
# A long word, what needs quotes, a line, or words that take several.
_SPELLED_PLAINLY: Final = pattern(
    rf"({_LONG_WORD.pattern})"
    rf"|[^\n'%{_SIGNS}]*[{_SIGNS}][^\n'%]*"
    rf"|({_LINE})|({_LINES})"
    rf"|(?!(?:{_ORDINARY.pattern})\Z)[^\n'%]+"
)
_ORDINARY_OR_PERCENT: Final = pattern(_ORDINARY.pattern.replace("%", ""))


class _Library(Struct, frozen=True):
    """What differs between the releases of the library that the plugin shipped."""

    ordinary: re.Pattern[str]
    trims_block_lines: bool


_CYPS: Final = _Library(_ORDINARY_OR_PERCENT, trims_block_lines=False)
_SPYC: Final = _Library(_ORDINARY, trims_block_lines=True)

# By the plugin's version: 1.0.0-1.7.1, 1.7.2-1.7.5 and 2.0.0-2.0.1. The last two wrote alike.
VARIANTS: Final[Mapping[str, _Library]] = {"1.0": _CYPS, "1.7": _SPYC, "2.0": _SPYC}
_USUAL: Final = "1.0"

ALL: Final = frozenset(VARIANTS)
"""Every generation."""

_SPELLERS: Final = {
    (cyps, spyc): frozenset(
        name for name, library in VARIANTS.items() if (cyps if library is _CYPS else spyc)
    )
    for cyps in (False, True)
    for spyc in (False, True)
} | {(True, True): ALL}


def dump(values: Mapping[str, Value], variant: str) -> str:
    """The head that the plugin of `variant` (a key of `VARIANTS`) writes for `values`.

    A variant that nobody knows, as provenance that was edited may name, counts as the first one.
    A `Plain` is written as it stands, any other text with the quotes that Spyc gives a string.
    Not every value survives: from 1.7 on, the lines of a block lose their outer blanks and a pair
    of quotes round them; `load(dump(...))` tells.
    """
    return _children(values, 0, _library(variant))


def dump_entry(key: str, value: Value, variant: str) -> str:
    """The lines of one top-level `key`, as they stand in the head that `dump` gives."""
    return _node(_mark(key), value, 0, _library(variant))


def _library(variant: str) -> _Library:
    return VARIANTS.get(variant, VARIANTS[_USUAL])


def spelled_by(text: str, spelled: str, indent: int = 0) -> frozenset[str]:
    """The variants that write `text` so behind a key, or in a list, with an `indent` of two."""
    cyps = _scalar(text, indent, _CYPS) == spelled
    # The libraries differ only in what `%` and the lines of a block mean to them.
    spyc = cyps
    if "%" in text or spelled[0] == "|":
        spyc = _scalar(text, indent, _SPYC) == spelled
    return _SPELLERS[cyps, spyc]


def spelled_by_all(spelled: str, indent: int = 0) -> str | None:
    """The text of a scalar that all variants spell so, if that is plain to see; else None.

    It is in the commonest cases: a long word such as an address, what only needs quotes, a line.
    """
    (text,) = all_spelled_by_all([spelled], indent)
    return text


def all_spelled_by_all(spelled: Iterable[str], indent: int = 0) -> list[str | None]:
    """The same of many scalars."""
    found = map(_PLAIN_IN_LIST.fullmatch if indent else _PLAIN.fullmatch, spelled)
    return [match and match[match.lastindex or 0] for match in found]


def spell_by_all(text: str, indent: int = 0) -> str | None:
    """How all variants spell `text`, in the commonest cases; else None.

    A reader finds just the text in it.
    """
    (spelled,) = all_spell_by_all([text], indent)
    return spelled


def all_spell_by_all(texts: Sequence[str], indent: int = 0) -> list[str | None]:
    """The same of many texts."""
    fold = _fold("", indent)
    lines = "\n".join([*texts, ""])
    if lines.count("\n") == len(texts):  # one look at all of them takes half as long
        if _LONG_WORDS.fullmatch(lines):
            return [fold + text for text in texts]
        if _SIGNED.fullmatch(lines):
            return [f"'{text}'" for text in texts]
    found = map(_SPELLED_PLAINLY.fullmatch, texts)
    return [match and _spelled_plainly(match, fold, indent) for match in found]


def _spelled_plainly(found: re.Match[str], fold: str, indent: int) -> str:
    match found.lastindex:
        case 1:
            return fold + found[0]
        case 2:
            return found[0]
        case 3:
            return _fold(found[0], indent)
    return f"'{found[0]}'"


def spell(text: str, variant: str, indent: int = 0) -> tuple[str, frozenset[str]]:
    """How `variant` writes `text` behind a key, or in a list, and all variants that write it so."""
    spelled = _scalar(text, indent, _library(variant))
    if "%" in text or "\n" in text or spelled[0] == "|":
        return spelled, spelled_by(text, spelled, indent)
    return spelled, _SPELLERS[True, True]


def is_bare(text: str) -> bool:
    """Whether some release of the plugin writes `text` without quotes and unfolded."""
    return _scalar(text, 0, _CYPS) == text


def _children(values: Mapping[str, Value] | list[Value], indent: int, library: _Library) -> str:
    if isinstance(values, Mapping):
        if "0" not in values or list(values) != [str(n) for n in range(len(values))]:
            return "".join(
                [_node(_mark(key), value, indent, library) for key, value in values.items()]
            )
        values = list(values.values())  # PHP has one kind of array: keys 0..n-1 make it a list
    return "".join([_node("- ", value, indent, library) for value in values])


def _mark(key: str) -> str:
    return f'"{key}": ' if ":" in key or "#" in key else f"{key}: "


def _node(mark: str, value: Value, indent: int, library: _Library) -> str:
    """The lines of one entry behind `mark`: `- ` of a list or `key: ` of a map."""
    children = ""
    if isinstance(value, str):
        text = _scalar(value, indent, library)
    elif value:
        text = ""
        children = _children(value, indent + _INDENT, library)
    else:
        text = "[ ]"
    line = " " * indent + mark + text
    if mark != "- ":  # a list item keeps its trailing blanks
        line = line.rstrip(PHP_BLANKS)
    return f"{line}\n{children}"


def _scalar(text: str, indent: int, library: _Library) -> str:
    if isinstance(text, Plain):
        return text
    if not library.ordinary.fullmatch(text):
        written = _literal(text, indent, library)
    elif len(text) > _WIDTH or (not text.isascii() and len(_utf8(text)) > _WIDTH):
        written = _fold(text, indent)
    elif is_numeric(text):
        return f'"{text}"'
    elif text in TYPED_WORDS:
        return f"'{text}'"
    else:
        written = text or '""'
    if written.strip(PHP_BLANKS) != written:
        written = _literal(written, indent, library)
    return written


def _literal(text: str, indent: int, library: _Library) -> str:
    """`text` in the first of `'`, `"` and a `|` block that needs nothing escaped."""
    if text == "\n":
        return "\\n"
    if "\n" not in text and "'" not in text:
        return f"'{text}'"
    if "\n" not in text and '"' not in text:
        return f'"{text}"'
    opener, lines = "|", text.split("\n")
    if library.trims_block_lines:
        if lines[0] in {"|", "|-", ">"}:
            opener = lines.pop(0)
        lines = [_unquoted(line.strip(PHP_BLANKS)) for line in lines]
    margin = "\n" + " " * (indent + _INDENT)
    return opener + "".join(margin + line for line in lines)


def _unquoted(line: str) -> str:
    """`line` without a pair of quotes round it; to Spyc one quote alone is a pair."""
    return line[1:-1] if line[:1] in {"'", '"'} and line[-1] == line[0] else line


def _fold(text: str, indent: int) -> str:
    """A `>` block of `text`, each line as long as 40 bytes allow; a longer word is never broken."""
    margin = "\n" + " " * (indent + _INDENT)
    if " " not in text:
        return f">{margin}{text}"
    return ">" + "".join(margin + line for line in _wordwrap(text))


def _wordwrap(text: str) -> list[str]:
    """The lines into which PHP's wordwrap() breaks `text`, counting bytes, at blanks only."""
    counted = text if text.isascii() else _utf8(text).decode("latin-1")  # one sign for each byte
    lines, start = [], 0
    while len(counted) - start > _WIDTH:
        end = counted.rfind(" ", start + 1, start + _WIDTH + 1)
        if end < 0:
            end = counted.find(" ", start + _WIDTH + 1)
        if end < 0:
            break
        lines.append(counted[start:end])
        start = end + 1
    lines.append(counted[start:])
    if counted is text:
        return lines
    return [line.encode("latin-1").decode("utf-8", "surrogatepass") for line in lines]


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
