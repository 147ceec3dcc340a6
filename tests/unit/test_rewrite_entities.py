"""Entities become characters once, and nothing that may be meant otherwise is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.post import Post, TermRef
from migrate.model.site import Head, Term
from migrate.syntax.references import decode
from tests.rewriting import rewritten, rewritten_head

PIECES = st.sampled_from(
    ["&", "amp;", "&amp;", "#38;", "&#x26;", "lt;", "&lt", "eacute;", "&#112;", "copy", ";", "x"],
)


@pytest.mark.parametrize(
    ("text", "decoded"),
    [
        ("R&amp;D", "R&D"),
        ("&#8220;Fog&#8221; &hellip;", "“Fog” …"),
        ("&#x2014;&#X2014;", "——"),
        ("&#128;&#150;", "€\u2013"),
        ("a&nbsp;b", "a\xa0b"),
        ("&lt;b&gt; &#60; &#x3e;", "&lt;b&gt; &#60; &#x3e;"),
        ("&nosuch; &copy & &;", "&nosuch; &copy & &;"),
        ("&#0;&#10;&#8203;&shy;&#xD800;&#x110000;", "&#0;&#10;&#8203;&shy;&#xD800;&#x110000;"),
        ("&#99999999;&NotEqualTilde;", "&#99999999;≂̸"),
    ],
)
def test_what_a_reference_becomes(text: str, decoded: str) -> None:
    """As HTML has it; what begins a tag, what nobody sees and what is none stays."""
    assert decode(text) == (decoded, ())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("caf&amp;eacute;", "&amp;eacute;"),
        ("&amp;lt;", "&amp;lt;"),
        ("&#38;amp;", "&#38;amp;"),
        ("&amp;copy 2016", "&amp;copy"),
        ("&am&#112;lt;", "&am&#112;lt;"),
    ],
)
def test_what_would_become_another_reference_is_left(text: str, left: str) -> None:
    """It was encoded twice, or it is meant so: nobody but a person knows."""
    assert decode(text) == (text, (left,))


@given(st.lists(st.one_of(PIECES, st.text())).map("".join))
def test_twice_is_once(text: str) -> None:
    """What was decoded holds nothing that a second run would decode."""
    decoded = decode(text).text

    assert decode(decoded).text == decoded


def test_fields_are_chosen() -> None:
    """Titles and terms unless the option says otherwise; a body is never among them."""
    post = Post(title="a &amp; b", excerpt="a &amp; b", content=b"a &amp; b")
    found = rewritten("entities", post)
    rewritten("entities", post, fields=["excerpt"])

    assert (post.title, post.excerpt, post.content) == ("a & b", "a & b", b"a &amp; b")
    assert [(f.code, f.field) for f in found] == [("rewrite-entities", "title")]


def test_terms_above_and_in_the_sites_list() -> None:
    """A name becomes the same wherever it stands; slugs stay."""
    post = Post(
        terms=[TermRef("category", None, "x"), TermRef("category", "b&#39;s", "b", ("a&amp;a",))]
    )
    head = Head(
        terms=[Term("category", "x"), Term("category", "b", "b&#39;s"), Term("a", "c", "&amp;lt;")]
    )
    rewritten("entities", post)
    decoded, found = rewritten_head("entities", head)

    assert post.terms == [TermRef("category", None, "x"), TermRef("category", "b's", "b", ("a&a",))]
    assert [term.name for term in decoded.terms] == [None, "b's", "&amp;lt;"]
    assert [f.code for f in found] == ["rewrite-entities", "rewrite-entity-left"]
    assert rewritten_head("entities", head, fields=["title"]) == (head, [])
