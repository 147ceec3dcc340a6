"""Files of other sites are fetched within limits, and never from a private network unasked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.errors import SiteError
from migrate.live import fetch
from migrate.live.fetch import Fetched, Fetcher
from tests.told_server import Told, ToldServer, told_server

PICTURE = b"\x89PNG\r\n\x1a\n and more"


@pytest.fixture
def server() -> Iterator[ToldServer]:
    """Give a server on this machine."""
    with told_server() as told:
        yield told


def fetched(url: str, folder: Path, *, allow_private: bool = True) -> Fetched:
    """Fetch one address."""
    with Fetcher(folder, allow_private=allow_private) as fetcher:
        return fetcher.fetch(url)


def test_a_file(server: ToldServer, tmp_path: Path) -> None:
    """A file comes with its name and type, redirects followed, its bytes as they are."""
    server.answers = {
        "GET /old.png": Told(301, {"Location": "/b%C3%A5t"}),
        "GET /b%C3%A5t": Told(200, {"Content-Type": "image/png; x=y"}, PICTURE),
    }

    found = fetched(server.at("/old.png"), tmp_path)

    assert (found.name, found.media_type) == ("båt.png", "image/png")
    assert found.path.read_bytes() == PICTURE


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Told(404), "HTTP 404"),
        (Told(200, {"Content-Type": "text/html"}, b"<p>"), "no media"),
        (Told(200, {"Content-Type": "image/png"}, b"\n<!DOCTYPE html><p>"), "a page"),
        (Told(200, {"Content-Type": "image/png"}), "empty"),
        (Told(302, {"Location": "/a.png"}), "redirected too often"),
        (Told(302, {"Location": "file:///etc/passwd"}), "no address on the web"),
        (Told(302, {"Location": "http://u:p@127.0.0.1/a.png"}), "no address on the web"),
        (Told(200, {"Content-Type": "image/png", "Content-Length": "99"}, PICTURE), "broke off"),
    ],
)
def test_no_file(server: ToldServer, tmp_path: Path, said: Told, reason: str) -> None:
    """What is no media is refused with its cause, and nothing of it stays on the disk."""
    server.answers = {"GET /a.png": said}

    with pytest.raises(SiteError, match=reason):
        fetched(server.at("/a.png"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_limits(server: ToldServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may be so large and take so long, and no more."""
    server.answers = {"GET /a.png": Told(200, {"Content-Type": "image/png"}, PICTURE)}

    with monkeypatch.context() as patched:
        patched.setattr(fetch, "LARGEST_FILE", 5)
        with pytest.raises(SiteError, match="larger than"):
            fetched(server.at("/a.png"), tmp_path)
    monkeypatch.setattr(fetch, "LONGEST_FETCH", -1.0)
    with pytest.raises(SiteError, match="took longer"):
        fetched(server.at("/a.png"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_private_networks(server: ToldServer, tmp_path: Path) -> None:
    """Nothing is asked of a private host unless that was allowed, by whatever name it goes."""
    server.answers = {"GET /a.png": Told(200, {"Content-Type": "image/png"}, PICTURE)}

    for host in ("127.0.0.1", "localhost", "2130706433"):
        with pytest.raises(SiteError, match=r"private network|can't be"):
            fetched(f"http://{host}:{server.server_port}/a.png", tmp_path, allow_private=False)

    assert server.asked == []
