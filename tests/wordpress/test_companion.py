"""The companion reads a whole site, and fills another one with it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from migrate.live.companion.digests import of_record, whole
from migrate.model import canonical
from tests.wordpress import companion, rich
from tests.wordpress.companion import Line
from tests.wordpress.importing import install_plugin
from tests.wordpress.one_flavour import EVERY_FLAVOUR, one_flavour
from tests.wordpress.records import records
from tests.wordpress.site import Site
from tests.wordpress.tables import OPTIONS, differing, tables

pytestmark = [pytest.mark.wordpress, EVERY_FLAVOUR]

COUNTS = """
    $counts = array();
    $tables = array( 'posts', 'postmeta', 'comments', 'commentmeta', 'term_relationships' );
    foreach ( $tables as $table ) {
        $counts[ $table ] = (int) $wpdb->get_var( "SELECT COUNT(*) FROM {$wpdb->$table}" );
    }
    return $counts;
"""
TRACES = """
    return $wpdb->get_col( "SHOW TABLES LIKE '%wpmigrate%'" );
"""
CUT_OFF = """
    $wpdb->update( $wpdb->prefix . 'wpmigrate_keys', array( 'kept' => 1 ), array( 'run' => 'cut off' ) );
"""  # noqa: E501 - PHP
TERMS = """
    foreach ( range( 1, 900 ) as $n ) {
        $terms[] = "( $n, 'Term $n', 'term-$n' )";
        $above = 3 === $n ? 899 : ( 899 === $n ? 900 : 0 );
        $places[] = "( $n, $n, 'category', '', $above )";
    }
    foreach ( array( 'terms', 'term_taxonomy', 'termmeta' ) as $table ) {
        $wpdb->query( "DELETE FROM {$wpdb->$table}" );
    }
    $wpdb->query( "INSERT INTO $wpdb->terms ( term_id, name, slug ) VALUES " . implode( ',', $terms ) );
    $wpdb->query( "INSERT INTO $wpdb->term_taxonomy ( term_taxonomy_id, term_id, taxonomy, description, parent ) VALUES " . implode( ',', $places ) );
    foreach ( array( 3, 450 ) as $n ) {
        add_term_meta( $n, 'key', "of $n" );
    }
"""  # noqa: E501 - PHP
SORTED = """
    add_action( 'init', function () {
        register_taxonomy( 'chapter', 'post', array( 'sort' => true ) );
    } );
