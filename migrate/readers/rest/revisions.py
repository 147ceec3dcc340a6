"""Revisions: what posts said before, asked for where a listing says that there is something.

XML-RPC gives those of several posts in a call, with their metas, and renders nothing; it leaves out
what was saved automatically. Where it gives fewer than were counted, REST is asked, post by post.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from migrate.errors import AnswerError, SiteError
from migrate.live.api import PAGE, Api, Row
from migrate.live.multicall import Fault
from migrate.live.post_types import PostType, Schema
from migrate.live.shapes import OddAnswerError
from migrate.readers.rest import called, hidden, losses
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.kinds import REVISION, Kind
from migrate.readers.rest.listing import Broken, in_halves, listed
from migrate.readers.rest.losses import Losses

__all__ = ["COUNTED", "Revised", "count", "of_kind", "revisions"]

COUNTED: Final = "_links.version-history"
"""The field of a listing that says how many revisions a post has."""

_HISTORY: Final = "version-history"
_POSTS: Final = 25  # in one call
_FIELDS: Final = "id,author,date,date_gmt,modified,modified_gmt,parent,slug,guid,title,content"
_REFUSED: Final = frozenset({400, 401, 403, 404})
_STATED: Final = {"status": "inherit"}
"""What REST doesn't say of a revision, since it is so of all of them (_wp_post_revision_data())."""


class Revised(NamedTuple):
    """The posts of a kind that have revisions, and how many each."""

    kind: Kind
    ids: array[int]
    counts: array[int]

    def add(self, number: int, counted: int) -> None:
        """Take a post, where it has any."""
        if counted:
            self.ids.append(number)
            self.counts.append(counted)


class _Post(NamedTuple):
    number: int
    revisions: int


def count(row: Row) -> int:
    """Take the number of revisions out of a row of a listing; 1 where it isn't told."""
    links = row.pop("_links", None)
    history = links.get(_HISTORY) if isinstance(links, dict) else None
    if not isinstance(history, list):
        return 1
    counts = [link.get("count") for link in history if isinstance(link, dict)]
    return sum(number for number in counts if isinstance(number, int) and number > 0)


def of_kind(kind: Kind) -> Kind:
    """Give the kind that the revisions of a kind's posts are."""
    shown = PostType(REVISION, "", "", False, {}, frozenset(), frozenset())
    schema = Schema(frozenset({"featured_media"}), frozenset(), kind.schema.meta)
    return replace(kind, type=shown, schema=schema, taxonomies=(), statuses=("inherit",))


def revisions(
    connection: Connection, revised: Revised, note: Losses, broken: Broken
) -> Iterator[tuple[Row, Row]]:
    """Give revisions as REST would, each with what XML-RPC said of it; {} where it didn't.

    Raises SiteError.
    """
    kind, seen = revised.kind, set[int]()
    short: list[_Post] = []
    for post, answer in _called(connection, revised):
        told = _told(kind, post, answer, note)
        found = [hidden.row(of_kind(kind), each) for each in told]
        seen.update(row["id"] for row in found)
        yield from zip(found, told, strict=True)
        if len(found) < post.revisions and kind.type.route:
            short.append(post)
    for row in _listed(connection, kind, short, note, broken):
        if int(row["id"]) not in seen:
            seen.add(int(row["id"]))
            note.once(losses.REVISIONS_FIELDS)
            yield row | _STATED, {}


def _told(kind: Kind, post: _Post, answer: Any, note: Losses) -> list[Row]:
    """Return what XML-RPC tells of a post's revisions; what is odd of it is named."""

    def odd(_place: int, why: str) -> None:
        note.once(losses.XML_RPC_ODD, f"a revision of {kind.name} {post.number}: {why}")

    if answer is None or isinstance(answer, Fault):
        return []
    try:
        return called.posts(answer, odd)
    except OddAnswerError as error:
        odd(0, error.message)
        return []


def _called(connection: Connection, revised: Revised) -> Iterator[tuple[_Post, Any]]:
    """Give each post with the answer to what XML-RPC knows of its revisions, None where none is."""
    posts = list(map(_Post, revised.ids, revised.counts))
    if not revised.kind.by_call:
        yield from ((post, None) for post in posts)
        return
    asked = (partial(_call, connection, group) for group in _groups(posts))
    for answer in connection.lanes.in_order(asked):
        yield from answer


def _call(connection: Connection, posts: Sequence[_Post], _api: Api) -> list[tuple[_Post, Any]]:
    calls = [("wp.getRevisions", (post.number, ["post", "custom_fields"])) for post in posts]
    try:
        answers = connection.call(calls)
    except SiteError:
        answers = [None] * len(posts)  # too much at once, maybe: REST gives less at a time
    return list(zip(posts, answers, strict=True))


def _groups(posts: Sequence[_Post]) -> Iterator[list[_Post]]:
    """Give posts that are asked about in one call: a page of revisions, or one post with more."""
    group: list[_Post] = []
    held = 0
    for post in posts:
        if group and (held + post.revisions > PAGE or len(group) == _POSTS):
            yield group
            group, held = [], 0
        group.append(post)
        held += post.revisions
    if group:
        yield group


def _listed(
    connection: Connection, kind: Kind, posts: Sequence[_Post], note: Losses, broken: Broken
) -> Iterator[Row]:
    few = [post for post in posts if post.revisions <= PAGE]
    for page, faults in connection.lanes.in_order(partial(_few, kind, post) for post in few):
        if page is None:
            note.once(losses.REVISIONS, kind.name)
            continue
        for why in faults:
            broken(why)
        yield from page
    for post in posts:
        if post.revisions > PAGE:
            many: list[Row] = []  # of one post, which may be as many as a page is rows
            listed(connection.lanes, _route(kind, post), _ASKED, many.append, broken)
            yield from many


_ASKED: Final[dict[str, str | int]] = {"context": "edit", "_fields": f"{_FIELDS},excerpt,meta"}


def _few(kind: Kind, post: _Post, api: Api) -> tuple[list[Row] | None, list[str]]:
    """Return a post's revisions, None where we aren't shown them, and those that can't be given."""
    faults: list[str] = []
    route = _route(kind, post)

    def ask(start: int, count: int) -> list[Row]:
        page: dict[str, str | int] = {"orderby": "id", "order": "asc"}
        return api.rows(route, {**_ASKED, **page, "offset": start, "per_page": count})

    def fault(at: int, why: str) -> None:
        faults.append(f"number {at + 1} of {route} in the order of ids: {why}")

    try:
        return in_halves(ask, 0, post.revisions, fault), faults
    except AnswerError as error:
        if error.status not in _REFUSED:
            raise
        return None, faults


def _route(kind: Kind, post: _Post) -> str:
    return f"{kind.type.route}/{post.number}/revisions"
