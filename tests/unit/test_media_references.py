"""What a body shows, links to and names by number, found to the byte."""

from __future__ import annotations

import pytest

from migrate.model.post import ContentFormat
from migrate.syntax.html_markup import scan
from migrate.syntax.media_references import may_have_references, references

CASES: tuple[tuple[ContentFormat, str, list[tuple[str, str]]], ...] = (
    ("html", '<img src="a.png">', [("shown", "a.png")]),
    ("html", "<img src=a.png alt='>'>", [("shown", "a.png")]),
    ("html", '<img SRC="a&amp;b.png">', [("shown", "a&b.png")]),
    ("html", '<video src=a.mp4 poster="p.jpg"></video>', [("shown", "a.mp4"), ("shown", "p.jpg")]),
    ("html", '<audio><source src="a.ogg"></audio>', [("shown", "a.ogg")]),
    (
        "html",
        '<a href="a.pdf">x</a><area href="b.zip">',
        [("linked", "a.pdf"), ("linked", "b.zip")],
    ),
    ("html", '<img srcset="a.png 1x, b.png 2x">', [("shown", "a.png"), ("shown", "b.png")]),
    ("html", '<img srcset="a,b.png 100w">', [("shown", "a,b.png")]),
    ("html", "<p style=\"background: url( 'a.png' )\">", [("shown", "a.png")]),
    ("html", '<img class="x wp-image-12 y">', [("id", "12")]),
    ("html", '<a rel="attachment wp-att-7" href="/?p=1">x</a>', [("id", "7"), ("linked", "/?p=1")]),
    ("html", '<div id="attachment_5">', [("id", "5")]),
    ("html", "<p>wp-image-12 <code><img src=a.png></code><!-- <img src=b.png> --></p>", []),
    ("html", '[gallery ids="1, 22"]', [("id", "1"), ("id", "22")]),
    ("html", "[gallery include=3 exclude='4']", [("id", "3"), ("id", "4")]),
    ("html", '[[gallery ids="1"]]', []),
    ("html", '[video mp4="a.mp4" width="3"]', [("shown", "a.mp4")]),
    (
        "html",
        '<!-- wp:image {"id":9,"url":"a\\u002d\\u002db.png"} -->',
        [("id", "9"), ("shown", "a--b.png")],
    ),
    ("html", '<!-- wp:gallery {"ids":[1,"2"],"columns":3} -->', [("id", "1"), ("id", "2")]),
    (
        "html",
        '<!-- wp:cover {"url":"a.jpg","id":3,"dimRatio":50} /-->',
        [("shown", "a.jpg"), ("id", "3")],
    ),
    ("html", '<!-- wp:query {"id":9,"url":"a.png"} -->', []),
    ("markdown", "![A](a.png)", [("shown", "a.png")]),
    ("markdown", "[![A](a.png)](b.pdf)", [("shown", "a.png"), ("linked", "b.pdf")]),
    ("markdown", "![A](<a b.png> 'T')", [("shown", "a b.png")]),
    ("markdown", "![A][x]\n\n[x]: a.png", [("shown", "a.png")]),
    ("markdown", "`![A](a.png)`\n\n    ![A](a.png)\n", []),
    ("markdown", '<img src="a.png">', [("shown", "a.png")]),
)
"""A body, and the role and value of each reference in it."""


@pytest.mark.parametrize(("content_format", "text", "expected"), CASES, ids=[c[1] for c in CASES])
def test_references(
    content_format: ContentFormat, text: str, expected: list[tuple[str, str]]
) -> None:
    """Each reference is found once, in order; what is code or prose is none."""
    body = text.encode()
    markup = scan(body, markdown=content_format == "markdown")

    found = list(references(body, markup, content_format))

    assert [(one.role, one.value) for one in found] == expected
    assert not found or may_have_references(body)


@pytest.mark.parametrize(("content_format", "text", "_"), CASES, ids=[c[1] for c in CASES])
def test_writing_the_same(content_format: ContentFormat, text: str, _: object) -> None:
    """A reference's own value, written in its place, is found again as the same."""
    body = text.encode()
    markup = scan(body, markdown=content_format == "markdown")
    found = list(references(body, markup, content_format))

    for one in reversed(found):
        spelled = one.spelled(one.value, one.descriptor)
        body = body[: one.start] + spelled + body[one.end :]
    again = references(body, scan(body, markdown=content_format == "markdown"), content_format)

    assert [(one.role, one.value, one.descriptor, one.alt) for one in again] == [
        (one.role, one.value, one.descriptor, one.alt) for one in found
    ]


def test_a_tag_owns_its_number() -> None:
    """The number and the address of one tag, or of one block's attributes, belong together."""
    body = b'<!-- wp:image {"id":3,"url":"a.png"} --><img src="b.png" class="wp-image-4">'

    found = list(references(body, scan(body), "html"))

    assert [one.owner for one in found] == [0, 0, 40, 40]
