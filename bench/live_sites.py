"""What a benchmark does with a test site besides importing into it: in WordPress, and by SQL."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from bench.posts import Post
from tests.wordpress.site import Site

_AT_ONCE: Final = 500
"""Posts in one call of PHP: some 6 MB of JSON."""

_LOOP: Final = """
$categories = array();
foreach ( $posts as $post ) {
    $name = $post['category'];
    $term = get_term_by( 'name', $name, 'category', ARRAY_A );
    $term = $term ?: wp_insert_term( $name, 'category' );
    $categories[ $name ] = (int) $term['term_id'];
}
$start = microtime( true );
foreach ( $posts as $post ) {
    wp_insert_post( wp_slash( array(
        'post_title'    => $post['title'],
        'post_name'     => $post['slug'],
        'post_content'  => $post['body'],
        'post_status'   => 'publish',
        'post_date'     => $post['date'],
        'post_category' => array( $categories[ $post['category'] ] ),
        'meta_input'    => $post['metas'],
    ) ), true );
}
return microtime( true ) - $start;
"""
_FILL: Final = """
$rows = array();
foreach ( $posts as $post ) {
    $rows[] = $wpdb->prepare(
        "(1, %s, %s, %s, %s, %s, '', '', '', '', %s, %s, 'publish', 'open', 'open', 'post', %s)",
        $post['date'], $post['date'], $post['body'], $post['title'], '',
        $post['date'], $post['date'], $post['slug']
    );
}
foreach ( array_chunk( $rows, 100 ) as $some ) {
    $wpdb->query( "INSERT INTO $wpdb->posts (post_author, post_date, post_date_gmt, post_content,
        post_title, post_excerpt, to_ping, pinged, post_content_filtered, guid, post_modified,
        post_modified_gmt, post_status, comment_status, ping_status, post_type, post_name)
        VALUES " . implode( ',', $some ) );
}
return (int) $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->posts" );
"""


def insert_in_a_loop(site: Site, posts: Sequence[Post]) -> float:
    """Insert posts by wp_insert_post(), categories and metas included; gives the seconds."""
    spent = 0.0
    for some in _pieces(posts):
        spent += float(site.php(_LOOP, posts=[_as_json(post) for post in some]))
    return spent


def fill(site: Site, posts: Sequence[Post]) -> int:
    """Put posts into the database as they are, without WordPress; gives how many there are."""
    there = 0
    for some in _pieces(posts):
        there = int(site.php(_FILL, posts=[_as_json(post) for post in some]))
    return there


def processor_time(site: Site) -> float:
    """Give the seconds of the processor that we, our children and the site's servers have taken."""
    ours = os.times()
    groups = set(site.process_groups())
    stats = [_stat(folder) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    ticks = sum(sum(map(int, stat[11:15])) for stat in stats if stat and int(stat[2]) in groups)
    return sum(ours[:4]) + ticks / os.sysconf("SC_CLK_TCK")


def _stat(process: Path) -> list[str]:
    """Return what the kernel says of a process behind its name; nothing where it just ended."""
    try:
        return (process / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return []


def _pieces(posts: Sequence[Post]) -> Iterator[Sequence[Post]]:
    return (posts[start : start + _AT_ONCE] for start in range(0, len(posts), _AT_ONCE))


def _as_json(post: Post) -> dict[str, Any]:
    date = f"{post.date:%Y-%m-%d %H:%M:%S}"
    return post._asdict() | {"date": date, "metas": post.metas}
