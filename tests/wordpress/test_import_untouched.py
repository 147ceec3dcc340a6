"""Records that marks tell to be unchanged: of them is said what looking into them says."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Comment, Meta, Post, TermRef
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import (
    imported,
    install_plugin,
    plan,
    record,
    target,
    written_by,
)
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"

CHANGES = """
    $at = fn( $slug, $type = 'post' ) => get_page_by_path( $slug, OBJECT, $type )->ID;
    wp_update_post( array( 'ID' => $at( 'edited-there' ), 'post_content' => 'New' ) );
    stick_post( $at( 'stuck-there' ) );
    wp_set_post_terms( $at( 'tagged-there' ), array( 'New tag' ), 'post_tag', true );
    wp_update_term( get_term_by( 'name', 'Village', 'category' )->term_id, 'category',
        array( 'name' => 'Hamlet', 'slug' => 'hamlet' ) );
    wp_delete_term( get_term_by( 'name', 'Gone', 'post_tag' )->term_id, 'post_tag' );
    wp_delete_post( $at( 'deleted-there' ), true );
    wp_trash_post( $at( 'trashed-there' ) );
    wp_insert_post( array( 'post_title' => 'Other', 'post_status' => 'publish' ) );
    return 1;
"""

REGISTERED = """
    add_action( 'init', fn() => register_post_meta( 'post', 'mood',
        array( 'type' => 'integer', 'single' => true, 'show_in_rest' => true ) ) );
"""


def post(name: str, **fields: object) -> Post:
    """A record whose file and slug have this name."""
    return record(f"{name}.md", slug=name, date=DATE, **fields)


def source() -> list[Post]:
    """Records of every kind that an import may leave as they are, and some that it looks into."""
    town = [TermRef("category", "Town")]
    talk = Comment(author="A", author_email="a@b.example", content="Yes", date=DATE, approved="1")
    return [
        *(post(f"{what}-there", terms=town) for what in ("edited", "stuck", "tagged", "deleted")),
        post("trashed-there", terms=town),
        post("village", terms=[TermRef("category", "Village"), *town]),
        post("gone", terms=[*town, TermRef("post_tag", "Gone")]),
        post("moody", meta=[Meta("mood", "calm")], terms=town),
        post("named", author=written_by("admin")),
        post("nobody", author=written_by("Nobody")),
        post("numbered", id=900),
        post("elsewhere", link="https://old.example/2016/elsewhere/"),
        post("words", excerpt="E", content="<p>Ü</p>\n<script>x()</script>".encode()),
        record("draft.md", status="draft", title="No slug", date=DATE),
        record("soon.md", status="future", slug="soon", date="2099-01-01 00:00:00"),
        record("edited-here.md", type="page", slug="page", date=DATE, id=7),
        record("below.md", type="page", slug="below", date=DATE, parent=7),
        post("talked", comments=[talk]),
    ]


def said(
    site: Site, posts: Sequence[Post], journal: Path, options: ImportOptions, *, looking: bool
) -> list[str]:
    """What a plan says; with `looking` it looks into every record."""
    findings: list[Finding] = []
    with Journal.open(journal, dry_run=True) as kept:
        if looking:
            kept._database.execute("UPDATE entry SET ground = x''")
        with target(site, findings, options, kept) as live:
            decided = plan(live, posts)
    told = [f"{action} {decision._replace(state=b'')}" for action, decision in decided]
    return [*told, *sorted(map(str, findings))]


def resting(journal: Path) -> set[str]:
    """The records that a plan wouldn't look into."""
    with closing(sqlite3.connect(f"file:{journal}?mode=ro", uri=True)) as database:
        found = database.execute("SELECT key FROM entry WHERE ground <> x''")
        return {key.removesuffix(".md") for (key,) in found}


@one_flavour("wp61-mariadb")
def test_the_same_is_said(site: Site, tmp_path: Path) -> None:
    """Whatever changes, of what rests it is said what a plan says that looks into everything."""
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        imported(site, source(), ImportOptions(), journal)
    everything = {one.provenance.path.removesuffix(".md") for one in source()}
    assert resting(path) == everything - {"below", "talked"}

    def check(posts: Sequence[Post], options: ImportOptions) -> list[str]:
        quick, whole = (said(site, posts, path, options, looking=how) for how in (False, True))
        assert quick == whole
        return quick

    told = check(source(), ImportOptions())
    assert [line for line in told[: len(source())] if "verb='unchanged'" not in line] == []
    check(source(), ImportOptions(create_only=True))
    check(source(), ImportOptions(as_status="draft", timezone=timezone(timedelta(hours=3))))
    install_plugin(site, REGISTERED)
    check(source(), ImportOptions())
    install_plugin(site, "")
    assert site.php(CHANGES) == 1
    posts = [*source(), post("new"), record("twin.md", slug="named", date=DATE)]
    posts[posts.index(next(one for one in posts if one.slug == "page"))].content = b"Edited"
    told = check(posts, ImportOptions())
    site.set_option("timezone_string", "Europe/Berlin")
    check(posts, ImportOptions(on_existing="skip"))
