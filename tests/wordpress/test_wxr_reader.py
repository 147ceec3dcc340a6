"""What the reader reads from core's own export is what WordPress has in its database."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.readers.wxr.reader import WxrReader
from tests.wordpress.site import Site
from tests.wxr_sources import Export, read

pytestmark = pytest.mark.wordpress

TYPES = """<?php
add_action( 'init', function () {
    register_post_type( 'notice', array( 'public' => true, 'hierarchical' => true ) );
    register_taxonomy( 'genre', array( 'post', 'notice' ), array( 'hierarchical' => true ) );
} );
"""

ODD = "a\r\nb\rc\n]]> <![CDATA[ </item> <!-- & &amp; &nbsp; \\ \\\\n 'é' \"日本\" 😀\u2028 ?>\t "

FILL = """
    $jane = wp_insert_user( array(
        'user_login' => 'jane.doe', 'user_pass' => 'x', 'role' => 'author',
        'display_name' => "Jane O'Dee & Sons", 'first_name' => 'Jane',
        'user_email' => 'jane@example.org',
    ) );
    $harbour = wp_insert_term( 'Harbour', 'category', array( 'description' => wp_slash( $odd ) ) );
    $museum = wp_insert_term( 'Museum', 'category', array( 'slug' => 'aaa' ) );
    $ferries = wp_insert_term( 'Ferries & boats', 'category',
        array( 'parent' => $harbour['term_id'] ) );
    $again = wp_insert_term( 'Ferries & boats', 'category',
        array( 'parent' => $museum['term_id'] ) );
    $genre = wp_insert_term( '日本', 'genre' );
    add_term_meta( $genre['term_id'], 'icon', wp_slash( $odd ) );
    add_term_meta( $genre['term_id'], 'icon', '2' );

    $page = wp_insert_post( wp_slash( array(
        'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Above',
    ) ) );
    $posts = array(
        array( 'post_status' => 'publish', 'post_title' => $odd, 'post_content' => $odd,
            'post_excerpt' => $odd, 'post_author' => $jane, 'menu_order' => -3,
            'comment_status' => 'closed', 'post_date' => '2016-07-16 00:22:22' ),
        array( 'post_status' => 'draft', 'post_title' => 'A draft', 'post_content' => '' ),
        array( 'post_status' => 'pending', 'post_title' => 'To be read' ),
        array( 'post_status' => 'private', 'post_title' => 'Mine' ),
        array( 'post_status' => 'future', 'post_title' => 'Soon',
            'post_date' => '2098-01-01 12:00:00' ),
        array( 'post_status' => 'publish', 'post_title' => 'Locked', 'post_password' => 'a&b<"]' ),
        array( 'post_status' => 'publish', 'post_title' => 'Below', 'post_type' => 'page',
            'post_parent' => $page, 'menu_order' => 5 ),
        array( 'post_status' => 'publish', 'post_title' => 'Notice', 'post_type' => 'notice' ),
        array( 'post_status' => 'inherit', 'post_title' => 'Film', 'post_type' => 'attachment',
            'post_mime_type' => 'image/jpeg' ),
        array( 'post_status' => 'publish', 'post_title' => 'To be thrown away' ),
    );
    $ids = array();
    foreach ( $posts as $fields ) {
        $ids[] = wp_insert_post( wp_slash( $fields ), true );
    }
    wp_trash_post( end( $ids ) );
    stick_post( $ids[0] );
    update_attached_file( $ids[8], '2016/07/film & más.jpg' );
    wp_set_object_terms( $ids[0], array( $ferries['term_id'], $again['term_id'] ), 'category' );
    wp_set_object_terms( $ids[0], array( 'fog & rain', '日本' ), 'post_tag' );
    wp_set_object_terms( $ids[7], array( $genre['term_id'] ), 'genre' );
    $tree = array( 'a' => array( $odd, 1, true ) );
    foreach ( array( $odd, $tree, '', 'b:0;', 'b:0;' ) as $value ) {
        add_post_meta( $ids[0], 'a "key" & more', wp_slash( $value ) );
    }
    add_post_meta( $ids[1], '_protected', wp_slash( '{"a":"\\\\u003c"}' ) );
    $above = 0;
    foreach ( array( '1', '0', 'trash' ) as $approved ) {
        $above = wp_insert_comment( wp_slash( array(
            'comment_post_ID' => $ids[0], 'comment_parent' => $above, 'comment_content' => $odd,
            'comment_author' => 'Ann & Co', 'comment_author_email' => 'ann@example.org',
            'comment_author_url' => 'https://ann.example/?a=1&b=2',
            'comment_author_IP' => '192.0.2.1', 'comment_approved' => $approved,
            'comment_date' => '2016-07-17 10:00:00', 'user_id' => $jane,
            'comment_meta' => array( 'rating' => array( 5, $odd ) ),
        ) ) );
    }
    wp_insert_comment( array( 'comment_post_ID' => $ids[0], 'comment_type' => 'pingback' ) );
