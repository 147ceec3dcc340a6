"""The Spyc writer: each decision of the library, and how the first release differs."""

from __future__ import annotations

import pytest

from migrate.syntax.spyc_dump import VARIANTS, dump
from migrate.syntax.values import Plain, Value

LONG = "a word and another one, forty bytes long"  # exactly 40

# name: (value of the only key `k`, head)
ALIKE: dict[str, tuple[Value, str]] = {
    "plain": ("Staff Writer", "k: Staff Writer\n"),
    "number": (Plain("5477"), "k: 5477\n"),
    "truth": (Plain("true"), "k: true\n"),
    "null": (Plain("null"), "k: null\n"),
    "number as text": ("2018", 'k: "2018"\n'),
    "exponent as text": ("1e3", 'k: "1e3"\n'),
    "blank before a number": (" 7", 'k: " 7"\n'),
    "blank behind a number": ("7 ", "k: '7 '\n"),
    "hexadecimal": ("0x1F", "k: 0x1F\n"),
    "word": ("Yes", "k: 'Yes'\n"),
    "no word": ("yES", "k: yES\n"),
    "tilde": ("~", "k: '~'\n"),
    "empty": ("", 'k: ""\n'),
    "blank": (" ", "k: ' '\n"),
    "empty list": ([], "k: [ ]\n"),
    "empty map": ({}, "k: [ ]\n"),
    "date": ("2016-02-06 07:51:24", "k: 2016-02-06 07:51:24\n"),
    "time-like colon": ("a:b", "k: a:b\n"),
    "colon and blank": ("a: b", "k: 'a: b'\n"),
    "colon at the end": ("a:", "k: 'a:'\n"),
    "dash and blank": ("a- b", "k: 'a- b'\n"),
    "exclamation in front": ("!a", "k: '!a'\n"),
    "exclamation inside": ("a!", "k: a!\n"),
    "two blanks": ("a  b", "k: 'a  b'\n"),
    "entity": ("a &amp; b", "k: 'a &amp; b'\n"),
    "apostrophe": ("it's", 'k: "it\'s"\n'),
    "quotes": ('say "hi"', 'k: say "hi"\n'),
    "both quotes": ('it\'s "a" b', 'k: |\n  it\'s "a" b\n'),
    "special and long": (f"{LONG}{LONG}: x", f"k: '{LONG}{LONG}: x'\n"),
    "forty bytes": (LONG, f"k: {LONG}\n"),
    "one byte more": (f"{LONG}!", "k: >\n  a word and another one, forty bytes\n  long!\n"),
    "bytes, not characters": ("é" * 20 + "x", f"k: >\n  {'é' * 20}x\n"),
    "long word": (f"{'x' * 50} y", f"k: >\n  {'x' * 50}\n  y\n"),
    "break at the fortieth byte": (f"{'x' * 40} y", f"k: >\n  {'x' * 40}\n  y\n"),
    "long number": ("1" * 41, f"k: >\n  {'1' * 41}\n"),
    "leading blank and long": (
        f" {LONG}",
        "k: >\n   a word and another one, forty bytes\n  long\n",
    ),
    "line end": ("\n", "k: \\n\n"),
    "lines": ("a\n\nb", "k: |\n  a\n  \n  b\n"),
    "list": (["a", "2018"], 'k:\n  - a\n  - "2018"\n'),
    "long item": ([f"{LONG}!"], "k:\n  - >\n    a word and another one, forty bytes\n    long!\n"),
    "list in a list": ([["a"], []], "k:\n  - \n    - a\n  - [ ]\n"),
    "map": ({"a": "x", "b:c": "w", "d#": "z"}, 'k:\n  a: x\n  "b:c": w\n  "d#": z\n'),
    "counted keys": ({"0": "x", "1": "w"}, "k:\n  - x\n  - w\n"),
    "keys that don't count": ({"1": "x", "0": "w"}, "k:\n  1: x\n  0: w\n"),
}

# name: (value, head of 1.0, head of 1.7 and 2.0)
UNLIKE: dict[str, tuple[Value, str, str]] = {
    "percent": ("100 %", "k: 100 %\n", "k: '100 %'\n"),
    "percent and long": (f"{LONG} %", "k: >\n  a word and another one, forty bytes long\n  %\n",
                         f"k: '{LONG} %'\n"),
    "lines with blanks and quotes": ("  a \n'b'", "k: |\n    a \n  'b'\n", "k: |\n  a\n  b\n"),
    "last line end": ("a\nb\n", "k: |\n  |\n    a\n    b\n", "k: |\n  a\n  b\n"),
    "last line end in a list": (["a\n"], "k:\n  - |\n    |\n        a\n        \n",
                                "k:\n  - |\n    a\n    \n"),
    "long with a last blank": (f"{LONG} x ",
                               "k: |\n  >\n    a word and another one, forty bytes long\n    x\n",
                               "k: >\n  a word and another one, forty bytes long\n  x\n"),
    "a line like a block's mark": ("|-\na", "k: |\n  |-\n  a\n", "k: |-\n  a\n"),
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("case", ALIKE.values(), ids=ALIKE)
def test_alike(case: tuple[Value, str], variant: str) -> None:
    """Every release of the plugin spells these values in the same way."""
    value, expected = case
    assert expected == dump({"k": value}, variant)


@pytest.mark.parametrize("case", UNLIKE.values(), ids=UNLIKE)
def test_unlike(case: tuple[Value, str, str]) -> None:
    """The library of 1.0 knows no special `%` and leaves the lines of a block as they are."""
    value, first, later = case
    assert [first, later, later] == [dump({"k": value}, variant) for variant in VARIANTS]


def test_key_with_colon() -> None:
    """A key with a colon or a hash sign stands between double quotes."""
    assert dump({"a:b": "x", "c#": "w"}, "2.0") == '"a:b": x\n"c#": w\n'


def test_nothing() -> None:
    """No values give no text at all."""
    assert dump({}, "1.0") == ""


def test_unknown_variant() -> None:
    """A release that isn't in the table, as edited provenance may name, counts as the first."""
    assert dump({"k": "a: b"}, "3.0") == dump({"k": "a: b"}, "1.0")
