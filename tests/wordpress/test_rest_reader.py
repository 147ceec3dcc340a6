"""The reader of live sites: everything once, whatever the site does meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.live.credentials import Credentials
from migrate.model.post import Meta, TermRef
from migrate.readers.rest.options import RestOptions
from migrate.readers.site import open_site
from tests.wordpress.importing import install_plugin
from tests.wordpress.reading import as_visitor, everything, opened
from tests.wordpress.site import Site

_MANY = """
    $wpdb->query( 'START TRANSACTION' );
    for ( $number = 1; $number <= $count; $number++ ) {
        $wpdb->insert( $wpdb->posts, array(
            'ID' => $number, 'post_title' => "Post $number", 'post_name' => "post-$number",
            'post_author' => 1, 'post_date' => '2018-03-01 08:00:00',
            'post_date_gmt' => '2018-03-01 08:00:00', 'post_content' => '', 'post_excerpt' => '',
            'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
        ) );
    }
    $wpdb->query( 'COMMIT' );
"""
_MOVING = """
    add_filter( 'rest_pre_dispatch', function ( $result, $server, $request ) {
        $is_second = 99 === (int) $request->get_param( 'offset' );
        $is_posts  = '/wp/v2/posts' === $request->get_route();
        if ( $is_posts && $is_second && add_option( 'moved', 1 ) ) {
            wp_delete_post( 5, true );
            wp_insert_post( array( 'post_title' => 'Late', 'post_status' => 'publish' ) );
        }
        return $result;
    }, 10, 3 );
"""
_BROKEN = """
    add_filter( 'rest_prepare_post', function ( $response, $post ) {
        if ( 'Post 7' === $post->post_title ) {
            throw new Error( 'No such function' );
        }
        return $response;
    }, 10, 2 );
    add_filter( 'wp_fatal_error_handler_enabled', '__return_false' );
"""


on_one_site = pytest.mark.parametrize("flavour", ["wp61-mariadb"], indirect=True)
"""For what our side alone decides, whichever version of WordPress answers."""


def titles(count: int) -> list[str]:
    """The titles of the posts that `_MANY` makes."""
    return [f"Post {number}" for number in range(1, count + 1)]


def test_what_changes_while_it_is_listed_is_neither_lost_nor_doubled(site: Site) -> None:
    """A post that goes moves all pages behind it; one that comes has the highest ID."""
    site.php(_MANY, count=120)
    install_plugin(site, _MOVING)
    read = everything(opened(site, RestOptions(lanes=2)))
    found = [post.title for post in read.posts]

    assert found == [title for title in titles(120) if title != "Post 5"] + ["Late"]
    assert read.errors == []


@pytest.mark.wordpress
@on_one_site
def test_a_broken_post_costs_itself_alone(site: Site) -> None:
    """Its page answers 500, so it is halved until the post is found; all others are read."""
    site.php(_MANY, count=30)
    install_plugin(site, _BROKEN)
    read = everything(opened(site))

    assert [post.title for post in read.posts] == [t for t in titles(30) if t != "Post 7"]
    assert [error.code for error in read.errors] == ["source-site-record"]
    assert "number 7 of wp/v2/posts in the order of ids" in read.errors[0].message


@pytest.mark.wordpress
@on_one_site
def test_the_number_of_connections_does_not_matter(site: Site) -> None:
    """Four read what one reads, in the same order."""
    site.php(_MANY, count=120)
    known = Credentials(site.user, site.app_password)
    one, four = (
        everything(open_site(site.url, known, RestOptions(lanes=lanes))) for lanes in (1, 4)
    )

    assert one.posts == four.posts
    assert len(one.posts) == 120


_FILLED = """
    wp_set_password( 'x', 1 );
    $post = wp_insert_post( array(
        'post_title' => 'Public & "odd"', 'post_status' => 'publish', 'post_excerpt' => 'By hand',
        'post_content' => '<!-- wp:paragraph --><p>Text</p><!-- /wp:paragraph -->',
    ) );
    set_post_format( $post, 'aside' );
    update_post_meta( $post, 'unregistered', "one\\r\\ntwo" );
    add_post_meta( $post, '_hidden', 'x' );
    wp_insert_post( array( 'post_title' => 'Draft', 'post_status' => 'draft' ) );
    wp_insert_post( array( 'post_title' => 'Secret', 'post_status' => 'publish',
        'post_password' => 'word', 'post_content' => 'Hidden text' ) );
    foreach ( array( '1', '0', 'spam' ) as $approved ) {
        wp_insert_comment( array( 'comment_post_ID' => $post, 'comment_approved' => $approved,
            'comment_content' => $approved, 'comment_author_email' => 'a@example.org' ) );
    }
    wp_insert_comment( array( 'comment_post_ID' => $post, 'comment_type' => 'pingback',
        'comment_content' => 'ping', 'comment_approved' => '1' ) );
    return $post;
