"""An import through the companion: a site becomes another one, and every promise is kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.writers.companion import sender
from tests.wordpress import companion, rich
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.one_flavour import EVERY_FLAVOUR, one_flavour
from tests.wordpress.site import Site
from tests.wordpress.tables import NAMED, OPTIONS, differing, tables

pytestmark = [pytest.mark.wordpress, EVERY_FLAVOUR]

COUNTS = """
    $counts = array();
    foreach ( array( 'posts', 'postmeta', 'comments', 'commentmeta', 'terms', 'termmeta' ) as $table ) {
        $counts[ $table ] = (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->$table}" );
    }
    return $counts;
"""  # noqa: E501 - PHP
TRACES = "return $wpdb->get_col( \"SHOW TABLES LIKE '%wpmigrate%'\" );"
LOSES_ANSWERS = """<?php
    add_action( 'edited_term_taxonomy', function () {
        $lost = WP_CONTENT_DIR . '/uploads/lost';
        if ( did_action( 'save_post' ) && @filesize( $lost ) < %d ) {
            file_put_contents( $lost, '.', FILE_APPEND );
            exit;
        }
    } );
"""
DIES_WITHIN = """<?php
    add_action( 'save_post', function ( $id, $post ) {
        $died = WP_CONTENT_DIR . '/uploads/died';
        if ( 'Post 7' === $post->post_title && ! file_exists( $died ) ) {
            file_put_contents( $died, '.' );
            exit;
        }
    }, 10, 2 );
"""
FAMILY = """
    wp_insert_post( array( 'import_id' => 899, 'post_title' => 'Child', 'post_type' => 'page',
        'post_name' => 'child', 'post_status' => 'publish', 'post_parent' => 900 ) );
    wp_insert_post( array( 'import_id' => 900, 'post_title' => 'Parent', 'post_type' => 'page',
        'post_name' => 'parent', 'post_status' => 'publish' ) );
"""
TAKEN = """
    $id = wp_insert_post( array( 'import_id' => 900, 'post_title' => 'Taken', 'post_type' => 'page',
        'post_status' => 'publish' ) );
    return $id;
"""


def run(site: Site, *words: str) -> tuple[int, str]:
    """Run the command as the site's administrator; gives its status and what it says."""
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    done = CliRunner().invoke(commands, list(words), env=known, catch_exceptions=False)
    return done.exit_code, done.output


def brought(site: Site, source: Path, *options: str) -> str:
    """Import a source; gives what the command says."""
    asked = ("import", str(source), "--site", site.url, "--yes", "--create-authors", *options)
    status, said = run(site, *asked)
    assert status == 0, said
    return said


def rows(site: Site) -> dict[str, Any]:
    """The posts of the site with all that hangs on them, as its companion tells them.

    Left out is what must differ: the numbers of comments and of terms, which menu items name, the
    address of a front page, which is an option's doing, and whose account a commenter has.
    """
    found = {}
    for line in companion.read(site, "snapshot"):
        if line["kind"] != "post":
            continue
        record = line["record"]
        of_term = {"key": "_menu_item_type", "value": "taxonomy"} in record["meta"]
        for row in record["meta"]:
            if of_term and row["key"] == "_menu_item_object_id":
                row["value"] = ""
        numbers = {comment["id"]: str(n) for n, comment in enumerate(record["comments"])}
        for comment in record["comments"]:
            comment |= {"id": numbers[comment["id"]], "parent": numbers.get(comment["parent"], "")}
            comment["user_id"] = str(comment["user_id"] != "0")
        record["terms"].sort(key=json.dumps)
        found[record["id"]] = {**record, "link": ""}
    return found


def fresh(site: Site) -> None:
    """Empty the site, and give it the companion and the own types."""
    site.reset()
    companion.install(site)
    rich.register_own_types(site, on=True)


def written(folder: Path, count: int) -> Path:
    """A folder of posts, each with a tag."""
    for number in range(1, count + 1):
        path = folder / f"_posts/2018-03-0{number}-post-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\ntitle: Post {number}\ntags: [sea]\n---\nText {number}\n")
    return folder


