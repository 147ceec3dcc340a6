"""Recognising records among the posts of a site."""

from collections.abc import Iterator
from typing import Any

import pytest

from migrate.plan.recognise import Found, Identity, free_slug, recognise, reserved_slug
from migrate.plan.site_index import Listed, SiteIndex, title_mark

DATE = "2016-07-16 00:22:22"
OTHER_DATE = "2001-01-01 00:00:00"


def post(post_id: int, **fields: Any) -> Listed:
    """A published post of the site."""
    known: dict[str, Any] = {
        "type": "post",
        "status": "publish",
        "slug": f"s{post_id}",
        "date": DATE,
        "date_gmt": DATE,
        "path": f"s{post_id}",
        "link": "",
        "title": title_mark("Title"),
        **fields,
    }
    return Listed(post_id, **known)


def record(**fields: Any) -> Identity:
    """A published record of a source."""
    return Identity(**{"type": "post", "statuses": frozenset({"publish"}), "title": "T", **fields})


@pytest.fixture
def index() -> Iterator[SiteIndex]:
    """A site with an everyday post, a page, twins, a draft and something in the trash."""
    site = SiteIndex()
    site.add(
        [
            post(1),
            post(2, type="page", path="about", slug="about"),
            post(3, slug="twin", path="a/twin"),
            post(4, slug="twin", path="b/twin"),
            post(5, status="draft", slug="", path="", title=title_mark("Idea")),
            post(6, status="draft", slug="", path="", title=title_mark("Idea")),
            post(7, status="trash", slug="gone", path=""),
            post(8, type="page", path="about/team", slug="team", parent=2),
            post(9, status="private", slug="hush", path="hush"),
            post(10, status="private", slug="", path="", title=title_mark("Secret")),
        ]
    )
    yield site
    site.close()


@pytest.mark.parametrize(
    ("identity", "post_id"),
    [
        (record(id=1, slug="renamed", date=DATE), 1),
        (record(id=1, slug="s1", date=OTHER_DATE), 1),
        (record(id=1), 1),
        (record(id=1, path="s3", slug="s1"), 1),
        (record(path="s1", slug="other", date=DATE), 1),
        (record(path="s1", slug="other", date=OTHER_DATE, own=True), 1),
        (record(type="page", path="about/team", own=True), 8),
        (record(path="hush", date=DATE), 9),
        (record(path="hush", statuses=frozenset({"private"}), own=True), 9),
        (record(slug="s1", date=DATE), 1),
        (record(slug="s1", date_gmt=DATE), 1),
        (record(slug="s1"), 1),
        (record(path="old/s1", slug="s1", date=DATE), 1),
        (record(slug="gone", statuses=frozenset({"trash"}), date=DATE), 7),
    ],
)
def test_recognised(index: SiteIndex, identity: Identity, post_id: int) -> None:
    """By ID, by path, by slug and date, in this order; what isn't stated doesn't count."""
    found = recognise(identity, index)
    assert (found.post.id if found.post else 0, found.conflict) == (post_id, "")


@pytest.mark.parametrize(
    "identity",
    [
        record(id=99, slug="new"),
        record(id=2, slug="new"),
        record(slug="new", path="new"),
        record(title="Secret"),
        record(slug="new", title="Secret", statuses=frozenset({"private"})),
        record(slug="gone", date=OTHER_DATE),
        record(type="page", slug="team", date=OTHER_DATE, flat=False),
        record(type="book", slug="s1"),
    ],
)
def test_not_there(index: SiteIndex, identity: Identity) -> None:
    """A record that nothing points to is new; a slug is free below another parent or type."""
    assert recognise(identity, index) == Found()


@pytest.mark.parametrize(
    ("identity", "reason"),
    [
        (record(id=1, slug="x", date=OTHER_DATE), "post 1 of the site has this ID, but another"),
        (record(type="page", path="s1"), "post 1 of the site has this permalink, and the record"),
        (record(slug="twin", date=DATE), "several posts of the site have this slug: 3, 4"),
        (record(path="hush", date=OTHER_DATE, own=True), "post 9 of the site has this permalink,"),
        (record(path="hush"), "post 9 of the site has this permalink, but another date, and"),
        (record(slug="gone", date=DATE), "it is post 7, which lies in the site's trash"),
    ],
)
def test_conflict(index: SiteIndex, identity: Identity, reason: str) -> None:
    """Whatever isn't certain is a conflict that says why."""
    found = recognise(identity, index)
    assert found.post is None
    assert found.conflict.startswith(reason)


