"""Odd answers to XML-RPC's calls: what can't be read is named, and all else comes."""

from __future__ import annotations

import xmlrpc.client as protocol
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.odd_site import OddSite, Row, export, kept, odd_site, post

NO_NUMBERS: list[Any] = [None, "x", "", [1], {"a": 1}, 0, -1, 1.5, 10**30]
NO_LISTS: list[Any] = [5, "x", [5], {"a": 5}]


def told(number: int) -> Row:
    """Give a post as XML-RPC tells it."""
    day = protocol.DateTime("20200101T00:00:00")
    days = dict.fromkeys(("post_date", "post_date_gmt", "post_modified", "post_modified_gmt"), day)
    texts = ("post_title", "post_content", "post_excerpt", "guid", "post_password")
    fields = [{"id": "7", "key": "k", "value": "v"}]
    known = {"post_id": str(number), "post_status": "publish", "post_name": f"b{number}"}
    numbers = {"post_author": "1", "post_parent": "0", "menu_order": 0}
    more = {"custom_fields": fields, "terms": [], "post_thumbnail": [], "link": "http://x/"}
    return known | days | dict.fromkeys(texts, "t") | numbers | more


def asked_for(rows: list[Row], *, kind: str, given: Any) -> Any:
    """Answer wp.getPosts as WordPress does."""
    query = given[0]
    name = query["post_type"]
    name = name.data.decode() if isinstance(name, protocol.Binary) else name
    if name != kind or [str(s) for s in query.get("post_status", ())] == ["future"]:
        return []
    start = query.get("offset", 0)
    return rows[start : start + query["number"]]


@pytest.fixture
def site() -> Iterator[OddSite]:
    """A site with three posts, of which XML-RPC tells as well."""
    with odd_site() as server:
        server.signed_in()
        server.called = {"wp.getUsersBlogs": []}
        tell(server, [told(1), told(2), told(3)])
        yield server


def tell(site: OddSite, rows: list[Any], *, kind: str = "post") -> None:
    """Have XML-RPC tell of posts as of 1, 2, 3 and so on."""
    site.called["wp.getPosts"] = lambda given: asked_for(rows, kind=kind, given=given)
    site.called["wp.getPost"] = lambda given: rows[given[0] - 1]


def with_books(site: OddSite) -> None:
    """Have XML-RPC tell of a post type, and of a taxonomy that books have."""
    site.called["wp.getPostTypes"] = {"post": {}, "book": {"supports": {"title": True}}}
    site.called["wp.getTaxonomies"] = [{"name": "genre", "object_type": ["book"]}]
    site.called["wp.getTerms"] = [dict(TERM)]
    tell(site, [told(1), told(2), told(3)], kind="book")


def books(folder: Path) -> list[str]:
    """Give the slugs of the books that were written."""
    written = (path for path in (folder / "out").rglob("*.html") if "book" in path.parts)
    return sorted(path.stem[-2:] for path in written)


ODD_POSTS: list[Row] = [
    *({"post_id": odd} for odd in NO_NUMBERS),
    *({"custom_fields": odd} for odd in NO_LISTS),
    *({"custom_fields": [{"id": odd, "key": "k", "value": "v"}]} for odd in ("x", [1], 10**30)),
    *({"custom_fields": [odd]} for odd in ({"id": "1"}, {"id": "1", "key": [1], "value": "v"})),
    {"custom_fields": [{"id": "1", "key": "k", "value": {"a": {"b": 1}}}]},
    *({"post_excerpt": odd} for odd in ([1], {"a": 1}, 5, b"eA==")),
    *({"post_author": odd} for odd in ("x", [1], {"a": 1}, -1, 10**30)),
]


def test_all_is_told(site: OddSite, tmp_path: Path) -> None:
    """As it is, all of it comes."""
    with_books(site)
    found = export(site, tmp_path, "--verbose")
    assert (kept(tmp_path), books(tmp_path)) == (["p1", "p2", "p3"], ["b1", "b2", "b3"])
    assert "is odd" not in found.output


def test_odd_posts_beside_rest(site: OddSite, tmp_path: Path) -> None:
    """What XML-RPC says of a post is left out and named; the post comes as REST tells it."""
    nameless = told(2)
    del nameless["post_id"]
    odd = [nameless, *(told(number) | each for number, each in enumerate(ODD_POSTS, 3))]
    numbers = range(1, len(odd) + 2)
    site.held["wp/v2/posts"] = [post(number) | {"slug": f"{number:02}"} for number in numbers]
    tell(site, [told(1), *odd])

    found = export(site, tmp_path, "--verbose")

    assert kept(tmp_path) == [f"{number:02}" for number in numbers]
    for number in numbers[1:]:
        assert f"is odd: post {number}: " in found.output, odd[number - 2]
    assert found.output.count("of a record is odd") == len(odd)
    assert site.url in found.output


