"""Paragraphs that are written in one walk are those of the exact way."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from migrate.syntax import autop_exact, autop_usual

BLANKS = [
    "\n",
    "\n",
    "\n",
    "\n\n",
    "\n\n",
    " ",
    "  ",
    "\t",
    "\v",
    "\f",
    "\r\n",
    "\r",
    "\xa0",
    "\u2028",
]
TEXTS = ["word", "two words", "word", "é", "“", "日", "&amp;", "[x]", ">", "/", "1 > 0", "\x85"]
BLOCKS = [
    *(
        "<p>",
        "</p>",
        '<p class="x">',
        "<p>a</p>",
        "<p>a <b>b</b></p>\n",
        "<p></p>",
        "<p>\n",
        "\n</p>",
    ),
    *("<div>", "</div>", '<div id="x">', "<form>", "</form>", "<address>", "</address>"),
    *("<blockquote>", "</blockquote>", '<blockquote cite="x">', "<blockquote>q</blockquote>"),
    *("<ul>", "</ul>", "<li>", "</li>", "<li>a</li>", '<li class="b">', "<ol>", "</ol>", "<li>\n"),
    *("<h2>", "</h2>", "<h3>a</h3>", "<hr>", "<hr />", "<hr/>", '<hr class="x" />', "<hr  />"),
    *("<table>", "<tr>", "<td>", "</td>", "</table>", "<dl>", "<dt>a</dt>", "<dd>", "<figure>"),
    *("<pre>a\n\nb</pre>", "<pre>", "</pre>", '<pre class="x">', "<pre kept-0>", "</p >", "<p/>"),
]
INLINE = [
    *("<b>", "</b>", "<em>x</em>", '<a href="x">', "</a>", '<a title="a>b">', '<span id="m"/>'),
    *("<br>", "<br />", "<br/>", "<br clear='a'>", "<br  />", '<img src="a" />', "<!--more-->"),
    *("<!-- a -->", "<!---->", "<!-->", "<!-- <b> -->", "<!-- wpnl -->", "<iframe>"),
]
ODD = [
    *("<", "<x>", "<P>", "<a\nb>", "<p\n>", "<br", "<div", "<!--", "-->", "<!-- a\nb -->", "\0"),
    *("<script>", "</script>", "<style>", "<option>", "</object>", "<source>", "<figcaption>"),
    *("<picture>", "<link>", "<LI>", "<svg>", "<![CDATA[", "]]>", "<BLOCKQUOTE a>", "</a"),
]
USUAL_PIECE = st.one_of(
    *(st.sampled_from(BLANKS), st.sampled_from(TEXTS), st.sampled_from(BLOCKS)),
    st.sampled_from(INLINE),
)
BODY = st.lists(USUAL_PIECE, max_size=30).map("".join)
ODD_BODY = st.lists(st.one_of(USUAL_PIECE, st.sampled_from(ODD)), max_size=30).map("".join)


@settings(max_examples=400)
@given(st.one_of(BODY, ODD_BODY, st.text("<>/abp \n\r\t-!")))
@example("<p></p>\n</p>\n<br />a")
@example("a\n\n</p>b")
@example("<li>a\n<h2>b</h2>")
@example(" \n<p>a</p>")
@example("</pre> \n<h2>a</h2><pre>\r\n</pre>")
@example("<pre><!-- wpnl --></pre>")
@example("<a b\nc>d</a>")
@example("<b<i>a")
@example("<b x<i>a")
@example("<div<b>a\nb")
@example("<p>a\n</p>")
@example("<h2>a</h2> <h2>b</h2>")
def test_the_quick_way_does_the_same_or_steps_aside(body: str) -> None:
    """Whatever stands in a body, to the byte."""
    assert autop_usual.autop(body) in (None, autop_exact.autop(body))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "one\ntwo\n\nthree <b>four</b>\r\n\r\n<!--more-->\n\n five",
        '[a]\n<br><div id="x">\n<span id="y"/><p>one &amp; two</p>\n<span id="z"/><p>3</p>\n',
        '<h2 class="a">one</h2>\n<ul>\n<li>two</li>\n</ul>\n<blockquote>three</blockquote>\n<hr />',
        "one<br /><br />two<br />\nthree\n<pre>\nfour\n\nfive</pre>",
    ],
)
def test_usual_bodies_go_the_quick_way(body: str) -> None:
    """The test above would hold as well if none went it."""
    assert autop_usual.autop(body) == autop_exact.autop(body)