@pytest.mark.parametrize(
    ("identity", "reason"),
    [
        (record(slug="s1", date=OTHER_DATE), "the slug s1 belongs to post 1 of the site"),
        (record(type="page", slug="about", date=OTHER_DATE, flat=False), "the slug about belongs"),
    ],
)
def test_taken_slug(index: SiteIndex, identity: Identity, reason: str) -> None:
    """A slug that a post of another date holds is taken; that post isn't the record."""
    found = recognise(identity, index)
    assert (found.post, found.taken.startswith(reason)) == (None, True)


def test_slug_with_a_number(index: SiteIndex) -> None:
    """A post of the record's title and date has its slug with a number, since it is taken."""
    index.add([post(77, slug="s1-2", date=OTHER_DATE, title=title_mark("Twice"))])
    found = recognise(record(slug="s1", date=OTHER_DATE, title="Twice"), index)
    assert (found.post and found.post.id, bool(found.taken)) == (77, True)


def test_slugless(index: SiteIndex) -> None:
    """A record without slug gets the posts of its title, whose content has to decide."""
    found = recognise(record(statuses=frozenset({"draft"}), title="Idea"), index)
    assert [likely.id for likely in found.likely] == [5, 6]


@pytest.mark.parametrize("fields", [{"date": OTHER_DATE}, {}])
def test_path_of_another_site(index: SiteIndex, fields: dict[str, str]) -> None:
    """A path that another site has as well tells a post only with the same title and content."""
    found = recognise(record(path="s1", slug="s1", **fields), index)
    assert found.post is not None
    assert found.post.id == 1
    assert found.doubt.startswith("post 1 of the site has this permalink's path, but another date")


@pytest.mark.parametrize("fields", [{}, {"slug": "idea"}, {"statuses": frozenset({"draft"})}])
def test_draft_that_got_a_slug(index: SiteIndex, fields: dict[str, Any]) -> None:
    """Drafts without slug may be a record that was published, or named, since."""
    found = recognise(record(title="Idea", **fields), index)
    assert [likely.id for likely in found.likely] == [5, 6]


@pytest.mark.parametrize(
    ("identity", "kept"),
    [
        (record(slug="feed"), True),
        (record(slug="embed", type="page", flat=False), True),
        (record(slug="feed", statuses=frozenset({"draft"})), False),
        (record(slug="feeds"), False),
        (record(slug="2016"), True),
        (record(slug="0"), False),
        (record(slug="2016", type="book"), False),
        (record(slug="2016", type="page", flat=False), True),
        (record(slug="page2", type="page", flat=False), True),
        (record(slug="page2"), False),
    ],
)
def test_reserved_slug(identity: Identity, kept: bool) -> None:
    """WordPress gives feeds' names, page numbers and what may be a date to nobody published."""
    site = SiteIndex()
    assert bool(reserved_slug(identity, site)) is kept
    site.close()


@pytest.mark.parametrize(("slug", "kept"), [("2016", False), ("31", True)])
def test_numbers_below_dates(slug: str, kept: bool) -> None:
    """Where posts stand below something else, only days and months may be meant by a number."""
    site = SiteIndex()
    site.add([post(1, path="2016/07/s1")])
    assert bool(reserved_slug(record(slug=slug), site)) is kept
    site.close()


def test_free_slug(index: SiteIndex) -> None:
    """A slug is free for the post that has it, and taken for all others."""
    assert free_slug(record(slug="s1"), index, but=1) == ""
    assert free_slug(record(slug="s1"), index) == "the slug s1 belongs to post 1 of the site"


def test_taking(index: SiteIndex) -> None:
    """What a record has taken a later one is told, with the name of the first."""
    assert index.take_post(1, "a.md") == ""
    assert index.take_post(1, "b.md") == "a.md"
    assert index.take_slug("post", 0, "x", "a.md") == ""
    assert index.take_slug("page", 0, "x", "b.md") == ""
    assert index.take_slug("post", 0, "x", "b.md") == "a.md"


def test_title_marks() -> None:
    """Titles of any text have a mark, lone surrogates included."""
    assert title_mark("\udc80") != title_mark("\udc81")
    assert len(title_mark("x" * 10_000)) == 12
