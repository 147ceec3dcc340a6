"""Comment pairs: which comments of two records are one, in a form in which they can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from migrate.model.post import Comment
from migrate.plan.comments import NO_ADDRESS, matched, plain

__all__ = ["pairs"]

_REST_NAMES: Final = {"author": "author_name", "author_url": "author_url", "content": "content"}
"""The fields that a site stores otherwise than they are sent, and their names there."""


def pairs(
    said: Sequence[Comment], held: Sequence[Comment], *, same_site: bool
) -> Iterator[tuple[Comment | None, Comment | None]]:
    """Give each comment of `said` with the one that it is, or None, then those that nobody says.

    On one site their IDs tell which is which, else what they say. Another site numbers comments and
    people anew, so numbers only tell there whether there is something; and it stores names,
    addresses and texts in a form of its own, which both get.
    """
    ours = [_form(comment, same_site=same_site) for comment in said]
    theirs = [_form(comment, same_site=same_site) for comment in held]
    places = _matched(ours, theirs, same_site=same_site)
    numbers = {ours[at].id: theirs[place].id for at, place in places.items()}
    for at, comment in enumerate(ours):
        partner = theirs[places[at]] if at in places else None
        if partner and not same_site:
            comment = _renumbered(comment, partner, numbers)  # noqa: PLW2901 - in their numbers
        yield comment, partner
    for place in sorted(set(range(len(theirs))) - set(places.values())):
        yield None, theirs[place]


def _matched(
    ours: Sequence[Comment], theirs: Sequence[Comment], *, same_site: bool
) -> dict[int, int]:
    """Return the places of partners, by place."""
    by_id = {comment.id: at for at, comment in enumerate(theirs, 1) if comment.id is not None}
    known = {at: by_id[c.id] for at, c in enumerate(ours, 1) if c.id in by_id} if same_site else {}
    wanted = [{"id": at, **_told(comment)} for at, comment in enumerate(ours, 1)]
    rows = [{"id": at, **_told(comment)} for at, comment in enumerate(theirs, 1)]
    found = matched(wanted, [row | {"content": {"raw": row.get("content")}} for row in rows], known)
    return {at - 1: place - 1 for at, place in found.items()}


def _told(comment: Comment) -> dict[str, Any]:
    """Return what tells a comment from others, as far as it is stated."""
    said = {"date": comment.date, "author_name": comment.author, "content": comment.content}
    return {name: value for name, value in said.items() if value is not None and value != ""}


def _form(comment: Comment, *, same_site: bool) -> Comment:
    # get_comment_type() takes the empty type of before WordPress 5.5 for a comment.
    kind = comment.type if comment.type is None else comment.type or "comment"
    address = "" if comment.author_ip == NO_ADDRESS else comment.author_ip
    changed: dict[str, Any] = {"type": kind, "author_ip": address}
    if not same_site:
        changed |= {name: _stored(comment, name) for name in _REST_NAMES}
    return replace(comment, **changed)


def _stored(comment: Comment, name: str) -> Any:
    value = getattr(comment, name)
    return None if value is None else plain(_REST_NAMES[name], value)


def _renumbered(
    comment: Comment, partner: Comment, numbers: dict[int | None, int | None]
) -> Comment:
    """Return a comment with the numbers of the site that has its partner."""
    above = comment.parent
    if above and partner.parent != 0:
        above = numbers.get(above, 0)
    user = partner.user_id if comment.user_id and partner.user_id else comment.user_id
    return replace(comment, id=None, parent=above, user_id=user)
