"""Options go along where they are named: as the site stores them, by any way, and back again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest

from migrate.writers.companion import sender
from tests.wordpress import companion
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wordpress.test_companion_import import TRACES, run

pytestmark = [pytest.mark.wordpress, one_flavour("wp67-sqlite")]

FILL: Final = """
    $page = wp_insert_post( array( 'import_id' => 900, 'post_title' => 'Harbour',
        'post_type' => 'page', 'post_status' => 'publish' ) );
    $term = wp_insert_term( 'Ferries', 'category', array( 'slug' => 'ferries' ) );
    update_option( 'blogname', 'Tides & "Fog"' );
    update_option( 'show_on_front', 'page' );
    update_option( 'page_on_front', $page );
    update_option( 'default_category', $term['term_id'] );
    update_option( 'tides', array( 'high' => array( '06:15', "18:40\\r\\n", true, 1.5, null ) ) );
    update_option( 'theme_mods_fog', array( 'custom_logo' => $page, 'depth' => 1.0 ) );
    update_option( 'theme_mods_tides', array( 'custom_logo' => $page,
        'header_image_data' => (object) array( 'attachment_id' => $page ),
        'nav_menu_locations' => array( 'top' => wp_create_nav_menu( 'Main' ) ) ) );
    $wpdb->update( $wpdb->options, array( 'option_value' => '-5' ),
        array( 'option_name' => 'posts_per_page' ) );
"""
TAKEN: Final = """
    wp_insert_post( array( 'import_id' => 900, 'post_title' => 'Taken', 'post_type' => 'page',
        'post_status' => 'publish' ) );
    wp_insert_term( 'Fog', 'category', array( 'slug' => 'fog' ) );
"""
HELD: Final = """
    $rows  = $wpdb->get_results( "SELECT option_name, option_value FROM $wpdb->options", ARRAY_A );
    $held  = array_intersect_key( array_column( $rows, 'option_value', 'option_name' ),
        array_flip( $names ) );
    $term  = get_term( (int) $held['default_category'] );
    $front = get_post( (int) $held['page_on_front'] );
    if ( isset( $held['theme_mods_tides'] ) ) {
        $mods = unserialize( $held['theme_mods_tides'] );
        $held['theme_mods_tides'] = get_post( $mods['custom_logo'] )->post_title . ' '
            . get_post( $mods['header_image_data']->attachment_id )->post_title . ' '
            . get_term( $mods['nav_menu_locations']['top'] )->slug;
    }
    return array( 'default_category' => $term ? $term->slug : '',
        'page_on_front' => $front ? $front->post_title : '' ) + $held;
"""
LOSES_ANSWER: Final = """<?php
    add_filter( 'query', function ( $query ) {
        if ( 'START TRANSACTION' === $query && did_action( 'update_option_blogname' )
            && ! file_exists( WP_CONTENT_DIR . '/uploads/lost' ) ) {
            file_put_contents( WP_CONTENT_DIR . '/uploads/lost', '.' );
            exit;
        }
        return $query;
    } );
"""
NAMES: Final = (
    *("blogname", "default_category", "page_on_front", "posts_per_page", "show_on_front"),
    *("theme_mods_fog", "theme_mods_tides", "tides"),
)
NAMED: Final = ("--site-options", ",".join((*NAMES, "nowhere")))
STORED: Final = {
    "blogname": "Tides &amp; &quot;Fog&quot;",
    "default_category": "ferries",
    "page_on_front": "Harbour",
    "posts_per_page": "5",  # WordPress knows no such number below -1
    "show_on_front": "page",
    "theme_mods_fog": 'a:2:{s:11:"custom_logo";i:900;s:5:"depth";d:1;}',
    "theme_mods_tides": "Harbour Harbour main",
    "tides": 'a:1:{s:4:"high";a:5:{i:0;s:5:"06:15";i:1;s:7:"18:40\r\n";i:2;b:1;i:3;d:1.5;i:4;N;}}',
}
ONE_PAGE: Final = ("--type", "page")


def held(site: Site) -> dict[str, str]:
    """The options of `NAMES` as wp_options has them; those that name a record say which."""
    found: dict[str, str] = site.php(HELD, names=NAMES)
    return found


@pytest.fixture
def filled(site: Site) -> Site:
    """A site with such options, and the companion."""
    companion.install(site)
    site.php(FILL)
    return site


def exported(site: Site, out: Path, *more: str) -> Path:
    """Export a site's pages with its options, its address another one."""
    words = ("--media", "none", *ONE_PAGE, *NAMED, *more)
    status, said = run(site, "export", "--site", site.url, "-o", str(out), *words)
    assert status == 0, said
    assert said.count("the site holds no option") == said.count("no option nowhere") == 1
    for place in filter(Path.is_file, [out, *out.rglob("*")]):
        text = place.read_bytes().replace(site.url.encode(), b"https://old.example.org")
        place.write_bytes(text)
    return out


def emptied(site: Site) -> None:
    """Empty the site, with numbers taken that the source has."""
    site.reset()
    companion.install(site)
    site.php(TAKEN)


