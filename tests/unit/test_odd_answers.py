"""Odd answers of a site: each is named with its address, or its record is; none is a traceback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from migrate.cli.main import commands
from migrate.errors import SiteError
from migrate.live.api import Api
from migrate.live.batch import Change, send
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.multicall import Fault, Multicall
from migrate.live.site_facts import site_facts

Row = dict[str, Any]

INDEX: Row = {
    "name": "x",
    "gmt_offset": "0",
    "timezone_string": "",
    "namespaces": ["oembed/1.0", "wp/v2"],
    "authentication": {"application-passwords": {}},
    "routes": {},
}
TYPES: Row = {
    "post": {"rest_base": "posts", "rest_namespace": "wp/v2", "taxonomies": ["category"]},
    "attachment": {"rest_base": "media", "rest_namespace": "wp/v2", "taxonomies": []},
}
TAXONOMIES: Row = {"category": {"rest_base": "categories", "hierarchical": True, "types": ["post"]}}
ME: Row = {"id": 1, "name": "admin", "capabilities": {"administrator": True}}


def post(number: int) -> Row:
    """Give a post as a visitor sees it."""
    dates = dict.fromkeys(("date", "date_gmt", "modified", "modified_gmt"), "2020-01-01T00:00:00")
    texts = {name: {"rendered": "x"} for name in ("title", "content", "excerpt", "guid")}
    known = {"id": number, "slug": f"p{number}", "status": "publish", "type": "post", "author": 1}
    return known | dates | texts | {"categories": [1], "meta": [], "link": f"http://x/p{number}/"}


def media() -> Row:
    """Give a media file."""
    return post(9) | {"type": "attachment", "post": None, "source_url": "", "media_details": {}}


class Site(ThreadingHTTPServer):
    """Holds what each route answers; listings know `offset`, `page`, `per_page` and `include`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.held: dict[str, Any] = {
            "": INDEX | {"url": self.url, "home": self.url},
            "wp/v2/types": TYPES,
            "wp/v2/taxonomies": TAXONOMIES,
            "wp/v2/users/me": ME,
            "wp/v2/posts": [post(1), post(2), post(3)],
            "wp/v2/media": [],
            "wp/v2/categories": [{"id": 1, "name": "U", "slug": "u", "parent": 0}],
            "wp/v2/users": [{"id": 1, "name": "A"}],
            "wp/v2/comments": [],
        }

    def answer(self, path: str) -> tuple[int, Any]:
        """Give status and content for a request."""
        parts = urlsplit(path)
        route = parts.path.removeprefix("/wp-json").strip("/")
        told = self.held.get(route)
        if told is None:
            return 404, {"code": "rest_no_route", "message": "no", "data": {"status": 404}}
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not isinstance(told, list) or not all(isinstance(row, dict) for row in told):
            return 200, told
        wanted = asked.get("include")
        rows = [r for r in told if wanted is None or str(r.get("id")) in wanted.split(",")]
        size = int(asked.get("per_page", 10))
        start = int(asked.get("offset", size * (int(asked.get("page", 1)) - 1)))
        return 200, rows[start : start + size]


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        head = {"Content-Type": "application/json"}
        if self.path.startswith("/wp-json"):
            status, told = self.server.answer(self.path)
            body = json.dumps(told).encode()
        else:
            head = {"Link": f'<{self.server.url}/wp-json/>; rel="https://api.w.org/"'}
            status, body = 200, b"<html></html>"
        self._send(status, head, body)

    do_OPTIONS = do_GET  # noqa: N815 - the name that http.server looks for

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._send(405, {}, b"")

    def _send(self, status: int, head: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**head, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with three posts."""
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(site: Site, *words: str) -> Result:
    """Run a command against the site; what isn't an error of ours comes through."""
    known = {"WPMIGRATE_USER": "admin", "WPMIGRATE_APP_PASSWORD": "abcd efgh ijkl mnop"}
    found = CliRunner().invoke(commands, [*words, "--site", site.url], env=known)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def export(site: Site, folder: Path) -> Result:
    """Export the site into a folder."""
    return run(site, "export", "-o", str(folder / "out"), "--to", "hugo", "--media", "none")


def kept(folder: Path) -> list[str]:
    """Give the slugs of the posts that were written."""
    return sorted(path.stem[-2:] for path in (folder / "out").rglob("content/posts/*.html"))


def test_the_site_is_one(site: Site, tmp_path: Path) -> None:
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
    site: Site, tmp_path: Path, route: str, told: Any, said: str
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
def test_an_odd_record_is_named(site: Site, tmp_path: Path, odd: Row, said: str) -> None:
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
def test_what_can_be_read_all_the_same(site: Site, tmp_path: Path, odd: Row) -> None:
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
def test_an_odd_media_file(site: Site, tmp_path: Path, odd: Row) -> None:
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
def test_an_odd_result_of_a_call(site: Site, monkeypatch: pytest.MonkeyPatch, told: Any) -> None:
    """What is neither a result nor a fault is a fault of no number."""
    monkeypatch.setattr("migrate.live.multicall.result_of", lambda *_: [told])
    with Client() as client:
        client.sign_in(Credentials("admin", "p"), site.url)
        facts = site_facts(site.url, site.url, "its usual place", site.held[""], "")
        (result,) = Multicall(client, facts, Credentials("admin", "p"))([("wp.getPost", (1,))])
    assert (isinstance(result, Fault), result.faultCode) == (True, 0)


def test_a_type_of_nothing_but_odd_records(site: Site, tmp_path: Path) -> None:
    """Where of a hundred records none can be read, it isn't the records."""
    site.held["wp/v2/posts"] = [post(number) | {"author": "x"} for number in range(1, 102)]

    found = export(site, tmp_path)

    assert found.exit_code == 4
    assert "of 100 rows none can be given" in found.stderr
