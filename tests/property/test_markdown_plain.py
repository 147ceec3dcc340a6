"""Blocks that become Markdown without a proof say the same as their HTML, among any others."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from migrate.syntax import markdown_settled, markdown_text
from migrate.syntax.html_canonical import canonical
from migrate.syntax.html_chunks import chunks, without_paragraph
from migrate.syntax.markdown_html import to_html
from migrate.syntax.markdown_text import to_markdown

WORDS = st.sampled_from(
    [
        *(
            "One",
            "two",
            "three.",
            "(x)",
            "a=b",
            "Ω",
            "naïve",
            "\u2018q\u2019",
            "“",
            "”",
            "…",
            "—",
            "A",
            "0.5",
        ),
        *(
            "&amp;",
            "a&amp;b",
            "&amp;lt;",
            "&#8217;s",
            "&ldquo;",
            "&nbsp;",
            "\xa0",
            "\xad",
            "â€\x9d",
        ),
        *("1.", "2)", "2014.", "2014", "-", "+", "#", "=", "---", "===", "a:", ":", "::", "~", "|"),
        *(
            "x!",
            "!",
            "![z]",
            "[ad_1]",
            "[code]",
            "[/code]",
            "[x](y)",
            "[q]:",
            "[^1]",
            "a_b_c",
            "x_",
            "_y",
            "*",
            "`",
            "\\",
        ),
        *(
            "www.x.org",
            "WWW.x",
            "http://a.b",
            "x@y.z",
            "{x}",
            "{{ x }}",
            "50%",
            "$5",
            "/",
            "//",
            "^",
        ),
    ]
)
TEXT = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
ADDRESS = st.sampled_from(
    [
        "http://e.org",
        "https://e.org/a_b/?x=1&amp;y=2#z",
        "/x",
        "http://www.e.org/x",
        "http://E.org/%C3%A9",
        "javascript:x",
    ]
)
ODD = ["<b>", "</b>", "<i>", "</i>", "<u>", "</u>", "<a href='/x'>", "</a>", "</br>"]
"""Tags that may open what nothing closes, or close what another block opened."""

PIECE = st.one_of(
    TEXT,
    TEXT,
    st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["b", "strong", "em", "i", "code"]), TEXT),
    st.builds('<a href="{}">{}</a>'.format, ADDRESS, TEXT),
    st.builds('<a href="{}">{} </a>'.format, ADDRESS, TEXT),
    st.builds('<span class="x">{}</span>'.format, TEXT),
    st.sampled_from(['<span id="x"/>', '<img src="/a.jpg" alt="x">', "<br />", *ODD]),
)
BETWEEN = st.sampled_from(["", " ", " ", "  ", "\n", "<br />\n", "<br />", "<br>", " <br/> "])
LINE = st.builds("".join, st.lists(st.builds(str.__add__, PIECE, BETWEEN), max_size=2))
INSIDE = st.builds(str.__add__, LINE, PIECE)
PARAGRAPH = st.builds("<p>{}</p>".format, INSIDE)
MARKS = ['<p><span title="[code]"/></p>', '<p><span title="]:"></p>', '<div id="m">\n<br>x</p>']
BLOCK = st.one_of(
    PARAGRAPH,
    PARAGRAPH,
    st.builds("<h{0}>{1}</h{0}>".format, st.integers(1, 6), INSIDE),
    st.builds('<div class="x">{}</div>'.format, PARAGRAPH),
    st.builds("<blockquote>{}</blockquote>".format, PARAGRAPH),
    st.builds("<ul>\n<li>{}</li>\n</ul>".format, INSIDE),
    st.builds("<p>{}<br />\n</p>".format, INSIDE),
    st.sampled_from(
        ['<p><span id="x"/></p>', "</div>", '<div id="a">', "<!-- x -->", "<pre>\n\n</pre>", *MARKS]
    ),
    TEXT,
)
BODY = st.lists(BLOCK, min_size=1, max_size=4).map("\n".join)


def parts(html: str) -> bytes:
    """Give the blocks of a body, as they are meant to come back."""
    whole = map(markdown_text._in_paragraph, chunks(html.encode()))
    return b"\n".join(map(without_paragraph, whole))


@given(BODY)
def test_it_says_the_same(html: str) -> None:
    """What is written comes back as what was there, however little of it was proven."""
    written = to_markdown(html.encode())
    if written is not None:
        back = to_html(written.text, for_wordpress=False)
        assert back is not None
        assert canonical(parts(html)) == canonical(back.html)


@given(BODY)
@example("<p><b>One</p>\n<p>”</p>\n<p>One<br />\n</p>")
@example("<ul>\n<li><b></li>\n</ul>\n<p><b>  x</p>\n<p><span id='x'/></p>")
@example("x [code]\n<blockquote><p>[/code]</p></blockquote>\n<ul>\n<li>three. _y</li>\n</ul>")
def test_no_more_stays_html_than_where_all_is_proven(html: str) -> None:
    """The quick way is for those blocks alone that the long way turns as well."""
    quick = to_markdown(html.encode())
    slow = markdown_text._joined([*chunks(html.encode())])

    assert slow is None or (quick is not None and quick.kept <= slow.kept)


@given(st.lists(st.builds("<p>{}</p>".format, TEXT), min_size=1, max_size=3).map("\n".join))
def test_plain_text_is_written_as_the_library_does(html: str) -> None:
    """Whichever way it went."""
    slow = markdown_text._joined([*chunks(html.encode())])
    quick = markdown_settled.blocks(html.encode())

    if all(isinstance(one, markdown_settled.Settled) and not one.kept for one in quick):
        assert slow == to_markdown(html.encode())


@given(BODY)
def test_one_walk_finds_the_same_blocks(html: str) -> None:
    """As the tags of the whole body tell."""
    assert markdown_settled.walked(html.encode()) in (None, markdown_settled.blocks(html.encode()))


def test_what_feeds_leave_is_found_in_one_walk() -> None:
    """The way that `test_one_walk_finds_the_same_blocks` is about is gone in earnest."""
    html = b"""<p>[ad_1]<br />
</p>
<div id="text">
<span id="mark_1"/></p>
<p>The ferry is late.</p>
<p><span id="mark_2"/></p>
</div>
<p>[ad_2]</p>
"""

    found = markdown_settled.walked(html)
    assert found is not None
    assert [one.kept for one in found if isinstance(one, markdown_settled.Settled)] == [4]
    assert len(found) == 1
