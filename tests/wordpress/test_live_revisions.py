"""What posts said before comes along where that is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from migrate.cli.main import commands
from migrate.model.post import Meta, Post
from migrate.readers.companion.reader import CompanionReader
from migrate.readers.rest.options import RestOptions
from migrate.readers.rest.reader import RestReader
from tests.identity.conversions import compared
from tests.wordpress import companion
from tests.wordpress.importing import install_plugin
from tests.wordpress.reading import as_visitor, everything, opened
from tests.wordpress.records import records
from tests.wordpress.site import Site

REVISED = RestOptions(revisions=True, lanes=2)
FILL = """
    $made = array();
    foreach ( array( 'post', 'page', 'wp_block', 'kept' ) as $type ) {
        $made[ $type ] = wp_insert_post( array( 'post_type' => $type, 'post_title' => "A $type",
            'post_content' => 'First', 'post_status' => 'publish' ) );
        foreach ( array( 'Second ]]>', "Third \\u{1F6A2}" ) as $text ) {
            wp_update_post( array( 'ID' => $made[ $type ], 'post_content' => $text ) );
        }
    }
    $saved = _wp_put_post_revision( array( 'ID' => $made['post'], 'post_title' => 'Typing',
        'post_content' => 'Not yet saved' ), true );
    add_metadata( 'post', $saved, 'footnotes', '[1]' );
    $trashed = wp_insert_post( array( 'post_title' => 'Gone', 'post_content' => 'x' ) );
    wp_update_post( array( 'ID' => $trashed, 'post_content' => 'y' ) );
    wp_trash_post( $trashed );
    return $made;
"""
KEPT_FROM_REST = """
    add_action( 'init', fn() => register_post_type( 'kept', array(
        'public' => true, 'supports' => array( 'title', 'editor', 'revisions' ) ) ) );
"""
EXPORTED = """
    add_filter( 'register_post_type_args', fn( $args, $type ) =>
        'revision' === $type ? array( 'can_export' => true ) + $args : $args, 10, 2 );
"""
NO_CALLS = "add_filter( 'xmlrpc_enabled', '__return_false' );"
MANY = """
    $post = wp_insert_post( array( 'post_title' => 'Often', 'post_status' => 'publish' ) );
    $wpdb->query( 'START TRANSACTION' );
    for ( $number = 1; $number <= 130; $number++ ) {
        $wpdb->insert( $wpdb->posts, array(
            'post_type' => 'revision', 'post_status' => 'inherit', 'post_parent' => $post,
            'post_title' => "State $number", 'post_name' => "$post-revision-v1",
            'post_author' => 1, 'post_date' => '2018-03-01 08:00:00',
            'post_date_gmt' => '2018-03-01 08:00:00', 'post_content' => '', 'post_excerpt' => '',
            'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
        ) );
    }
    $wpdb->query( 'COMMIT' );
"""


def stored(site: Site, plugin: str = "") -> list[Post]:
    """The revisions that a site holds, but for those of posts in the trash."""
    install_plugin(site, plugin + EXPORTED)
    posts = records(site)[1]
    install_plugin(site, plugin)
    thrown_away = {post.id for post in posts if post.status == "trash"}
    return [p for p in posts if p.type == "revision" and p.parent not in thrown_away]


def by_number(post: Post) -> int:
    """What revisions are sorted by."""
    return post.id or 0


def test_revisions_are_what_the_site_holds(site: Site) -> None:
    """Of posts, pages, patterns and types that REST doesn't show, with metas; not of the trash."""
    install_plugin(site, KEPT_FROM_REST)
    made = site.php(FILL)
    expected = stored(site, KEPT_FROM_REST)
    assert {post.parent for post in expected} == set(made.values())
    assert "Typing" in {post.title for post in expected}
    plain, read = everything(opened(site, RestOptions(lanes=2))), everything(opened(site, REVISED))

    found = sorted(read.of_type("revision"), key=by_number)
    saved = next(post for post in found if post.title == "Typing")
    assert read.errors == []
    assert plain.of_type("revision") == []
    assert [p for p in read.posts if p.type != "revision"] == plain.posts
    assert [(p.id, p.parent, p.status, p.slug) for p in found] == [
        (p.id, p.parent, p.status, p.slug) for p in expected
    ]
    assert [(p.title, p.content, p.excerpt, p.date, p.modified_gmt, p.guid) for p in found] == [
        (p.title, p.content, p.excerpt, p.date, p.modified_gmt, p.guid) for p in expected
    ]
    assert {p.author.login for p in found if p.author} == {site.user}
    assert saved.meta == ([Meta("footnotes", "[1]")] if site.version >= "6.4" else [])
    # REST told of it, since XML-RPC leaves out what was saved automatically.
    assert [p.link is None for p in found] == [p is saved for p in found]


def test_xml_rpc_is_not_needed(site: Site) -> None:
    """REST alone gives them too, and more of a post than it has rows on a page."""
    install_plugin(site, NO_CALLS)
    site.php(FILL)
    site.php(MANY)
    read = everything(opened(site, REVISED))

    found = sorted(read.of_type("revision"), key=by_number)
    assert read.errors == []
    expected = [
        post for post in stored(site, NO_CALLS) if post.parent in {p.id for p in read.posts}
    ]
    assert [(p.id, p.title, p.content, p.excerpt or "") for p in found] == [
        (p.id, p.title, p.content, p.excerpt or "") for p in expected
    ]
    assert sum((post.title or "").startswith("State ") for post in found) == 130


@pytest.mark.wordpress
@pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
def test_a_visitor_is_told_that_they_are_not_shown(site: Site) -> None:
    """A loss of its own, and nothing is asked."""
    site.php("wp_insert_post( array( 'post_title' => 'One', 'post_status' => 'publish' ) );")
    visitor = as_visitor(site)
    read = everything(RestReader(visitor.connection, REVISED))

    assert [post.title for post in read.posts] == ["One"]
    assert ("loss-site-visitor", "revision") in read.lost()
    assert not any("revisions" in line for line in site.requests())


def test_the_companion_gives_the_same(site: Site) -> None:
    """What comes through it is what comes without, and every field is told."""
    site.php(FILL)
    expected = stored(site)
    companion.install(site)
    reader = opened(site)
    read = everything(CompanionReader(reader.connection, replace(REVISED, trash=False)))

    found = sorted(read.of_type("revision"), key=by_number)
    assert [(p.id, p.parent, p.content, p.link, p.meta) for p in found] == [
        (p.id, p.parent, p.content, p.link, p.meta) for p in expected
    ]


def test_they_go_into_a_folder_and_into_wxr(site: Site, tmp_path: Path) -> None:
    """Both say of revisions what WordPress's own export says, where a plugin adds them to it."""
    site.php(FILL)
    install_plugin(site, EXPORTED)
    core = tmp_path / "core.xml"
    core.write_bytes(site.export_wxr())
    install_plugin(site, "")
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    options = ("--revisions", "--trash", "--no-provenance")
    for out in (tmp_path / "site.xml", tmp_path / "posts"):
        words = ["export", "--site", site.url, "-o", str(out), *options]
        done = CliRunner().invoke(commands, words, env=known, catch_exceptions=False)
        assert done.exit_code == 0, done.output

        fields = {
            finding.field
            for finding in compared(core, out).findings
            if finding.record and finding.record.slug.endswith("-revision-v1")
        }
        assert fields <= {"sticky"}  # which a revision can't be: a folder leaves it unset
        assert "comment status and unregistered metas of revisions aren't told" in done.output
    assert (tmp_path / "posts/.wordpress/revision.yaml").is_file()
