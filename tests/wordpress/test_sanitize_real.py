"""Slugs and logins are, to the character, what a real WordPress makes of the same text."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING

import pytest

from migrate.model.sanitize import remove_accents, sanitize_title, sanitize_user
from migrate.model.strip_tags import strip_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

# Each rule as a PHP expression on $text, and ours.
RULES: dict[str, Callable[[str], str]] = {
    "remove_accents($text)": remove_accents,
    "sanitize_title($text)": sanitize_title,
    "sanitize_user($text)": sanitize_user,
    "sanitize_user($text, true)": lambda text: sanitize_user(text, strict=True),
    "strip_tags($text)": strip_tags,
}

SEED = 20160716

PIECES = [
    *"abcXYZ019 -_./\\&;%#+='\"!?<>@,:()[]|~\t\n\r\v\f\0",
    *("&amp;", "&#8217;", "&nbsp;", "&#160;", "&ndash;", "&mdash;", "&#8212;", "&&;"),
    *("%e6%97%a5", "%C2%A0", "%c2", "%ad", "%20", "%%", "100%", "%zz", "---ab---", "---", "--"),
    *("<b>", "</b>", "<br/>", '<a href="', "<!--", "-->", "<!DOCTYPE", "<?php", "?>", "->"),
    *("<?xml", "<script>", "</script>", "<STYLE a=b>", "</style>", "< "),
    *("Äöü", "ß", "æØ", "ệ", "Straße", "İ", "€", "e\u0301", "A\u030a", "o\u031b\u0323"),
    *("Мир", "\u039f\u0394\u039f\u03a3", "日本", "한국", "😀", "\u212a", "\u212b", "\u017f"),
    *("\u2013", "\u2014", "\u00a0", "\u00d7", "…", "\u2018", "\u2019", "“", "”", "\u00ad"),
    *("\u200b", "\u2003", "\u2028", "\ufeff", "\u0301", "\u0340", "\ufb01"),
    *("a" * 40, "日" * 9, "word " * 20),
]

ODD_TITLES = [
    "",
    " ",
    "0",
    "2014",
    "100% of 50%25",
    "a < b",
    "a <b",
    "1<2>1",
    "x <!-- y",
    "x <a title='>'>y</a>",
    "&; &x; &\n;",
    "a&nb%c2%adsp;b",
    "%e2%80%c2%ad%8b",
    "%e2%80\u200b%8b",
    "日" * 22 + "ab" + "日",
    "a" * 199 + "é日",
    "a" * 195 + "日",
    "a" * 191 + "日" + "b",
    "%e6%97%a5" * 23,
    "\u1100\u1161\u11a8",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "كتاب جديد",
    "Ünïcödé \u2014 “quoted” \u2026",
]


def differences(site: Site, rule: str, texts: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the texts of which WordPress and we make different things, with both."""
    sent = list(texts)
    theirs = site.php(f"return array_map(fn($text) => {rule}, $texts);", texts=sent)
    pairs = zip(theirs, map(RULES[rule], sent), strict=True)
    return {text: pair for text, pair in zip(sent, pairs, strict=True) if pair[0] != pair[1]}


def plane() -> list[str]:
    """Return each character of the Basic Multilingual Plane in which the versions agree.

    Left out are the capitals that came after Unicode 14, PHP 8.2's: younger Pythons know their
    small letters.
    """
    left_out = set(map(ord, "\u018f\u01dd\u1c89\ua7cb\ua7cc\ua7ce\ua7d2\ua7d4\ua7da\ua7dc"))
    points = (point for point in range(1, 0x10000) if point not in left_out)
    return [chr(point) for point in points if unicodedata.category(chr(point)) != "Cs"]


@pytest.mark.parametrize("rule", RULES)
def test_every_character(site: Site, rule: str) -> None:
    """Each character between two letters becomes what WordPress makes of it."""
    differing = differences(site, rule, (f"a{char}b" for char in plane()))
    assert not differing


@pytest.mark.parametrize("rule", RULES)
def test_odd_titles(site: Site, rule: str) -> None:
    """Titles that sit on an edge of a rule become what WordPress makes of them."""
    differing = differences(site, rule, ODD_TITLES)
    assert not differing


@pytest.mark.parametrize("rule", RULES)
def test_random_texts(site: Site, rule: str) -> None:
    """Random texts of awkward pieces become what WordPress makes of them."""
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    texts = ["".join(draw.choices(PIECES, k=draw.randint(1, 24))) for _ in range(5_000)]
    differing = differences(site, rule, texts)
    assert not differing


def test_schwa(site: Site) -> None:
    """WordPress 6.1 leaves Ə and ǝ as they are, and 6.7 makes E and e of them, as we do."""
    left = site.php("return remove_accents($text);", text="\u018f\u01dd")
    assert ("\u018f\u01dd" if site.version.startswith("6.1") else "Ee") == left
    assert remove_accents("\u018f\u01dd") == "Ee"
