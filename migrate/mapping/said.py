"""What front matter says of a record once it is written: the text, and what a reader makes of it.

A dialect has no key for some fields, its YAML can't carry some values, and a path states some
facts by itself. The writer of posts puts what isn't said into the sidecar; the reader needs the
same knowledge to tell an edited front matter from one that never could say more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.places import ENDINGS
from migrate.mapping.status import shown
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post
from migrate.model.provenance import Provenance
from migrate.syntax import frontmatter, heads, spyc_spelling
from migrate.syntax.values import PHP_BLANKS, Value

Authors = Mapping[str, Author]
NOBODY: Final[Authors] = MappingProxyType({})

_MAPS_OF_TEXT: Final = ("raw", "frame", "shapes")
_MAPS: Final = ("values", "dates", "status")
_LISTS: Final = ("order", "absent", "nested")


def own_provenance(post: Post, dialect: Dialect, variant: str = "") -> Provenance:
    """Give what is known of how the record stood in this dialect before.

    `variant` is the generation of the tool for a record that never did.
    """
    found = post.provenance
    while found.dialect != dialect.name and found.origin:
        found = _below(found)
    is_of_dialect = found.dialect == dialect.name and _is_sound(found.spelling)
    if is_of_dialect and dialect.manner.can_hold(post.content_format, found.path):
        return found
    own = Provenance(
        dialect=dialect.name, variant=dialect.manner.variant_for(post.content_format, variant)
    )
    if is_of_dialect:  # a file of another kind, since its body was rewritten
        own.path = str(PurePosixPath(found.path).with_suffix(f".{ENDINGS[post.content_format]}"))
    return own


def as_shown(post: Post, authors: Authors = NOBODY) -> Post:
    """Give the record as a file may show it: private with a password, its author by full name.

    `authors` are those of the site by their logins; an author of whom the record states more than
    the login stays as stated.
    """
    author = post.author
    if author and author.login and author == Author(login=author.login):
        author = authors.get(author.login, author)
    status = shown(post) if post.password else post.status
    return replace(post, status=status, author=author)


def by_login(authors: Iterable[Author]) -> dict[str, Author]:
    """Give authors by their logins."""
    return {author.login: author for author in authors if author.login}


class Said(NamedTuple):
    """Front matter, and what was found out about it: its text, and the record at this path.

    Both are None where some of it was left out, after which nobody looked again; the text where
    the spelling isn't Spyc's as well.
    """

    values: dict[str, Value]
    path: str
    back: Post | None
    head: str | None


def say(dialect: Dialect, post: Post, own: Provenance) -> dict[str, Value]:
    """Give the front matter of a record as shown, as far as a reader of the file finds it again.

    A value that the spelling can't carry is left out, or said as nearly as it can be where it has
    a key of its own; a meta is said whole or not at all.
    """
    return say_and_hear(dialect, post, own).values


def say_and_hear(dialect: Dialect, post: Post, own: Provenance) -> Said:
    """Give what `say` does, with what it found out on its way."""
    return _Speaker(dialect, replace(post, provenance=own)).say()


def heard(dialect: Dialect, values: Mapping[str, Value], path: str) -> Post:
    """Give the record that front matter in a file at this path states, without a body."""
    return dialect.decode(values, path, _ignore)


def file_text(
    dialect: Dialect,
    values: Mapping[str, Value],
    body: bytes,
    own: Provenance,
    head: str | None = None,
) -> bytes:
    """Give a file in UTF-8, spelled as it stood before as far as it still says the same.

    Where the kept frame doesn't fit round the head and the body any more, it gets the usual one.
    `head` is what `say_and_hear` found out.
    """
    spelled = dialect.manner.spelling_of(own.variant)
    if spelled == "spyc" and head is None:
        head = _spyc_head(values, own)
    data = _assemble(spelled, values, body, own, head)
    if "frame" in own.spelling and _cut(spelled, data) != (values, body):
        spelling = {name: kept for name, kept in own.spelling.items() if name != "frame"}
        data = _assemble(spelled, values, body, replace(own, spelling=spelling), head)
    return data


def _assemble(
    spelling: str, values: Mapping[str, Value], body: bytes, own: Provenance, head: str | None
) -> bytes:
    if head is None:
        return heads.assemble(spelling, values, body, own.spelling)
    stated = {name: text.encode() for name, text in own.spelling.get("frame", {}).items()}
    return frontmatter.join(replace(frontmatter.usual(body), **stated), head.encode(), body)


def _spyc_head(values: Mapping[str, Value], own: Provenance) -> str:
    return spyc_spelling.render(values, own.variant or "1.0", own.spelling.get("raw", {}))


def _cut(spelling: str, data: bytes) -> tuple[dict[str, Value], bytes] | None:
    """Give what a reader of the file finds; None where it can't read it."""
    try:
        head = heads.cut(spelling, data)
        return (head.load(), head.body) if head else None
    except RecordError:
        return None