"""

STORED = """
    $stored = array();
    foreach ( $wpdb->get_results( "SELECT * FROM $wpdb->posts ORDER BY ID" ) as $post ) {
        if ( ! post_type_exists( $post->post_type ) || 'auto-draft' === $post->post_status
            || ! get_post_type_object( $post->post_type )->can_export ) {
            continue;
        }
        $row = (array) $post;
        $row['link'] = get_permalink( $post->ID );
        $row['sticky'] = is_sticky( $post->ID );
        $row['login'] = get_the_author_meta( 'login', $post->post_author );
        $row['url'] = 'attachment' === $post->post_type ? wp_get_attachment_url( $post->ID ) : null;
        $row['terms'] = array_map(
            fn( $term ) => array( $term->taxonomy, $term->name, $term->slug ),
            wp_get_object_terms( $post->ID, get_object_taxonomies( $post->post_type ) )
        );
        $row['meta'] = $wpdb->get_results( $wpdb->prepare(
            "SELECT meta_key, meta_value FROM $wpdb->postmeta
            WHERE post_id = %d AND meta_key <> '_edit_lock' ORDER BY meta_id", $post->ID
        ), ARRAY_N );
        $row['comments'] = $wpdb->get_results( $wpdb->prepare(
            "SELECT * FROM $wpdb->comments WHERE comment_post_ID = %d
            AND comment_approved <> 'spam' ORDER BY comment_ID", $post->ID
        ), ARRAY_A );
        foreach ( $row['comments'] as &$comment ) {
            $comment['meta'] = $wpdb->get_results( $wpdb->prepare(
                "SELECT meta_key, meta_value FROM $wpdb->commentmeta
                WHERE comment_id = %d ORDER BY meta_id", $comment['comment_ID']
            ), ARRAY_N );
        }
        $stored[] = $row;
    }
    return $stored;
"""

STORED_TERMS = """
    $stored = array();
    foreach ( get_terms( array( 'taxonomy' => array( 'category', 'post_tag', 'genre' ),
        'get' => 'all' ) ) as $term ) {
        $parent = $term->parent ? get_term( $term->parent )->slug : '';
        $meta = $wpdb->get_results( $wpdb->prepare(
            "SELECT meta_key, meta_value FROM $wpdb->termmeta WHERE term_id = %d ORDER BY meta_id",
            $term->term_id ), ARRAY_N );
        $stored[] = array( $term->taxonomy, $term->slug, $term->name, $parent,
            $term->description, $term->term_id, $meta );
    }
    return $stored;
