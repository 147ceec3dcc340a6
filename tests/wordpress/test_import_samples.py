"""samples/ and the seed, imported by the command line, are in the database what they are here."""

from __future__ import annotations

import base64
import json
from collections import Counter
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from migrate.model import dates
from migrate.model.post import Post
from tests.sources import read_all
from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import SAMPLES, WRITERS, ZONE, prepare, wpmigrate
from tests.wordpress.site import Site

STORED = """
$rows = array();
foreach ( get_posts( array( 'post_type' => array( 'post', 'page', 'notice' ), 'numberposts' => -1,
    'post_status' => 'any', 'orderby' => 'ID', 'order' => 'ASC' ) ) as $post ) {
    $terms = array();
    foreach ( array( 'category', 'post_tag' ) as $taxonomy ) {
        foreach ( (array) get_the_terms( $post, $taxonomy ) as $term ) {
            if ( ! $term ) { continue; }
            $path = array( $term->name );
            for ( $up = $term->parent; $up; $up = get_term( $up )->parent ) {
                array_unshift( $path, get_term( $up )->name );
            }
            $terms[] = array( $taxonomy, $path );
        }
    }
    $rows[] = array( 'title' => $post->post_title,
        'content' => base64_encode( $post->post_content ),
        'excerpt' => $post->post_excerpt, 'date' => $post->post_date, 'gmt' => $post->post_date_gmt,
        'slug' => $post->post_name, 'status' => $post->post_status, 'type' => $post->post_type,
        'author' => get_userdata( $post->post_author )->display_name, 'terms' => $terms );
}
return $rows;
"""
TRIMMED = " \t\n\r\0\x0b"


def stored(site: Site) -> list[dict[str, Any]]:
    """Give the posts of the site as WordPress itself holds them, in the order of their IDs."""
    rows: list[dict[str, Any]] = site.php(STORED)
    return rows


def expected(post: Post, zone: ZoneInfo) -> dict[str, Any]:
    """Say what the database should hold of a record."""
    wall = datetime.fromisoformat(post.date) if post.date else None
    gmt = dates.to_gmt(wall, zone)[0] if wall else None
    return {
        "title": (post.title or "").strip(TRIMMED),
        "excerpt": post.excerpt or "",
        "date": dates.mysql(dates.from_gmt(gmt, zone)) if gmt else None,
        "gmt": dates.mysql(gmt) if gmt else None,
        "slug": post.slug or "",
        "status": post.status,
        "type": post.type,
        "author": post.author.display_name if post.author and post.author.display_name else "admin",
        "terms": sorted(
            [term.taxonomy, [_stored_name(n) for n in (*term.ancestors, term.name or "")]]
            for term in post.terms or ()
        ),
    }


def _stored_name(name: str) -> str:
    # wp_insert_term() keeps names with the ampersand as an entity.
    return escape(name.replace("&amp;", "&"), quote=False)


def compare(
    posts: list[Post], rows: list[dict[str, Any]], zone: ZoneInfo, *, gmt: bool = True
) -> None:
    """Check each record against its row, field by field, the body by its bytes.

    Requests side by side give IDs in any order, so that records and rows are paired by their texts.
    """
    assert len(posts) == len(rows)
    told = sorted(posts, key=lambda post: (post.content or b"", (post.title or "").strip(TRIMMED)))
    held_rows = sorted(rows, key=lambda row: (base64.b64decode(row["content"]), row["title"]))
    for post, row in zip(told, held_rows, strict=True):
        want = expected(post, zone)
        held = {name: row[name] for name in want}
        # A post without a category gets the site's default one.
        named = post.terms and any(t.taxonomy == "category" for t in post.terms)
        held["terms"] = sorted(
            term for term in row["terms"] if named or term != ["category", ["Uncategorized"]]
        )
        if want["date"] is None:
            held["date"] = held["gmt"] = None
        if not gmt:
            held["gmt"] = want["gmt"]
        assert held == want, post.provenance.path
        assert base64.b64decode(row["content"]) == post.content, post.provenance.path


def report(site: Site, tmp_path: Path, *arguments: str) -> tuple[int, Any]:
    """Run an import and give its exit status and JSON report."""
    path = tmp_path / "report.json"
    done = wpmigrate(site, *arguments, "--site", site.url, "--report", f"json={path}")
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(path.read_text())


def test_the_samples_are_stored_as_they_are(site: Site, tmp_path: Path) -> None:
    """Every field of every sample, checked in the database; a second import sends no change."""
    prepare(site)
    posts, _ = read_all(SAMPLES)
    status, first = report(site, tmp_path, "import", str(SAMPLES), "--timezone", ZONE, "--yes")

    assert (status, first["totals"]["create"]) == (0, 49)
    compare(posts, stored(site), ZoneInfo(ZONE))

    before = len(site.requests())
    status, second = report(site, tmp_path, "import", str(SAMPLES), "--timezone", ZONE, "--yes")
    sent = Counter(line.split()[0] for line in site.requests()[before:])

    assert (status, second["totals"]["unchanged"]) == (0, 49)
    assert set(sent) <= {"GET", "OPTIONS", "HEAD"}


def test_a_dry_run_sends_nothing_but_reads(site: Site, tmp_path: Path) -> None:
    """The plan names every record, and no request changes anything."""
    prepare(site)
    status, plan = report(site, tmp_path, "import", str(SAMPLES), "--dry-run")

    assert (status, plan["totals"]["create"], plan["dry_run"]) == (0, 49, True)
    # XML-RPC knows no GET: it is asked whether it takes the password, and what posts hold.
    assert set(write_requests(site)) <= {"POST /xmlrpc.php"}
    assert stored(site) == []


def test_another_zone_is_one_finding(site: Site, tmp_path: Path) -> None:
    """Dates written in another zone than the site's keep their wall clock, said once."""
    prepare(site)
    _, told = report(
        site, tmp_path, "import", str(SAMPLES), "--timezone", "America/New_York", "--yes"
    )
    codes = [finding["code"] for finding in told["findings"]]
    posts, _ = read_all(SAMPLES)

    assert codes.count("target-timezone-differs") == 1
    compare(posts, stored(site), ZoneInfo(ZONE), gmt=False)


def test_the_seed_is_stored_as_it_is(site: Site, corpus: Path, tmp_path: Path) -> None:
    """The post that it all began with, in the database byte for byte."""
    prepare(site, ["staffwriter"])
    posts, _ = read_all(corpus.parent / "seed")
    status, _ = report(
        site, tmp_path, "import", str(corpus.parent / "seed"), "--timezone", ZONE, "--yes"
    )

    assert status == 0
    compare(posts, stored(site), ZoneInfo(ZONE))


@pytest.mark.parametrize("login", ["staffwriter"])
def test_a_writer_that_the_site_has_is_the_author(site: Site, tmp_path: Path, login: str) -> None:
    """Authors are found by display name; the others become the importing user, named once each."""
    prepare(site, [login])
    _, told = report(site, tmp_path, "import", str(SAMPLES), "--yes")
    unknown = [f["message"] for f in told["findings"] if f["code"] == "loss-author-unknown"]

    assert len(unknown) == len(WRITERS) - 1
    assert {row["author"] for row in stored(site)} == {WRITERS[login], "admin"}
