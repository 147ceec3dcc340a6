"""Heads of one shape written straight from records, each entry proven by reading it.

The entries of a head of the dialect's own spelling don't reach into one another. So where each is
read as the value that it was written from, the head is read as the record, and nothing has to be
parsed as a whole. Entries that come again (authors, types, terms) are proven once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from migrate.mapping.plans import MOST_KEPT, Leaves, Plan, Refused, Variants, stated
from migrate.mapping.rules import Rule
from migrate.mapping.slots import Attribute, DatePair
from migrate.mapping.transforms import Date, Integer, Permalink, Text
from migrate.model import dates
from migrate.model.post import Post
from migrate.syntax import spyc_fast
from migrate.syntax.spyc_dump import ALL, dump_entry, spell, spell_by_all

Writer = Callable[[Post, Post], tuple[str, Variants]]
"""Writes what a record says under a key, and puts what a reader finds there into another record;
gives the entry, and those who spell it so. Raises Refused where there is nothing to write, or a
reader would find something else."""

_LARGEST: Final = 10**18
"""No number of a plan is as large."""


class HeadWriter:
    """Writes the heads of one shape, as one generation of the tool does."""

    def __init__(self, writers: Sequence[Writer], plan: Plan) -> None:
        """Take what writes each key, and the plan by which such heads are read."""
        self._writers = writers
        self._plan = plan

    def write(self, post: Post, back: Post) -> str:
        """Give the head of a record; put into `back` what a reader finds in it, or raise Refused.

        Whether that is all of the record is for the caller to see.
        """
        spelled = ALL
        pieces: list[str] = []
        for writer in self._writers:
            entry, by = writer(post, back)
            pieces.append(entry)
            if by is not ALL:
                spelled &= by
        self._plan.settle(back, spelled)
        return "".join(pieces)


class _Scalars:
    """Writes the texts of scalars, each proven by reading it."""

    def __init__(self, variant: str, indent: int = 0) -> None:
        """Make one for scalars behind keys, or with an indent of two for those in lists."""
        self._variant = variant
        self._indent = indent
        self._known: dict[str, tuple[str, Variants]] = {}

    def write(self, text: str) -> tuple[str, Variants]:
        """Give a text as it is spelled behind a key or in a list, and who spells it so."""
        found = self._known.get(text)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[text] = self._write(text)
        return found

    def _write(self, text: str) -> tuple[str, Variants]:
        if plain := spell_by_all(text, self._indent):
            return plain, ALL
        scalar, spelled = spell(text, self._variant, self._indent)
        line = f"  - {scalar}\n" if self._indent else scalar
        entry = f"k:\n{line}" if self._indent else f"k: {scalar}\n"
        margin = spyc_fast.ITEM_MARGIN if self._indent else spyc_fast.MARGIN
        if spyc_fast.entries(entry) != [("k", *(("", line) if self._indent else (line, "")), "")]:
            raise Refused
        try:
            if spyc_fast.scalar(scalar, margin) != text:
                raise Refused
        except spyc_fast.Unknown as error:
            raise Refused from error
        return scalar, spelled


def head_writer(
    plan: Plan, rules: Mapping[str, Rule], shape: Mapping[str, bool], variant: str
) -> HeadWriter | None:
    """Make what writes heads with these keys, which hold lists or not, for a plan that reads them.

    `variant` is the generation that spells them. None for keys in an order that has no quick way.
    """
    scalars, items = _Scalars(variant), _Scalars(variant, 2)
    keys = [key for key in shape if key in rules]
    metas = [key for key in shape if key not in rules]
    if [*keys, *metas] != [*shape]:
        return None  # nobody of ours writes keys behind metas
    writers = [_writer(key, rules[key], variant, scalars) for key in keys]
    return HeadWriter([*writers, _metas(metas, items)] if metas else writers, plan)


def _writer(key: str, rule: Rule, variant: str, scalars: _Scalars) -> Writer:
    if isinstance(rule.slot, Attribute):
        match rule.transform:
            case Integer():
                return _integer(key, rule.slot.name, rule.transform.minimum or 0)
            case Text() | Permalink():
                return _text(key, rule.slot.name, rule.transform, scalars)
    if isinstance(rule.slot, DatePair) and isinstance(rule.transform, Date):
        return _date(key, rule.slot.name)
    return _remembered(rule, variant)


def _metas(keys: Sequence[str], items: _Scalars) -> Writer:
    """Make the writer of all metas; a record that has them in another order is refused."""

    def write(post: Post, back: Post) -> tuple[str, Variants]:
        spelled = ALL
        pieces: list[str] = []
        ahead = iter(keys)
        last = None
        for row in post.meta or ():
            key, value = row
            if key != last:
                if key != next(ahead, None):
                    raise Refused
                pieces.append(f"{key}:\n")
                last = key
            scalar, by = items.write(value)
            pieces.append(f"  - {scalar}\n")
            if by is not ALL:
                spelled &= by
        if next(ahead, None) is not None:
            raise Refused
        back.meta = [*(post.meta or ())]
        return "".join(pieces), spelled

    return write


def _integer(key: str, name: str, minimum: int) -> Writer:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        number = getattr(post, name)
        if number is None or not minimum <= number < _LARGEST:
            raise Refused
        setattr(back, name, number)
        return f"{key}: {number}\n", ALL

    return write


def _date(key: str, name: str) -> Writer:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        wall = getattr(post, name)
        if not (wall and dates.is_usual(wall)):
            raise Refused
        setattr(back, name, wall)
        return f"{key}: {wall}\n", ALL

    return write


def _text(key: str, name: str, transform: Text | Permalink, scalars: _Scalars) -> Writer:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        text = getattr(post, name)
        if text is None:
            raise Refused
        scalar, spelled = scalars.write(text)
        setattr(back, name, transform.decode(text))
        return f"{key}: {scalar}\n", spelled

    return write


def _remembered(rule: Rule, variant: str) -> Writer:
    """Make the writer of a key of which posts hold a few values only."""
    known: dict[Any, tuple[str, Variants, Any]] = {}
    leaves = Leaves(spyc_fast.ITEM_MARGIN)

    def write(post: Post, back: Post) -> tuple[str, Variants]:
        held = rule.slot.get(post)
        name = tuple(held) if isinstance(held, list) else held
        found = known.get(name)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[name] = _proven(rule, held, variant, leaves)
        rule.slot.put(back, found[2])
        return found[:2]

    return write


def _proven(rule: Rule, held: Any, variant: str, leaves: Leaves) -> tuple[str, Variants, Any]:
    """Give the entry of a value, who spells it so, and what a reader finds in it."""
    value = None if held is None else rule.transform.encode(held)
    if value is None:
        raise Refused
    entry = dump_entry(rule.key, value, variant)
    found = spyc_fast.entries(entry)
    if len(found) != 1 or found[0][0] != rule.key or found[0][3]:
        raise Refused
    _, scalar, lines, _ = found[0]
    what, spelled = stated(rule, scalar, lines, leaves)
    return entry, spelled, what
