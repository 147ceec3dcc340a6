"""Downloads go on where they broke off, and are checked by their length."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from migrate.errors import OutputError, SiteError
from migrate.live import downloads
from migrate.live.downloads import download
from migrate.live.http import limits
from migrate.live.http.client import Client
from migrate.output.partial_file import PartialFile

CONTENT = bytes(range(256)) * 1000


LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT"


class Server(ThreadingHTTPServer):
    """Holds one file; `cut` bytes are sent before the connection breaks off, if that is set.

    `told` are the headers that tell its state. Where it `heeds_if_range` not, it sends any part.
    """

    daemon_threads = True
    takes_ranges = True
    heeds_if_range = True
    content = CONTENT
    cut: int | None = None

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.told: dict[str, str] = {"ETag": '"one"'}


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self._answer(0, body=False)

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        same = self.headers.get("If-Range") in self.server.told.values()
        takes = self.server.takes_ranges and (same or not self.server.heeds_if_range)
        self._answer(int(asked[1]) if asked and takes else 0, body=True)

    def _answer(self, start: int, *, body: bool) -> None:
        self.server.asked.append((self.command, self.headers.get("Range", "")))
        content = self.server.content
        if start > len(content):
            self.send_response(416)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        for name, value in {
            "Content-Length": str(len(content) - start),
            **self.server.told,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(content[start:][: self.server.cut])

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that runs as long as the test."""
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def fetched(server: Server, folder: Path, size: int | None = len(CONTENT)) -> bool:
    """Download the server's file into a folder."""
    with Client() as client:
        url = f"http://127.0.0.1:{server.server_port}/a.png"
        return download(client, url, PartialFile(folder, "2018/a.png"), size)


def test_a_file_is_fetched_once(server: Server, tmp_path: Path) -> None:
    """The second time its length says that it is there: nothing is sent."""
    first, second = fetched(server, tmp_path), fetched(server, tmp_path)

    assert (first, second) == (True, False)
    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT
    assert server.asked == [("GET", "")]


def test_the_server_is_asked_where_the_length_is_unknown(server: Server, tmp_path: Path) -> None:
    """With a question that brings no file."""
    fetched(server, tmp_path, None)

    assert fetched(server, tmp_path, None) is False
    assert server.asked == [("GET", ""), ("HEAD", "")]


def test_what_broke_off_is_gone_on_with(server: Server, tmp_path: Path) -> None:
    """Only the rest is asked for; until it is whole nothing stands in its place."""
    break_off(server, tmp_path)
    assert not (tmp_path / "2018/a.png").exists()
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT
    assert server.asked[-1] == ("GET", "bytes=1000-")
    assert [path.name for path in (tmp_path / "2018").iterdir()] == ["a.png"]


def break_off(server: Server, folder: Path) -> None:
    """Let a download break off after 1000 bytes."""
    server.cut = 1000
    with pytest.raises(SiteError):
        fetched(server, folder)
    server.cut = None


@pytest.mark.parametrize("heeds", [True, False])
@pytest.mark.parametrize("told", [{"ETag": '"two"'}, {"ETag": 'W/"one"'}, {}], ids=str)
def test_a_file_that_changed_meanwhile_is_begun_anew(
    server: Server, tmp_path: Path, told: dict[str, str], *, heeds: bool
) -> None:
    """Two files never become one, whether or not the server heeds what it is asked."""
    break_off(server, tmp_path)
    server.content, server.told, server.heeds_if_range = CONTENT[::-1], told, heeds
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT[::-1]


@pytest.mark.parametrize(
    ("told", "goes_on"),
    [
        ({"ETag": '"one"'}, True),
        ({"Last-Modified": LONG_AGO}, True),
        ({"ETag": 'W/"one"'}, False),
        ({"ETag": 'W/"one"', "Last-Modified": LONG_AGO}, False),
        ({"Last-Modified": "Sun, 06 Nov 2194 08:49:37 GMT"}, False),
        ({"Last-Modified": "Sun, 99 Nov 1994 08:49:37 GMT"}, False),
        ({"ETag": "one"}, False),
        ({}, False),
    ],
    ids=str,
)
def test_what_tells_that_a_file_is_the_same(
    server: Server, tmp_path: Path, told: dict[str, str], *, goes_on: bool
) -> None:
    """A strong tag, or a time that has long passed; without either nothing is gone on with."""
    server.told = told
    break_off(server, tmp_path)
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT
    assert server.asked[1:] == [("GET", "bytes=1000-" if goes_on else "")]