class _Speaker(Struct):
    dialect: Dialect
    post: Post

    def say(self) -> Said:
        own = self.post.provenance
        values = self.dialect.encode(self.post)
        is_spyc = self.dialect.manner.spelling_of(own.variant) == "spyc"
        head = _spyc_head(values, own) if is_spyc else None
        if self._found(values, head) != values:
            values, head = self._carried(values), None
        # A key such as a layout follows from the type, and that from the place.
        path = own.path or self.dialect.path_for(self.post)
        back = heard(self.dialect, values, path)
        if not (wrong := self._wrong_metas(back)):
            return Said(values, path, back, head)
        return Said(
            {key: held for key, held in values.items() if key not in wrong}, path, None, None
        )

    def _found(
        self, values: Mapping[str, Value], head: str | None = None
    ) -> dict[str, Value] | None:
        """Give the values that a reader of the file finds; None where it can't read it."""
        own = self.post.provenance
        spelled = self.dialect.manner.spelling_of(own.variant)
        found = _cut(spelled, file_text(self.dialect, values, b"", own, head))
        return found[0] if found else None

    def _is_carried(self, values: Mapping[str, Value]) -> bool:
        return self._found(values) == values

    def _carried(self, values: dict[str, Value]) -> dict[str, Value]:
        """Give what the spelling can carry: each entry by itself, then all of them together."""
        kept = {
            key: near
            for key, value in values.items()
            if (near := self._near(key, value)) is not None
        }
        if self._is_carried(kept):
            return kept
        together: dict[str, Value] = {}
        for key, value in kept.items():
            if self._is_carried(together | {key: value}):
                together[key] = value
        return together

    def _near(self, key: str, value: Value) -> Value | None:
        """Give the value; under a key of the dialect else one that is near to it; or None."""
        if self._is_carried({key: value}):
            return value
        if key not in {rule.key for rule in self.dialect.rules}:
            return None
        tries: list[Value] = [value.strip(PHP_BLANKS)] if isinstance(value, str) else []
        found = self._found({key: value})
        if found and list(found) == [key]:
            tries.append(found[key])
        return next((near for near in tries if self._is_heard({key: near})), None)

    def _is_heard(self, values: Mapping[str, Value]) -> bool:
        try:
            heard(self.dialect, values, "")
        except RecordError:
            return False
        return self._is_carried(values)

    def _wrong_metas(self, back: Post) -> set[str]:
        """Give the keys of metas that come back as other rows."""
        stated, said = by_key(self.post.meta), by_key(back.meta)
        return {key for key in said if said[key] != stated.get(key)}


def by_key(rows: list[Meta] | None) -> dict[str, list[str]]:
    """Give the values of each key's rows."""
    found: dict[str, list[str]] = {}
    for row in rows or ():
        found.setdefault(row.key, []).append(row.value)
    return found


def _below(provenance: Provenance) -> Provenance:
    known = Provenance().as_json().keys() | set(Provenance.__struct_fields__)
    try:
        return Provenance(**{k: v for k, v in provenance.origin.items() if k in known})
    except TypeError:
        return Provenance()


def _is_sound(spelling: dict[str, Any]) -> bool:
    """Tell whether a spelling has the form that dialects write: people can edit what holds it."""
    return (
        all(isinstance(spelling.get(name, {}), dict) for name in (*_MAPS_OF_TEXT, *_MAPS))
        and all(isinstance(spelling.get(name, []), list) for name in _LISTS)
        and all(
            isinstance(text, str)
            for name in _MAPS_OF_TEXT
            for text in spelling.get(name, {}).values()
        )
        and all(isinstance(key, str) for name in _LISTS for key in spelling.get(name, []))
    )


def _ignore(_finding: Finding) -> None:
    pass
