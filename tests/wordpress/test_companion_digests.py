"""Through the companion no text travels that is as the source says, and every change is seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.wordpress import companion, rich
from tests.wordpress.one_flavour import EVERY_FLAVOUR
from tests.wordpress.site import Site
from tests.wordpress.test_companion_import import brought, rows, run

pytestmark = [pytest.mark.wordpress, EVERY_FLAVOUR]

TEXTS = {"content", "excerpt", "meta", "comments"}
POSTS = """
    foreach ( $titles as $title ) {
        $id = wp_insert_post( array( 'post_title' => $title, 'post_name' => sanitize_title( $title ),
            'post_content' => "Text of $title", 'post_excerpt' => 'Short', 'post_status' => 'publish',
            'post_date' => '2018-03-01 10:00:00', 'tags_input' => array( 'sea', 'Ærlig', 'zoo' ),
            'meta_input' => array( 'source' => 'paper', '_hidden' => 'x', 'alpha' => 'y' ) ) );
        add_post_meta( $id, 'source', 'radio' );
        $parent = wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_author' => 'Ragna',
            'comment_author_email' => 'ragna@example.org', 'comment_content' => 'First',
            'comment_date' => '2018-03-02 10:00:00', 'comment_date_gmt' => '2018-03-02 10:00:00',
            'comment_author_IP' => '192.0.2.1', 'comment_meta' => array( 'rating' => '5' ) ) );
        wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_author' => 'Odd',
            'comment_content' => 'Answer', 'comment_parent' => $parent,
            'comment_date' => '2018-03-03 10:00:00', 'comment_date_gmt' => '2018-03-03 10:00:00' ) );
        $ids[ $title ] = $id;
    }
    return $ids;
"""  # noqa: E501 - PHP
CHANGE = """
    foreach ( $changes as $id => $change ) {
        list( $table, $key, $values ) = $change;
        $wpdb->update( $wpdb->$table, $values, array( $key => $id ) );
        $post = 'posts' === $table ? $id : get_comment( $id )->comment_post_ID;
        clean_post_cache( $post );
    }
"""
OTHERWISE = """
    stick_post( $ids['sticky'] );
    wp_set_object_terms( $ids['terms'], array( 'sea', 'zoo' ), 'post_tag' );
    update_post_meta( $ids['meta'], '_hidden', 'z' );
    delete_post_meta( $ids['rows'], 'source', 'paper' );
    add_post_meta( $ids['rows'], 'source', 'paper' );
    $of = function ( $title ) use ( $ids ) {
        return get_comments( array( 'post_id' => $ids[ $title ], 'orderby' => 'comment_ID', 'order' => 'ASC' ) );
    };
    wp_delete_comment( $of( 'gone' )[1]->comment_ID, true );
    update_comment_meta( $of( 'comment_meta' )[0]->comment_ID, 'rating', '4' );
    $columns = array(
        'comment_approved' => '0', 'comment_author' => 'Other', 'comment_author_email' => 'o@example.org',
        'comment_author_IP' => '192.0.2.2', 'comment_author_url' => 'https://example.org/o',
        'comment_content' => 'Other', 'comment_date' => '2018-03-04 10:00:00', 'comment_type' => 'pingback',
        'comment_date_gmt' => '2018-03-04 09:00:00', 'comment_parent' => '0',
    );
    foreach ( $columns as $column => $value ) {
        $wpdb->update( $wpdb->comments, array( $column => $value ), array( 'comment_ID' => $of( $column )[1]->comment_ID ) );
    }
    foreach ( $plain as $column => $value ) {
        $wpdb->update( $wpdb->posts, array( $column => $value ), array( 'ID' => $ids[ $column ] ) );
    }
"""  # noqa: E501 - PHP
MODERATED = """
    list( $first, $answer ) = get_comments( array( 'orderby' => 'comment_ID', 'order' => 'ASC' ) );
    wp_set_comment_status( $first, 'hold' );
    wp_delete_comment( $answer, true );
"""
APPROVED = """
    list( $first ) = get_comments();
    wp_set_comment_status( $first, 'approve' );