"""
ORDERS = """
    return array_map( 'intval', $wpdb->get_col( "SELECT term_order FROM $wpdb->term_relationships
        WHERE object_id = (SELECT MAX(ID) FROM $wpdb->posts) ORDER BY term_taxonomy_id" ) );
"""
LISTENERS = """
    $hooks = array( 'save_post', 'wp_insert_post', 'added_post_meta', 'set_object_terms' );
    foreach ( $hooks as $hook ) {
        add_action( $hook, function () use ( $hook ) {
            update_option( "heard_$hook", 1 + (int) get_option( "heard_$hook", 0 ) );
        } );
    }
"""
HEARD = """
    $heard = array();
    $hooks = array( 'save_post', 'wp_insert_post', 'added_post_meta', 'set_object_terms' );
    foreach ( $hooks as $hook ) {
        $heard[ $hook ] = (int) get_option( "heard_$hook", 0 );
    }
    return $heard;
"""
NEW: Line = {
    "key": "posts/one.md",
    "record": {
        "content": "<p>It rains.</p>",
        "date": "2016-07-16 00:22:22",
        "meta": [{"key": "_hidden", "value": "a"}, {"key": "shown", "value": "b\\\\c"}],
        "slug": "rain",
        "status": "publish",
        "terms": [{"taxonomy": "category", "name": "Weather", "slug": "weather"}],
        "title": "Rain",
        "type": "post",
    },
}


def by_id(stream: list[Line]) -> dict[str, Any]:
    """The posts of a snapshot."""
    return {line["record"]["id"]: line["record"] for line in stream if line["kind"] == "post"}


def fillings(stream: list[Line]) -> list[Line]:
    """What is sent to a site so that it becomes the one that a snapshot was taken of."""
    return [
        {"kind": line["kind"], "key": f"{line['kind']} {number}", "record": line["record"]}
        for number, line in enumerate(stream)
        if line["kind"] in {"author", "term", "post", "option"}
    ]


def plain(record: Line, *, exported: bool = False) -> Line:
    """A record without what a new site numbers anew, and with terms in one order.

    `exported` leaves out the comments that export_wp() does: spam.
    """
    comments = [
        {**comment, "id": "", "parent": ""} if not exported else comment
        for comment in record["comments"]
        if not exported or comment["approved"] != "spam"
    ]
    # WordPress's own note of who has a post open, which core's export leaves out as well.
    metas = [meta for meta in record["meta"] if not exported or meta["key"] != "_edit_lock"]
    terms = sorted(record["terms"], key=lambda term: (term["taxonomy"], term["name"], term["slug"]))
    return {**record, "comments": comments, "meta": metas, "terms": terms}


def test_snapshot_is_the_site(site: Site) -> None:
    """What it reads is what WordPress itself says of each post that it would export."""
    rich.fill(site)
    companion.install(site)

    posts = by_id(companion.read(site, "snapshot"))

    _, expected = records(site)
    for post in expected:
        said = json.loads(canonical.record(post))
        assert plain(posts[str(post.id)], exported=True) == plain(said, exported=True)


def test_snapshot_goes_on(site: Site) -> None:
    """A stream that was cut off is gone on with after its last post."""
    rich.fill(site)
    companion.install(site)
    whole = by_id(companion.read(site, "snapshot"))
    middle = list(whole)[len(whole) // 2]

    rest = by_id(companion.read(site, f"snapshot?after={middle}"))

    assert rest == {key: post for key, post in whole.items() if int(key) > int(middle)}


@pytest.mark.parametrize("mode", ["", "&fast=1"])
def test_fills_a_site_with_another(site: Site, mode: str) -> None:
    """Every row of every table comes over whole, and the options that were asked for."""
    rich.fill(site)
    companion.install(site)
    before = tables(site, OPTIONS)
    taken = companion.read(site, f"snapshot?options={','.join(OPTIONS)}")
    site.reset()
    companion.install(site)
    rich.register_own_types(site, on=True)

    answers = companion.send(site, f"records?run=1{mode}", fillings(taken))

    assert [line for line in answers if line.get("status") == "failed"] == []
    assert differing(before, tables(site, OPTIONS)) == []


def test_tells_many_terms(site: Site) -> None:
    """However many terms a site has, each comes once, after the one above it, with its metas."""
    companion.install(site)
    site.php(TERMS)

    lines = companion.read(site, "snapshot")

    terms = [line["record"] for line in lines if line["kind"] == "term"]
    assert sorted(int(term["id"]) for term in terms) == list(range(1, 901))
    assert [term["id"] for term in terms if term["id"] in {"3", "899", "900"}] == [
        *("900", "899", "3"),
    ]
    assert {term["id"]: term["parent"] for term in terms if term["parent"]} == {
        "899": "term-900",
        "3": "term-899",
    }
    assert {term["id"]: term["meta"] for term in terms if term["meta"]} == {
        number: [{"key": "key", "value": f"of {number}"}] for number in ("3", "450")
    }


def test_forgets_runs_that_are_over(site: Site) -> None:
    """When a run ends its keys go, and those of runs that were cut off; no other's, nor the table.

    With the last key the table goes.
    """
    companion.install(site)
    for number, run in enumerate(("cut off", "another", "ending")):
        record = {**NEW["record"], "slug": f"rain-{number}"}
        companion.send(site, f"records?run={run}", [{"key": run, "record": record}])
    site.php(CUT_OFF)
    account = (site.user, site.app_password)

    companion.ask(site, "DELETE", "keys?run=ending", account)
    again = companion.send(site, "records?run=another", [{**NEW, "key": "another"}])
    companion.ask(site, "DELETE", "keys?run=another", account)

    assert again[0]["status"] == "again"
    assert site.php(TRACES) == []


def test_repeated_stream_does_nothing(site: Site) -> None:
    """A request that is sent again, its answer having been lost, makes nothing twice."""
    companion.install(site)
    first = companion.send(site, "records?run=1", [NEW])
    before = site.php(COUNTS)

    second = companion.send(site, "records?run=1", [NEW])

    assert [line.get("status") for line in (*first, *second)] == ["created", None, "again", None]
    assert second[0]["id"] == first[0]["id"]
    assert site.php(COUNTS) == before


def test_plugins_hear_of_each_post(site: Site) -> None:
    """By default the hooks of wp_insert_post(), of metas and of terms run; with fast none does."""
    companion.install(site)
    (site.docroot / "wp-content/mu-plugins/listeners.php").write_text(f"<?php\n{LISTENERS}")

    companion.send(site, "records?run=1&fast=1", [{**NEW, "key": "fast"}])
    silent = site.php(HEARD)
    companion.send(site, "records?run=1", [NEW])

    assert set(silent.values()) == {0}
    heard = {"save_post": 1, "wp_insert_post": 1, "added_post_meta": 2, "set_object_terms": 1}
    assert site.php(HEARD) == heard


def test_bad_line_costs_itself(site: Site) -> None:
    """Of a group in which one record fails, the others are stored."""
    companion.install(site)
    wrong = {"key": "wrong", "record": {**NEW["record"], "type": "no-such-type"}}
    other = {"key": "other", "record": {**NEW["record"], "slug": "sun"}}

    answers = companion.send(site, "records?run=1", [NEW, wrong, other])

    statuses = {line["key"]: line["status"] for line in answers if "key" in line}
    assert statuses == {"posts/one.md": "created", "wrong": "failed", "other": "created"}


def test_update_changes_what_is_stated(site: Site) -> None:
    """A record with an id changes the fields that it states and leaves the others alone.

    A post without a category gets none.
    """
    companion.install(site)
    tagged = [{"taxonomy": "post_tag", "name": "Weather", "slug": "weather"}]
    new = {**NEW, "record": {**NEW["record"], "terms": tagged}}
    made = companion.send(site, "records?run=1", [new])[0]["id"]
    changed = {"key": "x", "id": made, "record": {"title": "Sun", "meta": NEW["record"]["meta"]}}

    companion.send(site, "records?run=1", [changed])

    held = by_id(companion.read(site, "snapshot"))[made]
    assert (held["title"], held["content"]) == ("Sun", "<p>It rains.</p>")
    assert held["meta"] == NEW["record"]["meta"]
    assert [term["slug"] for term in held["terms"]] == ["weather"]


def test_digest_is_that_of_the_record(site: Site) -> None:
    """The digest of a post is the SHA-256 of the canonical form of the fields asked for.

    Its content stands behind them as it is. Lists have one order in it, and of comments single
    columns can be asked for.
    """
    rich.fill(site)
    companion.install(site)
    escaped = ("title", "slug", "comment_status")
    columns = ("content", "id", "parent")

    plain = companion.read(site, f"digest?fields=content,{','.join(escaped)}")[:-1]
    alone = companion.read(site, "digest?fields=content")[:-1]
    lists = companion.read(site, "digest?fields=meta,terms,comments")[:-1]
    numbered = companion.read(site, f"digest?fields=comments.{',comments.'.join(columns)}")[:-1]

    assert all(set(line) == {"id", "digest"} for line in (*plain, *lists))
    posts = by_id(companion.read(site, "snapshot"))
    assert {line["id"]: line["digest"] for line in plain} == {
        key: hashlib.sha256(
            f"{canonical.dumps({name: post[name] for name in escaped})}\n{post['content']}".encode()
        ).hexdigest()
        for key, post in posts.items()
    }
    assert {line["id"]: line["digest"] for line in alone} == {
        key: of_record({"content": post["content"]}) for key, post in posts.items()
    }
    assert {line["id"]: line["digest"] for line in lists} == {
        key: of_record({name: post[name] for name in ("meta", "terms", "comments")})
        for key, post in posts.items()
    }
    assert {line["id"]: line["digest"] for line in numbered} == {
        key: of_record(
            {"comments": [{name: each[name] for name in columns} for each in post["comments"]]},
            numbered=True,
        )
        for key, post in posts.items()
    }


def test_snapshot_tells_some_fields(site: Site) -> None:
    """Posts of a snapshot of some fields have these alone, and the digest of all of them."""
    rich.fill(site)
    companion.install(site)

    told = [line for line in companion.read(site, "snapshot?fields=id,slug") if "digest" in line]

    posts = by_id(companion.read(site, "snapshot"))
    assert {line["record"]["id"]: line for line in told} == {
        key: {
            "kind": "post",
            "digest": whole(post),
            "record": {name: post[name] for name in ("id", "slug")},
        }
        for key, post in posts.items()
    }


@one_flavour("wp61-mariadb")
def test_keeps_the_order_of_terms(site: Site) -> None:
    """Where a taxonomy is kept in order, a post's terms have the order of the record."""
    companion.install(site)
    install_plugin(site, SORTED)
    terms = [{"taxonomy": "chapter", "name": name, "slug": name} for name in ("zoo", "sea", "air")]
    new = {**NEW, "record": {**NEW["record"], "terms": terms}}

    made = companion.send(site, "records?run=1", [new])[0]["id"]

    held = by_id(companion.read(site, "snapshot"))[made]
    assert [term["slug"] for term in held["terms"]] == ["zoo", "sea", "air"]
    assert site.php(ORDERS) == [1, 2, 3]


def test_undo_takes_back_a_run(site: Site) -> None:
    """With force nothing of a run stays; the key table goes when it is asked to."""
    rich.fill(site)
    companion.install(site)
    taken = companion.read(site, "snapshot")
    site.reset()
    companion.install(site)
    rich.register_own_types(site, on=True)
    before = site.php(COUNTS)
    companion.send(site, "records?run=1", fillings(taken))

    companion.send(site, "undo?run=1&force=1")
    companion.ask(site, "DELETE", "keys", (site.user, site.app_password))

    assert site.php(COUNTS) == before
    assert site.php(TRACES) == []