"""


def test_an_account_is_told_more_than_a_visitor(site: Site) -> None:
    """What is stored, drafts, passwords, metas and e-mails; a visitor gets what the site shows."""
    number = site.php(_FILLED)
    ours, theirs = everything(opened(site)), everything(as_visitor(site))
    post, shown = ours.post(number), theirs.post(number)

    assert [p.title for p in ours.posts] == ['Public & "odd"', "Draft", "Secret"]
    assert post.content == b"<!-- wp:paragraph --><p>Text</p><!-- /wp:paragraph -->"
    assert post.excerpt == "By hand"
    assert post.meta == [Meta("unregistered", "one\r\ntwo")]
    assert TermRef("post_format", "Aside", "post-format-aside") in (post.terms or [])
    assert [p.password for p in ours.posts] == ["", "", "word"]
    comments = [(c.content, c.approved, c.author_email) for c in post.comments or ()]
    assert comments == [("1", "1", "a@example.org"), ("0", "0", "a@example.org"), ("ping", "1", "")]

    assert [p.title for p in theirs.posts] == ["Public &#038; &#8220;odd&#8221;"]
    assert theirs.passed_over == ["behind a password"]
    assert shown.content == b"<p>Text</p>"
    assert (shown.excerpt, shown.password) == (None, None)
    assert [(c.approved, c.author_email) for c in shown.comments or ()] == [("1", None)]
    visitors = {field for code, field in theirs.lost() if code == "loss-site-visitor"}
    assert visitors == {"content", "status", "meta", "comments", "password"}


_THEMED = """
    $theme = get_stylesheet();
    $ships = taxonomy_exists( 'wp_pattern_category' ) ? 'ships' : '';
    $made = function ( $type, $slug, $content, $terms = array() ) use ( $theme ) {
        $id = wp_insert_post( array( 'post_type' => $type, 'post_name' => $slug,
            'post_title' => $type, 'post_status' => 'publish', 'post_content' => $content ) );
        foreach ( $terms as $taxonomy => $term ) {
            wp_set_object_terms( $id, $term, $taxonomy );
        }
        return $id;
    };
    $made( 'wp_template', 'single', '<!-- wp:post-content /-->', array( 'wp_theme' => $theme ) );
    $made( 'wp_template_part', 'foot', '<!-- wp:site-title /-->',
        array( 'wp_theme' => $theme, 'wp_template_part_area' => 'footer' ) );
    $made( 'wp_global_styles', "wp-global-styles-$theme",
        '{"version":2,"isGlobalStylesUserThemeJSON":true}', array( 'wp_theme' => $theme ) );
    $made( 'wp_navigation', 'menu', '<!-- wp:home-link /-->' );
    $pattern = $made( 'wp_block', 'pattern', '<!-- wp:home-link /-->',
        array_filter( array( 'wp_pattern_category' => $ships ) ) );
    update_post_meta( $pattern, 'wp_pattern_sync_status', 'unsynced' );
    if ( post_type_exists( 'wp_font_face' ) ) {
        $family = $made( 'wp_font_family', 'tide', '{"fontFamily":"Tide"}' );
        $file = wp_get_font_dir()['baseurl'] . '/tide.woff2';
        $face = $made( 'wp_font_face', 'tide-400', wp_slash( wp_json_encode(
            array( 'fontFamily' => 'Tide', 'src' => $file ) ) ) );
        wp_update_post( array( 'ID' => $face, 'post_parent' => $family ) );
        wp_mkdir_p( wp_get_font_dir()['basedir'] );
        file_put_contents( wp_get_font_dir()['basedir'] . '/tide.woff2', 'a font' );
    }
    return array( $theme, post_type_exists( 'wp_font_face' ) );
