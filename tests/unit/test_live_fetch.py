"""Files of other sites are fetched within limits, and never from a private network unasked."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from migrate.errors import SiteError
from migrate.live import fetch
from migrate.live.fetch import Fetched, Fetcher

PICTURE = b"\x89PNG\r\n\x1a\n and more"
Said = tuple[int, dict[str, str], bytes]


class Server(ThreadingHTTPServer):
    """Answers each path as `answers` say, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Said] = {}
        self.asked: list[str] = []

    def at(self, path: str) -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        status, headers, body = self.server.answers.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine."""
    made = Server()
    thread = Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def fetched(url: str, folder: Path, *, allow_private: bool = True) -> Fetched:
    """Fetch one address."""
    with Fetcher(folder, allow_private=allow_private) as fetcher:
        return fetcher.fetch(url)


def test_a_file(server: Server, tmp_path: Path) -> None:
    """A file comes with its name and type, redirects followed, its bytes as they are."""
    server.answers = {
        "/old.png": (301, {"Location": "/b%C3%A5t"}, b""),
        "/b%C3%A5t": (200, {"Content-Type": "image/png; x=y"}, PICTURE),
    }

    found = fetched(server.at("/old.png"), tmp_path)

    assert (found.name, found.media_type) == ("båt.png", "image/png")
    assert found.path.read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ((404, {}, b""), "HTTP 404"),
        ((200, {"Content-Type": "text/html"}, b"<p>"), "no media"),
        ((200, {"Content-Type": "image/png"}, b"\n<!DOCTYPE html><p>"), "a page"),
        ((200, {"Content-Type": "image/png"}, b""), "empty"),
        ((302, {"Location": "/a.png"}, b""), "redirected too often"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "no address on the web"),
        ((302, {"Location": "http://u:p@127.0.0.1/a.png"}, b""), "no address on the web"),
        ((200, {"Content-Type": "image/png", "Content-Length": "99"}, PICTURE), "broke off"),
    ],
)
def test_no_file(server: Server, tmp_path: Path, said: Said, reason: str) -> None:
    """What is no media is refused with its cause, and nothing of it stays on the disk."""
    server.answers = {"/a.png": said}

    with pytest.raises(SiteError, match=reason):
        fetched(server.at("/a.png"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_limits(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may be so large and take so long, and no more."""
    server.answers = {"/a.png": (200, {"Content-Type": "image/png"}, PICTURE)}

    with monkeypatch.context() as patched:
        patched.setattr(fetch, "LARGEST_FILE", 5)
        with pytest.raises(SiteError, match="larger than"):
            fetched(server.at("/a.png"), tmp_path)
    monkeypatch.setattr(fetch, "LONGEST_FETCH", -1.0)
    with pytest.raises(SiteError, match="took longer"):
        fetched(server.at("/a.png"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_private_networks(server: Server, tmp_path: Path) -> None:
    """Nothing is asked of a private host unless that was allowed, by whatever name it goes."""
    server.answers = {"/a.png": (200, {"Content-Type": "image/png"}, PICTURE)}

    for host in ("127.0.0.1", "localhost", "2130706433"):
        with pytest.raises(SiteError, match=r"private network|can't be"):
            fetched(f"http://{host}:{server.server_port}/a.png", tmp_path, allow_private=False)

    assert server.asked == []
