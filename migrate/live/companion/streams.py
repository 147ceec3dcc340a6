"""Streams: what the companion reads out of a site, line by line as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from migrate import quick_json
from migrate.errors import SiteError
from migrate.live.answer import Answer, plain_text
from migrate.live.api import Api, Row
from migrate.live.companion import ROUTES
from migrate.live.companion.line_shapes import checked
from migrate.live.http.bodies import Streamed

__all__ = ["Option", "digests", "lines", "options", "posts", "snapshot", "whole_answer"]

LARGEST_LINE: Final = 1024 * 1024 * 1024
"""A text of 256 MB, each of its characters escaped."""

_TRIES: Final = 3


class Option(NamedTuple):
    """An option of the site: its number in wp_options, and its value as that has it."""

    id: int
    value: str


def snapshot(
    api: Api,
    options: Iterable[str] = (),
    *,
    types: Iterable[str] = (),
    fields: Iterable[str] = (),
) -> Iterator[Row]:
    """Give the site's lines: `{"kind": …, "record": …}` for site, authors, terms, options, posts.

    The posts are those of `types`, else of all types that WordPress exports. Where `fields` are
    named, a post has these alone, and its line the `digest` of all of it. A stream that breaks off
    is gone on with after its last post. Raises SiteError.
    """
    named = {"options": options, "types": types, "fields": fields}
    asked = {name: ",".join(values) for name, values in named.items()}
    yield from _whole(api, "snapshot", asked, _of_record)


def digests(api: Api, fields: Iterable[str]) -> dict[int, str]:
    """Give the SHA-256 of each post over these fields, by ID. Raises SiteError."""
    rows = _whole(api, "digest", {"fields": ",".join(fields)}, lambda row: int(row["id"]))
    return {int(row["id"]): str(row["digest"]) for row in rows}


def posts(api: Api, ids: Iterable[int]) -> Iterator[Row]:
    """Give the records of these posts (200 at most) that the site holds. Raises SiteError."""
    for row in _stream(api, "snapshot", {"ids": ",".join(map(str, ids))}):
        yield row["record"]


def options(api: Api, names: Iterable[str]) -> dict[str, Option]:
    """Give those of the options of these names that the site has, by name. Raises SiteError."""
    rows = _stream(api, "snapshot", {"ids": "0", "options": ",".join(names)})
    return {
        row["record"]["name"]: Option(int(row["record"]["id"]), row["record"]["value"])
        for row in rows
    }


def whole_answer(answer: Answer) -> list[Row]:
    """Give the lines of an answer that came as a whole. Raises SiteError where it didn't."""
    if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
        answer.content()
    return list(_until_end(lines([answer.body], answer.url), answer.url))


def lines(pieces: Iterable[bytes], url: str) -> Iterator[Row]:
    """Give the objects of a stream, one a line. Raises SiteError where a line is none."""
    rest: list[bytes] = []
    held = 0
    for piece in pieces:
        first, *more = piece.split(b"\n")
        rest.append(first)
        held += len(first)
        for line in more:
            yield from _object(b"".join(rest), url)
            rest, held = [line], len(line)
        if held > LARGEST_LINE:
            raise SiteError("a line of the companion's answer has no end", path=url)
    yield from _object(b"".join(rest), url)


def _whole(
    api: Api, route: str, asked: Mapping[str, str], place: Callable[[Row], int]
) -> Iterator[Row]:
    """Give all lines of a stream; `place` says after which ID it is gone on with."""
    after, tries = 0, 0
    while True:
        try:
            for row in _stream(api, route, {**asked, "after": str(after)}):
                after = max(after, place(row))
                tries = 0 if place(row) else tries
                yield row
        except SiteError:
            tries += 1
            if not after or tries == _TRIES:
                raise
        else:
            return


def _stream(api: Api, route: str, asked: Mapping[str, str]) -> Iterator[Row]:
    url = api.url(f"{ROUTES}/{route}")
    with api.client.listen(url, asked) as answer:
        if answer.status != 200:  # noqa: PLR2004 - HTTP's own number
            _raise(answer, url)
        for line in _until_end(lines(answer.pieces, url), url):
            yield checked(line, url)


def _until_end(rows: Iterable[Row], url: str) -> Iterator[Row]:
    """Give lines up to the one that says that there are no more; SiteError where there is none."""
    for row in rows:
        if row.get("kind") == "error":
            raise SiteError(plain_text(str(row.get("message"))), path=url)
        if row.get("kind") == "end":
            return
        yield row
    raise SiteError("the companion's answer broke off", path=url)


def _raise(answer: Streamed, url: str) -> None:
    body = b"".join(answer.pieces)
    Answer(url, answer.status, answer.headers, body).content()
    raise SiteError(f"lines were asked for, and HTTP {answer.status} came", path=url)


def _object(line: bytes, url: str) -> Iterator[Row]:
    if not line.strip():
        return
    try:
        row = quick_json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise SiteError("a line of the companion's answer is no object", path=url)
    yield row


def _of_record(row: Row) -> int:
    """Return the ID of a post's line, 0 for what stands before posts."""
    return int(row["record"]["id"]) if row.get("kind") == "post" else 0