ODD_BOOKS: list[Row] = [
    *({"post_id": odd} for odd in NO_NUMBERS),
    *({"post_parent": odd} for odd in ("x", [1], -1)),
    *({"post_date": odd} for odd in (5, "x", [1], protocol.DateTime("x"))),
    *({"post_status": odd} for odd in (5, [1], {"a": 1})),
    *({"post_content": odd} for odd in (5, [1], b"eA==")),
    *({"terms": odd} for odd in NO_LISTS),
    *({"terms": [{"term_id": odd, "taxonomy": "genre"}]} for odd in NO_NUMBERS),
    {"terms": [{"term_id": "4"}]},
    *({"post_thumbnail": odd} for odd in ("x", {}, {"attachment_id": "x"}, {"attachment_id": -1})),
    {"menu_order": [1]},
]


def test_odd_posts_that_only_calls_tell(site: OddSite, tmp_path: Path) -> None:
    """Those records can't be given, as ones that REST says oddly; all others come."""
    with_books(site)
    odd = [told(number) | each for number, each in enumerate(ODD_BOOKS, 2)]
    tell(site, [told(1), *odd, told(99)], kind="book")

    found = export(site, tmp_path, "--verbose")

    assert books(tmp_path) == ["99", "b1"]
    for number in range(2, len(odd) + 2):
        said = f"number {number} of book in the order of ids, as XML-RPC tells: "
        assert said in found.output, odd[number - 2]
    assert site.url in found.output


@pytest.mark.parametrize("odd", [5, "x", {"a": 1}, [5], [{}], [{"post_id": "x"}] * 3])
def test_nothing_of_a_type_can_be_read(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """It isn't the records then: the type is named."""
    with_books(site)
    site.called["wp.getPosts"] = odd
    site.called["wp.getPost"] = odd

    found = export(site, tmp_path, "--verbose")

    assert kept(tmp_path) == ["p1", "p2", "p3"]
    assert books(tmp_path) == []
    assert "XML-RPC" in found.output


@pytest.mark.parametrize("odd", [5, [5], {"book": 5}, {"book": {"supports": 5}}])
def test_odd_types(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """What says nothing of a type says of none that it is there, or nothing of its supports."""
    with_books(site)
    site.called["wp.getPostTypes"] = odd
    export(site, tmp_path)
    assert kept(tmp_path) == ["p1", "p2", "p3"]


ODD_TAXONOMIES: list[Any] = [
    *(5, [5], [{}], [{"name": [1]}], [{"name": "genre", "object_type": 5}]),
    [{"name": "genre", "object_type": [[1]]}],
]
TERM: Row = {"term_id": "4", "taxonomy": "genre", "name": "G", "slug": "g"}
ODD_TERMS: list[Any] = [
    *(TERM | {"term_id": odd} for odd in NO_NUMBERS),
    *(TERM | {"parent": odd} for odd in ("x", [1], -1)),
    *(5, {}, TERM | {"name": [1]}),
]


@pytest.mark.parametrize("odd", ODD_TAXONOMIES)
def test_odd_taxonomies(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """Posts come without terms of which nobody knows the taxonomy."""
    with_books(site)
    site.called["wp.getTaxonomies"] = odd
    export(site, tmp_path)
    assert (kept(tmp_path), books(tmp_path)) == (["p1", "p2", "p3"], ["b1", "b2", "b3"])


@pytest.mark.parametrize("odd", [5, [5], ODD_TERMS, [*ODD_TERMS, TERM]])
def test_odd_terms(site: OddSite, tmp_path: Path, odd: Any) -> None:
    """Terms that can't be read are named, and posts come without them."""
    with_books(site)
    site.called["wp.getTerms"] = odd

    found = export(site, tmp_path, "--verbose")

    assert books(tmp_path) == ["b1", "b2", "b3"]
    is_read = odd not in (5, ODD_TERMS)
    assert ("a term of genre: " in found.output) == is_read
    assert ("doesn't show us its terms of the taxonomy genre" in found.output) != is_read


def test_odd_revisions(site: OddSite, tmp_path: Path) -> None:
    """They are named, and REST is asked for what there is."""
    odd = [told(number) | each for number, each in enumerate(ODD_BOOKS, 100)]
    site.called["wp.getRevisions"] = lambda given: [told(90), *odd] if given[0] == 2 else 5
    row: Row = {"id": "95", "author": "1", "date": "2020-01-01T00:00:00", "parent": 2}
    site.held["wp/v2/posts"][1]["_links"] = {"version-history": [{"count": 2 + len(odd)}]}
    site.held["wp/v2/posts/2/revisions"] = [row]

    found = export(site, tmp_path, "--revisions")

    assert kept(tmp_path) == ["p1", "p2", "p3"]
    assert found.output.count("what XML-RPC says of a record is odd: a revision of post 2") > 1
    assert "a revision of post 1: posts were asked for, and 5 came" in found.output
    assert "2 revision" in found.output