@pytest.mark.parametrize(
    ("out", "media", "options"),
    [("site.xml", "none", ("--no-media",)), ("posts/", "all", ("--fast",))],
)
def test_moves_a_site(
    site: Site, tmp_path: Path, out: str, media: str, options: tuple[str, ...]
) -> None:
    """What is exported and imported again is row by row what there was, and a second import agrees.

    By WXR and by a folder of posts, with hooks and without, without files and with them.
    """
    rich.fill(site)
    companion.install(site)
    source = tmp_path / out
    asked = ("--trash", "--spam", "--media", media, *NAMED)
    status, said = run(site, "export", "--site", site.url, "-o", f"{tmp_path}/{out}", *asked)
    assert status == 0, said
    expected = tables(site, OPTIONS)
    fresh(site)

    said = brought(site, source, *options, *NAMED)
    again = brought(site, source, *options, *NAMED)

    assert differing(expected, tables(site, OPTIONS)) == []
    assert "loss-" not in said
    count = len(rows(site))
    assert f"done      {count} create" in said
    assert f"done      {count} unchanged" in again
    assert "target-" not in again


@pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
def test_moves_a_site_straight(site: Site, tmp_path: Path) -> None:
    """What one command says of a site the next one reads, and no file lies between them."""
    rich.fill(site)
    companion.install(site)
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    everything = ("--trash", "--spam", "--media", "none", *NAMED)
    asked = ("export", "--site", site.url, "-o", "-", *everything)
    taken = CliRunner().invoke(commands, asked, env=known, catch_exceptions=False)
    assert taken.exit_code == 0, taken.stderr
    expected = tables(site, OPTIONS)
    fresh(site)

    journal = str(tmp_path / "journal.sqlite")
    options = ("--yes", "--create-authors", "--no-media", "--journal", journal, *NAMED)
    asked = ("import", "-", "--site", site.url, *options)
    done = CliRunner().invoke(commands, asked, taken.stdout_bytes, known, catch_exceptions=False)

    assert done.exit_code == 0, done.output
    assert differing(expected, tables(site, OPTIONS)) == []


def test_brings_files_to_where_they_lay(site: Site, tmp_path: Path) -> None:
    """Files of attachments come with their sizes; what can't be found here is named."""
    rich.fill(site)
    companion.install(site)
    out = tmp_path / "posts"
    run(site, "export", "--site", site.url, "-o", str(out), "--media", "all")
    uploads = out / "wp-content/uploads"
    stored = {path.relative_to(uploads): path for path in uploads.rglob("*") if path.is_file()}
    fresh(site)

    said = brought(site, out)

    place = site.docroot / "wp-content/uploads"
    assert len(stored) > 5
    there = {path for path in stored if (place / path).is_file()}
    assert {path.suffix for path in set(stored) - there} == {".txt"}  # may be a post, so no file
    assert all((place / path).read_bytes() == stored[path].read_bytes() for path in there)
    assert "source-media-remote" in said


@one_flavour("wp61-mariadb")
def test_sizes_are_made_now_or_later(site: Site, tmp_path: Path) -> None:
    """Those that aren't brought the site makes at once, or leaves out where that is asked for."""
    rich.fill(site)
    companion.install(site)
    out, uploads = tmp_path / "posts", site.docroot / "wp-content/uploads"
    run(site, "export", "--site", site.url, "-o", str(out), "--media", "originals")

    there = []
    for asked in ("later", "now"):
        fresh(site)
        brought(site, out, "--sizes", asked)
        there.append({path.name for path in uploads.rglob("*") if path.is_file()})

    later, now = there
    assert later
    assert {re.sub(r"-[0-9]+x[0-9]+(?=[.])", "", name) for name in now - later} <= later
    assert len(now) > len(later)


def test_an_answer_that_is_lost_makes_nothing_twice(site: Site, tmp_path: Path) -> None:
    """Whether PHP dies within the group or once it is stored, the lines are sent again.

    At the end nothing is left on the site of what had to be remembered for that.
    """
    companion.install(site)
    (site.docroot / MUST_USE / "dies.php").write_text(DIES_WITHIN)
    (site.docroot / MUST_USE / "loses.php").write_text(LOSES_ANSWERS % 2)

    said = brought(site, written(tmp_path, 9))

    assert "target-answer-lost" in said
    assert "done      9 create" in said
    assert sorted(post["title"] for post in rows(site).values()) == [
        f"Post {number}" for number in range(1, 10)
    ]
    assert site.php(TRACES) == []