def brought(site: Site, source: Path, *more: str) -> tuple[int, str, list[dict[str, Any]]]:
    """Import a source with its options; gives status, all that is said, and what they become."""
    report = source.parent / "report.json"
    words = ("--site", site.url, "--yes", "--no-media", "--report", f"json={report}")
    journal = ("--journal", str(source.parent / "journal.sqlite"))
    status, said = run(site, "import", str(source), *words, *journal, *(more or NAMED))
    told = report.read_text()
    actions = json.loads(told)["actions"]
    return status, said + told, [each for each in actions if each["type"] == "option"]


def undone(site: Site, source: Path, *more: str) -> tuple[int, str]:
    """Take the last import of a source back."""
    journal = ("--journal", str(source.parent / "journal.sqlite"))
    return run(site, "undo", str(source), "--site", site.url, "--yes", "--force", *journal, *more)


def verbs(actions: list[dict[str, Any]]) -> dict[str, str]:
    """What becomes of each option."""
    return {each["slug"]: each["action"] for each in actions}


@pytest.mark.parametrize("out", ["site.xml", "posts"])
def test_options_go_along(filled: Site, tmp_path: Path, out: str) -> None:
    """They come as they were stored, those that name a record with its number here.

    A second import finds nothing to do, not even where WordPress stores another value than was
    sent; nor does verify but for that one.
    """
    source = exported(filled, tmp_path / out)
    emptied(filled)

    status, said, actions = brought(filled, source)

    assert status == 0, said
    assert "8 options to set" in said
    assert "option theme_mods_fog: numbers of records within it stay as they are" in said
    made = dict.fromkeys(("tides", "theme_mods_fog", "theme_mods_tides"), "create")
    assert verbs(actions) == dict.fromkeys(NAMES, "update") | made
    assert {each["after"] for one in actions for each in one["changes"]} == {"(hidden)"}
    assert "option posts_per_page: the site stored another value" in said
    assert held(filled) == STORED
    assert filled.php(TRACES) == []
    status, said, again = brought(filled, source)
    assert status == 0, said
    assert verbs(again) == dict.fromkeys(NAMES, "unchanged")
    words = ("--site", filled.url, *ONE_PAGE, *NAMED)
    status, said = run(filled, "verify", str(source), *words)
    assert [name for name in NAMES if f"options.{name} differs" in said] == ["posts_per_page"]
    assert status == 1


def test_a_saved_plan_holds_options(filled: Site, tmp_path: Path) -> None:
    """It is carried out as long as they are what they were when it was made."""
    source = exported(filled, tmp_path / "site.xml")
    emptied(filled)
    plan = tmp_path / "plan.jsonl"
    before = held(filled)
    status, said, actions = brought(filled, source, *NAMED, "--plan-out", str(plan))
    assert (status, held(filled)) == (0, before), said
    assert set(verbs(actions).values()) == {"create", "update"}
    filled.php("update_option( 'posts_per_page', '7' );")

    assert brought(filled, source, *NAMED, "--plan", str(plan))[0] == 2
    filled.php("update_option( 'posts_per_page', '10' );")
    status, said, _ = brought(filled, source, *NAMED, "--plan", str(plan))

    assert status == 0, said
    assert held(filled) == STORED


def test_options_that_were_cut_off(
    filled: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody knows whether they were set, the next import sees that, and an undo as well.

    What isn't named is left alone.
    """
    source = exported(filled, tmp_path / "site.xml")
    emptied(filled)
    before = held(filled)
    (filled.docroot / "wp-content/uploads").mkdir(exist_ok=True)
    (filled.docroot / MUST_USE / "loses.php").write_text(LOSES_ANSWER)
    monkeypatch.setattr(sender, "_PAUSES", ())
    named = ("--site-options", "blogname,tides")

    assert brought(filled, source, *named)[0] == 3
    status, said, actions = brought(filled, source, *named)

    assert status == 0, said
    assert verbs(actions) == {"blogname": "unchanged", "tides": "unchanged"}
    assert held(filled) == before | {name: STORED[name] for name in ("blogname", "tides")}
    status, said = undone(filled, source)
    assert status == 0, said
    assert held(filled) == before


def test_edits_on_the_site_are_seen(filled: Site, tmp_path: Path) -> None:
    """What the source says as before is left as it is there; a conflict where both changed.

    An undo gives all others their earlier values and deletes what was made.
    """
    source = exported(filled, tmp_path / "site.xml")
    emptied(filled)
    before = held(filled)
    brought(filled, source)
    filled.php("update_option( 'blogname', 'Edited' ); update_option( 'show_on_front', 'posts' );")
    source.write_bytes(source.read_bytes().replace(b"Tides &amp;", b"Winds &amp;"))

    status, said, actions = brought(filled, source)

    assert status == 1, said
    found = verbs(actions)
    assert (found["blogname"], found["show_on_front"]) == ("conflict", "unchanged")
    assert "target-changed-on-site" in said
    edited = {"blogname": "Edited", "show_on_front": "posts"}
    assert held(filled) == STORED | edited
    status, said = undone(filled, source)
    assert status == 1, said
    assert said.count("someone changed it on the site since the import") >= 1
    assert held(filled) == before | edited
    status, said = undone(filled, source, "--overwrite")
    assert status == 0, said
    assert held(filled) == before
