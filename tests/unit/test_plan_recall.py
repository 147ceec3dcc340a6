"""Recall: an entry of the journal counts as far as the site bears it out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.plan.journal import marks
from migrate.plan.journal.entry import Entry, Step
from migrate.plan.journal.history import SiteHistory
from migrate.plan.journal.journal import Journal
from migrate.plan.journal.keys import Keys
from migrate.plan.recall import Recall, Recalled
from migrate.plan.recognise import Identity
from migrate.plan.site_index import Listed, SiteIndex, title_mark

DATE = "2016-07-16 00:22:22"
TITLE = title_mark("T")
KNOWN = Entry("a.md", "post", 7, "a", DATE, TITLE, 0, b"", b"asked", b"held")


@pytest.fixture
def history() -> Iterator[SiteHistory]:
    """The history of a site, empty."""
    with Journal.in_memory() as journal:
        yield journal.of_site("http://127.0.0.1")


@pytest.fixture
def index() -> Iterator[SiteIndex]:
    """A site's posts, none yet."""
    made = SiteIndex()
    yield made
    made.close()


def listed(post_id: int = 7, **known: Any) -> Listed:
    """A post of the site."""
    stated = {"type": "post", "status": "publish", "slug": "a", "date": DATE, "date_gmt": DATE}
    return Listed(post_id, **{**stated, "path": "", "link": "", "title": TITLE, **known})


def recalled(
    history: SiteHistory, index: SiteIndex, path: str = "a.md", root: Path | None = None
) -> Recalled:
    """What is known of the record at a path."""
    post = Post(type="post", title="T", content=b"Text", provenance=Provenance(path=path))
    identity = Identity("post", frozenset({"publish"}), "T", slug="a")
    return Recall(history, Keys(root), index).recall(post, identity, lambda: None)


@pytest.mark.parametrize(
    ("there", "counts"),
    [
        ({}, True),
        ({"slug": "b"}, True),
        ({"date": "2020-01-01 00:00:00"}, True),
        ({"slug": "b", "date": "2020-01-01 00:00:00"}, False),
        ({"slug": "", "date": "2020-01-01 00:00:00"}, True),
        ({"slug": "", "date": "2020-01-01 00:00:00", "title": b"x"}, False),
        ({"type": "page"}, False),
    ],
)
def test_what_counts(
    history: SiteHistory, index: SiteIndex, *, there: dict[str, Any], counts: bool
) -> None:
    """The type has to be the same, and slug or date; the title where the site has no slug."""
    history.keep(KNOWN)
    index.add([listed(**there)])
    found = recalled(history, index)
    assert (found.post is not None, found.stale) == (counts, 0 if counts else 7)


def test_nothing_known(history: SiteHistory, index: SiteIndex) -> None:
    """A record without entry is known by its key alone."""
    index.add([listed()])
    assert recalled(history, index) == Recalled("a.md")


def test_entry_of_a_lock(history: SiteHistory, index: SiteIndex) -> None:
    """What knows only the number is held against the record, and has no marks to compare."""
    history.keep(Entry("a.md", "post", 7))
    index.add([listed(date="2020-01-01 00:00:00")])
    found = recalled(history, index)
    assert (found.post, found.entry) == (index.by_id(7), None)
    index.add([listed(slug="b", title=b"x")])
    assert recalled(history, index, "a.md").post is None


def test_renamed(history: SiteHistory, index: SiteIndex, tmp_path: Path) -> None:
    """One file that is gone and had this text is the record; of several none is."""
    text = marks.text(Post(type="post", title="T", content=b"Text"))
    history.keep(KNOWN._replace(key="old.md", text=text))
    index.add([listed()])
    found = recalled(history, index, "new.md", tmp_path)
    assert (found.key, found.moved, found.post) == ("new.md", True, index.by_id(7))
    (tmp_path / "old.md").write_text("")
    assert recalled(history, index, "other.md", tmp_path) == Recalled("other.md")
    (tmp_path / "old.md").unlink()
    history.keep(KNOWN._replace(key="older.md", text=text, id=8))
    assert recalled(history, index, "another.md", tmp_path) == Recalled("another.md")


def test_update_without_answer(history: SiteHistory, index: SiteIndex) -> None:
    """Whether an update arrived isn't known, so the values are compared."""
    history.keep(KNOWN)
    history.intend(Step("a.md", "update", "post", 7))
    index.add([listed()])
    found = recalled(history, index)
    assert (found.post, found.entry) == (index.by_id(7), None)


@pytest.mark.parametrize(
    ("there", "found"),
    [
        ([{"post_id": 9}], 9),
        ([{"post_id": 9, "slug": "a-2"}], 9),
        ([{"post_id": 9, "slug": "x", "title": b"x"}], 0),
        ([{"post_id": 9, "date": "2020-01-01 00:00:00"}], 0),
        ([{"post_id": 8}], 0),
        ([{"post_id": 9, "type": "page"}], 0),
        ([], 0),
    ],
)
def test_create_without_answer(
    history: SiteHistory, index: SiteIndex, there: list[dict[str, Any]], found: int
) -> None:
    """What was asked for is what has the slug or title, and the date, and a number that is new."""
    history.intend(Step("a.md", "create", "post", slug="a", date=DATE, title=TITLE, after=8))
    index.add([listed(**post) for post in there])
    known = recalled(history, index)
    assert (known.post.id if known.post else 0, known.conflict) == (found, "")


def test_create_without_answer_twice(history: SiteHistory, index: SiteIndex) -> None:
    """Several posts that fit are a conflict; one that is another record's doesn't count."""
    history.intend(Step("a.md", "create", "post", title=TITLE, after=8))
    index.add([listed(9), listed(10)])
    assert recalled(history, index).conflict.endswith("may have made any of 9, 10")
    history.keep(KNOWN._replace(key="b.md", id=10))
    history.intend(Step("a.md #2", "create", "post", title=TITLE, after=8))
    assert recalled(history, index).post == index.by_id(9)


@pytest.mark.parametrize(
    ("changed", "is_known"),
    [
        ({"title": "U", "slug": "b", "date": "2020-01-01 00:00:00"}, False),
        ({"title": "U", "slug": "b"}, True),
        ({"title": "U", "date": "2020-01-01 00:00:00"}, True),
        ({"slug": "b", "date": "2020-01-01 00:00:00"}, True),
    ],
    ids=["all three", "same date", "same slug", "same title"],
)
def test_record_of_which_nothing_is_as_it_was(
    history: SiteHistory, index: SiteIndex, changed: dict[str, str], is_known: bool
) -> None:
    """With another title, slug and date a record may be another one: a conflict, no overwriting."""
    history.keep(KNOWN)
    index.add([listed()])
    stated = {"title": "T", "slug": "a", "date": DATE, **changed}
    post = Post(type="post", title=stated["title"], provenance=Provenance(path="a.md"))
    identity = Identity("post", frozenset({"publish"}), stated["title"])
    identity = identity._replace(slug=stated["slug"], date=stated["date"])

    known = Recall(history, Keys(), index).recall(post, identity, lambda: None)

    assert (known.post is not None, "another title" in known.conflict) == (is_known, not is_known)
