"""With a journal: records are known again whatever changed, and both sides' changes are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.errors import SiteLost
from migrate.model.finding import Finding
from migrate.model.post import Meta, TermRef
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.fault_proxy import FaultProxy, InTurn, behind
from tests.wordpress.importing import (
    imported,
    install_plugin,
    plan,
    record,
    stored,
    target,
    write_requests,
)
from tests.wordpress.site import Site
from tests.wordpress.test_import_again import source

pytestmark = pytest.mark.wordpress

EXIT_AT_SECOND = """
add_action( 'save_post', function () {
    static $posts = 0;
    if ( 2 === ++$posts ) {
        exit;
    }
} );
"""

DATE = "2016-07-16 00:22:22"
EDIT = """
    $wpdb->update( $wpdb->posts, $fields + array( 'post_modified_gmt' => '2030-01-01 00:00:00' ),
        array( 'ID' => $id ) );
    clean_post_cache( $id );
"""
NO_XML_RPC = "add_filter( 'xmlrpc_enabled', '__return_false' );"
REGISTER = """add_action( 'init', fn() => register_post_meta( 'post', 'mood', array(
    'show_in_rest' => true, 'single' => true, 'type' => 'string' ) ) );"""


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def edit(site: Site, post_id: int, **fields: str) -> None:
    """Change a post on the site, at another second than the import did."""
    site.php(EDIT, id=post_id, fields=fields)


def test_nothing_changed(site: Site, journal: Journal) -> None:
    """A second import asks for listings, never for contents, and sends nothing."""
    site.set_option("timezone_string", "Europe/Berlin")
    assert imported(site, source(), journal=journal).verbs == ["create"] * 8
    before = len(site.requests())
    assert imported(site, source(), journal=journal).verbs == ["unchanged"] * 8
    asked = site.requests()[before:]
    assert [line for line in asked if not line.startswith(("GET ", "OPTIONS ", "HEAD "))] == []
    assert [line for line in asked if "content.raw" in line] == []
    assert [line for line in asked if "modified_gmt" in line] != []


def test_taken_over(site: Site, journal: Journal) -> None:
    """What an import without journal brought in is taken over by the first one with a journal."""
    imported(site, source())
    assert imported(site, source(), journal=journal).verbs == ["unchanged"] * 8
    before = len(site.requests())
    assert imported(site, source(), journal=journal).verbs == ["unchanged"] * 8
    assert [line for line in site.requests()[before:] if "content.raw" in line] == []


def test_changed_in_the_source(site: Site, journal: Journal) -> None:
    """An edited record is an update of what differs, though slug, date and link are all new."""
    imported(site, [record("a.md", slug="a", date=DATE)], journal=journal)
    new = record("a.md", slug="b", date="2017-01-01 00:00:00", link="https://old.example/b/")
    done = imported(site, [new], journal=journal)
    assert done.verbs == ["update"]
    assert [change.field for change in done.actions[0].changes] == ["slug", "date"]
    assert len(stored(site)) == 1


def test_changed_on_the_site(site: Site, journal: Journal) -> None:
    """A post that was edited on the site alone is left as it is, and named."""
    posts = [record("a.md", slug="a", date=DATE)]
    imported(site, posts, journal=journal)
    edit(site, 1, post_content="Edited there")
    done = imported(site, posts, journal=journal)
    assert (done.verbs, done.found("target-changed-on-site")) == (["unchanged"], [("a.md", "")])
    assert stored(site)[0]["post_content"] == "Edited there"


def test_terms_changed_on_the_site(site: Site, journal: Journal) -> None:
    """Terms that were set on the site are seen, though they leave the time of the change alone."""
    posts = [record("a.md", slug="a", date=DATE, terms=[TermRef("post_tag", "One")])]
    imported(site, posts, journal=journal)
    site.php("wp_set_object_terms( 1, array( 'Two' ), 'post_tag' );")
    assert imported(site, posts, journal=journal).found("target-changed-on-site") == [("a.md", "")]


def test_changed_on_both_sides(site: Site, journal: Journal) -> None:
    """A record and a post that were both edited are a conflict, and nothing is sent."""
    imported(site, [record("a.md", slug="a", date=DATE)], journal=journal)
    edit(site, 1, post_content="Edited there")
    sent = len(write_requests(site))
    new = [record("a.md", slug="a", date=DATE, title="Edited here")]
    done = imported(site, new, journal=journal)
    assert (done.verbs, done.found("target-conflict")) == (["conflict"], [("a.md", "slug")])
    assert len(write_requests(site)) == sent
    edit(site, 1, post_title="Edited here", post_content="Text")
    assert imported(site, new, journal=journal).verbs == ["unchanged"]
    assert imported(site, new, journal=journal).findings == []


def test_published_at_its_time(site: Site, journal: Journal) -> None:
    """A post that the site published when its time came wasn't changed by anyone."""
    posts = [record("a.md", slug="a", status="future", date="2099-01-01 00:00:00")]
    imported(site, posts, journal=journal)
    site.php("wp_publish_post( 1 ); return 1;")
    done = imported(site, posts, journal=journal)
    assert (done.verbs, done.findings) == (["unchanged"], [])


