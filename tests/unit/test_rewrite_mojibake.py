"""Mojibake is mended where it is evident, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from migrate.model.post import Post, TermRef
from migrate.model.site import Head, Term
from tests.rewriting import rewritten, rewritten_head
from tests.sources import read_all

MISREAD = st.text(min_size=1).map(lambda text: text.encode().decode("latin-1"))
TEXTS = st.lists(st.one_of(st.text(), MISREAD, st.just("â€œFog")), max_size=4).map("".join)


def misread(text: str, encoding: str = "cp1252") -> bytes:
    """Give what becomes of a text that is decoded with the wrong encoding, and saved."""
    return text.encode().decode(encoding).encode()


def body(html: bytes, **options: int) -> bytes | None:
    """Give what a body becomes."""
    post = Post(content=html)
    rewritten("mojibake", post, **options)
    return post.content


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("naïve café", "cp1252"),
        ("“Fog — at last", "cp1252"),
        ("привет", "cp1252"),
        ("“Туман", "cp1251"),
        ("“Mlha", "cp1250"),
        ("cafés éternels", "latin-1"),
        ("Nebel über Möwen", "macroman"),
        ("such 🌫x", "cp1252"),
    ],
)
def test_each_encoding_that_was_mistaken(text: str, encoding: str) -> None:
    """Text comes back that was decoded as what computers took for the usual encoding."""
    assert body(misread(text, encoding)) == text.encode()


def test_the_whole_post_is_the_evidence() -> None:
    """One doubtful letter in the title and one in the body are enough together."""
    title, content = misread("Cafés").decode(), misread("<p>A môle</p>")
    post = Post(title=title, content=content)
    found = rewritten("mojibake", post)

    assert (post.title, post.content) == ("Cafés", "<p>A môle</p>".encode())
    assert [(f.field, f.before, f.after) for f in found] == [
        ("content", misread("ô").decode(), "ô"),
        ("title", title, "Cafés"),
    ]


def test_too_little_stays() -> None:
    """One doubtful letter is left, and a warning names it; `evidence` decides how many it takes."""
    text = misread("<p>\n\nCafés</p>")
    post = Post(content=text)
    found = rewritten("mojibake", post)

    assert [(f.code, f.line) for f in found] == [("rewrite-mojibake-unsure", 3)]
    assert post.content == text
    assert body(text, evidence=1) == "<p>\n\nCafés</p>".encode()


@pytest.mark.parametrize(
    "html",
    [
        '<img src="/cafés-“Odd.jpg" alt="a > b">',
        "<pre>“Fog</pre>",
        "<p>[code]“Fog[/code]</p>",
        '<!-- wp:x {"a":"“Fog"} /-->',
        "<script>“Fog</script",
        "<p title=“Fog",
        "<![CDATA[“Fog]]>",
    ],
)
def test_what_is_no_text_stays(html: str) -> None:
    """Addresses, code, comments and block delimiters are left, wherever mended text stands."""
    text = misread(html)

    assert body(misread("<p>“Won</p>") + text) == "<p>“Won</p>".encode() + text


def test_attributes_that_are_read() -> None:
    """What stands in for an image is text too; its address isn't, nor a name that no tag has."""
    html = '<p>“Won</p><img src="/“Odd" alt="a “Fog" data-title=“Fog title=\'“Fog\'></alt="“Fog">'
    expected = misread(html).replace(misread("<p>“Won"), "<p>“Won".encode())
    for attribute in (' alt="a “Fog"', " title='“Fog'"):
        expected = expected.replace(misread(attribute), attribute.encode())

    assert body(misread(html)) == expected


def test_markdown_is_mended_too() -> None:
    """Its code stays."""
    post = Post(content=misread("“Fog\n\n    “Fog\n\n`“Fog` “Fog"), content_format="markdown")
    rewritten("mojibake", post)

    code = misread("“Fog")
    assert post.content == "“Fog\n\n    ".encode() + code + b"\n\n`" + code + "` “Fog".encode()


def test_restructured_text_stays() -> None:
    """Nobody looks there for what is code."""
    text = misread("“Fog")
    post = Post(content=text, content_format="rst", title=text.decode())
    rewritten("mojibake", post)

    assert (post.content, post.title) == (text, "“Fog")


def test_terms_are_judged_by_themselves() -> None:
    """A name comes out alike in every post and in the site's list, whatever stands beside it."""
    one, two = misread("Cafés").decode(), misread("Môles & cafés").decode()
    terms = [TermRef("category", name, "x", (two,)) for name in (one, two)]
    post = Post(title=misread("“Fog").decode(), terms=terms)
    head = Head(terms=[Term("category", "x", name) for name in (one, two)])
    rewritten("mojibake", post)
    mended, found = rewritten_head("mojibake", head)

    assert [(term.name, term.ancestors) for term in post.terms or ()] == [
        (one, ("Môles & cafés",)),
        ("Môles & cafés", ("Môles & cafés",)),
    ]
    assert [term.name for term in mended.terms] == [one, "Môles & cafés"]
    assert [term.name for term in head.terms] == [one, two]
    assert [(f.code, f.field) for f in found] == [("rewrite-mojibake", "terms.1.name")]


@example(misread(misread("“s “s").decode()).decode())
@given(TEXTS)
def test_twice_is_once(text: str) -> None:
    """A mended post holds nothing more to mend."""
    once = Post(content=text.encode("utf-8", "surrogatepass"), title=text, excerpt=text)
    rewritten("mojibake", once)
    twice = Post(content=once.content, title=once.title, excerpt=once.excerpt)

    assert [f.code for f in rewritten("mojibake", twice) if f.is_change] == []


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)).filter(lambda text: text.isascii()))
def test_ascii_is_never_touched(text: str) -> None:
    """Nothing is looked for in plain text."""
    post = Post(content=text.encode(), title=text)

    assert (rewritten("mojibake", post), post.title) == ([], text)


@given(st.binary())
def test_any_bytes_will_do(data: bytes) -> None:
    """A body that isn't UTF-8 comes through without an exception."""
    assert body(data) is not None


@pytest.mark.parametrize("piece", ["â€œ", "â€œFog ", "é", "<p>Ã©", "<a b=\"â€œ'>"])
def test_a_big_body_takes_no_longer_a_piece(piece: str) -> None:
    """A quarter of a megabyte of the worst is done within the time limit of a test."""
    assert body(piece.encode() * (250_000 // len(piece.encode()))) is not None


def test_real_posts(corpus: Path) -> None:
    """Of the real posts those are mended that were misread; a sparse letter is left and named."""
    posts, _ = read_all(corpus / "frontmatter" / "cc-labs")
    found = {post.provenance.path: rewritten("mojibake", post) for post in posts}
    changed = [path for path, said in found.items() if any(f.is_change for f in said)]
    left = [path for path, said in found.items() if any(not f.is_change for f in said)]

    assert (len(changed), len(left)) == (6, 2)
