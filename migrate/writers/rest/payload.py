"""Payload: a record as the fields that REST takes, and a finding for each that it doesn't."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Any, Final

from msgspec import Struct, field

from migrate.live.post_types import Taxonomy
from migrate.model.finding import Note
from migrate.model.post import Post, TermRef
from migrate.plan import stored
from migrate.plan.compare import META
from migrate.writers.rest import custom_fields, metas
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.comments import Comments
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.losses import Losses
from migrate.writers.rest.media.item import Item
from migrate.writers.rest.media.placed import Placed
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.parents import Parents
from migrate.writers.rest.terms import Terms

__all__ = ["Builder", "Wanted", "body", "status_of"]

_PLAIN: Final = (
    *("title", "excerpt", "comment_status", "ping_status", "sticky", "password", "menu_order"),
)
_UNSENT: Final = ("guid", "attachment_url", "to_ping", "pinged")
_FORMAT: Final = "post-format-"

Place = Callable[[Post, Note], Placed]
"""Gives a record as the site is to get it: what it names led to the site's own media."""

_DEFAULTS: Final = (None, "", 0, False)


class Wanted(Struct, frozen=True):
    """What the site should hold for a record: REST field → value, as far as the source says.

    What is sent in requests of its own once the post is there stands in `later` instead. `status`
    tells which statuses count as the same; None where the source states none. Terms that have yet
    to be made stand as numbers below zero, and so does a parent: by its ID in the source. `media`
    are the files that it names; what stands for those that the site hasn't yet is no address.
    """

    fields: dict[str, Any]
    status: stored.Status | None
    term_fields: tuple[str, ...]
    later: dict[str, Any] = field(default_factory=dict)
    media: tuple[Item, ...] = ()

    @property
    def asked(self) -> dict[str, Any]:
        """Give everything that the record asks for."""
        return self.fields | self.later

    @property
    def custom_fields(self) -> dict[str, list[str]]:
        """Give the rows of the metas that go over XML-RPC, by key."""
        return custom_fields.of_fields(self.later)


