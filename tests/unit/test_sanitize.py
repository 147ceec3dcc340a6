"""Slugs, nicenames and logins follow WordPress's naming rules."""

from __future__ import annotations

import pytest

from migrate.model.sanitize import remove_accents, sanitize_title, sanitize_user
from migrate.model.strip_tags import strip_tags

TITLES = {
    # plain English
    "Hello World": "hello-world",
    "Moscow and Washington: what's needed?": "moscow-and-washington-whats-needed",
    "  two  blanks\tand a tab ": "two-blanksand-a-tab",
    "a_b-c--d": "a_b-c-d",
    "--already--dashed--": "already-dashed",
    # accents
    "Über die Straße": "uber-die-strase",
    "Grüße aus Ærø": "gruse-aus-aero",
    "Tiếng Việt": "tieng-viet",
    "Cafe\u0301": "cafe",
    "Łódź": "lodz",
    "Ǧ and \u1e02": "%c7%a7-and-%e1%b8%83",
    "5 € or 5 £": "5-e-or-5",
    # other scripts
    "Мир": "%d0%bc%d0%b8%d1%80",
    "日本": "%e6%97%a5%e6%9c%ac",
    "\u039f\u0394\u039f\u03a3": "%ce%bf%ce%b4%ce%bf%cf%83",
    "fun 😀": "fun-%f0%9f%98%80",
    # dashes, blanks and signs
    "one \u2013 two \u2014 three": "one-two-three",
    "no\u00a0break\u2003em\u2028line": "no-break-em-line",
    "\u2018single\u2019 “double” «angle» …": "single-double-angle",
    "soft\u00adhyphen zero\u200bwidth": "softhyphen-zerowidth",
    "640\u00d7480": "640x480",
    "and/or": "and-or",
    "v1.2.3": "v1-2-3",
    # entities
    "Q &amp; A": "q-a",
    "it&#8217;s": "its",
    "a&nbsp;b&mdash;c": "a-b-c",
    "AT&T": "att",
    "R&D; done": "r-done",
    # a lone surrogate has no UTF-8 and still gives a slug
    "a\ud83db": "a%ed%a0%bdb",
    # tags
    "<b>bold</b> move": "bold-move",
    "a < b > c": "a-b-c",
    "1<2": "1",
    "<!-- note -->visible": "visible",
    # percent signs
    "100%": "100",
    "%e6%97%a5": "%e6%97%a5",
    "%E6%97%A5": "%e6%97%a5",
    "%%20": "%20",
    "---e6---": "%e6",
    "%c2%a0x%e2%80%94y": "x-y",
    # nothing left
    "": "",
    "???": "",
    "<b></b>": "",
    "…": "",
    "-": "",
}

USERS = {
    "Staff Writer": ("Staff Writer", "Staff Writer"),
    "José Ñandú": ("Jose Nandu", "Jose Nandu"),
    "Иван": ("Иван", ""),
    "o'neil+news@example.org": ("o'neil+news@example.org", "oneilnews@example.org"),
    " a \t b\n": ("a b", "a b"),
    "a\tb": ("a b", "ab"),
    "Q &amp; A": ("Q A", "Q A"),
    "100%25 me": ("100 me", "100 me"),
    "100% me": ("100% me", "100 me"),
    "<b>Ann</b>": ("Ann", "Ann"),
    "<script>alert(1)</script>Ann": ("Ann", "Ann"),
    "<style media=x>b{}</STYLE>Ann": ("Ann", "Ann"),
    "\u212a\u017f": ("Ks", "Ks"),
    "日\u3000本": ("日\u3000本", ""),
}

TAGGED = {
    "<b>x</b>": "x",
    "a < b": "a < b",
    "a <b": "a ",
    "a > b": "a > b",
    "a <": "a ",
    "<a title='>'>x": "x",
    '<a title=">x': "",
    "<a <b> c> d": " d",
    "<!-- <b> > -->x": "x",
    "<!DOCTYPE html>x": "x",
    "<?php echo '?>'; ?>x": "x",
    "a<?xml version='1.0'>x": "ax",
    "a\0b": "ab",
    "a\0<b>c": "ac",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items())
def test_title_becomes_slug(title: str, slug: str) -> None:
    """A title becomes the slug that WordPress gives it."""
    assert slug == sanitize_title(title)


@pytest.mark.parametrize("slug", sorted(set(TITLES.values())))
def test_slug_stays(slug: str) -> None:
    """A slug is its own slug."""
    assert slug == sanitize_title(slug)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        pytest.param("a" * 201, "a" * 200, id="ASCII"),
        pytest.param("日" * 30, "%e6%97%a5" * 22, id="between encoded characters"),
        pytest.param("%e6%97%a5" * 23, "%e6%97%a5" * 22 + "%e", id="within stated octets"),
        pytest.param("!" * 100 + "a" * 200, "a" * 100, id="before punctuation goes"),
        pytest.param("é" * 300, "e" * 200, id="after accents went"),
    ],
)
def test_slug_is_cut(title: str, slug: str) -> None:
    """A slug is cut at 200 characters where WordPress cuts it."""
    assert slug == sanitize_title(title)


@pytest.mark.parametrize(("name", "logins"), USERS.items())
def test_name_becomes_login(name: str, logins: tuple[str, str]) -> None:
    """A name becomes the lenient and the strict login that WordPress gives it."""
    assert logins == (sanitize_user(name), sanitize_user(name, strict=True))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("plain", "plain"),
        ("Þór", "THor"),
        ("œuvre", "oeuvre"),
        ("\u018f\u01dd", "Ee"),
        ("\u212bngström", "Angstrom"),
        ("Привет", "Привет"),
        ("÷\u00d7", "÷\u00d7"),
    ],
)
def test_accents_become_ascii(text: str, plain: str) -> None:
    """Latin letters lose their accents and everything else stays."""
    assert plain == remove_accents(text)


@pytest.mark.parametrize(("text", "plain"), TAGGED.items())
def test_tags_go(text: str, plain: str) -> None:
    """Tags go as PHP's strip_tags() takes them out."""
    assert plain == strip_tags(text)
