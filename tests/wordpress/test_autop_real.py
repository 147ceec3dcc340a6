"""Paragraphs and line breaks are, to the byte, those that a real WordPress makes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from migrate.syntax.autop import autop

if TYPE_CHECKING:
    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

SEED = 20160716

PIECES = [
    *(" ", "  ", "\t", "\f", "\v", "\0", "\r\n", "\r", "a", "b c", "é", "日", "<", ">", "/", "]"),
    *(["\n"] * 6 + ["\n\n"] * 4 + ["word"] * 4 + ["<p>", "</p>", "<br>", "<br />"] * 3),
    *("<br/>", "<br  />", "<br", '<p class="x">', "<p\n>", "<P>", "</P>"),
    *("<div>", "</div>", "<div\nid='a'>", "<div", "</div", "<form>", "</form>", "<address>"),
    *("</address>", "<ul>", "</ul>", "<li>", "</li>", "<ol>", "</ol>", "<dl>", "<dt>", "</dd>"),
    *("<blockquote>", "</blockquote>", "<BLOCKQUOTE a>", "<h2>", "</h2>", "<h7>", "<hr>", "<hr />"),
    *("<hr/", "<table>", "<tr>", "<td>", "</td>", "</table>", "<thing>", "<picture>", "<col>"),
    *("<pre>", "</pre>", "<pre a>", "<presto", "<pre", "<code>", "</code>"),
    *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<scripts"),
    *("<!--", "-->", "->", "--", "<!-- c -->", "<!-->", "<!--->", "<!--more-->", "<![CDATA["),
    *("]]>", "]]", "<option>", "</option>", "<select>", "<object>", "</object>", "<object a"),
    *("<param a>", "</param>", "<embed", "<embed>", "<audio>", "[audio]", "[/audio]", "</video>"),
    *("<video a]", "<source>", "<source", "<track a>", "<figure>", "</figure>", "<figcaption>"),
    *("<figcaption", "</figcaption>", "<img src='a'>", "<a href='b'>", "</a>", "<em>", "</em>"),
    *("[gallery]", "<area>", "<summary>", "<details>", "<menu>", "<nav>", "<!-- wpnl -->"),
]

ODD_BODIES = [
    "",
    " \n\t\0",
    "\f",
    "0",
    "one",
    "one\ntwo\n\nthree",
    "one\r\ntwo\r\n\r\nthree\r",
    "<p></p>",
    "a </pre> b <pre> c </pre> d </pre>",
    "<pre>\n\na\n</pre>b\n<PRE>\n\nc</PRE>",
    "<!-- <p>\n\n<li>a</p> -->",
    "<x <p><li>a\n</p><li<p>b</p>",
    "<p><li</p>a</p>",
    "<script>\n\na\n</script>\nb\n<style>\nc",
    "<svg>\n<path>\n</svg><script>\n<svg>\n</script>\n</svg>",
    "a<br> \nb<br />\n\nc<br />\n <br>d",
    "<div>a</div>b<blockquote>c\n\nd</blockquote>",
    "<div></p></p></div></p>",
    "<select>\n<option>a</option>\n\n<option>b</option>\n</select>",
    "<object>\n<param a>\n<embed b>\n</object>",
    "<video>\n<source a>\n\n<track b>\n</video>",
    "<figure>\n<img>\n<figcaption>a\n\nb</figcaption>\n</figure>",
    "<img\nalt='a\n\nb'>\nc",
    "1 < 2\n\n3 > 2\n4",
    '<a href="x"\n\n>y</a>',
    "<object></object> <<embed> a <<source>\n<<track b> c <<figcaption> d",
]


def differences(site: Site, bodies: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the bodies of which WordPress and we make different things, with both."""
    sent = list(bodies)
    theirs = site.php("return array_map(fn($text) => wpautop($text), $texts);", texts=sent)
    pairs = zip(theirs, map(autop, sent), strict=True)
    return {text: pair for text, pair in zip(sent, pairs, strict=True) if pair[0] != pair[1]}


def test_odd_bodies(site: Site) -> None:
    """Bodies that sit on an edge of a step become what WordPress makes of them."""
    assert not differences(site, ODD_BODIES)


def test_random_bodies(site: Site) -> None:
    """Random bodies of awkward pieces become what WordPress makes of them."""
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    bodies = ["".join(draw.choices(PIECES, k=draw.randint(1, 40))) for _ in range(10_000)]
    assert not differences(site, bodies)


def test_corpus_bodies(site: Site, corpus: Path) -> None:
    """What stands behind the front matter of real files becomes what WordPress makes of it."""
    files = sorted(path for path in corpus.rglob("*.*") if path.suffix in {".md", ".html"})
    files += sorted(corpus.rglob("wordpress_content_*"))
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    assert not differences(site, texts)


def test_math(site: Site) -> None:
    """WordPress 6.1 takes `<math>` for a block, 6.7 for one whose line ends stay, as we do."""
    shown = site.php("return wpautop($text);", text="<math>\na</math>")
    newer = "<p><math>\na</math></p>\n"
    assert ("<math>\na</math>\n" if site.version.startswith("6.1") else newer) == shown
    assert autop("<math>\na</math>") == newer
