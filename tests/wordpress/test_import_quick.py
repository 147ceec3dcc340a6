"""A quick plan asks for what changed, and for listings where that is not enough."""

from collections.abc import Iterator

import pytest

from migrate.model.post import Post, TermRef
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import Imported, imported, record, stored
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
QUICK = ImportOptions(quick=True)
UPDATE = "wp_update_post( array( 'ID' => $id ) + $fields ); return 1;"


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def source() -> list[Post]:
    """Posts and pages, public and not."""
    terms = [TermRef("category", "Town"), TermRef("post_tag", "Tag")]
    return [
        *(record(f"{n}.md", slug=f"s{n}", date=DATE, terms=terms) for n in range(4)),
        record("draft.md", status="draft", title="Draft", date=DATE),
        record("page.md", type="page", slug="page", date=DATE),
    ]


def quickly(site: Site, posts: list[Post], journal: Journal) -> tuple[Imported, list[str]]:
    """Import quickly; gives what it said, and which questions it asked about posts and terms."""
    before = len(site.requests())
    done = imported(site, posts, QUICK, journal)
    routes = ("/wp/v2/posts", "/wp/v2/pages", "/wp/v2/categories", "/wp/v2/tags")
    asked = [line for line in site.requests()[before:] if line.startswith("GET ")]
    return done, [line for line in asked if any(f"{route}?" in line for route in routes)]


def test_nothing_changed(site: Site, journal: Journal) -> None:
    """With nothing changed it is one question for each type, right after the import already."""
    imported(site, source(), journal=journal)
    for _ in range(2):
        done, asked = quickly(site, source(), journal)
        assert (set(done.verbs), done.found("target-quick")) == ({"unchanged"}, [(site.url, "")])
        assert [line.split("?")[0].rsplit("/", 1)[1] for line in asked] == ["posts", "pages"]
        assert [line for line in asked if "content" in line] == []


def test_changed_records(site: Site, journal: Journal) -> None:
    """An edited record is an update, a new one is created: for that its type is listed in full."""
    posts = source()
    imported(site, posts, journal=journal)
    posts[1].content = b"Edited"
    assert quickly(site, posts, journal)[0].verbs.count("update") == 1
    posts.append(record("new.md", slug="new", date=DATE))
    done, _ = quickly(site, posts, journal)
    assert (done.verbs.count("unchanged"), done.verbs[-1]) == (6, "create")
    done, asked = quickly(site, posts, journal)
    assert (set(done.verbs), len(asked)) == ({"unchanged"}, 2)


def test_changed_on_the_site(site: Site, journal: Journal) -> None:
    """An edit on the site is seen, as a note or as a conflict; so is a post that went away."""
    posts = source()
    imported(site, posts, journal=journal)
    site.php(UPDATE, id=1, fields={"post_content": "Edited there", "post_date": DATE})
    site.php(UPDATE, id=2, fields={"post_content": "Edited there", "post_date": DATE})
    posts[1].content = b"Edited here"
    done, _ = quickly(site, posts, journal)
    assert done.verbs[:3] == ["unchanged", "conflict", "unchanged"]
    assert done.found("target-changed-on-site") == [("0.md", "")]
    site.php("wp_delete_post( 3, true ); wp_insert_post( array( 'post_title' => 'Theirs' ) );")
    done, _ = quickly(site, posts, journal)
    assert (done.verbs[2], done.found("target-journal-stale")) == ("create", [("2.md", "")])


def test_slug_of_another(site: Site, journal: Journal) -> None:
    """A new record whose slug a post has that no import brought in is a conflict."""
    site.php(
        "return wp_insert_post( array( 'post_title' => 'Theirs', 'post_name' => 'theirs',"
        " 'post_status' => 'publish' ) );"
    )
    posts = source()
    imported(site, posts, journal=journal)
    posts.append(record("new.md", slug="theirs", date=DATE))
    assert quickly(site, posts, journal)[0].verbs[-1] == "conflict"
    assert len(stored(site)) == 7


def test_first_time(site: Site, journal: Journal) -> None:
    """Without anything to go by it lists in full, and another status is no old acquaintance."""
    posts = source()[:1]
    assert quickly(site, posts, journal)[0].verbs == ["create"]
    held_back = ImportOptions(quick=True, as_status="draft")
    assert imported(site, posts, held_back, journal).verbs == ["unchanged"]
    assert quickly(site, posts, journal)[0].verbs == ["unchanged"]
