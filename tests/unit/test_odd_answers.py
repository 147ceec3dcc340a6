"""Odd answers of a site: each is named with its address, or its record is; none is a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrate.errors import SiteError
from migrate.live.api import Api
from migrate.live.batch import Change, send
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.multicall import Fault, Multicall
from migrate.live.site_facts import site_facts
from tests.odd_site import INDEX, ME, OddSite, Row, export, kept, odd_site, post, run


def media() -> Row:
    """Give a media file."""
    return post(9) | {"type": "attachment", "post": None, "source_url": "", "media_details": {}}


@pytest.fixture
def site() -> Iterator[OddSite]:
    """A site with three posts."""
    with odd_site() as server:
        yield server


def test_the_site_is_one(site: OddSite, tmp_path: Path) -> None:
    """As it is, all of it comes."""
    assert export(site, tmp_path).exit_code == 0
    assert kept(tmp_path) == ["p1", "p2", "p3"]
    assert run(site, "check").exit_code == 0


NO_LISTS: list[Any] = [{"a": 1}, [1], [None]]
TERM_LISTS: list[Any] = [[1], [{}], [{"id": "x"}]]
ME_ODD: list[Row] = [{"id": "x"}, {"roles": 5}]
WHOLE: list[tuple[str, Any, str]] = [
    *(("", INDEX | {"gmt_offset": odd}, "gmt_offset") for odd in ("abc", 1e9, "nan", [1], 24)),
    *(("", INDEX | {"namespaces": odd}, "no route of it answers") for odd in (5, None)),
    *(("wp/v2/types", odd, "wp/v2/types") for odd in ({"post": "x"}, [1], 5)),
    ("wp/v2/taxonomies", {"category": "x"}, "the taxonomy category came back as x"),
    *(("wp/v2/users/me", odd, "users/me") for odd in ([1], ME | {"capabilities": [1]})),
    *(("wp/v2/users/me", ME | odd, "users/me") for odd in ME_ODD),
    *(("wp/v2/posts", odd, "wp/v2/posts") for odd in NO_LISTS),
    *(("wp/v2/categories", odd, "wp/v2/categories") for odd in TERM_LISTS),
    *(("wp/v2/categories", [{"id": 1, "parent": odd}], "its parent is") for odd in ("x", [1])),
    ("wp/v2/users", [{"id": 1, "name": 5}], "its name is 5, which no name can be"),
    ("wp/v2/users", [1], "wp/v2/users"),
    ("wp/v2/comments", [1], "wp/v2/comments"),
]


@pytest.mark.parametrize(("route", "told", "said"), WHOLE)
def test_what_nobody_can_read_ends_a_run(
    site: OddSite, tmp_path: Path, route: str, told: Any, said: str
) -> None:
    """What concerns more than a record is named with its address, before anything is written."""
    site.held[route] = told | {"url": site.url, "home": site.url} if route == "" else told

    found = export(site, tmp_path)

    assert (found.exit_code, kept(tmp_path)) == (4, [])
    assert said in found.stderr
    assert site.url in found.stderr


TERMS_ODD: list[Any] = ["x", ["x", None], [{"a": 1}]]
RECORDS: list[tuple[Row, str]] = [
    *(({"id": odd}, "") for odd in (None, "x", -1, 1.5, 10**30, 10**400, [2])),
    *(({"author": odd}, "its author is") for odd in ("x", [1], -1)),
    *(({name: 5}, f"its {name} is 5") for name in ("date", "modified_gmt", "content")),
    *(({name: "x"}, f"its {name} is") for name in ("date", "date_gmt", "content")),
    *(({"date": f"2020-{odd}T00:00:00"}, "its date is") for odd in ("13-01", "01-32")),
    *(({"categories": odd}, "its terms are") for odd in TERMS_ODD),
]


@pytest.mark.parametrize(("odd", "said"), RECORDS)
def test_an_odd_record_is_named(site: OddSite, tmp_path: Path, odd: Row, said: str) -> None:
    """One record that can't be read is named, and all others come."""
    site.held["wp/v2/posts"][1] |= odd

    found = export(site, tmp_path)

    assert (found.exit_code, kept(tmp_path)) == (1, ["p1", "p3"])
    assert "the site can't give this record" in found.output or "terms are" in found.output
    assert said in found.output


@pytest.mark.parametrize(
    "odd",
    [
        *({"title": odd} for odd in ("x", None, 5)),
        *({"meta": odd} for odd in ("x", {"a": {"b": [{"c": None}]}})),
        *({"slug": "p2", "link": 5}, {"status": 5}, {"featured_media": "x"}),
        *({"_links": [], "_embedded": []}, {"categories": ["1"]}, {"author": "1"}),
    ],
)
def test_what_can_be_read_all_the_same(site: OddSite, tmp_path: Path, odd: Row) -> None:
    """Numbers as texts, empty objects as lists and the like are how PHP has it."""
    site.held["wp/v2/posts"][1] |= odd

    export(site, tmp_path)

    assert kept(tmp_path) == ["p1", "p2", "p3"]


@pytest.mark.parametrize(
    "odd",
    [
        *({"media_details": odd} for odd in (5, {"sizes": 5}, {"sizes": {"a": "x"}})),
        *({"source_url": odd} for odd in ("http://[", [1], 5)),
        {"source_url": "x/a.png", "media_details": {"original_image": "http://["}},
        {"post": "x"},
    ],
)
def test_an_odd_media_file(site: OddSite, tmp_path: Path, odd: Row) -> None:
    """Whatever a site says of a file, its posts come."""
    site.held["wp/v2/media"] = [media() | odd]

    run(site, "export", "-o", str(tmp_path / "out"), "--to", "hugo", "--media", "all")

    assert [slug for slug in kept(tmp_path) if slug != "p9"] == ["p1", "p2", "p3"]


@pytest.mark.parametrize("told", [5, None, {}, [5], [None], [{"status": "x"}], [{"status": [1]}]])
def test_an_odd_batch(monkeypatch: pytest.MonkeyPatch, told: Any) -> None:
    """What isn't the answer to each request is an answer in part."""
    monkeypatch.setattr(Api, "post", lambda *_: {"responses": told})
    with Client() as client, pytest.raises(SiteError, match="answered in part"):
        send(Api(client, "http://127.0.0.1/"), [Change("wp/v2/posts", {}, "id")])


@pytest.mark.parametrize("told", [{"faultCode": "x"}, {"faultCode": [1]}, {}, [], [1, 2], 5, None])
def test_an_odd_result_of_a_call(site: OddSite, monkeypatch: pytest.MonkeyPatch, told: Any) -> None:
    """What is neither a result nor a fault is a fault of no number."""
    monkeypatch.setattr("migrate.live.multicall.result_of", lambda *_: [told])
    with Client() as client:
        client.sign_in(Credentials("admin", "p"), site.url)
        facts = site_facts(site.url, site.url, "its usual place", site.held[""], "")
        (result,) = Multicall(client, facts, Credentials("admin", "p"))([("wp.getPost", (1,))])
    assert (isinstance(result, Fault), result.faultCode) == (True, 0)


def test_a_type_of_nothing_but_odd_records(site: OddSite, tmp_path: Path) -> None:
    """Where of a hundred records none can be read, it isn't the records."""
    site.held["wp/v2/posts"] = [post(number) | {"author": "x"} for number in range(1, 102)]

    found = export(site, tmp_path)

    assert found.exit_code == 4
    assert "of 100 rows none can be given" in found.stderr
