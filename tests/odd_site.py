"""A server on this machine that stands for a site which answers oddly, as no WordPress does.

Its REST listings, single objects, XML-RPC and companion say what a test has them say.
"""

from __future__ import annotations

import json
import threading
import xmlrpc.client as protocol
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from click.testing import CliRunner, Result

from migrate.cli.main import commands

__all__ = ["INDEX", "ME", "TYPES", "OddSite", "Row", "export", "kept", "odd_site", "post", "run"]

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
_FIELDS = ("title", "content", "excerpt", "slug", "status", "date", "author", "categories", "meta")
_STATUSES = ["publish", "future", "draft", "pending", "private"]
SCHEMA: Row = {
    "schema": {
        "properties": {
            **{name: {} for name in (*_FIELDS, "comment_status", "featured_media")},
            "status": {"enum": _STATUSES},
        }
    }
}

Answer = Callable[[str, Row], Any]
"""Gives what comes back for something sent: by its route, and what it says."""


def post(number: int) -> Row:
    """Give a post as a visitor sees it."""
    dates = dict.fromkeys(("date", "date_gmt", "modified", "modified_gmt"), "2020-01-01T00:00:00")
    text = {"rendered": "x", "raw": "x"}
    texts = dict.fromkeys(("title", "content", "excerpt", "guid"), text)
    known = {"id": number, "slug": f"p{number}", "status": "publish", "type": "post", "author": 1}
    return known | dates | texts | {"categories": [1], "meta": [], "link": f"http://x/p{number}/"}


class OddSite(ThreadingHTTPServer):
    """Holds what each route answers; listings know `offset`, `page`, `per_page` and `include`.

    `called` are the results of XML-RPC calls by their method, or functions that give them of the
    parameters; without any, XML-RPC is off. `sent` gives the answers to what is sent.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.called: dict[str, Any] = {}
        self.sent: Answer | None = None
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

    def signed_in(self) -> None:
        """Let the account edit all posts, so that XML-RPC and single objects matter."""
        rights = (
            *("edit_posts", "edit_others_posts", "publish_posts", "create_users", "promote_users"),
            *("upload_files", "moderate_comments", "manage_categories"),
        )
        granted = dict.fromkeys(rights, True)
        self.held["wp/v2/users/me"] = ME | {"capabilities": granted}
        own = {"capabilities": {"edit_posts": "edit_posts", "publish_posts": "publish_posts"}}
        types = {name: row | own for name, row in TYPES.items()}
        self.held["wp/v2/types"] = types | {"post": types["post"] | {"supports": {"revisions": 1}}}

    def answer(self, path: str) -> tuple[int, Any]:
        """Give status and content for a request."""
        parts = urlsplit(path)
        route = _route(parts.path)
        told = self.held.get(route)
        if told is None:
            return 404, {"code": "rest_no_route", "message": "no", "data": {"status": 404}}
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if not isinstance(told, list) or not all(isinstance(row, dict) for row in told):
            return 200, told
        if asked.get("status") in {"trash", "spam"}:
            return 200, []
        wanted = asked.get("include")
        rows = [r for r in told if wanted is None or str(r.get("id")) in wanted.split(",")]
        rows = rows[::-1] if asked.get("order") == "desc" else rows
        size = int(asked.get("per_page", 10))
        start = int(asked.get("offset", size * (int(asked.get("page", 1)) - 1)))
        return 200, rows[start : start + size]

    def call(self, body: bytes) -> bytes:
        """Give the answer to an XML-RPC call."""
        given, method = protocol.loads(body)
        if method == "system.multicall":
            calls = [(str(each["methodName"]), each["params"][3:]) for each in given[0]]  # type: ignore[index, union-attr, call-overload]
            result: Any = [self._result(name, parameters) for name, parameters in calls]
        else:
            (result,) = self._result(str(method), [])
        head = b"<?xml version='1.0'?><methodResponse><params><param>"
        return head + _value(result).encode() + b"</param></params></methodResponse>"

    def _result(self, method: str, given: Any) -> Any:
        told = self.called.get(_text(method), {"faultCode": 404, "faultString": "no"})
        told = told(given) if callable(told) else told
        return told if isinstance(told, dict) and "faultCode" in told else [told]


class _Handler(BaseHTTPRequestHandler):
    server: OddSite

    def do_GET(self) -> None:
        head = {"Content-Type": "application/json"}
        if self.path.startswith("/wp-json"):
            status, told = self.server.answer(self.path)
            body = json.dumps(told).encode()
            if isinstance(told, list):
                head["X-WP-Total"] = str(len(self.server.held[_route(urlsplit(self.path).path)]))
                head["X-WP-TotalPages"] = "1"
        else:
            head = {"Link": f'<{self.server.url}/wp-json/>; rel="https://api.w.org/"'}
            status, body = 200, b"<html></html>"
        self._send(status, head, body)

    def do_OPTIONS(self) -> None:
        self._send(200, {"Content-Type": "application/json"}, json.dumps(SCHEMA).encode())

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = urlsplit(self.path).path
        if path == "/xmlrpc.php" and self.server.called:
            self._send(200, {"Content-Type": "text/xml"}, self.server.call(body))
        elif self.server.sent and path.startswith("/wp-json"):
            is_json = "json" in self.headers.get("Content-Type", "")
            said = json.loads(body) if is_json and body else {}
            told = self.server.sent(_route(path), said)
            made = told if isinstance(told, bytes) else json.dumps(told).encode()
            self._send(200, {"Content-Type": "application/json"}, made)
        else:
            self._send(405, {}, b"")

    do_DELETE = do_POST  # noqa: N815 - the name that http.server looks for

    def _send(self, status: int, head: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in {**head, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _route(path: str) -> str:
    return path.removeprefix("/wp-json").strip("/")


def _text(value: Any) -> str:
    return value.data.decode() if isinstance(value, protocol.Binary) else str(value)


def _value(value: Any) -> str:
    """Return a value as XML-RPC writes it, numbers of any size too."""
    match value:
        case None:
            held = "<nil/>"
        case bool():
            held = f"<boolean>{int(value)}</boolean>"
        case int():
            held = f"<int>{value}</int>"
        case float():
            held = f"<double>{value}</double>"
        case dict():
            members = (f"<member><name>{n}</name>{_value(v)}</member>" for n, v in value.items())
            held = f"<struct>{''.join(members)}</struct>"
        case list():
            held = f"<array><data>{''.join(map(_value, value))}</data></array>"
        case protocol.DateTime():
            held = f"<dateTime.iso8601>{value}</dateTime.iso8601>"
        case bytes():
            held = f"<base64>{value.decode()}</base64>"
        case _:
            held = f"<string>{escape(str(value))}</string>"
    return f"<value>{held}</value>"


@contextmanager
def odd_site() -> Iterator[OddSite]:
    """Give a site with three posts as long as it is wanted."""
    with OddSite() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(site: OddSite, *words: str) -> Result:
    """Run a command against the site; what isn't an error of ours comes through."""
    known = {"WPMIGRATE_USER": "admin", "WPMIGRATE_APP_PASSWORD": "abcd efgh ijkl mnop"}
    found = CliRunner().invoke(commands, [*words, "--site", site.url], env=known)
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def export(site: OddSite, folder: Path, *words: str) -> Result:
    """Export the site into a folder."""
    out = str(folder / "out")
    return run(site, "export", "-o", out, "--to", "hugo", "--media", "none", *words)


def kept(folder: Path) -> list[str]:
    """Give the slugs of the posts that were written."""
    return sorted(path.stem[-2:] for path in (folder / "out").rglob("content/posts/*.html"))