"""
PLAIN = {
    "post_title": "Other",
    "post_content": "Other",
    "post_excerpt": "Other",
    "post_name": "other",
    "post_status": "private",
    "post_author": "0",
    "post_date": "2018-03-01 11:00:00",
    "post_date_gmt": "2018-03-01 09:00:00",
    "post_modified": "2018-05-01 11:00:00",
    "post_modified_gmt": "2018-05-01 09:00:00",
    "post_parent": "1",
    "menu_order": "3",
    "post_password": "word",
    "guid": "https://example.org/?p=1",
    "comment_status": "closed",
    "ping_status": "closed",
}
"""Columns of a post, each with a value that no post has."""

OF_COMMENTS = (
    *("comment_approved", "comment_author", "comment_author_email", "comment_author_IP"),
    *("comment_author_url", "comment_content", "comment_date", "comment_type"),
    *("comment_date_gmt", "comment_parent"),
)
NAMED = {"post_name": "slug"} | {
    column: column.removeprefix("post_") for column in PLAIN if column != "post_name"
}
"""What records call these columns."""


def asked(site: Site, since: int) -> tuple[set[str], list[str]]:
    """The fields of posts that were asked for in listings since then, and what was fetched whole.

    A snapshot of all fields would be of the field `everything`.
    """
    listed: set[str] = set()
    fetched: list[str] = []
    for line in site.requests()[since:]:
        place = urlsplit(line.split(" ", 1)[1])
        told = {name: value for name, (value,) in parse_qs(place.query).items()}
        if "wpmigrate/v1/snapshot" not in place.path + told.get("rest_route", ""):
            continue
        if told.get("ids"):
            fetched += told["ids"].split(",")
        else:
            listed |= set(told.get("fields", "everything").split(","))
    return listed, fetched


def exported(site: Site, out: Path) -> Path:
    """The whole site, as a source."""
    options = ("--trash", "--spam", "--media", "none")
    status, said = run(site, "export", "--site", site.url, "-o", str(out), *options)
    assert status == 0, said
    return out


def verbs(site: Site, source: Path, tmp_path: Path, *words: str) -> dict[str, tuple[str, set[str]]]:
    """Verb and differing fields of each record, by ID, as a command's report has them.

    Links follow from other fields.
    """
    report = tmp_path / "report.json"
    command = (words[0], str(source), "--site", site.url, *words[1:])
    run(site, *command, "--no-progress", "--report", f"json={report}")
    actions: list[dict[str, Any]] = json.loads(report.read_text())["actions"]
    return {
        action["id"]: (
            action["action"],
            {change["field"].split(".")[0] for change in action["changes"]} - {"link"},
        )
        for action in actions
        if action["type"] not in {"category", "post_tag"}
    }


IMPORT, VERIFY = ("import", "--dry-run", "--no-media"), ("verify",)


@pytest.mark.parametrize(
    ("flavour", "out"),
    [("wp61-mariadb", "site.xml"), ("wp67-sqlite", "posts/")],
    indirect=["flavour"],
)
def test_no_text_travels_without_need(site: Site, tmp_path: Path, out: str) -> None:
    """Where nothing changed no text is fetched; where one post did, that post alone.

    For a plan and for verify, of a rich site that no journal knows.
    """
    made = rich.fill(site)
    companion.install(site)
    source = exported(site, tmp_path / out)

    for words in (IMPORT, VERIFY):
        since = len(site.requests())
        found = verbs(site, source, tmp_path, *words)
        assert {k: v for k, v in found.items() if v[0] != "unchanged"} == {}
        listed, fetched = asked(site, since)
        assert fetched == []
        assert listed
        assert not listed & {*TEXTS, "everything"}

    changed = str(made["statuses"]["publish"])
    site.php(
        "$wpdb->update( $wpdb->posts, array( 'post_content' => 'New' ), array( 'ID' => $id ) );",
        id=changed,
    )
    for words in (IMPORT, VERIFY):
        since = len(site.requests())
        found = verbs(site, source, tmp_path, *words)
        assert found.pop(changed) == ("update", {"content"})
        assert {k: v for k, v in found.items() if v[0] != "unchanged"} == {}
        assert asked(site, since)[1] == [changed]


@pytest.mark.parametrize("flavour", ["wp61-mariadb"], indirect=True)
def test_each_change_of_a_field_is_seen(site: Site, tmp_path: Path) -> None:
    """Whatever is changed of a post on the site, a plan and verify name that field and no other.

    An import then puts all of it right, and one after that finds nothing to do.
    """
    others = ("sticky", "terms", "meta", "rows", "gone", "comment_meta")
    titles = (*PLAIN, *others, *OF_COMMENTS)
    ids: dict[str, int] = site.php(POSTS, titles=titles)
    companion.install(site)
    source = exported(site, tmp_path / "site.xml")
    before = rows(site)

    site.php(OTHERWISE, ids=ids, plain=PLAIN)

    fields = NAMED | dict.fromkeys(OF_COMMENTS, "comments")
    fields |= {"sticky": "sticky", "terms": "terms", "meta": "meta", "rows": "meta"}
    fields |= {"gone": "comments", "comment_meta": "comments"}
    planned = verbs(site, source, tmp_path, *IMPORT)
    assert {title: planned[str(ids[title])] for title in titles} == {
        title: ("update", {fields[title]}) for title in titles
    }
    verified = verbs(site, source, tmp_path, *VERIFY)
    assert {title: verified[str(ids[title])] for title in titles} == {
        title: ("update", {fields[title]}) for title in titles
    }

    brought(site, source, "--no-media")
    again = verbs(site, source, tmp_path, *IMPORT)
    assert {title: again[str(ids[title])] for title in titles} == {
        title: ("unchanged", set()) for title in titles
    }
    assert rows(site) == before


@pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
def test_comments_are_left_to_the_site(site: Site, tmp_path: Path) -> None:
    """A comment that the source says nothing new of stays as the site has it, or away.

    One that the source says otherwise is changed in its place, and undo takes that back. Where both
    sides say something new of one it stays, and is named by each import until they agree.
    """
    (number,) = site.php(POSTS, titles=["Post"]).values()
    companion.install(site)
    source = exported(site, tmp_path / "site.xml")
    site.reset()
    companion.install(site)
    brought(site, source)
    site.php(MODERATED)
    moderated = rows(site)
    text = source.read_text().replace("Text of Post", "New text")
    source.write_text(text)
    brought(site, source)

    held = rows(site)[str(number)]
    assert held["content"] == "New text"
    assert held["comments"] == moderated[str(number)]["comments"]

    source.write_text(text.replace("[First]", "[First, corrected]"))
    for _ in range(2):
        asked = ("import", str(source), "--site", site.url, "--yes", "--create-authors")
        status, said = run(site, *asked)
        assert (status, said.count("changed on both sides since the last import")) == (1, 1)
        assert rows(site)[str(number)] == held

    site.php(APPROVED)
    approved = rows(site)[str(number)]
    brought(site, source)
    held = rows(site)[str(number)]
    assert [each["content"] for each in held["comments"]] == ["First, corrected"]

    journal = str(tmp_path / ".wpmigrate/journal.sqlite")
    status, said = run(site, "undo", "--site", site.url, "--yes", "--journal", journal)
    assert status == 0, said
    assert rows(site)[str(number)]["comments"] == approved["comments"]
