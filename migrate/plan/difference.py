"""Differences: what one record says and another doesn't hold; unset fields aren't compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.site import Term
from migrate.plan.comment_pairs import pairs

_APART: Final = frozenset({"provenance", "author", "terms", "meta", "comments", "content_format"})
_OF_ONE_SITE: Final = frozenset({"id", "parent"})
_APPROVED: Final = "1"

PRIVATE: Final = frozenset({"password", "email", "author_email", "author_ip"})
"""The fields that no reader of a site gets to see, whatever else of the record is public."""


class Difference(NamedTuple):
    """One field, as the source says it and as the other holds it.

    `private` says that it isn't for everybody's eyes, even where its record is public.
    """

    field: str
    said: str
    held: str
    private: bool = False


_STATED_IF_ANY: Final = frozenset({"to_ping", "pinged"})
"""What sources state of the few posts that have some."""


def unset(post: Post) -> int:
    """Count the fields that a record leaves unset, and that are therefore not compared."""
    names = (name for name in Post.__struct_fields__ if name not in _STATED_IF_ANY)
    return sum(getattr(post, name) is None for name in names)


def differences(
    said: Post, held: Post, parents: Mapping[tuple[str, str], Term], *, same_site: bool
) -> Iterator[Difference]:
    """Give every field in which `held` isn't what `said` says.

    `parents` are the terms that the other source describes, by taxonomy and slug: they tell which
    names stand above a term. IDs of different sites aren't compared.
    """
    left_out = _APART if same_site else _APART | _OF_ONE_SITE
    yield from _plain("", said, held, left_out)
    if said.author is not None:
        yield from _authors(said.author, held.author or Author())
    if said.terms is not None:
        yield from _terms(said.terms, held.terms or [], parents)
    if said.meta is not None:
        yield from _metas("meta", said.meta, held.meta or [])
    if said.comments is not None:
        yield from _comments(said.comments, held.comments or [], same_site=same_site)


def _plain(prefix: str, said: Any, held: Any, left_out: Iterable[str]) -> Iterator[Difference]:
    for name in said.__struct_fields__:
        stated = getattr(said, name)
        if stated is None or name in left_out:
            continue
        value = getattr(held, name)
        if stated != value:
            yield Difference(prefix + name, _shown(stated), _shown(value), name in PRIVATE)


def _authors(said: Author, held: Author) -> Iterator[Difference]:
    for name in ("login", "display_name", "email", "first_name", "last_name"):
        stated, value = getattr(said, name), getattr(held, name)
        if stated is not None and stated != value:
            yield Difference(f"author.{name}", stated, _shown(value), name in PRIVATE)


def _terms(
    said: list[TermRef], held: list[TermRef], parents: Mapping[tuple[str, str], Term]
) -> Iterator[Difference]:
    for ref in said:
        if not any(_says(ref, other, parents) for other in held):
            yield Difference(f"terms.{ref.taxonomy}", _named(ref), "")
    for other in held:
        if not any(_says(ref, other, parents) for ref in said):
            yield Difference(f"terms.{other.taxonomy}", "", _named(other))


def _says(said: TermRef, held: TermRef, parents: Mapping[tuple[str, str], Term]) -> bool:
    return (
        said.taxonomy == held.taxonomy
        and said.name in (None, held.name)
        and said.slug in (None, held.slug)
        and (not said.ancestors or said.ancestors == (held.ancestors or _above(held, parents)))
    )


def _above(ref: TermRef, terms: Mapping[tuple[str, str], Term]) -> tuple[str, ...]:
    names: list[str] = []
    term = terms.get((ref.taxonomy, ref.slug or ""))
    while term and term.parent and len(names) < len(terms):
        term = terms.get((ref.taxonomy, term.parent))
        names += [(term.name or term.slug)] if term else []
    return tuple(reversed(names))


def _metas(prefix: str, said: list[Meta], held: list[Meta]) -> Iterator[Difference]:
    ours, theirs = _by_key(said), _by_key(held)
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        a, b = ours.get(key, []), theirs.get(key, [])
        if a != b:
            # WordPress calls a meta protected whose key begins so (is_protected_meta).
            yield Difference(f"{prefix}.{key}", _shown(a), _shown(b), key.startswith("_"))


def _by_key(rows: list[Meta]) -> dict[str, list[str]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        grouped[row.key].append(row.value)
    return grouped


def _comments(said: list[Comment], held: list[Comment], *, same_site: bool) -> Iterator[Difference]:
    for at, (ours, theirs) in enumerate(pairs(said, held, same_site=same_site)):
        approved = all(each.approved == _APPROVED for each in (ours, theirs) if each)
        for difference in _comment(f"comments.{at}", ours, theirs):
            yield difference if approved else difference._replace(private=True)


def _comment(name: str, ours: Comment | None, theirs: Comment | None) -> Iterator[Difference]:
    if ours is None or theirs is None:
        yield Difference(name, _in_short(ours), _in_short(theirs))
        return
    yield from _plain(f"{name}.", ours, theirs, ("meta",))
    if ours.meta is not None:
        yield from _metas(f"{name}.meta", ours.meta, theirs.meta or [])


def _in_short(comment: Comment | None) -> str:
    if comment is None:
        return ""
    kind, author = comment.type or "comment", comment.author or "nobody"
    return f"{kind} by {author}, {comment.date or 'no date'}: {comment.content or ''}"


def _named(ref: TermRef) -> str:
    path = "/".join((*ref.ancestors, ref.name or ref.slug or ""))
    return f"{path} ({ref.slug})" if ref.slug and ref.slug != path else path


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list):
        return " | ".join(value)
    return str(value)
