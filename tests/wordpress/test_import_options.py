"""What a user may ask of an import beside the records themselves."""

from collections.abc import Iterator

import pytest

from migrate.model.site import Head, Term
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import imported, record, stored, write_requests
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
LATER = "2017-01-01 00:00:00"


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def statuses(site: Site) -> list[tuple[str, str]]:
    """Slug and status of each post, in the order of their IDs."""
    return [(row["post_name"], row["post_status"]) for row in stored(site)]


def test_under_another_status(site: Site, journal: Journal) -> None:
    """Everything comes in under the status that was asked for, until an import sets the true one.

    What was published before isn't taken from its readers.
    """
    posts = [
        record("a.md", slug="a", date=DATE),
        record("b.md", slug="b", date=DATE, status="private"),
        record("c.md", slug="c", date=DATE, status="trash"),
    ]
    drafts = ImportOptions(as_status="draft")
    assert imported(site, posts, drafts, journal).verbs == ["create"] * 3
    assert statuses(site) == [("a", "draft"), ("b", "draft"), ("c__trashed", "trash")]
    assert imported(site, posts, drafts, journal).verbs == ["unchanged"] * 3
    done = imported(site, posts, journal=journal)
    assert [[change.field for change in action.changes] for action in done.actions] == [
        ["status"],
        ["status"],
        [],
    ]
    assert statuses(site)[:2] == [("a", "publish"), ("b", "private")]
    assert imported(site, posts, drafts, journal).verbs == ["unchanged"] * 3
    assert statuses(site)[:2] == [("a", "publish"), ("b", "private")]


def test_existing_posts(site: Site) -> None:
    """A post that is there and differs is left, or is a conflict, as was asked; others go on."""
    imported(site, [record("a.md", slug="a", date=DATE), record("b.md", slug="b", date=DATE)])
    posts = [
        record("a.md", slug="a", date=DATE, content=b"Edited"),
        record("b.md", slug="b", date=DATE),
        record("c.md", slug="c", date=DATE),
    ]
    failing = imported(site, posts[:2], ImportOptions(on_existing="fail"))
    assert (failing.verbs, failing.found("target-conflict")) == (
        ["conflict", "unchanged"],
        [("a.md", "slug")],
    )
    done = imported(site, posts, ImportOptions(on_existing="skip"))
    assert (done.verbs, done.findings) == (["skip", "unchanged", "create"], [])
    assert [row["post_content"] for row in stored(site)] == ["Text"] * 3


def test_existing_terms(site: Site) -> None:
    """A term that is there and differs is left and named, or is a conflict, as was asked."""
    site.php("wp_insert_term( 'Boats', 'category', array( 'slug' => 'ferries' ) );")
    head = Head(terms=[Term("category", "ferries", "Ferries")])
    for options, found in (
        (ImportOptions(on_existing="fail", head=head), [("target-conflict", "category")]),
        (ImportOptions(on_existing="skip", head=head), [("target-term-left", "category")]),
        (ImportOptions(create_only=True, head=head), []),
    ):
        done = imported(site, [], options)
        assert ([(f.code, f.field) for f in done.findings], done.terms) == (found, [])
    assert site.php("return get_term_by( 'slug', 'ferries', 'category' )->name;") == "Boats"


def test_create_only(site: Site) -> None:
    """What is there isn't even compared."""
    imported(site, [record("a.md", slug="a", date=DATE)])
    posts = [record("a.md", slug="a", date=DATE, content=b"Edited"), record("b.md", slug="b")]
    before = len(site.requests())
    assert imported(site, posts, ImportOptions(create_only=True)).verbs == ["skip", "create"]
    asked = [line for line in site.requests()[before:] if line.startswith("GET ")]
    assert [line for line in asked if "include=" in line] == []
    assert [row["post_content"] for row in stored(site)] == ["Text", "Text"]


def test_taken_slug(site: Site, journal: Journal) -> None:
    """WordPress's number behind a slug is accepted where asked, and the post known again by it."""
    imported(site, [record("old.md", slug="a", date=DATE, title="Old")])
    posts = [
        record("a.md", slug="a", date=LATER, title="New"),
        record("b.md", slug="a", date="2018-01-01 00:00:00", title="Newer"),
    ]
    assert imported(site, posts, journal=journal).verbs == ["conflict", "conflict"]
    renaming = ImportOptions(renames_taken=True)
    done = imported(site, posts, renaming, journal)
    assert (done.verbs, done.found("loss-field-changed")) == (
        ["create", "create"],
        [("a.md", "slug"), ("b.md", "slug")],
    )
    assert [slug for slug, _ in statuses(site)] == ["a", "a-2", "a-3"]
    assert imported(site, posts, journal=journal).verbs == ["unchanged", "unchanged"]
    assert imported(site, posts, renaming).verbs == ["unchanged", "unchanged"]
    posts[0].content = b"Edited"
    done = imported(site, posts, journal=journal)
    assert [change.field for change in done.actions[0].changes] == ["content"]
    assert [slug for slug, _ in statuses(site)] == ["a", "a-2", "a-3"]
    sent = len(write_requests(site))
    assert imported(site, posts, journal=journal).verbs == ["unchanged", "unchanged"]
    assert len(write_requests(site)) == sent