"""
_ANYWAY = {
    "wp_block": ("pattern", b"<!-- wp:home-link /-->"),
    "wp_navigation": ("menu", b"<!-- wp:home-link /-->"),
}
_OF_THE_THEME = {
    "wp_template": ("single", b"<!-- wp:post-content /-->"),
    "wp_template_part": ("foot", b"<!-- wp:site-title /-->"),
}
_FONTS = {"wp_font_family": ("tide", b'{"fontFamily":"Tide"}')}


def test_templates_come_when_asked_for(site: Site, tmp_path: Path) -> None:
    """Templates, their parts, styles and fonts with their files, as they are stored.

    Navigation and patterns come anyway.
    """
    theme, has_fonts = site.php(_THEMED)
    plain = everything(opened(site, RestOptions(lanes=2)))
    asked = ["export", "--site", site.url, "-o", str(tmp_path), "--templates"]
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    done = CliRunner().invoke(commands, asked, env=known, catch_exceptions=False)
    whole = everything(opened(site, RestOptions(templates=True, lanes=2)))

    styles = (f"wp-global-styles-{theme}", b'{"version":2,"isGlobalStylesUserThemeJSON":true}')
    expected = _ANYWAY | _OF_THE_THEME | {"wp_global_styles": styles}
    expected |= _FONTS if has_fonts else {}
    found = {str(post.type): (post.slug, post.content) for post in whole.posts}
    faces = found.pop("wp_font_face", None)
    assert {str(post.type): (post.slug, post.content) for post in plain.posts} == _ANYWAY
    assert ("loss-site-hidden", "type") in plain.lost()
    assert found == expected
    assert (faces is not None) == has_fonts
    assert ("loss-site-hidden", "type") not in whole.lost()
    own = TermRef("wp_theme", theme, theme)
    area = TermRef("wp_template_part_area", "footer", "footer")
    (template,), (part,) = whole.of_type("wp_template"), whole.of_type("wp_template_part")
    assert (template.terms, sorted(part.terms or [])) == ([own], [area, own])
    (pattern,) = whole.of_type("wp_block")
    assert pattern.meta == [Meta("wp_pattern_sync_status", "unsynced")]
    assert done.exit_code == 0, done.output
    written = {path.stem for path in (tmp_path / ".wordpress").glob("wp_*")}
    assert written == set(expected) | ({"wp_font_face"} if has_fonts else set())
    fonts = [path.read_text() for path in tmp_path.rglob("wp-content/uploads/fonts/*")]
    assert fonts == (["a font"] if has_fonts else [])


_KEPT_FROM_REST = """
    add_action( 'init', function () {
        register_post_type( 'kept', array( 'public' => true, 'supports' => array( 'title' ) ) );
        register_taxonomy( 'shelf', array( 'kept', 'post' ), array( 'public' => true ) );
    } );
"""
_KEPT = """
    $made = array();
    foreach ( array( 'publish' => '2018-03-01 08:00:00', 'future' => '2099-03-01 08:00:00',
        'draft' => '' ) as $status => $date ) {
        $made[] = wp_insert_post( array( 'post_type' => 'kept', 'post_title' => $status,
            'post_status' => $status, 'post_date' => $date, 'post_content' => "<b>$status</b>" ) );
    }
    $made[] = wp_insert_post( array( 'post_title' => 'post', 'post_status' => 'publish' ) );
    add_post_meta( $made[0], 'plain', 'x' );
    wp_set_object_terms( $made[0], 'upper', 'shelf' );
    wp_set_object_terms( $made[3], 'upper', 'shelf' );
"""


def test_what_rest_keeps_to_itself_comes_over_xml_rpc(site: Site) -> None:
    """Types and taxonomies without show_in_rest; what is to come isn't taken for published."""
    install_plugin(site, _KEPT_FROM_REST)
    site.php(_KEPT)
    read = everything(opened(site, RestOptions(lanes=2)))
    kept, (post,) = read.of_type("kept"), read.of_type("post")

    assert [(p.title, p.status, p.content) for p in kept] == [
        ("publish", "publish", b"<b>publish</b>"),
        ("future", "future", b"<b>future</b>"),
        ("draft", "draft", b"<b>draft</b>"),
    ]
    assert kept[0].meta == [Meta("plain", "x")]
    shelf = TermRef("shelf", "upper", "upper")
    assert kept[0].terms == [shelf]
    assert shelf in (post.terms or [])
    assert "shelf" in {term.taxonomy for term in read.head.terms}


def test_an_account_that_may_not_edit_everything_is_told_so(site: Site) -> None:
    """An author's listing would leave out others' posts without a word, so it isn't trusted."""
    site.php(_FILLED)
    password = site.create_user("author", "writer")
    read = everything(opened(site, user=("writer", password)))

    assert [post.status for post in read.posts] == ["publish"]
    assert ("loss-site-hidden", "type") in read.lost()