class Builder:
    """Builds payloads. What can't be sent becomes a finding of the `loss` family."""

    def __init__(
        self,
        connection: Connection,
        authors: Authors,
        terms: Terms,
        parents: Parents,
        place: Place,
        options: ImportOptions,
    ) -> None:
        self._comments = Comments(connection, authors)
        self._connection = connection
        self._authors = authors
        self._terms = terms
        self.parents = parents
        self._place = place
        self._options = options

    @property
    def accepts_numbers(self) -> bool:
        """Tell whether a record may get WordPress's number behind its slug."""
        return self._options.renames_taken

    def status_of(self, post: Post) -> str:
        """Give the status under which a record goes in; empty where none is sent."""
        status = status_of(post, self._options, self._connection.facts.zone)
        return status.value if status else ""

    def build(self, post: Post, kind: Kind, note: Note) -> Wanted:
        """Give the payload of a record of this kind."""
        losses = Losses(post, note)
        placed = self._place(post, note)
        post = placed.post
        fields = _texts(post) | placed.fields
        status = status_of(post, self._options, self._connection.facts.zone)
        if status is not None:
            fields["status"] = status.value
        fields |= self._date(post, losses)
        fields |= self._author(post)
        fields = _accepted(fields, kind, losses)
        if post.sticky and post.password and fields.pop("sticky", None):
            losses.refused("sticky", "a post with a password can't be sticky")
        terms = self._term_fields(post, kind, losses)
        takes_calls = self._connection.may_take_calls
        registered, custom = metas.fields(post, kind, losses, xml_rpc=takes_calls)
        fields |= terms | registered | self.parents.field(post, kind, losses)
        _name_unsent(post, losses)
        later = custom | self._comments.field(post, kind, str(fields.get("status", "")), losses)
        return Wanted(fields, status, tuple(terms), later, placed.items)

    def resolved(self, post: Post, kind: Kind, losses: Losses) -> dict[str, Any]:
        """Give those fields of a record that depend on what the site holds beside its posts."""
        status = self.status_of(post)
        fields: dict[str, Any] = {"status": status} if status else {}
        if post.author:
            fields |= _accepted(self._author(post), kind, losses)
        return fields | self._term_fields(post, kind, losses) if post.terms else fields

    def for_creating(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Give fields with the moment in place of a wall clock that the site would take otherwise.

        Of an hour that happens twice the first is meant; PHP takes the second in many zones. Where
        the dates were written in another zone than the site's, the wall clock is what is kept.
        """
        zone, date = self._connection.facts.zone, fields.get("date", "")
        moment = stored.gmt(date, zone)
        if not stored.happens_twice(date, zone):
            return fields
        if moment != stored.gmt(date, self._options.timezone or zone):
            return fields
        return {name: held for name, held in fields.items() if name != "date"} | {
            "date_gmt": moment
        }

    def _author(self, post: Post) -> dict[str, int]:
        author = self._authors.id_of(post)
        return {"author": author} if author else {}

    def _date(self, post: Post, losses: Losses) -> dict[str, str]:
        """Return the wall clock where it is stated, else the moment; WordPress computes the other.

        A zero date isn't sent: WordPress takes it as none, and so does leaving it out.
        """
        if not post.date:
            return {"date_gmt": post.date_gmt} if post.date_gmt else {}
        wall = stored.wall(post.date, self._connection.facts.zone)
        if wall != post.date:
            losses.note(
                "loss-field-changed",
                f"the site's zone {self._connection.facts.zone_name} skips the hour {post.date}, "
                f"so it becomes {wall}",
                "date",
            )
        return {"date": wall}

    def _term_fields(self, post: Post, kind: Kind, losses: Losses) -> dict[str, list[int]]:
        """Return the terms of each taxonomy that the record states a term of."""
        numbers: dict[str, list[int]] = {}
        refused: set[str] = set()
        for ref in post.terms or ():
            if ref.taxonomy == "post_format":
                continue
            taxonomy = self._connection.taxonomy(ref.taxonomy, kind)
            if taxonomy is None:
                refused.add(ref.taxonomy)
            else:
                numbers.setdefault(taxonomy.field, []).extend(self._number(taxonomy, ref, losses))
        for name in sorted(refused):
            losses.refused(
                f"terms.{name}", f"posts of this type take no terms of the taxonomy {name}"
            )
        return {field: list(dict.fromkeys(found)) for field, found in numbers.items() if found}

    def _number(self, taxonomy: Taxonomy, ref: TermRef, losses: Losses) -> list[int]:
        number = self._terms.number(taxonomy, ref)
        if number is None:
            losses.refused(f"terms.{taxonomy.name}", "a term needs a name")
        return [] if number is None else [number]


def status_of(post: Post, options: ImportOptions, zone: tzinfo) -> stored.Status | None:
    """Return the status under which a record goes into a site of this zone; None where unstated."""
    held_back = options.as_status
    if post.status is None:
        return stored.UNSTATED.held_back(held_back) if held_back else None
    moment, missed = post.date_gmt or "", options.publish_missed
    if post.date:  # of what has surely passed nobody needs to know the moment
        past = stored.is_long_past(post.date, options.now)
        moment = "" if past else stored.gmt(post.date, zone)
    status = stored.status(post.status, moment, options.now, publish_missed=missed)
    return status.held_back(held_back)


def body(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields as the JSON of a request: metas in an object of their own, dates with a `T`."""
    sent = {name: held for name, held in fields.items() if not name.startswith(META)}
    for name in ("date", "date_gmt"):
        if name in sent:
            sent[name] = sent[name].replace(" ", "T")
    held_metas = {n.removeprefix(META): held for n, held in fields.items() if n.startswith(META)}
    return sent | ({"meta": held_metas} if held_metas else {})


def _texts(post: Post) -> dict[str, Any]:
    """Return what goes as it is; a slug of which nothing is left is WordPress's to make."""
    fields = {name: held for name in _PLAIN if (held := getattr(post, name)) is not None}
    if post.content is not None:
        fields["content"] = post.content.decode()
    # WordPress itself marks the slugs of its trash.
    slug = (post.slug or "").removesuffix(stored.TRASHED if post.status == "trash" else "")
    if stored.slug(slug):
        fields["slug"] = slug
    templates = [meta.value for meta in post.meta or () if meta.key == metas.TEMPLATE]
    if templates:
        fields["template"] = templates[0].removeprefix("default")
    formats = [ref.slug or "" for ref in post.terms or () if ref.taxonomy == "post_format"]
    if formats:
        fields["format"] = formats[0].removeprefix(_FORMAT)
    return fields


def _accepted(fields: dict[str, Any], kind: Kind, losses: Losses) -> dict[str, Any]:
    """Return the fields that posts of this kind take; a default isn't missed elsewhere."""
    for name in [name for name in fields if name not in kind.schema.fields]:
        if fields.pop(name) not in _DEFAULTS and name not in {"comment_status", "ping_status"}:
            losses.refused(name, f"the site takes no {name} for records of this type")
    return fields


def _name_unsent(post: Post, losses: Losses) -> None:
    """Name what the REST API has no way for, where the record states it."""
    for name in _UNSENT:
        if getattr(post, name) not in (*_DEFAULTS, []):
            losses.refused(name, f"{name} isn't sent over REST")
    if post.modified and post.modified != post.date:
        losses.refused("modified", "the REST API sets the time of the last change itself")
