"""Places: where the objects of a kind lie on a site, and how one is looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from migrate.live.answer import mapping
from migrate.live.api import PAGE, Row
from migrate.live.post_types import Taxonomy
from migrate.plan import comments
from migrate.plan.compare import CUSTOM
from migrate.plan.journal import marks
from migrate.plan.journal.deeds import Deed
from migrate.plan.journal.entry import Step
from migrate.plan.stored import TRASHED
from migrate.writers.companion.undoing import CompanionOptions, CompanionPosts
from migrate.writers.rest import custom_fields, rows
from migrate.writers.rest.actions import is_public
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.payload import body

__all__ = ["Place", "place_of"]

_COMMENT: Final = (
    *("id", "post", "parent", "author", "author_name", "author_email", "author_url", "date"),
    *("content", "status", "type", "link"),
)

_NOTHING: Final[Mapping[str, str | int]] = {}

Asked = dict[str, str | int]
"""The parameters of a question."""


class Place(Protocol):
    """The objects of one kind and type; `route` is where one is, `fields` what is asked of it.

    `told` is what a deletion has to say besides.
    """

    route: str
    fields: str
    has_trash: bool
    told: Mapping[str, str | int]

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Give those that the site holds, the trash included, by id."""

    def held(self, row: Row) -> bytes:
        """Give the mark by which a later change is seen."""

    def look_for(self, deeds: Iterable[Deed]) -> None:
        """Know what of the objects of these deeds has to be in their rows."""

    def made_by(self, step: Step) -> int:
        """Give the one that a request without an answer made; 0 where there is none to be told."""

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        """Change fields of one; gives it as it is then. Raises SiteError."""

    def title(self, row: Row) -> tuple[str, bool]:
        """Give what people call one, and whether visitors see that."""

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        """Say who else needs one, if anybody; `leaving` are the posts that need it no longer."""


def place_of(deed: Deed, connection: Connection) -> Place | None:
    """Return where the object of a deed lies; None where REST offers no such place any more.

    Raises SiteError where we lack a right that undoing needs.
    """
    match deed.object:
        case "post" if marks.is_whole(deed.held) and connection.companion.may("import"):
            return CompanionPosts(connection, deed.type)
        case "post":
            kind = connection.unlisted(deed.type)
            return _Posts(connection, kind) if kind else None
        case "term":
            taxonomy = connection.taxonomy_named(deed.type)
            return _Terms(connection, taxonomy) if taxonomy else None
        case "option" if connection.companion.options:
            return CompanionOptions(connection)
        case "comment":
            return _Comments(connection)
        case "user":
            return _Users(connection)
    return None


class _Posts:
    """Posts of one type; media know no trash."""

    told = _NOTHING

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self._connection = connection
        self._taxonomy_fields = connection.taxonomy_fields(kind)
        self.route = kind.route
        self.fields = rows.full_fields(self._taxonomy_fields)
        self.has_trash = kind.type.name != "attachment"
        self._with_custom_fields = False

    def look_for(self, deeds: Iterable[Deed]) -> None:
        stated = any(name.startswith(CUSTOM) for deed in deeds for name in deed.was)
        self._with_custom_fields = self._with_custom_fields or stated

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        statuses = rows.ANY if self.has_trash else rows.ANY_FILE
        found = rows.fetch(self._connection.api, self.route, ids, self.fields, statuses)
        if self._with_custom_fields:
            read = custom_fields.read(self._connection.ask_by_call, list(found))
            for number, held in read.items():
                found[number]["custom_fields"] = custom_fields.by_key(held)
        return found

    def held(self, row: Row) -> bytes:
        return rows.held(row, self._taxonomy_fields)

    def made_by(self, step: Step) -> int:
        """Tell none: `Undo` compares the posts of several requests at once."""
        del step
        return 0

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        sent = {name: value for name, value in fields.items() if not name.startswith(CUSTOM)}
        if "slug" in sent:
            sent["slug"] = str(sent["slug"]).removesuffix(TRASHED)
        row: Row = {}
        if sent:
            row = self._connection.post(f"{self.route}/{site_id}", body(sent), self.fields)
        wanted = {site_id: custom_fields.of_fields(fields)}
        if wanted[site_id]:
            ask, change = self._connection.ask_by_call, self._connection.change_by_call
            custom_fields.store(ask, change, wanted, custom_fields.read(ask, [site_id]))
            row = self.rows([site_id]).get(site_id, {})
        return row

    def title(self, row: Row) -> tuple[str, bool]:
        return str(mapping(row.get("title")).get("raw", "")), is_public(row)

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        del site_id, leaving
        return ""


