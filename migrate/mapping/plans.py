"""How heads of one shape become records, worked out once for all posts that have it.

A shape is a head's keys in their order, and which of them hold lists. Posts of one tool have few
shapes, and for all heads of one shape it is the same where each value goes, as long as each is
spelled as the dialect's own writer spells it. A plan takes only such heads: it refuses the first
value that would be read in another way, be kept in the provenance, or give rise to a finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.errors import RecordError
from migrate.mapping.manner import Manner
from migrate.mapping.people import Partly
from migrate.mapping.rules import Rule
from migrate.mapping.slots import Attribute, DatePair, TermsOf
from migrate.mapping.transforms import Choice, Date, Integer, Permalink, Text
from migrate.model import dates
from migrate.model.post import Meta, Post
from migrate.syntax import spyc_fast
from migrate.syntax.heads import holds_key
from migrate.syntax.spyc_dump import ALL, VARIANTS, all_spelled_by_all, spelled_by, spelled_by_all
from migrate.syntax.values import Value

Spelled = Sequence[str]
"""What stands in a head under each key: a scalar, or the lines of a list."""

Variants = frozenset[str]
"""Generations of the tool."""


class Step(NamedTuple):
    """What becomes of what a key says, given as spelled: its scalar, or the lines of its list.

    `value` gives what it states, and who spells it so, or raises Refused; `put` lets a record hold
    that. `column` is the field of Post that it is, and no other step's, where posts differ in it;
    `meta` is the key where it is a meta. `plain` gives of many what is plain to see and spelled so
    by all, of a meta with one row its text; None for each that `value` has to be asked about.
    """

    value: Callable[[str], tuple[Any, Variants]]
    put: Callable[[Post, Any], None]
    column: str = ""
    meta: str = ""
    plain: Callable[[Sequence[str]], Sequence[Any]] | None = None


MOST_KEPT: Final = 4096
"""How many values of a key are remembered."""

_DIGITS: Final = 18
_LARGEST: Final = 10**_DIGITS
_ITEM_MARK: Final = len("  - ")


class Refused(Exception):  # noqa: N818 - no failure: the long way takes over
    """A value isn't one of those that the plan was made for."""


class Plan:
    """Reads the heads of one shape."""

    def __init__(self, steps: Sequence[Step], order: str, absent: Sequence[str]) -> None:
        """Take a step for each key.

        `order` is the generation that has its keys in this order, empty for the usual one;
        `absent` are the keys that a writer would add.
        """
        self.steps = steps
        self._order = order
        self._absent = absent
        self._likely = sorted(VARIANTS, key=lambda variant: variant != order)

    def read(self, head: Spelled, post: Post) -> None:
        """Put into a record what a head says, and how it was spelled; raise Refused."""
        self.settle(post, _put(self.steps, head, post))

    def settle(self, post: Post, spelled: Variants) -> None:
        """Keep how a head was spelled, given who spells all of its entries so; raise Refused."""
        variant = next((name for name in self._likely if name in spelled), "")
        if not variant or self._order not in ("", variant):
            raise Refused
        provenance = post.provenance
        provenance.variant = variant
        if self._absent:
            provenance.spelling["absent"] = list(self._absent)


class Leaves:
    """Reads scalars; many are the same from one post to the next, or from one key to another."""

    def __init__(self, margin: str = spyc_fast.MARGIN) -> None:
        """Make one for scalars behind keys, or with the other margin for those in lists."""
        self._margin = margin
        self._indent = len(margin) - len(spyc_fast.MARGIN)
        self._known: dict[str, tuple[str, Variants]] = {}

    def read(self, raw: str) -> tuple[str, Variants]:
        """Give the text of a scalar, and who spells it so; Refused if only the exact reader knows.

        What is a number or a truth value in YAML is text here, which is written with quotes.
        """
        leaf = self._known.get(raw)
        if leaf is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            leaf = self._known[raw] = self._read(raw)
        return leaf

    def plain(self, raw: Sequence[str]) -> list[str | None]:
        """Give the texts of many scalars, where it is plain to see that all spell them so."""
        return all_spelled_by_all(raw, self._indent)

    def _read(self, raw: str) -> tuple[str, Variants]:
        plain = spelled_by_all(raw, self._indent)
        if plain is not None:
            return plain, ALL
        _refuse_hidden_key(raw)
        try:
            text = str(spyc_fast.scalar(raw, self._margin))
        except spyc_fast.Unknown as error:
            raise Refused from error
        return text, spelled_by(text, raw, self._indent)


def plan(
    rules: Mapping[str, Rule],
    manner: Manner,
    shape: Mapping[str, bool],
    order: str,
    absent: Sequence[str],
) -> Plan | None:
    """Make the plan for heads with these keys, which hold lists or not; None where there is none.

    `order` and `absent` are what was kept of a record with this shape.
    """
    more = manner.any_case or manner.meta_map or manner.status.names or manner.is_typed
    missing = [rule for key, rule in rules.items() if key not in shape]
    if manner.spelling != "spyc" or manner.meta != "list" or more or not _is_settled(missing):
        return None
    leaves, items = Leaves(), Leaves(spyc_fast.ITEM_MARGIN)
    steps = [
        _step(key, rules.get(key), leaves, items, is_list=is_list) for key, is_list in shape.items()
    ]
    known = [step for step in steps if step is not None]
    return Plan(known, order, absent) if len(known) == len(steps) else None


def _is_settled(missing: Iterable[Rule]) -> bool:
    """Tell whether it follows from the keys alone which of the others a writer would add."""
    return all(rule.one_way or isinstance(rule.slot, TermsOf) for rule in missing)


