"""Posts that are kept as text are found like those whose columns are filled."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from migrate import quick_json
from migrate.plan.site_index import Listed, SiteIndex
from migrate.writers.rest.rows import kept, listed

HOME = "https://example.com"
ROWS: list[dict[str, Any]] = [
    {
        "id": number,
        "slug": f"s{number}",
        "status": "publish",
        "date": "2016-07-16T00:22:22",
        "link": f"{HOME}/2016/s{number}/",
        "title": {"raw": f"Title {number}"},
    }
    for number in (3, 5, 9)
]


def read(text: str) -> Listed:
    """What the index keeps of a row."""
    return listed(quick_json.loads(text), "post", HOME, text)


@pytest.fixture
def index() -> Iterator[SiteIndex]:
    """An index with three posts that were kept as text."""
    made = SiteIndex()
    made.add_unread("post", ((row["id"], kept(row, ())) for row in ROWS), read)
    yield made
    made.close()


@pytest.mark.parametrize(
    "found",
    [
        lambda index: index.by_id(5),
        lambda index: index.by_path("2016/s5"),
        lambda index: index.by_slug("post", "s5"),
        lambda index: index.by_title("post", "publish", "Title 5"),
        lambda index: index.newer("post", 3),
        lambda index: index.has_longer_paths("post"),
        lambda index: index.row(5),
        lambda index: index.rows([3, 5, 7]),
        lambda index: index.highest_id("post"),
    ],
)
def test_found_alike(index: SiteIndex, found: Callable[[SiteIndex], Any]) -> None:
    """Every way to find a post gives what it gives of posts that were read at once."""
    other = SiteIndex()
    other.add([read(kept(row, ())) for row in ROWS])
    expected = found(other)
    other.close()
    assert expected
    assert found(index) == expected
    assert found(index) == expected  # and when all have been read


def test_the_latest_word_counts(index: SiteIndex) -> None:
    """A post that is added anew is what was said last, whichever way it came."""
    index.add([read(kept(ROWS[1] | {"slug": "changed"}, ()))])
    assert [post.id for post in index.by_slug("post", "changed")] == [5]
    assert index.by_slug("post", "s5") == []
    index.add_unread("post", [(5, kept(ROWS[1], ()))], read)
    assert index.by_slug("post", "changed") == []
    assert [post.id for post in index.by_slug("post", "s5")] == [5]