def test_deleted_on_the_site(site: Site, journal: Journal) -> None:
    """A post that was deleted for good is made again; the stale entry is named once."""
    posts = [record("a.md", slug="a", date=DATE)]
    imported(site, posts, journal=journal)
    site.php("wp_delete_post( 1, true );")
    done = imported(site, posts, journal=journal)
    assert (done.verbs, done.found("target-journal-stale")) == (["create"], [("a.md", "")])
    assert imported(site, posts, journal=journal).findings == []


def test_another_post_has_the_number(site: Site, journal: Journal) -> None:
    """An entry whose number is another post's is stale, and that post is left alone."""
    posts = [record("a.md", slug="a", date=DATE)]
    imported(site, posts, journal=journal)
    edit(site, 1, post_name="x", post_date="2001-01-01 00:00:00", post_title="Else")
    done = imported(site, posts, journal=journal)
    assert (done.verbs, done.found("target-journal-stale")) == (["create"], [("a.md", "")])
    assert [row["post_title"] for row in stored(site)] == ["Else", "a.md"]


def test_renamed_file(site: Site, journal: Journal, tmp_path: Path) -> None:
    """A new path with the text of one that is gone is that record, with its new slug."""
    options = ImportOptions(keys=Keys(tmp_path))
    imported(site, [record("a.md", slug="a", title="T")], options, journal)
    done = imported(site, [record("b.md", slug="b", title="T")], options, journal)
    assert [change.field for change in done.actions[0].changes] == ["slug"]
    assert imported(site, [record("c.md", slug="b", title="T")], options, journal).findings == []
    assert len(stored(site)) == 1


def test_copied_file(site: Site, journal: Journal, tmp_path: Path) -> None:
    """A new path with the text of one that is still there is a record of its own."""
    options = ImportOptions(keys=Keys(tmp_path))
    (tmp_path / "a.md").write_text("")
    drafts = [record(path, status="draft", title="T", date=DATE) for path in ("a.md", "b.md")]
    assert imported(site, drafts[:1], options, journal).verbs == ["create"]
    (tmp_path / "b.md").write_text("")
    assert imported(site, drafts, options, journal).verbs == ["unchanged", "create"]
    assert imported(site, drafts, options, journal).verbs == ["unchanged", "unchanged"]


def test_newly_registered_meta(site: Site, journal: Journal) -> None:
    """A meta that the site takes by now is sent, though the record is as it was."""
    posts = [record("a.md", slug="a", date=DATE, meta=[Meta("mood", "calm")])]
    install_plugin(site, NO_XML_RPC)
    imported(site, posts, journal=journal)
    install_plugin(site, NO_XML_RPC + REGISTER)
    done = imported(site, posts, journal=journal)
    assert [change.field for change in done.actions[0].changes] == ["meta.mood"]
    assert imported(site, posts, journal=journal).verbs == ["unchanged"]


def test_term_that_failed(site: Site, journal: Journal) -> None:
    """A term that couldn't be made is tried again by the next import."""
    install_plugin(
        site,
        "add_filter( 'pre_insert_term', fn() => new WP_Error( 'no', 'Not now' ) );",
    )
    posts = [record("a.md", slug="a", date=DATE, terms=[TermRef("post_tag", "One")])]
    assert imported(site, posts, journal=journal).verbs == ["create"]
    install_plugin(site, "")
    assert imported(site, posts, journal=journal).verbs == ["update"]
    assert stored(site)[0]["post_tag"] == ["One"]


def test_half_done(site: Site, journal: Journal) -> None:
    """An update of which the second step failed is gone on with, and is no conflict."""
    imported(site, [record("a.md", slug="a", date=DATE)], journal=journal)
    install_plugin(site, "add_filter( 'pre_trash_post', '__return_false' );")
    posts = [record("a.md", slug="a", date=DATE, title="New", status="trash")]
    assert imported(site, posts, journal=journal).verbs == ["failed"]
    assert stored(site)[0]["post_title"] == "New"
    install_plugin(site, "")
    assert imported(site, posts, journal=journal).verbs == ["update"]
    assert stored(site)[0]["post_status"] == "trash"


def test_request_without_answer(site: Site, journal: Journal) -> None:
    """Creates that nobody answered are looked up, even if a record was edited meanwhile."""
    names = ("a.md", "b.md", "c.md")
    posts = [record(path, slug="", title="Same", date=DATE) for path in names]
    findings: list[Finding] = []
    with (
        FaultProxy(site.url, InTurn("pass", gone=True)) as proxy,
        behind(site, proxy, EXIT_AT_SECOND),
        target(site, findings, journal=journal) as live,
    ):
        decisions = [decision for _, decision in plan(live, posts)]
        with pytest.raises(SiteLost):
            list(live.apply(zip(posts, decisions, strict=True)))
        posts[1].content = b"Edited"
    assert len(stored(site)) == 2
    rename_home(journal, site)
    assert imported(site, posts, journal=journal).verbs == ["unchanged", "update", "create"]
    assert [row["post_content"] for row in stored(site)] == ["Text", "Edited", "Text"]


def rename_home(journal: Journal, site: Site, url: str = "") -> None:
    """Let a journal that was written behind a proxy be one of the site itself, or of this URL."""
    for table in ("run", "entry", "step"):
        journal._database.execute(f"UPDATE {table} SET site = ?", (url or site.url,))