class _Terms:
    """Terms of one taxonomy; there is no trash for them."""

    has_trash = False
    told = _NOTHING

    def __init__(self, connection: Connection, taxonomy: Taxonomy) -> None:
        right = taxonomy.capabilities.get("delete_terms", "")
        purpose = f"to delete terms of the taxonomy {taxonomy.name}"
        connection.account.require([right] if right else [], purpose)
        self._connection = connection
        self._taxonomy = taxonomy
        self.route = taxonomy.route
        self.fields = rows.TERM_FIELDS

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        return _included(self._connection, self.route, ids, {"_fields": self.fields})

    def held(self, row: Row) -> bytes:
        return rows.held_term(row)

    def look_for(self, deeds: Iterable[Deed]) -> None:
        pass

    def made_by(self, step: Step) -> int:
        if not step.slug:
            return 0
        asked: Asked = {"slug": step.slug, "_fields": "id"}
        return next((int(row["id"]) for row in self._connection.api.rows(self.route, asked)), 0)

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        return self._connection.post(f"{self.route}/{site_id}", fields, self.fields)

    def title(self, row: Row) -> tuple[str, bool]:
        return str(row.get("name", "")), bool(row.get("count"))

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        """Look for posts that stay; terms of drafts and private posts aren't in WordPress's count.

        Others' posts are mostly older, so they come first.
        """
        for name in sorted(self._taxonomy.types):
            kind = self._connection.unlisted(name)
            if kind is None or self._taxonomy.field not in kind.schema.fields:
                continue
            stays = _staying(self._connection, kind, {self._taxonomy.field: site_id}, leaving)
            if stays:
                return f"{stays} has it by now"
        return ""


class _Comments:
    """Comments on any post."""

    route = "wp/v2/comments"
    fields = ",".join(_COMMENT)
    has_trash = True
    told = _NOTHING

    def __init__(self, connection: Connection) -> None:
        connection.account.require(["moderate_comments"], "to take comments back")
        self._connection = connection

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        found: dict[int, Row] = {}
        for status in ("all", "spam", "trash"):  # `all` leaves both out
            asked: Asked = {"context": "edit", "status": status, "_fields": self.fields}
            missing = [number for number in ids if number not in found]
            found |= _included(self._connection, self.route, missing, asked)
        return found

    def held(self, row: Row) -> bytes:
        return comments.held(row)

    def look_for(self, deeds: Iterable[Deed]) -> None:
        pass

    def made_by(self, step: Step) -> int:
        del step
        return 0

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        return self._connection.post(f"{self.route}/{site_id}", fields, self.fields)

    def title(self, row: Row) -> tuple[str, bool]:
        return str(row.get("author_name", "")), row.get("status") == "approved"

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        del site_id, leaving
        return ""


class _Users:
    """Users, who are nobody's to be put into a trash; what they wrote becomes the importing one's.

    That takes in posts that went into the trash, and whatever stays with --overwrite.
    """

    route = "wp/v2/users"
    fields = rows.USER_FIELDS
    has_trash = False

    def __init__(self, connection: Connection) -> None:
        connection.account.require(["delete_users"], "to delete the authors that the import made")
        self._connection = connection
        self.told: Mapping[str, str | int] = {"reassign": connection.account.id}

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        asked: Asked = {"context": "edit", "_fields": self.fields}
        return _included(self._connection, self.route, ids, asked)

    def held(self, row: Row) -> bytes:
        return rows.held_user(row)

    def look_for(self, deeds: Iterable[Deed]) -> None:
        pass

    def made_by(self, step: Step) -> int:
        asked: Asked = {"search": step.slug, "context": "edit", "_fields": "id,username"}
        return next(
            (
                int(row["id"])
                for row in self._connection.api.rows(self.route, asked)
                if str(row.get("username", "")).casefold() == step.slug.casefold()
            ),
            0,
        )

    def update(self, site_id: int, fields: dict[str, Any]) -> Row:
        return self._connection.post(f"{self.route}/{site_id}", fields, self.fields)

    def title(self, row: Row) -> tuple[str, bool]:
        return str(row.get("name", "")), False

    def in_use(self, site_id: int, leaving: Collection[int]) -> str:
        """Look for posts and files of theirs that stay."""
        for kind in self._connection.kinds_with("author"):
            stays = _staying(self._connection, kind, {"author": site_id}, leaving)
            if stays:
                return f"{stays} is by this user"
        return ""


def _staying(connection: Connection, kind: Kind, asked: Asked, leaving: Collection[int]) -> str:
    """Name a post of a kind that stays, among those that are asked for."""
    status = "any" if kind.type.name != "attachment" else rows.ANY_FILE[0]
    known: Asked = {**asked, "context": "edit", "status": status, "_fields": "id"}
    for row in connection.api.every(kind.route, known):
        if int(row["id"]) not in leaving:
            return f"{kind.type.name} {row['id']}, which stays,"
    return ""


def _included(
    connection: Connection, route: str, ids: Sequence[int], asked: Asked
) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for start in range(0, len(ids), PAGE):
        group = ids[start : start + PAGE]
        named: Asked = {**asked, "include": ",".join(map(str, group)), "per_page": PAGE}
        found |= {int(row["id"]): row for row in connection.api.rows(route, named)}
    return found
