"""Listings: several pages at once, in order, and no more than that."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from migrate.errors import SiteError
from migrate.live.api import Api
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client

PAGES = 7


class Site(ThreadingHTTPServer):
    """Lists two rows a page, the page's number and itself; keeps which pages were asked for."""

    daemon_threads = True
    pages = PAGES
    total = str(PAGES)
    names_total = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[int] = []
        self.rows: Callable[[int], list[dict[str, int]]] = _two
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()


def _two(page: int) -> list[dict[str, int]]:
    return [{"id": 2 * page - 1}, {"id": 2 * page}]


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        site, page = self.server, int(parse_qs(urlsplit(self.path).query)["page"][0])
        with site.lock:
            site.asked.append(page)
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        there = page <= site.pages
        error = {"code": "rest_post_invalid_page_number", "message": "", "data": {"status": 400}}
        rows = site.rows(page)
        body = json.dumps(rows if there else error).encode()
        self.send_response(200 if there else 400)
        if site.names_total:
            self.send_header("X-WP-TotalPages", site.total)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with site.lock:
            site.at_once -= 1
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    """A server with seven pages."""
    with Site() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def api(site: Site) -> Iterator[Api]:
    """Its API, signed in."""
    root = f"http://127.0.0.1:{site.server_port}/"
    with Client() as client:
        client.sign_in(Credentials("u", "p"), root)
        yield Api(client, root)


def test_all_rows_come_in_order(site: Site, api: Api) -> None:
    """Every page is asked for once, a few at a time, and its rows come in their place."""
    assert [row["id"] for row in api.every("x", {}, size=2)] == list(range(1, 2 * PAGES + 1))
    assert sorted(site.asked) == list(range(1, PAGES + 1))
    assert site.most_at_once <= 4


def test_a_client_keeps_to_its_connections(site: Site) -> None:
    """However many threads ask, no more requests than that are under way."""
    root = f"http://127.0.0.1:{site.server_port}/"
    with Client(connections=2) as client:
        client.sign_in(Credentials("u", "p"), root)
        rows = Api(client, root).every("x", {}, size=2, ahead=6)
        assert [row["id"] for row in rows] == list(range(1, 2 * PAGES + 1))
    assert site.most_at_once <= 2


def test_who_stops_early_asks_for_no_more(site: Site, api: Api) -> None:
    """Without asking ahead, pages that nobody comes to aren't asked for."""
    rows = api.every("x", {}, size=2, ahead=1)
    assert [next(rows)["id"] for _ in range(3)] == [1, 2, 3]
    assert site.asked == [1, 2]


def test_rows_that_go_away_meanwhile(site: Site, api: Api) -> None:
    """Where there are fewer pages than the first one said, the listing ends with the last."""
    site.pages = 4
    assert [row["id"] for row in api.every("x", {}, size=2)] == list(range(1, 9))


def test_a_site_that_names_no_total(site: Site, api: Api) -> None:
    """Where a proxy drops the number of pages, full ones are followed to the end."""
    site.names_total = False
    assert [row["id"] for row in api.every("x", {}, size=2)] == list(range(1, 2 * PAGES + 1))


ENDLESS: dict[str, Callable[[int], list[dict[str, int]]]] = {
    "the same page": lambda _: [{"id": 1}, {"id": 2}],
    "two pages in turn": lambda page: _two(page % 2 + 1),
    "nothing": lambda _: [],
}


@pytest.mark.parametrize("rows", ENDLESS.values(), ids=ENDLESS)
def test_a_listing_without_end(
    site: Site, api: Api, rows: Callable[[int], list[dict[str, int]]]
) -> None:
    """However many pages a site says that there are: the same ones again are an error."""
    site.pages, site.total, site.rows = 10**9, "10000000", rows
    with pytest.raises(SiteError, match="the listing doesn't go on") as caught:
        list(api.every("wp/v2/posts", {}, size=2))
    assert caught.value.path.endswith("/wp/v2/posts")
    assert len(site.asked) < 200


def test_a_total_that_nobody_can_count(site: Site, api: Api) -> None:
    """It is taken as untold, and full pages are followed to the end."""
    site.total = "9" * 5000
    assert len(list(api.every("x", {}, size=2))) == 2 * PAGES


@pytest.mark.parametrize("order", ["falling", "some empty"])
def test_a_listing_in_another_order(site: Site, api: Api, order: str) -> None:
    """What plugins do to a listing is no reason to end it, as long as something new comes."""
    pages: dict[str, Callable[[int], list[dict[str, int]]]] = {
        "falling": lambda page: _two(PAGES + 1 - page),
        "some empty": lambda page: _two(page) if page in {1, PAGES} else [],
    }
    site.rows = pages[order]
    known = {row["id"] for row in api.every("x", {}, size=2)}
    assert (
        known
        == {
            "falling": set(range(1, 2 * PAGES + 1)),
            "some empty": {1, 2, 2 * PAGES - 1, 2 * PAGES},
        }[order]
    )
