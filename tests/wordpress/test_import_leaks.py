"""A long import holds no more files and hardly more memory in the end than in the beginning.

What is sent ends at a server that counts and answers as WordPress does; all else the site says.
"""

from __future__ import annotations

import itertools
import json
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from migrate.live.http.limits import CONNECTIONS
from tests.conftest import LONG
from tests.wordpress.fault_proxy import behind
from tests.wordpress.listener import Listener, ask, whole_request
from tests.wordpress.newspaper import command
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wxr_sources import HEAD, TAIL

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(7200 if LONG else 300)]

POSTS: Final = 50_000 if LONG else 600
PER_POST: Final = 700
"""Bytes that may stay of each: what was decided, and its place in the source."""

NOISE: Final = 8_000_000
ITEM: Final = """<item><title>Number {n}</title><content:encoded>{body}</content:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_name>number-{n}</wp:post_name><wp:status>publish</wp:status>
<wp:post_date>2016-07-16 00:22:22</wp:post_date><wp:post_type>post</wp:post_type></item>
"""
BODY: Final = "A body of some length. " * 200


class Taken(NamedTuple):
    """What a process had at some moment: posts sent by then, bytes of memory, open files."""

    posts: int
    memory: int
    files: int


class Counting(Listener):
    """Answers batches of posts by itself, and looks at the process that sends them."""

    def __init__(self, site_url: str) -> None:
        super().__init__()
        self.process = 0
        self.taken: list[Taken] = []
        self.ids: list[int] = []
        self._site = site_url
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()

    def answer(self, client: socket.socket) -> None:
        """Pass on what only asks."""
        request = whole_request(client)
        head, _, body = request.partition(b"\r\n\r\n")
        if not (head.startswith(b"POST ") and b"batch/v1" in head.split(b"\r\n", 1)[0]):
            client.sendall(ask(self._site, request))
            return
        with self._turn:
            said = [self._stored(each["body"]) for each in json.loads(body)["requests"]]
            self._look()
        answers = [{"body": row, "status": 201, "headers": {}} for row in said]
        text = json.dumps({"failed": None, "responses": answers}).encode()
        client.sendall(
            b"HTTP/1.1 207 Multi-Status\r\nContent-Type: application/json\r\n"
            b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(text) + text
        )

    def _stored(self, sent: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        self.ids.append(number)
        date = str(sent["date"]).replace(" ", "T")
        texts = {name: {"raw": sent.get(name, "")} for name in ("title", "content", "excerpt")}
        dates = dict.fromkeys(("date", "date_gmt", "modified", "modified_gmt"), date)
        rest = {"link": f"http://127.0.0.1:{self.port}/{sent['slug']}/", "type": "post"}
        filled = {"author": 1, "parent": 0, "sticky": False, "password": "", "meta": {}}
        terms = {"categories": [1], "tags": []}
        return {**filled, **terms, **sent, **rest, **dates, **texts, "id": number}

    def _look(self) -> None:
        if len(self.taken) < 20 * len(self.ids) // POSTS:
            place = Path(f"/proc/{self.process}")
            memory = int((place / "statm").read_text().split()[1]) * 4096
            files = len(list((place / "fd").iterdir()))
            self.taken.append(Taken(len(self.ids), memory, files))


@one_flavour("wp67-sqlite")
def test_nothing_grows(site: Site, tmp_path: Path) -> None:
    """From a quarter of an import on, open files stay as many and memory grows by few bytes."""
    export = tmp_path / "large.xml"
    with export.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(ITEM.format(n=number, body=BODY) for number in range(1, POSTS + 1))
        file.write(TAIL)

    with Counting(site.url) as counting, behind(site, counting):
        counted = ("import", str(export), "--site", site.url, "--yes", "--quiet")
        line, environment = command(site, *counted)
        with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as process:
            counting.process = process.pid
            _, said = process.communicate()

    for taken in counting.taken:
        print(taken)
    assert (process.returncode, len(counting.ids)) == (0, POSTS), said
    early, late = counting.taken[len(counting.taken) // 4], counting.taken[-1]
    assert late.memory - early.memory < (late.posts - early.posts) * PER_POST + NOISE
    assert max(taken.files for taken in counting.taken) < early.files + CONNECTIONS
