"""The provenance of an item, and what it takes to give back the record that was written."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from migrate.model.post import Author, Comment, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.readers.wxr.known import Known
from migrate.syntax import wxr

UNUSABLE: Final = (ValueError, TypeError, AttributeError, IndexError, RecursionError)
"""What an instruction ends in that nobody of ours wrote so."""

_NUMBERS: Final = ("id", "parent", "menu_order")
_POST_FIELDS: Final = frozenset(Post.__struct_fields__) - {"provenance", "content_format"}
_COMMENT_FIELDS: Final = frozenset(Comment.__struct_fields__)


def read(instruction: bytes) -> Provenance:
    """Read a provenance instruction; empty where there is none.

    Raises one of UNUSABLE for one that nobody of ours wrote so.
    """
    said = wxr.read_provenance(instruction)
    made = Provenance()
    if not said:
        return made
    for name, value in said.items():
        if type(value) is not type(getattr(made, name, None)):
            raise ValueError(f"{name} isn't what it should be")
        setattr(made, name, value)
    if not all(isinstance(leaf, str) for leaf in _leaves(said)):
        raise ValueError("a value isn't text")
    for path in (made.path, made.origin.get("path", "")):
        if path != "":
            _refuse_path_out(path)
    for places in made.removed.values():
        wxr.put_forbidden(b"", places)
    return made


def restore(post: Post, known: Known) -> None:
    """Make the record, in place, the one that was written: unset what was filled.

    Raises one of UNUSABLE where the provenance doesn't fit the record.
    """
    said = post.provenance
    for name in said.filled:
        unset(post, name, known)
    for name, value in said.stated.items():
        _state(post, name, value, known)
    said.filled, said.stated, said.removed = [], {}, {}


def _state(post: Post, name: str, value: str, known: Known) -> None:
    of, _, part = name.partition(".")
    if of == "author" and part in Author._fields:
        stated: dict[str, Any] = {part: int(value) if part == "id" else value}
        post.author = (post.author or Author())._replace(**stated)
    elif of == "comments" and post.comments:
        number, _, column = part.partition(".")
        if column != "agent":
            raise ValueError(f"there is no field {name!r}")
        post.comments[int(number)].agent = value
    elif of == "terms" and post.terms:
        _state_slug(post.terms, part, value, known)
    elif name in _POST_FIELDS or name == "content_format":
        setattr(post, name, int(value) if name in _NUMBERS else value)
    else:
        raise ValueError(f"there is no field {name!r}")


def unset(post: Post, name: str, known: Known) -> None:
    """Unset one field that was filled in; raises one of UNUSABLE where there is none."""
    match name.split("."):
        case [field] if field in _POST_FIELDS:
            setattr(post, field, None)
        case ["author", "login"]:
            login = post.author and post.author.login
            # An empty name is stated, as wpghs does for a user who is gone: `author: ""`.
            post.author = Author(display_name=known.display_names.get(login) if login else login)
        case ["terms", *place] if post.terms:
            _state_slug(post.terms, ".".join(place), None, known)
        case ["comments", number, field] if post.comments and field in _COMMENT_FIELDS:
            setattr(post.comments[int(number)], field, None)
        case _:
            raise ValueError(f"there is no field {name!r}")


def _state_slug(terms: list[TermRef], place: str, slug: str | None, known: Known) -> None:
    """Give a term the slug that it had; what stood above it is known by the one made up."""
    number, _, field = place.partition(".")
    if field != "slug":
        raise ValueError(f"there is no field 'terms.{place}'")
    ref = terms[int(number)]
    above = known.ancestors(ref.taxonomy, ref.slug or "")
    terms[int(number)] = TermRef(ref.taxonomy, ref.name, slug, above)


def _leaves(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in _leaves(item)]
    if isinstance(value, list):
        return [leaf for item in value for leaf in _leaves(item)]
    return [value]


def _refuse_path_out(path: Any) -> None:
    # A writer may put a file there.
    if not isinstance(path, str):
        raise TypeError("its path isn't text")
    for kind in (PurePosixPath(path), PureWindowsPath(path)):
        if kind.is_absolute() or kind.drive or ".." in kind.parts or "\0" in path:
            raise ValueError("its path leads out of the source")
