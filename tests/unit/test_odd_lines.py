"""Odd lines of what says to be a companion: named with their address; none is a traceback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from migrate.live.api import Api
from migrate.live.companion.line_shapes import odd_told
from migrate.live.companion.streams import digests, options, posts, snapshot
from migrate.live.http.client import Client
from migrate.live.shapes import OddAnswerError
from tests.told_server import Told, ToldServer, told_server

NO_NUMBERS: list[Any] = [None, "x", "", [1], {"a": 1}, 0, -1, 1.5, 10**30]
RECORD: dict[str, Any] = {"id": "5", "type": "post", "status": "publish", "comments": []}
DIGEST = "0" * 64


@pytest.fixture
def server() -> Iterator[ToldServer]:
    """A server that says what it is told."""
    with told_server() as server:
        yield server


def tell(server: ToldServer, question: str, *lines: Any) -> Api:
    """Have the companion answer a question with lines; gives whom to ask."""
    body = "".join(f"{json.dumps(line)}\n" for line in (*lines, {"kind": "end"})).encode()
    server.answers[f"GET /wp-json/wpmigrate/v1/{question}"] = Told(200, {}, body)
    client = Client()
    client.look(server.at("/"))
    return Api(client, server.at("/wp-json/"))


ODD_COMMENTS: list[Any] = [5, "x", [5], [{}], [{"approved": [1]}]]
ODD_METAS: list[Any] = [5, [5], [{"key": "k"}], [{"key": [1], "value": "v"}]]
ODD_RECORDS: list[Any] = [
    *(RECORD | {"id": odd} for odd in NO_NUMBERS),
    *(RECORD | {"type": odd} for odd in (None, 5, [1])),
    *(RECORD | {"comments": odd} for odd in ODD_COMMENTS),
    *(RECORD | {"meta": odd} for odd in ODD_METAS),
    {**RECORD, "terms": 5},
    {**RECORD, "terms": [5]},
    {**RECORD, "terms": [{}]},
    *(RECORD | {"parent": odd} for odd in ("x", [1])),
    *({}, 5, None, "x", [1]),
]
_SNAPSHOT = "snapshot?options=&types=&fields=&after=0"


@pytest.mark.parametrize("odd", ODD_RECORDS)
def test_odd_posts(server: ToldServer, odd: Any) -> None:
    """A snapshot ends in words."""
    api = tell(server, _SNAPSHOT, {"kind": "post", "record": odd})
    with pytest.raises(OddAnswerError, match="the companion's answer is odd: the post") as found:
        list(snapshot(api))
    assert found.value.path == server.at("/wp-json/wpmigrate/v1/snapshot")
    api = tell(server, "snapshot?ids=5", {"kind": "post", "record": odd})
    with pytest.raises(OddAnswerError):
        list(posts(api, [5]))


def test_posts_as_they_are(server: ToldServer) -> None:
    """What is as it should be comes as it is."""
    line = {"kind": "post", "record": RECORD, "digest": DIGEST}
    assert list(snapshot(tell(server, _SNAPSHOT, line))) == [line]


ODD_IDS: list[Any] = [{"id": each} for each in NO_NUMBERS]


@pytest.mark.parametrize("odd", [*ODD_IDS, {"digest": "x"}, {"id": 5}])
def test_odd_digests(server: ToldServer, odd: Any) -> None:
    """So do digests."""
    line = {"digest": DIGEST} | odd if odd != {"id": 5} else odd
    with pytest.raises(OddAnswerError):
        digests(tell(server, "digest?fields=id&after=0", line), ["id"])


@pytest.mark.parametrize("odd", [*ODD_IDS, {"name": 5}, {"value": [1]}])
def test_odd_options(server: ToldServer, odd: Any) -> None:
    """And options."""
    record = {"id": "5", "name": "n", "value": "v"} | odd
    api = tell(server, "snapshot?ids=0&options=n", {"kind": "option", "record": record})
    with pytest.raises(OddAnswerError):
        options(api, ["n"])


@pytest.mark.parametrize("kind", ["post", "term", "option"])
@pytest.mark.parametrize("odd", [{}, *({"id": each} for each in NO_NUMBERS)])
def test_odd_answers_to_lines(kind: str, odd: Any) -> None:
    """A line that was sent has failed then, by itself."""
    assert odd_told({"status": "created"} | odd, kind)
    stored = {"slug": "s", "date": "", "title": "t"}
    fine = {"id": "5", "digest": DIGEST, "record": stored, "value": "v", "status": "created"}
    assert not odd_told(fine, kind)
    assert odd_told(fine | {"digest": "x", "value": [1], "id": "x"}, kind)
