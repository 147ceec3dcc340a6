"""verify against a live site: right after an import nothing differs, later edits are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.model.post import Meta, Post, TermRef
from migrate.model.site import Head
from tests.memory import Memory
from tests.wordpress.importing import imported, install_plugin, record, write_requests, written_by
from tests.wordpress.reading import differing, verified
from tests.wordpress.site import Site

_REGISTER = """
    add_action( 'init', function () {
        register_post_meta( 'post', 'source', array(
            'type' => 'string', 'single' => true, 'show_in_rest' => true ) );
        register_post_meta( 'post', 'tags_of_old', array(
            'type' => 'string', 'single' => false, 'show_in_rest' => true ) );
    } );
"""
METAS = [Meta("source", "a newspaper"), Meta("tags_of_old", "x"), Meta("tags_of_old", "y")]
DATED = "2016-07-15 20:22:23"


def newspaper() -> list[Post]:
    """Records with everything that REST can store, and values that WordPress stores otherwise."""
    terms = [TermRef("category", "Ferries", ancestors=("Harbour",)), TermRef("post_tag", "A & B")]
    return [
        record(
            "a.md",
            title=" Blanks at the ends ",
            content=b"<p>One</p>\r\n<script>two</script>",
            excerpt="Short",
            slug="Not Clean",
            date=DATED,
            comment_status="closed",
            ping_status="closed",
            sticky=True,
            password="",
            author=written_by("admin"),
            terms=terms,
            meta=METAS,
        ),
        record("b.md", title="Draft", slug="", status="draft", content="日本".encode()),
        record("c.md", title="Skipped hour", slug="hour", date="2018-03-25 02:30:00"),
        record("d.md", title="Later", slug="later", date="2099-01-01 00:00:00", status="publish"),
        record("e.md", title="Secret", slug="secret", date=DATED, password="word"),
        record("f.md", title="Page", slug="page", date=DATED, type="page", menu_order=3),
        record("g.md", title="海", slug="海", date=DATED, status="private", meta=[]),
    ]


@pytest.fixture
def imported_site(site: Site) -> Site:
    """A site in Oslo that holds the newspaper, imported over REST."""
    install_plugin(site, _REGISTER)
    site.set_option("timezone_string", "Europe/Oslo")
    verbs = imported(site, newspaper()).verbs
    assert verbs == ["create"] * len(newspaper())
    return site


def test_right_after_an_import_nothing_differs(imported_site: Site) -> None:
    """Titles trimmed, slugs cleaned, hours moved, names with entities: the site holds what is said.

    Asking changes nothing on the site.
    """
    before = len(write_requests(imported_site))
    said, totals = verified(imported_site, Memory(newspaper(), Head()))

    assert [(f.code, f.field) for f in said.findings if f.code.startswith("target")] == []
    assert totals.actions["unchanged"] == len(newspaper())
    # XML-RPC is asked whether it takes us, which is a POST that changes nothing.
    changing = [r for r in write_requests(imported_site)[before:] if "xmlrpc.php" not in r]
    assert changing == []


EDITS = """
    $id = get_page_by_path( 'not-clean', OBJECT, 'post' )->ID;
    wp_update_post( array(
        'ID' => $id, 'post_title' => 'New', 'post_content' => 'New', 'post_excerpt' => 'New',
        'post_status' => 'pending', 'post_password' => 'new', 'comment_status' => 'open',
        'ping_status' => 'open',
        'post_author' => wp_insert_user( array( 'user_login' => 'other', 'user_pass' => 'x' ) ),
    ) );
    unstick_post( $id );
    wp_set_object_terms( $id, 'another', 'post_tag', true );
    wp_set_object_terms( $id, array(), 'category' );
    update_post_meta( $id, 'source', 'another' );
    delete_post_meta( $id, 'tags_of_old', 'x' );
    wp_update_post( array( 'ID' => get_page_by_path( 'page' )->ID, 'menu_order' => 7 ) );
"""


def test_each_edit_on_the_site_is_found(imported_site: Site) -> None:
    """Every field that is changed there is named, and no other one."""
    imported_site.php(EDITS)

    found = differing(imported_site, Memory(newspaper(), Head()))
    fields = (
        *("author.display_name", "comment_status", "content", "excerpt", "menu_order"),
        *("meta.source", "meta.tags_of_old", "password", "ping_status", "status", "sticky"),
        *("terms.category", "terms.category", "terms.post_tag", "title"),
    )
    assert sorted(found) == [("target-differs", field) for field in fields]


def test_a_post_that_is_gone_is_missing_and_a_new_one_is_counted(imported_site: Site) -> None:
    """What only the site has is no error: a site goes on living."""
    imported_site.php(
        "wp_delete_post( get_page_by_path( 'page' )->ID, true );"
        "wp_insert_post( array( 'post_title' => 'New', 'post_status' => 'publish' ) );"
    )
    said, totals = verified(imported_site, Memory(newspaper(), Head()))
    found = [(f.code, f.message) for f in said.findings if f.code.startswith("target")]

    assert found == [
        ("target-missing", "the other source doesn't hold this record"),
        ("target-more", "1 more records are on the site than SOURCE has"),
    ]
    assert totals.actions["create"] == 1


def test_the_command_ends_with_status_1_where_something_differs(
    imported_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And with 0 where nothing does; one thing to compare with has to be named."""
    monkeypatch.setenv("WPMIGRATE_USER", imported_site.user)
    monkeypatch.setenv("WPMIGRATE_APP_PASSWORD", imported_site.app_password)
    post = tmp_path / "_posts/2016-07-15-not-clean.md"
    post.parent.mkdir()
    text = "---\npost_title: %s\npost_date: 2016-07-15 20:22:23\n---\n"
    text += "<p>One</p>\r\n<script>two</script>"
    asked = ["verify", str(tmp_path), "--site", imported_site.url]

    post.write_bytes((text % "Blanks at the ends").encode())
    equal = CliRunner().invoke(commands, asked, catch_exceptions=False)
    post.write_bytes((text % "Another").encode())
    different = CliRunner().invoke(commands, asked)

    assert (equal.exit_code, different.exit_code) == (0, 1), equal.output
    assert CliRunner().invoke(commands, ["verify", str(post)]).exit_code == 2