@pytest.mark.parametrize(
    "kept", [None, b"", b'"one"', b'"one"\nhttp://other.example/a.png', b'"o\xffe"\n', b"x" * 99999]
)
def test_a_part_of_which_nothing_is_known(
    server: Server, tmp_path: Path, kept: bytes | None
) -> None:
    """What lies there may be of another file: all is asked for."""
    break_off(server, tmp_path)
    mark = tmp_path / "2018/a.png.part.of"
    mark.unlink()
    if kept is not None:
        mark.write_bytes(kept)
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT
    assert server.asked[1:] == [("GET", "")]


def test_a_length_without_end(server: Server, tmp_path: Path) -> None:
    """A header of thousands of digits says nothing, and stops nothing."""
    server.told["Content-Length"] = "9" * 5000

    assert fetched(server, tmp_path)
    assert fetched(server, tmp_path, None)


def test_a_server_without_ranges_sends_all_again(server: Server, tmp_path: Path) -> None:
    """What had arrived isn't put before the whole file."""
    server.takes_ranges = False
    break_off(server, tmp_path)
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT


def test_a_part_that_is_longer_than_the_file_is_begun_anew(server: Server, tmp_path: Path) -> None:
    """The file on the site was replaced by a smaller one."""
    break_off(server, tmp_path)
    (tmp_path / "2018/a.png.part").write_bytes(CONTENT + CONTENT)
    fetched(server, tmp_path)

    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT
    assert [asked for _, asked in server.asked[1:]] == [f"bytes={2 * len(CONTENT)}-", ""]


def test_a_file_that_hardly_comes(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After ten minutes a file has to come with some bytes a second; what came stays."""
    monkeypatch.setattr(downloads, "SLOWEST", 10**15)
    monkeypatch.setattr(limits, "LONGEST_ANSWER", -1.0)

    with pytest.raises(SiteError, match="bytes a second"):
        fetched(server, tmp_path)


def test_nothing_is_written_outside_the_folder(tmp_path: Path) -> None:
    """Whatever a site says where its files lie, and whatever links stand in the folder."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/link").symlink_to(tmp_path)

    with pytest.raises(OutputError):
        PartialFile(tmp_path / "out", "../a.png")
    with pytest.raises(OutputError):
        PartialFile(tmp_path / "out", "link/a.png").open(go_on=False)


@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_what_has_arrived_is_a_file_of_our_own(
    server: Server, tmp_path: Path, make: Callable[[Path, Path], None]
) -> None:
    """A link in its place leads to a file of the user's, which isn't gone on with nor emptied."""
    precious = tmp_path / "precious"
    precious.write_bytes(b"precious")
    (tmp_path / "out/2018").mkdir(parents=True)
    make(precious, tmp_path / "out/2018/a.png.part")

    assert fetched(server, tmp_path / "out")

    assert server.asked == [("GET", "")]
    assert precious.read_bytes() == b"precious"
    assert (tmp_path / "out/2018/a.png").read_bytes() == CONTENT
    assert not (tmp_path / "out/2018/a.png").is_symlink()
    make(precious, tmp_path / "out/2018/a.png.part")
    with pytest.raises(OutputError):
        PartialFile(tmp_path / "out", "2018/a.png").open(go_on=True)
    assert precious.read_bytes() == b"precious"


def test_a_pipe_is_not_gone_on_with(server: Server, tmp_path: Path) -> None:
    """Nobody waits for whoever might read from it."""
    (tmp_path / "2018").mkdir()
    os.mkfifo(tmp_path / "2018/a.png.part")

    assert fetched(server, tmp_path)
    assert (tmp_path / "2018/a.png").read_bytes() == CONTENT


def test_no_folder_is_made_through_a_link(tmp_path: Path) -> None:
    """What a link leads to is looked at before anything is made below it."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/link").symlink_to(tmp_path / "away")

    with pytest.raises(OutputError, match="a link leads out of the folder"):
        PartialFile(tmp_path / "out", "link/2018/a.png").open(go_on=False)

    assert not (tmp_path / "away").exists()


def test_a_disk_that_folds_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is listed in another spelling is another file's."""
    (tmp_path / "a.png").write_bytes(CONTENT)
    assert [PartialFile(tmp_path, name).is_anothers for name in ("a.png", "b.png")] == [False] * 2

    monkeypatch.setattr(Path, "iterdir", lambda folder: iter([folder / "A.png"]))
    assert [PartialFile(tmp_path, name).is_anothers for name in ("a.png", "b.png")] == [True, False]
