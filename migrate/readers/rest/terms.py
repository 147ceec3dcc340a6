"""Terms: all that a site shows, parents first, and how its posts refer to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from functools import partial

from migrate.errors import AnswerError
from migrate.live.api import Api, Row
from migrate.live.post_types import Context, Taxonomy
from migrate.model.post import TermRef
from migrate.model.site import Term
from migrate.readers.rest import losses, metas
from migrate.readers.rest.connection import Connection
from migrate.readers.rest.losses import Losses

__all__ = ["Terms", "read_terms"]

_FIELDS = "id,name,slug,parent,description,meta"
_REFUSED = frozenset({401, 403, 404})


class Terms:
    """A site's terms: `all` with parents first, `refs` by taxonomy and id."""

    def __init__(self) -> None:
        self.all: list[Term] = []
        self.refs: dict[tuple[str, int], TermRef] = {}
        self.shown: set[str] = set()

    def add(self, taxonomy: Taxonomy, rows: Mapping[int, Row]) -> None:
        """Take the terms of one taxonomy, by id."""
        self.shown.add(taxonomy.name)
        for row in _parents_first(rows):
            name, slug = str(row.get("name", "")), str(row.get("slug", ""))
            above = rows.get(int(row.get("parent") or 0))
            term = Term(
                taxonomy.name,
                slug,
                name,
                parent=str(above.get("slug", "")) if above else "",
                description=str(row.get("description", "")),
                id=int(row["id"]),
                meta=metas.rows(row.get("meta"), {}),
            )
            self.all.append(term)
            self.refs[taxonomy.name, int(row["id"])] = TermRef(taxonomy.name, name, slug)


def read_terms(connection: Connection, taxonomies: Mapping[str, Taxonomy], note: Losses) -> Terms:
    """Read the terms of every taxonomy; one that we aren't shown is named."""
    found = Terms()
    asked: list[tuple[Taxonomy, Future[dict[int, Row]]]] = []
    for taxonomy in taxonomies.values():
        context: Context = "edit" if connection.may(_right(taxonomy)) else "view"
        question = partial(_rows, taxonomy=taxonomy, context=context)
        asked.append((taxonomy, connection.lanes.ask(question)))
    for taxonomy, answer in asked:
        try:
            found.add(taxonomy, answer.result())
        except AnswerError as error:
            if error.status not in _REFUSED:
                raise
            note.once(losses.HIDDEN_TAXONOMY, taxonomy.name)
    return found


def _rows(api: Api, taxonomy: Taxonomy, context: Context) -> dict[int, Row]:
    asked = {"context": context, "_fields": _FIELDS}
    return {int(row["id"]): row for row in api.every(taxonomy.route, asked)}


def _right(taxonomy: Taxonomy) -> str:
    """Return the right that WP_REST_Terms_Controller asks for in the context `edit`."""
    return taxonomy.capabilities.get("edit_terms", "manage_categories")


def _parents_first(rows: Mapping[int, Row]) -> Iterator[Row]:
    given: set[int] = set()

    def with_parents(number: int) -> Iterator[Row]:
        if number in given or number not in rows:
            return
        given.add(number)  # before its parent: a circle of parents ends here
        yield from with_parents(int(rows[number].get("parent") or 0))
        yield rows[number]

    for number in rows:
        yield from with_parents(number)