def test_goes_on_after_it_was_cut_off(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that ends without knowing what was stored finds it when it is run again."""
    companion.install(site)
    (site.docroot / MUST_USE / "loses.php").write_text(LOSES_ANSWERS % 2)
    monkeypatch.setattr(sender, "_PAUSES", ())
    source = written(tmp_path, 5)
    asked = ("import", str(source), "--site", site.url, "--yes")
    ended = [run(site, *asked)[0] for _ in range(4)]

    assert ended[0] != 0
    assert ended[-1] == 0
    assert len(rows(site)) == 5


def test_numbers_that_are_taken(site: Site, tmp_path: Path) -> None:
    """Where an ID is taken the post gets another one, and whoever names it names that."""
    companion.install(site)
    site.php(FAMILY)
    source = tmp_path / "site.xml"
    run(site, "export", "--site", site.url, "-o", str(source))
    source.write_text(source.read_text().replace(site.url, "https://old.example.org"))
    fresh(site)
    site.php(TAKEN)

    said = brought(site, source)

    by_title = {post["title"]: post for post in rows(site).values()}
    assert by_title["Taken"]["id"] == "900"
    assert by_title["Child"]["id"] == "899"
    assert by_title["Parent"]["id"] != "900"
    assert by_title["Child"]["parent"] == by_title["Parent"]["id"]
    assert "loss-id" in said


def test_edits_on_the_site_are_seen(site: Site, tmp_path: Path) -> None:
    """A post that was edited there stays as it is; one that both sides changed is a conflict."""
    companion.install(site)
    source = written(tmp_path, 3)
    brought(site, source)
    for title in ("Post 1", "Post 2"):
        site.php(
            "$post = get_posts( array( 'title' => $title ) )[0];"
            "wp_update_post( array( 'ID' => $post->ID, 'post_content' => 'Edited' ) );",
            title=title,
        )
    for number in (2, 3):
        path = source / f"_posts/2018-03-0{number}-post-{number}.md"
        path.write_text(path.read_text().replace("Text", "New text"))

    status, said = run(site, "import", str(source), "--site", site.url, "--yes")

    assert status == 1, said
    assert "target-changed-on-site" in said
    assert "1 update, 1 unchanged, 1 conflict" in said
    held = {post["title"]: post["content"][:13] for post in rows(site).values()}
    assert held == {"Post 1": "Edited", "Post 2": "Edited", "Post 3": "<p>New text 3"}


@one_flavour("wp61-mariadb")
def test_undo_takes_an_import_back(site: Site, tmp_path: Path) -> None:
    """What an import made goes, of types outside REST too, and what it changed is as it was.

    Terms of taxonomies outside REST stay, and are named.
    """
    rich.fill(site)
    companion.install(site)
    source = tmp_path / "site.xml"
    run(site, "export", "--site", site.url, "-o", str(source), "--trash")
    fresh(site)
    before = site.php(COUNTS)
    brought(site, source, "--no-media")
    held = rows(site)
    text = source.read_text().replace("Only a title", "Another title")
    source.write_text(text.replace("plain value", "other value"))
    journal = str(tmp_path / ".wpmigrate/journal.sqlite")
    said = brought(site, source, "--no-media")
    assert " update" in said

    first = run(site, "undo", "--site", site.url, "--yes", "--force", "--journal", journal)
    assert first[0] == 0, first[1]
    assert rows(site) == held
    second = run(
        site, "undo", "--site", site.url, "--yes", "--force", "--journal", journal, "--run", "1"
    )

    assert second[0] == 1, second[1]
    assert rows(site) == {}
    assert "93 delete, 4 skip" in second[1]  # terms of taxonomies that REST doesn't know
    kept = ("posts", "postmeta", "comments", "commentmeta")
    after = site.php(COUNTS)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_fast_is_for_the_companion_alone(site: Site, tmp_path: Path) -> None:
    """Without it --fast is wrong usage, and nothing is changed."""
    source = written(tmp_path, 1)

    status, said = run(site, "import", str(source), "--site", site.url, "--yes", "--fast")

    assert status == 2
    assert "--fast is a way through the companion" in said
    assert site.php(COUNTS)["posts"] == 0
