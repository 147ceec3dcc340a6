"""The head of a WXR file where the source describes authors and terms beside its posts."""

from __future__ import annotations

import io

from lxml import etree

from migrate.model.finding import Finding
from migrate.model.post import Author, Comment, Post, TermRef
from migrate.model.settings import Settings
from migrate.model.site import Head, Term
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import NAMESPACES


def head_of(known: Head, *posts: Post) -> etree._Element:
    """Write a file and give its channel."""
    return etree.fromstring(document(known, *posts))[0]


def document(known: Head, *posts: Post) -> bytes:
    """Write a file."""
    writer = WxrWriter(Settings())
    joiner = writer.joiner(io.BytesIO(), known)
    for post in posts:
        joiner.add(writer.encode(post, lambda _: None), lambda _: None)
    out = io.BytesIO()
    joiner.finish(out, lambda _: None)
    return out.getvalue()


def test_options_want_provenance() -> None:
    """WXR has no element for them: without the instruction they are lost, and that is said."""
    findings: list[Finding] = []
    joiner = WxrWriter(Settings(provenance=False)).joiner(io.BytesIO(), Head(options={"a": "b"}))
    out = io.BytesIO()
    joiner.finish(out, findings.append)

    assert b"<?wpmigrate" not in out.getvalue()
    assert [(f.code, f.message) for f in findings] == [
        ("loss-no-place", "options of the site (1) weren't written")
    ]


def texts(channel: etree._Element, name: str) -> list[str]:
    """Give the texts of all elements of that name."""
    return [element.text or "" for element in channel.iterfind(f".//{name}", NAMESPACES)]


def test_a_parent_that_comes_late_is_put_first() -> None:
    """The importer makes terms one by one; only the parent moves."""
    terms = [
        Term("season", "july", parent="summer"),
        Term("season", "lonely", parent="nowhere"),
        Term("season", "summer", parent="warm"),
        Term("season", "warm", parent=""),
    ]

    assert texts(head_of(Head(terms=terms)), "wp:term_slug") == [
        "warm",
        "summer",
        "july",
        "lonely",
    ]


def test_a_ring_of_parents_loses_no_term() -> None:
    """Damaged sources have them."""
    terms = [Term("category", "a", parent="b"), Term("category", "b", parent="a")]

    assert sorted(texts(head_of(Head(terms=terms)), "wp:category_nicename")) == ["a", "b"]


def test_new_terms_and_authors_are_numbered_above_the_described_ones() -> None:
    """No two have one ID."""
    known = Head(
        authors=[Author("first", id=2), Author("second", id=1)],
        terms=[Term("category", "news", "News", "", id=2)],
    )
    post = Post(author=Author("third"), terms=[TermRef("category", "More", "more")])
    channel = head_of(known, post)

    assert texts(channel, "wp:term_id") == ["2", "3"]
    assert texts(channel, "wp:author_id") == ["2", "1", "3"]


def test_a_menu_has_no_parent() -> None:
    """A term that states no parent gets no element for it, one that states none gets an empty."""
    terms = [Term("nav_menu", "main", "Main"), Term("season", "warm", "Warm", "")]
    channel = head_of(Head(terms=terms))

    assert [
        term.find("wp:term_parent", NAMESPACES) is None
        for term in channel.findall("wp:term", NAMESPACES)
    ] == [True, False]


def test_post_formats_are_defined_only_where_the_source_does() -> None:
    """Core names them in the items alone, but what a source defines is kept."""
    post = Post(terms=[TermRef("post_format", "Aside", "post-format-aside")])
    defined = Term("post_format", "post-format-aside", "Aside", "")

    assert texts(head_of(Head(), post), "wp:term_slug") == []
    assert texts(head_of(Head(terms=[defined]), post), "wp:term_slug") == ["post-format-aside"]
    assert b'<category domain="post_format" nicename="post-format-aside">' in document(Head(), post)


def test_a_stated_empty_login_is_not_filled() -> None:
    """Core writes an empty creator for an author whose account is gone."""
    written = document(Head(), Post(author=Author("")))

    assert b"<dc:creator><![CDATA[]]></dc:creator>" in written
    assert b"author.login" not in written


def test_a_commenters_address_stands_outside_cdata() -> None:
    """As in core, but escaped, which core forgets."""
    comment = Comment(author_url="https://example.org/?a=1&b=2")

    assert (
        b"<wp:comment_author_url>https://example.org/?a=1&amp;b=2</wp:comment_author_url>"
        in document(Head(), Post(comments=[comment]))
    )
