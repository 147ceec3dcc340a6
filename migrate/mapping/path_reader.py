"""What the path of a post's file adds to what its keys said: status, type, date and slug."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from migrate.mapping import slugs
from migrate.mapping.file_names import FileNames
from migrate.mapping.manner import Manner
from migrate.mapping.plan_rows import PlannedRows
from migrate.mapping.status import most_private
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.rows import Rows


class PathReader:
    """Reads paths below SOURCE, with `/`; can be pickled."""

    __slots__ = ("_file_names", "_keys_of", "_manner", "slug_from_link")

    def __init__(
        self,
        manner: Manner,
        file_names: FileNames,
        keys_of: Mapping[str, str],
        *,
        slug_from_link: bool,
    ) -> None:
        """Take the dialect's rules about paths, and its keys by the fields that they carry."""
        self._manner = manner
        self._file_names = file_names
        self._keys_of = keys_of
        self.slug_from_link = slug_from_link

    def add(self, post: Post, path: str, note: Note) -> None:
        """Add what the path says to what the keys said."""
        facts = self._file_names.facts(path)
        if facts.status is not None:
            self._settle_status(post, facts.status, note)
        if post.status is None:
            post.status = self._manner.status.unstated
        if post.type is None:
            post.type = self._manner.types.of(path)
        if post.date is None and post.date_gmt is None:
            post.date = facts.date
        if post.slug is None:
            post.slug = self._slug(post, facts.slug)

    def add_rows(self, rows: PlannedRows, paths: Sequence[str]) -> PlannedRows | None:
        """Add the same to records beside one another, all of one folder.

        Those without a slug are odd. None where keys and folder have to be held against each other,
        or a path says the date.
        """
        columns = rows.columns
        types = self._manner.types.of_folder(paths)
        status = self._manner.status.unstated
        if self._file_names.facts(paths[0]).status is not None or len(types) > 1:
            return None
        if "date" not in columns or not columns.keys().isdisjoint(("slug", "status", "type")):
            return None
        (kind_of_place,) = types
        kinds = [
            replace(
                kind,
                status=status if kind.status is None else kind.status,
                type=kind_of_place if kind.type is None else kind.type,
            )
            for kind in rows.kinds
        ]
        if any(kind.slug is not None for kind in kinds):
            return None
        states = [kind.status for kind in kinds]
        links = columns.get("link") or [None] * len(paths)
        ids = columns.get("id") or [None] * len(paths)
        named = self._slugs(paths, links, ids, [states[kind] for kind in rows.kind_of])
        rows.odd.update(at for at, slug in enumerate(named) if slug is None)
        return rows._replace(kinds=kinds, columns={**columns, "slug": named})

    def odd_rows(self, rows: Rows, *, with_slugs: bool) -> list[int] | None:
        """Give those of records, all of one folder and ending, whose path says another slug.

        `with_slugs` asks for that at all. None where paths may differ in what else they say.
        """
        if "date" not in rows.columns or len(self._manner.types.of_folder(rows.paths)) > 1:
            return None
        if not with_slugs:
            return []
        links, ids, states, stated = map(rows.column, ("link", "id", "status", "slug"))
        named = self._slugs(rows.paths, links, ids, states)
        return [at for at, pair in enumerate(zip(named, stated, strict=True)) if pair[0] != pair[1]]

    def _slugs(
        self,
        paths: Sequence[str],
        links: Sequence[str | None],
        ids: Sequence[int | None],
        statuses: Sequence[str | None],
    ) -> list[str | None]:
        """Give the slugs of records that state none in a key of its own."""
        named = self._file_names.slugs(paths)
        if not self.slug_from_link:
            return named
        return slugs.settle_all(links, named, ids, statuses)

    def _settle_status(self, post: Post, in_folder: str, note: Note) -> None:
        """Let the more private status of folder and key win."""
        stated = post.status
        if in_folder == "draft" and stated not in (None, "publish"):
            return  # a folder of drafts holds back whatever isn't published
        post.status = in_folder if stated is None else most_private(stated, in_folder)
        if stated is not None and stated != in_folder:
            key = self._keys_of.get("status") or self._status_key()
            note(
                Finding(
                    "mapping-status",
                    f"`{key}` says {stated}, the folder says {in_folder}: "
                    f"taken as {post.status}, the more private",
                    path=post.provenance.path,
                    field=key,
                    fix="Move the file, or change the key",
                )
            )

    def _status_key(self) -> str:
        keys = self._manner.status
        return next(iter(keys.hidden), keys.key)

    def _slug(self, post: Post, in_file_name: str | None) -> str | None:
        if not self.slug_from_link:
            return in_file_name
        return slugs.settle(post.link, in_file_name, post.id, post.status)
