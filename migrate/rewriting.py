"""Which rewrite rules a run has, and a source as they leave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, Literal

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.model.reading import Reading
from migrate.model.rows import PlacedRows
from migrate.model.settings import Handle
from migrate.model.site import Head
from migrate.rewrite import rules
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.rewrites import Chosen, Rewrites
from migrate.stages import Reader, ReadsRows

Bound = Literal["wordpress", "posts"]
"""Where records go: into a WXR file or a live site, or into files with front matter."""

NONE: Final = "none"
"""What switches off the rules that mappings ask for."""


def choose(
    asked: Iterable[str], dialects: Iterable[Dialect], bound: Bound, *, named: bool
) -> Rewrites:
    """Give the rules of a run: those that the user asked for, and those of the posts' mappings.

    `none` among the asked leaves out what mappings say, options included. A mapping that the user
    `named` speaks for every record, whatever format it comes from. Raises UsageError where there is
    no such rule.
    """
    wanted: dict[str, Mapping[str, Any]] = {name: {} for name in asked if name != NONE}
    if NONE in asked:
        return Rewrites(rules.make(wanted))
    by_dialect = {d.name: _made(d, _options(d, wanted) | _switched_on(d, bound)) for d in dialects}
    only = next(iter(by_dialect.values()), ()) if named else rules.make(wanted)
    return Rewrites(only, by_dialect)


def try_out(dialect: Dialect) -> None:
    """Make every rule that a mapping names; UsageError where its options can't be used."""
    _made(dialect, _options(dialect, dialect.manner.rewrite))


def mending(asked: Iterable[str]) -> Chosen:
    """Give the rules that mend what is broken in a post, but for those that were asked for."""
    names = [name for name in rules.RULES if name not in asked]
    return rules.make({name: {} for name in names if rules.rule_class(name).mends})


def index(reader: Reader, base_url: str, bound: Bound) -> AddressIndex:
    """Read a whole source once to learn the addresses of its records; says nothing of what it sees.

    `base_url` is the site's new address, where it gets another one.
    """
    found = AddressIndex(reader.head(_ignore).site, base_url, relative=bound == "posts")
    for post in _posts(reader):
        found.add(post)
    return found


def hidden_links(reader: Reader, rewrites: Rewrites) -> set[str]:
    """Read a whole source once for the links that only the network can tell the target of."""
    return {link for post in _posts(reader) for link in rewrites.hidden_links(post)}


def _posts(reader: Reader) -> Iterator[Post]:
    for handle in reader.locate(_ignore):
        with suppress(RecordError):  # the run itself names it
            if (post := reader.read(handle, _ignore).post) is not None:
                yield post


def _ignore(_finding: Finding) -> None:
    pass


def _made(dialect: Dialect, wanted: Mapping[str, Mapping[str, Any]]) -> Chosen:
    return rules.make(wanted, dialect.manner.rewrite_places)


def _switched_on(dialect: Dialect, bound: Bound) -> dict[str, Mapping[str, Any]]:
    rewrite = dialect.manner.rewrite
    names = [name for name, said in rewrite.items() if said.get("for", bound) == bound]
    return _options(dialect, names)


def _options(dialect: Dialect, names: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Give the options that a mapping states for rules, wherever it switches them on itself."""
    said = {name: dialect.manner.rewrite.get(name, {}) for name in names}
    return {
        name: {key: value for key, value in options.items() if key != "for"}
        for name, options in said.items()
    }


class RewritingReader(Struct, frozen=True):
    """Reads what `reader` reads, and changes each record as `rewrites` say."""

    reader: Reader
    rewrites: Rewrites

    def head(self, note: Note) -> Head:
        """Give all that is no post, rewritten."""
        return self.rewrites.rewrite_head(self.reader.head(note), note)

    def locate(self, note: Note) -> Iterator[Handle]:
        """Name the records, in source order."""
        return self.reader.locate(note)

    def state(self, handle: Handle) -> str:
        """Give nothing: what is rewritten is to be shown each time."""
        del handle
        return ""

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record and rewrite it; RecordError where it can't be read."""
        reading = self.reader.read(handle, note)
        post = reading.post
        if post is not None and not reading.left_out:
            body = (post.content or b"", post.content_format)
            self.rewrites.rewrite(post, note)
            if body != (post.content or b"", post.content_format):
                reading.original = body
        return reading

    @property
    def tells_states(self) -> bool:
        """Say that `state` gives nothing."""
        return False

    def rows(self, handles: Sequence[Handle]) -> list[PlacedRows]:
        """Read records beside one another as long as there is nothing to rewrite in them."""
        if self.rewrites.concern_all or not isinstance(self.reader, ReadsRows):
            return []
        return [
            (places, rows)
            for places, rows in self.reader.rows(handles)
            if not any(map(self.rewrites.concern, rows.kinds))
        ]

    def line_of(self, handle: Handle, field: str) -> int | None:
        """Give the line on which a field of a record starts."""
        return self.reader.line_of(handle, field)
