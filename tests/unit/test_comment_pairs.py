"""Comments of two sources pair by what they say, and count as a site stores them."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.model.post import Comment, Meta, Post
from migrate.plan.difference import differences


def comment(number: int, text: str, **more: Any) -> Comment:
    """Make a reader's comment as an old export has it, the minute being its number."""
    stated: dict[str, Any] = {
        "content": text,
        "author": f"Reader {number}",
        "author_email": "",
        "author_url": "",
        "author_ip": "",
        "date": f"2016-07-17 12:{number:02}:00",
        "approved": "1",
        "type": "",
        "parent": 0,
        "user_id": 0,
    }
    return Comment(id=number, **{**stated, **more})


def stored(number: int, text: str, **more: Any) -> Comment:
    """Make the same as a site of today has it."""
    return comment(number, text, **{"type": "comment", "author_ip": "0.0.0.0", **more})


def differing(
    said: list[Comment], held: list[Comment], *, same_site: bool = False
) -> list[tuple[str, str, str]]:
    """Give field and values of each difference."""
    found = differences(Post(comments=said), Post(comments=held), {}, same_site=same_site)
    return [(each.field, each.said, each.held) for each in found]


def test_as_stored() -> None:
    """Type, address, entities, blanks and a rel that WordPress adds are no differences."""
    said = [comment(1, 'A & b <a href="x">c</a> ', author="Tom & Jo", author_url="http://a/?b&c")]
    held = [
        stored(
            *(1, 'A &amp; b <a href="x" rel="nofollow ugc">c</a>'),
            author="Tom &amp; Jo",
            author_url="http://a/?b&#038;c",
        )
    ]
    assert differing(said, held) == []


def test_order_and_numbers() -> None:
    """Another site's order, its numbers and those of its users say nothing; threads do."""
    said = [comment(7, "One", user_id=6), comment(8, "Two", parent=7)]
    held = [stored(2, "Two", parent=1), stored(1, "One", user_id=3)]
    for here, there in zip(said, reversed(held), strict=True):
        there.author, there.date = here.author, here.date
    assert differing(said, held) == []
    held[0].parent = 0
    held[1].user_id = 0
    assert differing(said, held) == [
        ("comments.0.user_id", "6", "0"),
        ("comments.1.parent", "7", "0"),
    ]


def test_missing_and_more() -> None:
    """One that only one side has is named by kind, author, date and text; the others pair on."""
    said = [comment(1, "Ping", type="pingback"), comment(2, "Two"), comment(3, "Three")]
    held = [stored(3, "Three"), stored(2, "Two"), stored(4, "Four")]
    assert differing(said, held) == [
        ("comments.0", "pingback by Reader 1, 2016-07-17 12:01:00: Ping", ""),
        ("comments.3", "", "comment by Reader 4, 2016-07-17 12:04:00: Four"),
    ]
    assert [name for name, *_ in differing(said, [])] == ["comments.0", "comments.1", "comments.2"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"content": "Other"}, "content"),
        ({"author": "Other"}, "author"),
        ({"author_url": "http://b"}, "author_url"),
        ({"author_ip": "192.0.2.1"}, "author_ip"),
        ({"author_email": "b@example.org"}, "author_email"),
        ({"approved": "0"}, "approved"),
        ({"type": "review"}, "type"),
        ({"meta": [Meta("k", "2")]}, "meta.k"),
    ],
)
def test_what_differs(change: dict[str, Any], field: str) -> None:
    """Each field is compared between the two comments that are one."""
    said = [comment(1, "One", meta=[Meta("k", "1")]), comment(2, "Two")]
    held = [stored(2, "Two"), stored(1, "One", **{"meta": [Meta("k", "1")], **change})]
    assert [name for name, *_ in differing(said, held)] == [f"comments.0.{field}"]


def test_other_date() -> None:
    """A date alone that differs leaves no two of its three marks, so the comment is missing."""
    (missing, more) = differing([comment(1, "One")], [stored(1, "One", date="2020-01-01 00:00:00")])
    assert (missing[0], more[0]) == ("comments.0", "comments.1")


def test_one_site() -> None:
    """On one site the number tells which comment it is, and texts count to the letter."""
    said = [comment(1, "A & b"), comment(2, "Two", parent=1)]
    held = [stored(2, "Two", parent=1), stored(1, "A &amp; b")]
    assert differing(said, held, same_site=True) == [("comments.0.content", "A & b", "A &amp; b")]


def test_many_alike() -> None:
    """Equal comments pair one with one, however many there are."""
    said = [comment(1, "+1", author="A") for _ in range(3000)]
    held = [stored(number, "+1", author="A", date=said[0].date) for number in range(2999)]
    assert [name for name, *_ in differing(said, held)] == ["comments.2999"]
