"""What a site should never hold costs nothing that was there before, and isn't mended in silence.

That is what is serialized wrongly, which no PHP can read, and bytes that aren't UTF-8, which SQLite
lets in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from tests.wordpress import companion
from tests.wordpress.importing import install_plugin
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wordpress.test_companion_import import run

pytestmark = [pytest.mark.wordpress, one_flavour("wp67-sqlite")]

BROKEN: Final = 'a:1:{s:3:"longer than three";i:1;}'
BYTES: Final = """
    $id = wp_insert_post( array( 'post_title' => 'Tides', 'post_status' => 'publish' ) );
    update_option( 'tides', 'high' );
    $pdo = $wpdb->dbh->get_pdo();
    $pdo->exec( "UPDATE $wpdb->posts SET post_excerpt = CAST( x'61ff62' AS TEXT ) WHERE ID = $id" );
    $pdo->exec( "UPDATE $wpdb->options SET option_value = CAST( x'61ff62' AS TEXT )
        WHERE option_name = 'tides'" );
    return $id;
"""
NOTICES: Final = """
    ini_set( 'display_errors', '1' );
    add_filter( 'sanitize_option_tides', function ( $value ) { return $value . $nowhere; } );
"""


def option(name: str, value: str) -> dict[str, Any]:
    """A line that sets an option."""
    return {"key": name, "kind": "option", "record": {"name": name, "value": value}}


def test_a_broken_option_is_refused(site: Site) -> None:
    """WordPress would read `false` and keep nothing of what the site holds."""
    companion.install(site)
    site.php("update_option( 'tides', array( 'high' => 1 ) );")

    answers = companion.send(site, "records?run=1", [option("tides", BROKEN), option("fog", "x")])

    assert [each.get("status") for each in answers] == ["failed", "created", None]
    assert "serialized wrongly" in answers[0]["error"]
    assert site.php("return array( get_option( 'tides' ), get_option( 'fog' ) );") == [
        {"high": 1},
        "x",
    ]


def test_a_broken_meta_of_a_term_is_kept(site: Site) -> None:
    """It comes as it is, beside others of its key."""
    companion.install(site)
    metas = [{"key": "tide", "value": value} for value in (BROKEN, "a:1:{i:0;b:0;}", "high")]
    record = {"taxonomy": "category", "slug": "sea", "name": "Sea", "meta": metas}

    companion.send(site, "records?run=1", [{"key": "1", "kind": "term", "record": record}])

    (held,) = [
        line["record"]["meta"]
        for line in companion.read(site, "snapshot")
        if line["kind"] == "term" and line["record"]["slug"] == "sea"
    ]
    assert held == metas


def test_bytes_that_are_no_text_are_named(site: Site, tmp_path: Path) -> None:
    """Of a post and of an option; each byte reads U+FFFD."""
    companion.install(site)
    number = site.php(BYTES)
    out = tmp_path / "site.xml"

    words = ("--media", "none", "--site-options", "tides,blogname")
    status, said = run(site, "export", "--site", site.url, "-o", str(out), *words)

    assert status == 0, said
    assert said.count("holds bytes on the site that aren't UTF-8") == 2
    assert "option tides holds bytes" in said
    assert f"{site.url}/?p={number}" in said
    assert out.read_text().count("a\ufffdb") == 2


def test_a_plugins_notices_stand_in_no_stream(site: Site) -> None:
    """Not even where the site shows them to its visitors."""
    companion.install(site)
    install_plugin(site, NOTICES)

    answers = companion.send(site, "records?run=1", [option("tides", "high")])

    assert [each.get("value") for each in answers] == ["high", None]
