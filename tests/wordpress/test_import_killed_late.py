"""An import that is killed among what comes after its posts: comments, and metas over XML-RPC."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from tests import ended
from tests.conftest import LONG
from tests.wordpress.importing import install_plugin, write_requests
from tests.wordpress.killing import killed
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(3600 if LONG else 600)]

POSTS = 60 if LONG else 10
SMALL_BATCHES = "add_filter( 'rest_get_max_batch_size', fn() => 4 );"
ROUTES = {"comments": "/wp/v2/comments", "metas": "/xmlrpc.php"}
CHANNEL = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
  xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Ferries</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url>
{items}</channel></rss>
"""
ITEM = """<item><title>Number {number}</title>
<content:encoded><![CDATA[The body of {number}.]]></content:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date>2016-07-16 00:22:22</wp:post_date>
<wp:post_name>number-{number}</wp:post_name><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type><wp:comment_status>{comment_status}</wp:comment_status>
{metas}{comments}</item>
"""
META = "<wp:postmeta><wp:meta_key>{}</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>\n"
COMMENT = """<wp:comment><wp:comment_id>{id}</wp:comment_id>
<wp:comment_author>{author}</wp:comment_author>
<wp:comment_date>2016-07-17 12:{minute:02}:00</wp:comment_date>
<wp:comment_content>{text}</wp:comment_content><wp:comment_approved>{approved}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent>
</wp:comment>
"""
HELD = """
$held = array();
foreach ( get_posts( array( 'numberposts' => -1, 'post_status' => 'any' ) ) as $post ) {
    $comments = $wpdb->get_results( "SELECT c.comment_author, c.comment_content,
        c.comment_approved, p.comment_content AS above FROM $wpdb->comments c
        LEFT JOIN $wpdb->comments p ON p.comment_ID = c.comment_parent
        WHERE c.comment_post_ID = $post->ID ORDER BY c.comment_date, c.comment_ID", ARRAY_N );
    $held[] = array( $post->post_title, $post->comment_status, get_post_meta( $post->ID, 'source' ),
        get_post_meta( $post->ID, 'ferry' ), $comments );
}
sort( $held );
return $held;
"""


def metas(number: int) -> dict[str, list[str]]:
    """A post's metas: one in one row, one in several."""
    return {"source": [f"Paper {number}"], "ferry": [f"Quay {number}", "Quay", "Quay"]}


def comments(number: int) -> list[tuple[str, str, str, int]]:
    """A post's comments: author, text, status, and which of them is answered, from 1."""
    return [
        (f"Reader {number}", f"First of {number}", "1", 0),
        ("", f"Nobody's of {number}", "1", 0),
        ("Marit", f"An answer & more of {number}", "1", 1),
        ("Marit", f"Held of {number}", "0", 3),
    ]


def item(number: int) -> str:
    """One item of the export."""
    return ITEM.format(
        number=number,
        id=100 + number,
        comment_status="open" if number % 2 else "closed",
        metas="".join(META.format(key, row) for key, rows in metas(number).items() for row in rows),
        comments="".join(
            COMMENT.format(
                id=1000 + 10 * number + place,
                author=author,
                minute=place,
                text=escape(text),
                approved=approved,
                parent=1000 + 10 * number + above if above else 0,
            )
            for place, (author, text, approved, above) in enumerate(comments(number), 1)
        ),
    )


def expected() -> list[list[Any]]:
    """What the site should hold in the end."""
    return sorted(
        [
            f"Number {number}",
            "open" if number % 2 else "closed",
            metas(number)["source"],
            metas(number)["ferry"],
            [
                [author, text.replace("&", "&amp;"), approved, above_of(number, above)]
                for author, text, approved, above in comments(number)
            ],
        ]
        for number in range(POSTS)
    )


def above_of(number: int, above: int) -> str | None:
    """The text of the comment that is answered."""
    return comments(number)[above - 1][1].replace("&", "&amp;") if above else None


def sent(site: Site, route: str) -> int:
    """Count the requests that went to a route."""
    return sum(route in line for line in write_requests(site))


def killed_among(site: Site, export: Path, what: str, moment: random.Random, most: int) -> bool:
    """Start an import and end it among such requests; false if it had ended by itself."""
    writes, pause, by = moment.randint(1, most), moment.random() * 0.1, moment.choice(ended.BY)
    started = ("import", str(export), "--yes")
    return killed(site, started, lambda: sent(site, ROUTES[what]), writes, pause, by)


@ended.KILLS
@one_flavour("wp61-mariadb")
@pytest.mark.parametrize("what", ROUTES)
def test_killed_among(site: Site, tmp_path: Path, what: str, record_property: ended.Tell) -> None:
    """Each post, comment and meta is there once in the end, and as its source says."""
    site.set_option("require_name_email", "")
    install_plugin(site, SMALL_BATCHES)
    export = tmp_path / "ferries.xml"
    export.write_text(CHANNEL.format(items="".join(map(item, range(POSTS)))), "utf-8")

    moment, times = ended.moments(), ended.IMPORT_BEHIND_THE_POSTS.times
    most = max(1, POSTS * (4 if what == "comments" else 1) // times // 2)
    kills = sum(killed_among(site, export, what, moment, most) for _ in range(times))
    done = wpmigrate(site, "import", str(export), "--site", site.url, "--yes")
    print(f"{kills} kills, then: {done.stdout[-300:]}")
    record_property("kills", kills)

    assert (done.returncode, kills >= 1) == (0, True), done.stdout + done.stderr
    assert site.php(HELD) == expected()
    before = len(write_requests(site))
    again = wpmigrate(site, "import", str(export), "--site", site.url, "--yes")
    assert (again.returncode, len(write_requests(site)) - before) == (0, 0)
    assert f"{POSTS} unchanged" in again.stdout