def _step(
    key: str, rule: Rule | None, leaves: Leaves, items: Leaves, *, is_list: bool
) -> Step | None:
    if rule is None:
        return _meta(key, items) if is_list and not key.startswith("_") else None
    if rule.one_way or rule.derived or rule.meta or rule.also:
        return None
    if isinstance(rule.slot, TermsOf):
        return _remembered(rule, items, is_list=is_list)
    if is_list:
        return None
    if isinstance(rule.slot, Attribute):
        match rule.transform:
            case Integer():
                return _integer(rule.slot.name, rule.transform.minimum or 0)
            case Text():
                return _text(rule.slot.name, leaves)
            case Permalink():
                return _address(rule.slot.name, leaves)
    if isinstance(rule.slot, DatePair) and isinstance(rule.transform, Date):
        return _date(rule.slot.name)
    return _remembered(rule, leaves)


def _put(steps: Sequence[Step], head: Spelled, post: Post) -> Variants:
    """Let a record hold what a head says; give who spells all of it so."""
    spelled = ALL
    for step, said in zip(steps, head, strict=True):
        value, by = step.value(said)
        step.put(post, value)
        if by is not ALL:
            spelled &= by
    return spelled


def _setting(name: str) -> Callable[[Post, Any], None]:
    def put(post: Post, value: Any) -> None:
        setattr(post, name, value)

    return put


def _meta(key: str, items: Leaves) -> Step:
    def value(said: str) -> tuple[list[str], Variants]:
        spelled = ALL
        texts: list[str] = []
        for item in spyc_fast.items(said):
            text, by = items.read(item)
            texts.append(text)
            if by is not ALL:
                spelled &= by
        return texts, spelled

    def put(post: Post, texts: list[str]) -> None:
        rows = post.meta
        if rows is None:
            rows = post.meta = []
        rows += [Meta(key, text) for text in texts]

    def plain(said: Sequence[str]) -> list[str | None]:
        return items.plain([lines[_ITEM_MARK:-1] for lines in said])

    return Step(value, put, meta=key, plain=plain)


def _integer(name: str, minimum: int) -> Step:
    def value(said: str) -> tuple[int, Variants]:
        if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
            raise Refused
        number = int(said)
        if number < minimum or (said[0] == "0" and len(said) > 1):
            raise Refused
        return number, ALL

    def plain(said: Sequence[str]) -> Sequence[int | None]:
        try:
            numbers = list(map(int, said))
        except ValueError:
            return [None] * len(said)
        is_plain = min(numbers) >= minimum and max(numbers) < _LARGEST
        return numbers if is_plain and list(map(str, numbers)) == [*said] else [None] * len(said)

    return Step(value, _setting(name), column=name, plain=plain)


def _date(name: str) -> Step:
    def value(said: str) -> tuple[str, Variants]:
        if not dates.is_usual(said):
            raise Refused
        return said, ALL

    def plain(said: Sequence[str]) -> Sequence[str | None]:
        return said if dates.are_usual(said) else [None] * len(said)

    return Step(value, _setting(name), column=name, plain=plain)


def _text(name: str, leaves: Leaves) -> Step:
    return Step(leaves.read, _setting(name), column=name, plain=leaves.plain)


def _address(name: str, leaves: Leaves) -> Step:
    def value(said: str) -> tuple[str, Variants]:
        text, spelled = leaves.read(said)
        if text != text.strip():
            raise Refused
        return text, spelled

    def plain(said: Sequence[str]) -> list[str | None]:
        return [text and (text if text == text.strip() else None) for text in leaves.plain(said)]

    return Step(value, _setting(name), column=name, plain=plain)


def _remembered(rule: Rule, leaves: Leaves, *, is_list: bool = False) -> Step:
    """Make the step of a key of which posts hold a few values only."""
    known: dict[str, tuple[Any, Variants]] = {}

    def value(said: str) -> tuple[Any, Variants]:
        found = known.get(said)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            scalar, lines = ("", said) if is_list else (said, "")
            found = known[said] = stated(rule, scalar, lines, leaves)
        return found

    return Step(value, rule.slot.put)


def stated(rule: Rule, scalar: str, lines: str, leaves: Leaves) -> tuple[Any, Variants]:
    """Give what a key states, and who spells it so, if the record alone gives the same again."""
    spelled = ALL
    _refuse_hidden_key(scalar)
    try:
        is_list = not scalar or scalar == spyc_fast.EMPTY
        value: Value = _texts(lines, leaves) if is_list else spyc_fast.scalar(scalar)
        stated = rule.stated(value)
    except (RecordError, spyc_fast.Unknown) as error:
        raise Refused from error
    if stated is None or isinstance(stated, Partly) or not rule.transform.spells(stated, value):
        raise Refused
    if isinstance(rule.transform, Choice) and rule.transform.is_guess(value):
        raise Refused
    written = rule.transform.encode(stated)
    if isinstance(written, str):
        return stated, spelled_by(written, scalar)
    if written != value:
        raise Refused
    for item in spyc_fast.items(lines):
        spelled &= leaves.read(item)[1]
    return stated, spelled


def _texts(lines: str, leaves: Leaves) -> list[Value]:
    return [leaves.read(item)[0] for item in spyc_fast.items(lines)]


def _refuse_hidden_key(said: str) -> None:
    """Refuse a block of which a line looks like a key, which counts where a dialect is told."""
    if said.startswith((">", "|")) and holds_key(said):
        raise Refused
