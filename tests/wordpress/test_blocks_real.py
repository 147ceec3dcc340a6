"""WordPress reads the blocks that are made here as they are meant, and writes the same bytes."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from migrate.syntax.autop import autop
from migrate.syntax.blocks import Delimiter, delimiters
from migrate.syntax.classic_blocks import to_blocks

if TYPE_CHECKING:
    from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

SEED = 20160716

PIECES = [
    *(["\n\n"] * 8 + ["word ", "fog & ferry ", "é "] * 3 + ["<p>", "</p>"] * 2),
    *("<h2>", "</h2>", '<h3 id="a">', "</h3>", "<ul>", "</ul>", "<li>", "</li>", "<ol>", "</ol>"),
    *("<li>one</li>", "<ul>\n<li>one</li></ul>", "<blockquote>", "</blockquote>", "<cite>a</cite>"),
    *("<pre>", "</pre>", "<code>", "</code>", "<hr>", '<img src="a.png">', "<figure>", "</figure>"),
    *("<figcaption>a</figcaption>", "<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>"),
    *("\n\nhttps://example.org/?a=1&b=--\n\n", "\n\n[gallery]\n\n", "<!--more-->", "<!-- a -->"),
    *("<div>", "</div>", '<p class="lead -- x">', "<em>", "</em>", "<br>", "<!--", "<", "-->"),
]

DELIMITERS = [
    "<!-- wp:a -->b<!-- /wp:a -->",
    "<!-- wp:my/a {} /-->",
    '<!-- wp:a {"b":"}"} -->c<!-- /wp:a -->',
    '<!-- wp:a {"b":{"c":1}}  --><!-- wp:d /--><!-- /wp:a -->',
    "<!--\nwp:a\n-->b<!--  /wp:a  -->",
    "<!-- wp:A --><!-- wp:1 --><!--wp:a --><!-- wp:a--> <!-- wp:/a --><!-- wp:a/ -->",
    '<!-- wp:a {"b":1}--><!-- wp:c {"d":2} -->',
    "<!-- wp:a {<!-- wp:b {} -->",
    "<!-- wp:a -- --><!-- wp:b_c-d/e_f -->",
]

_SAME = """
    return array_map( fn( $text ) => serialize_blocks( parse_blocks( $text ) ) === $text, $texts );
"""
_TOKENS = r"""
    return array_map( function ( $text ) {
        $parser           = new WP_Block_Parser();
        $parser->document = $text;
        $parser->offset   = 0;
        $found            = array();
        while ( true ) {
            list( $type, $name, $attributes, $start, $length ) = $parser->next_token();
            if ( 'no-more-tokens' === $type ) {
                return $found;
            }
            $found[]        = array( $type, $name, $start, $start + $length );
            $parser->offset = $start + $length;
        }
    }, $texts );
"""


def test_made_blocks(site: Site) -> None:
    """What is made of random classic bodies comes back to the byte from WordPress's own parser."""
    print(f"seed {SEED}")
    draw = random.Random(SEED)
    bodies = ["".join(draw.choices(PIECES, k=draw.randint(1, 30))) for _ in range(3_000)]
    made = [to_blocks(autop(body).encode()).decode() for body in bodies]
    same = site.php(_SAME, texts=made)
    assert not [text for text, is_same in zip(made, same, strict=True) if not is_same]


def test_delimiters(site: Site) -> None:
    """Each delimiter is found where WordPress finds it, and taken for the same kind."""
    draw = random.Random(SEED)
    joined = ["".join(draw.choices(DELIMITERS, k=3)) for _ in range(500)]
    texts = [*DELIMITERS, *joined]
    theirs = site.php(_TOKENS, texts=texts)
    assert theirs == [[*map(_token, delimiters(text.encode()))] for text in texts]


def _token(mark: Delimiter) -> list[object]:
    kind = "void-block" if mark.is_void else "block-closer" if mark.is_end else "block-opener"
    name = mark.name.decode()
    return [kind, name if "/" in name else f"core/{name}", mark.start, mark.end]
