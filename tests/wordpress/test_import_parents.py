"""Pages below pages: parents come first, and nobody's slug is lost for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from migrate.model.post import Post
from migrate.plan.journal.journal import Journal
from tests.wordpress.importing import imported, planned, record, write_requests
from tests.wordpress.rich import rich_records
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

TREE = """
    $rows = $wpdb->get_results( "SELECT ID, menu_order FROM $wpdb->posts
        WHERE post_type = 'page' AND post_status <> 'trash' ORDER BY ID" );
    $tree = array();
    foreach ( $rows as $row ) {
        $tree[ get_page_uri( $row->ID ) ] = (int) $row->menu_order;
    }
    return (object) $tree;
"""


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def page(number: int, slug: str, parent: int | None = None, **fields: Any) -> Post:
    """A page with an ID; each is of another day."""
    date = f"2016-07-{number:02} 00:22:22"
    return record(
        f"{number}.md", type="page", id=number, slug=slug, parent=parent, date=date, **fields
    )


def tree(site: Site) -> dict[str, int]:
    """The path of each page with its menu order."""
    found: dict[str, int] = site.php(TREE)
    return found


FAMILY = [
    page(1, "deep", 2),
    page(2, "about", 3, menu_order=7),
    page(3, "island"),
    page(4, "village"),
    page(5, "about", 4),
    page(6, "about"),
]


def test_parents_come_first(site: Site, journal: Journal) -> None:
    """Whatever the order, each page is made below its parent, three of one slug side by side."""
    done = imported(site, FAMILY, journal=journal)
    assert done.verbs == ["create"] * 6
    assert done.found("loss-parent-missing") == done.found("target-conflict") == []
    paths = ["about", "island", "island/about", "island/about/deep", "village", "village/about"]
    assert tree(site) == dict.fromkeys(paths, 0) | {"island/about": 7}
    sent = write_requests(site)
    assert imported(site, FAMILY, journal=journal).verbs == ["unchanged"] * 6
    assert imported(site, FAMILY).verbs == ["unchanged"] * 6
    assert write_requests(site) == sent


def test_moved(site: Site, journal: Journal) -> None:
    """A page that gets another parent is an update of that field."""
    imported(site, FAMILY[1:], journal=journal)
    moved = [page(2, "about", 3, menu_order=7), *FAMILY[2:4], page(5, "about-us", 3), FAMILY[5]]
    done = imported(site, moved, journal=journal)
    assert done.verbs == ["unchanged"] * 3 + ["update", "unchanged"]
    assert {change.field for change in done.actions[3].changes} == {"parent", "slug"}
    assert "island/about-us" in tree(site)


def test_taken_below_the_parent(site: Site) -> None:
    """Two pages of one slug below one parent are a conflict, and so is one that the site has."""
    posts = [page(1, "island"), page(2, "about", 1), page(3, "about", 1)]
    assert planned(site, posts).verbs == ["create", "create", "conflict"]
    imported(site, posts[:2])
    assert planned(site, [posts[0], posts[2]]).verbs == ["unchanged", "conflict"]


def test_missing_parents(site: Site, journal: Journal) -> None:
    """A page whose parent isn't there goes to the top with a finding, and below it later."""
    child = page(1, "child", 9)
    done = imported(site, [child], journal=journal)
    assert (done.verbs, done.found("loss-parent-missing")) == (["create"], [("1.md", "parent")])
    assert list(tree(site)) == ["child"]
    done = imported(site, [child, page(9, "late")], journal=journal)
    assert [(action.verb, action.slug) for action in done.actions] == [
        ("update", "child"),
        ("create", "late"),
    ]
    assert list(tree(site)) == ["late/child", "late"]


def test_circles(site: Site) -> None:
    """Pages that are each other's parents are cut at the first one, which is named."""
    posts = [page(1, "a", 2), page(2, "b", 1), page(3, "c", 2), page(4, "own", 4)]
    done = imported(site, posts)
    assert done.verbs == ["create"] * 4
    assert done.found("loss-parent-missing") == [("1.md", "parent"), ("4.md", "parent")]
    assert list(tree(site)) == ["a", "a/b", "a/b/c", "own"]


def test_parent_in_conflict(site: Site) -> None:
    """A page whose parent can't go in goes to the top, and says so."""
    imported(site, [record("x.md", type="page", slug="island", date="2010-01-01 00:00:00")])
    done = imported(site, [page(1, "island"), page(2, "about", 1)])
    assert done.verbs == ["conflict", "create"]
    assert done.found("loss-parent-missing") == [("2.md", "parent")]


def test_rich_pages(site: Site) -> None:
    """The rich site's pages have the paths that they had; the one whose parent is gone, at top."""
    _, posts = rich_records(site.flavour)
    pages = [post for post in posts if post.type == "page"]
    for post in pages:
        post.author = None
    done = imported(site, pages)
    assert {action.verb for action in done.actions} == {"create"}
    assert len(done.found("loss-parent-missing")) == 1
    assert tree(site) == {
        "island/older-child": 7,
        **dict.fromkeys(
            [
                *("island", "village", "island/about", "village/about", "island/older-child/deep"),
                *("orphan", "welcome", "news"),
            ],
            0,
        ),
    }
