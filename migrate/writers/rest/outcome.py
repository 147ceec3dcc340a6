"""Outcomes of planning: what was decided about a record, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct, field

from migrate.live.api import Row
from migrate.model.action import Action
from migrate.model.addresses import is_address
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan.compare import respelled
from migrate.writers.rest.actions import action, finding
from migrate.writers.rest.candidate import Candidate
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.options import OnExisting
from migrate.writers.rest.payload import Wanted

__all__ = [
    "Outcome",
    "changed_on_both",
    "changed_there",
    "comments_in_conflict",
    "conflict",
    "default_category",
    "late",
    "not_wanted",
    "other_id",
    "refused",
    "respelled_there",
    "stale",
    "terms_that_stay",
    "undated",
]

_BOTH: Final = "both the record and its post on the site changed since the last import"
_CHOOSE: Final = "Take over on one side what the other has, then run again"
_ALLOW: Final = "Leave out --on-existing to have it updated"
_STAY: Final = "They stay: take them away on the site if the record is meant to have none"
_THERE: Final = "its post was changed on the site since the last import, the record wasn't"


class Outcome(Struct):
    """What was decided: the action to report, and what applying needs to know."""

    action: Action
    site_id: int = 0
    fields: tuple[str, ...] = ()
    key: str = ""
    state: bytes = b""
    findings: list[Finding] = field(default_factory=list)


def refused(post: Post, reason: str, field: str) -> Outcome:
    """Return the outcome of a record that REST can't take."""
    found = finding("loss-record-refused", reason, post, field)
    return Outcome(action("skip", post, reason), findings=[found])


def conflict(post: Post, reason: str, fix: str = "") -> Outcome:
    """Return the outcome of a record that can't go where it says."""
    found = finding("target-conflict", reason, post, "slug", fix=fix)
    return Outcome(action("conflict", post, reason), findings=[found])


def stale(candidate: Candidate) -> Iterator[Finding]:
    """Give the finding for an entry of the journal that the site doesn't bear out."""
    if candidate.recalled.stale:
        message = f"it was post {candidate.recalled.stale}, which the site doesn't hold any more"
        yield finding("target-journal-stale", message, candidate.post)


def late(post: Post) -> Finding:
    """Return the finding for a post that was to appear at a time that has passed."""
    message = f"its time was {post.date or post.date_gmt}"
    return finding("target-published-late", message, post, "date")


def undated(post: Post) -> Finding:
    """Return the finding for a published post without a date."""
    message, fix = "a published post without a date", "State its date, or it gets the site's time"
    return finding("mapping-date-missing", message, post, "date", fix=fix)


def default_category(candidate: Candidate) -> Iterator[Finding]:
    """Give the finding for a new post that states its terms and no category among them.

    wp_insert_post() puts it into the default one; other types have none.
    """
    post, kind = candidate.post, candidate.kind
    if kind.type.name != "post" or "category" not in kind.type.taxonomies or post.terms is None:
        return
    if "categories" not in candidate.wanted.term_fields:
        message = "it has no category, so the site puts it into its default one"
        yield finding("target-default-category", message, post, "terms.category")


def other_id(post: Post, site_id: int) -> Iterator[Finding]:
    """Give the finding for an ID that the site doesn't keep, stated or as the permalink has it."""
    link = post.link or ""
    asked = parse_qs(urlsplit(link).query) if "?" in link and is_address(link) else {}
    linked = next((asked[name][0] for name in ("p", "page_id") if name in asked), "")
    number = str(post.id or linked)
    if number and number != str(site_id):
        yield finding("loss-id", f"its ID {number} isn't kept", post, "id")


def changed_on_both(post: Post, fields: Iterable[str]) -> Outcome:
    """Return the outcome of a record that was edited while its post was; nothing is sent."""
    return conflict(post, f"{_BOTH}; differing: {', '.join(fields)}", _CHOOSE)


def comments_in_conflict(post: Post, numbers: Iterable[Any]) -> Iterator[Finding]:
    """Name the comments of the site, by their numbers, that both sides changed; they stay."""
    for number in numbers:
        message = f"comment {number} changed on both sides since the last import"
        yield finding("target-conflict", message, post, "comments", fix=_CHOOSE)


def not_wanted(post: Post, fields: Iterable[str], on_existing: OnExisting) -> Outcome:
    """Return the outcome of a record that is there otherwise, where the user wants no updates."""
    reason = f"it is there, differing: {', '.join(fields)}"
    if on_existing == "fail":
        return conflict(post, reason, _ALLOW)
    return Outcome(action("skip", post, reason))


def terms_that_stay(
    connection: Connection, post: Post, kind: Kind, wanted: Wanted, row: Row
) -> Iterator[Finding]:
    """Name the terms of a post that its record, which states terms, doesn't name at all.

    A record can't tell an empty list from an unset one, so they aren't taken away. A single
    category may be the site's default.
    """
    for name in sorted(kind.type.taxonomies) if post.terms is not None else ():
        taxonomy = connection.taxonomy(name, kind)
        if taxonomy is None or taxonomy.field in wanted.term_fields:
            continue
        terms = row.get(taxonomy.field)
        if isinstance(terms, list) and len(terms) > int(taxonomy.hierarchical):
            message = f"the record has no term of the taxonomy {name}, its post on the site does"
            yield finding("loss-field-refused", message, post, f"terms.{name}", fix=_STAY)


def respelled_there(candidate: Candidate, row: Row) -> Iterator[Finding]:
    """Name the fields of a post that is there whose form the site makes itself, as of its slug.

    Not again of a record that asks what it asked before.
    """
    wanted = candidate.wanted
    fields = {} if candidate.asks_the_same else wanted.fields
    for name in respelled(fields, row, wanted.status):
        message = f"the site stores another {name}"
        yield finding("loss-field-changed", message, candidate.post, name)


def changed_there(post: Post) -> Finding:
    """Return the finding for a post that was edited while its record wasn't."""
    return finding("target-changed-on-site", _THERE, post)
