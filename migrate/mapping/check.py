"""What a dialect can't bring back, found by sending odd values through each rule both ways."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.mapping import odd_values, slots
from migrate.mapping.dialect import Dialect
from migrate.mapping.rules import Rule
from migrate.mapping.transforms import Moment
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.syntax.values import Value


class Problem(NamedTuple):
    """Something that doesn't come back; `key` is empty for a field that has none.

    `lost` is true where nothing would notice. Otherwise `Dialect.unsaid` names the field, so that
    the sidecar keeps it.
    """

    key: str
    field: str
    values: tuple[str, ...]
    why: str
    lost: bool = False

    def __str__(self) -> str:
        place = f"{self.key} ({self.field})" if self.key else self.field
        shown = ", ".join(self.values[:_SHOWN]) + (", …" if len(self.values) > _SHOWN else "")
        end = "" if self.lost else "; goes to the sidecar"
        return f"{place}: {shown}{': ' if shown else ''}{self.why}{end}"


def check(dialect: Dialect) -> list[Problem]:
    """Give what can't come back, rule by rule, then the fields that no key carries."""
    problems: list[Problem] = []
    for rule in dialect.rules:
        if not (rule.one_way or rule.derived):
            problems += _lost_values(dialect, rule)
            problems += _unsaid_values(dialect, rule)
    return problems + list(_without_key(dialect))


def lost(dialect: Dialect, key: str, value: Value) -> str:
    """Say why what `value` states under `key` doesn't come back; empty where it does.

    A value that is refused isn't lost: its RecordError names it.
    """
    try:
        post = dialect.decode({key: value}, _FILE, _ignore)
    except RecordError:
        return ""
    if dialect.encode(post).get(key) != value and _states(dialect, post):
        return "isn't written as it stood"
    try:
        fresh = replace(post, provenance=Provenance())
        back = dialect.decode(dialect.encode(fresh), dialect.path_for(fresh), _ignore)
    except RecordError as error:
        return f"what is written then is refused at `{error.field}`: {error.message}"
    changed = _changed(post, back)
    if "meta" in changed and set(back.meta or ()) < set(post.meta or ()):
        # `Dialect.unsaid` names a meta that can't stand under its key: the sidecar keeps it.
        changed.remove("meta")
    return f"another {' and '.join(changed)} comes back" if changed else ""


def unsaid(dialect: Dialect, rule: Rule, held: Any) -> bool:
    """Tell whether the key can't say what its field holds."""
    post = Post()
    rule.slot.put(post, held)
    try:
        return bool(dialect.unsaid(post, dialect.path_for(post)))
    except RecordError:
        return True


def _states(dialect: Dialect, post: Post) -> bool:
    """Tell whether a record states more than that of empty front matter."""
    return bool(_changed(post, dialect.decode({}, _FILE, _ignore)))


def _lost_values(dialect: Dialect, rule: Rule) -> Iterator[Problem]:
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for value in odd_values.VALUES:
        if why := lost(dialect, rule.key, value):
            by_reason[why].append(_shown(value))
    for why, values in by_reason.items():
        yield Problem(rule.key, rule.field, tuple(values), why, lost=True)


def _unsaid_values(dialect: Dialect, rule: Rule) -> Iterator[Problem]:
    found = slots.field(rule.field)
    assert found is not None  # the rule was built from it
    held_values = odd_values.HELD.get(rule.field) or odd_values.HELD[found.kind]
    missed = [_shown(held) for held in held_values if unsaid(dialect, rule, held)]
    if missed:
        yield Problem(rule.key, rule.field, tuple(missed), rule.transform.loses)


def _without_key(dialect: Dialect) -> Iterator[Problem]:
    carried = {rule.field for rule in dialect.rules if not rule.one_way} | dialect.carried
    if "author" in carried:
        carried |= {name for name in slots.NAMES if name.startswith("author.")}
    if any(name.startswith("author.") for name in carried):
        carried.add("author")
    for name in (*slots.NAMES[:-1], *_NEVER):
        if name == "slug" and name not in carried and dialect.slug_from_link:
            yield Problem("", name, (), "only the permalink and the file's name state it")
        elif name not in carried:
            yield Problem("", name, (), "no key")


def _changed(post: Post, back: Post) -> list[str]:
    """Name the fields that the one states and the other doesn't state alike; terms are a set."""
    names = (name for name in Post.__struct_fields__ if name not in ("provenance", "terms"))
    changed = [
        name
        for name in names
        if getattr(post, name) is not None and getattr(post, name) != getattr(back, name)
    ]
    same_terms = post.terms is None or set(post.terms) == set(back.terms or ())
    return changed if same_terms else [*changed, "terms"]


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, Moment) else repr(value)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


def _ignore(_finding: Finding) -> None:
    pass


_FILE: Final = "odd.md"
_WIDTH: Final = 60
_SHOWN: Final = 5
_NEVER: Final = ("sticky", "comments")
