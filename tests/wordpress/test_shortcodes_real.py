"""Shortcodes are found, read and written out as a real WordPress does."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from migrate.model.post import Post
from migrate.syntax.html_markup import scan
from migrate.syntax.shortcodes import Attributes, Shortcodes, attributes
from tests.rewritten_posts import rewrite

if TYPE_CHECKING:
    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

SEED = 20160716

PIECES = [
    *(
        "[caption",
        "[/caption]",
        "[gallery",
        "[/gallery]",
        "[audio",
        "[embed]",
        "[/embed]",
        "[video",
    ),
    *(["]"] * 6 + ["/]"] * 2 + [" "] * 4 + ["["] * 2),
    *("[[", "]]", "-", "x", "/", ' id="a"', " width=9", "\n", "fog ", "[fog]", "é", "[captions]"),
]
ATTRIBUTES = [
    *([" "] * 8 + ['"', "'", "="] * 2),
    *(' id="a"', "width=9", " Align = 'left'", 'b="c"d', "\\n", "\\x41", "\\101", "\\", "\n", "é"),
    *("\u00a0", "\u200b", "fog", "a-b_c=d", "<", "<b>", ">", '"two words"', "'x'", "/", "t='<i'"),
]
CAPTIONS = [
    '[caption id="attachment_7" align="alignright" width="300"]<img src="a.jpg" /> Fog[/caption]',
    '[caption width="300px" caption="Fog <b>over</b> the mole"]<img src="a.jpg" />[/caption]',
    '[wp_caption width=9 class="x \'y"]<a href="/a"> <img src="a.jpg"></a>\nTwo\n[/wp_caption]',
    '[caption id="a b%20c" caption_id="d" width="1"]<img src="a.jpg" /> Fog[/caption]',
    '[caption width="640" align=""]<IMG SRC="a.jpg" /> <em>Fog</em> & rain[/caption]',
    '[caption width="640"]<img src="a.jpg" />[/caption]',
    '[caption width="640" caption="0"]<img src="a.jpg" />[/caption]',
    '[caption id="" align="aligncenter" width="439" caption="Tide"]<img src="a.jpg" />[/caption]',
    '[[caption width="9"]<img src="a.jpg" /> Fog[/caption]',
]

_FOUND = """
    $tags = array( 'wp_caption', 'caption', 'gallery', 'playlist', 'audio', 'video', 'embed' );
    return array_map( function ( $text ) use ( $tags ) {
        $all = '/' . get_shortcode_regex( $tags ) . '/';
        preg_match_all( $all, $text, $found, PREG_SET_ORDER );
        return array_map( fn( $m ) => array(
            $m[2], $m[3], $m[5] ?? '', '[' === $m[1] && ']' === $m[6]
        ), $found );
    }, $texts );
"""
_ATTRIBUTES = """
    return array_map( function ( $text ) {
        $found = shortcode_parse_atts( $text );
        $named = $others = array();
        foreach ( is_array( $found ) ? $found : array() as $name => $value ) {
            if ( is_int( $name ) ) {
                $others[] = bin2hex( $value );
            } else {
                $named[] = array( $name, bin2hex( $value ) );
            }
        }
        return array( $named, $others );
    }, $texts );
"""
_SHOWN = """
    add_theme_support( 'html5', array( 'caption' ) );
    return array_map( 'do_shortcode', $texts );
"""


def test_found(site: Site) -> None:
    """Random texts hold the shortcodes that get_shortcode_regex() finds, with the same parts."""
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    texts = ["".join(draw.choices(PIECES, k=draw.randint(1, 25))) for _ in range(5_000)]
    theirs = site.php(_FOUND, texts=texts)
    assert theirs == [_found(text.encode()) for text in texts]


def test_attributes(site: Site) -> None:
    """Random attributes are read as shortcode_parse_atts() reads them."""
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    texts = ["".join(draw.choices(ATTRIBUTES, k=draw.randint(1, 12))) for _ in range(5_000)]
    theirs = site.php(_ATTRIBUTES, texts=texts)
    ours = [_listed(attributes(text.encode())) for text in texts]
    pairs = zip(texts, theirs, ours, strict=True)
    assert [row for row in pairs if row[1] != row[2]] == []


def test_captions(site: Site) -> None:
    """A caption becomes, to the byte, what a theme with HTML5 captions shows."""
    shown = site.php(_SHOWN, texts=CAPTIONS)
    assert shown == [_rewritten(text) for text in CAPTIONS]


def _found(body: bytes) -> list[list[object]]:
    return [
        [
            one.name.decode(),
            one.said.decode(),
            body[slice(*one.content)].decode() if one.content else "",
            one.is_escaped,
        ]
        for one in Shortcodes(body, scan(body)).between(0, len(body))
        if one.name in (b"caption", b"gallery", b"audio", b"video", b"embed")
    ]


def _listed(found: Attributes) -> list[object]:
    named = [[name.decode(), value.hex()] for name, value in found.named.items()]
    return [named, [value.hex() for value in found.others]]


def _rewritten(text: str) -> str:
    post = Post(content=text.encode())
    rewrite("shortcodes", post)
    return (post.content or b"").decode()