"""


def exported(site: Site, folder: Path) -> Export:
    """Fill a site with odd things and read what core exports of it."""
    plugins = site.docroot / "wp-content" / "mu-plugins"
    (plugins / "types.php").write_text(TYPES, "utf-8")
    site.php(FILL, odd=ODD)
    path = folder / "export.xml"
    path.write_bytes(site.export_wxr())
    return read(WxrReader(path))


def as_read(row: dict[str, Any]) -> Post:
    """Give the record that a row of the database should be read as."""
    return Post(
        id=int(row["ID"]),
        type=row["post_type"],
        status=row["post_status"],
        title=row["post_title"],
        content=row["post_content"].encode(),
        excerpt=row["post_excerpt"],
        slug=row["post_name"],
        author=Author(login=row["login"]),
        date=date(row["post_date"]),
        date_gmt=date(row["post_date_gmt"]),
        modified=date(row["post_modified"]),
        modified_gmt=date(row["post_modified_gmt"]),
        parent=int(row["post_parent"]),
        menu_order=int(row["menu_order"]),
        password=row["post_password"],
        guid=html.unescape(row["guid"]),
        link=html.unescape(row["link"]),
        comment_status=row["comment_status"],
        ping_status=row["ping_status"],
        sticky=row["sticky"],
        attachment_url=row["url"],
        terms=[TermRef(*term) for term in row["terms"]],
        meta=[Meta(*pair) for pair in row["meta"]],
        comments=[comment_as_read(comment) for comment in row["comments"]],
    )


def comment_as_read(row: dict[str, Any]) -> Comment:
    """Give the comment that a row of the database should be read as."""
    return Comment(
        id=int(row["comment_ID"]),
        author=row["comment_author"],
        author_email=row["comment_author_email"],
        author_url=row["comment_author_url"],
        author_ip=row["comment_author_IP"],
        date=date(row["comment_date"]),
        date_gmt=date(row["comment_date_gmt"]),
        content=row["comment_content"],
        approved=row["comment_approved"],
        type=row["comment_type"],
        parent=int(row["comment_parent"]),
        user_id=int(row["user_id"]),
        meta=[Meta(*pair) for pair in row["meta"]],
    )


def date(stored: str) -> str:
    """Give a date as the model holds it."""
    return "" if stored == "0000-00-00 00:00:00" else stored


def test_every_record_is_what_the_database_holds(site: Site, tmp_path: Path) -> None:
    """Posts of every status and type, with their terms, metas and comments, to the byte.

    Core itself leaves the & in the address of each comment's author bare.
    """
    export = exported(site, tmp_path)
    stored = [as_read(row) for row in site.php(STORED)]

    assert [post.title for post in stored] == [post.title for post in export.posts]
    for expected, post in zip(stored, export.posts, strict=True):
        assert expected == post
    assert len(stored) >= 11
    assert [code for code, _ in export.found] == ["source-ampersand"] * 3


def test_every_term_is_what_the_database_holds(site: Site, tmp_path: Path) -> None:
    """Each taxonomy's terms with parent, description and meta, parents before their children."""
    export = exported(site, tmp_path)
    stored = sorted(tuple(row[:4]) for row in site.php(STORED_TERMS))
    details = {
        (row[0], row[1]): (row[4], row[5], [tuple(pair) for pair in row[6]])
        for row in site.php(STORED_TERMS)
    }
    terms = export.head.terms

    assert stored == sorted((t.taxonomy, t.slug, t.name, t.parent or "") for t in terms)
    assert details == {
        (t.taxonomy, t.slug): (t.description or "", t.id, [tuple(m) for m in t.meta or ()])
        for t in terms
    }
    places = {(term.taxonomy, term.slug): at for at, term in enumerate(terms)}
    assert all(places[t.taxonomy, t.parent] < places[t.taxonomy, t.slug] for t in terms if t.parent)


def test_the_site_and_its_authors(site: Site, tmp_path: Path) -> None:
    """The channel names the site, and everybody who wrote something, as WordPress stores it."""
    export = exported(site, tmp_path)

    assert export.head.site.url == site.url
    assert export.head.site.language == "en-US"
    assert ("jane.doe", "Jane O'Dee &amp; Sons", "jane@example.org", "Jane") in [
        author[:4] for author in export.head.authors
    ]
