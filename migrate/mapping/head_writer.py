"""Heads of one shape written straight from records, each entry proven by reading it.

The entries of a head of the dialect's own spelling don't reach into one another. So where each is
read as the value that it was written from, the head is read as the record, and nothing has to be
parsed as a whole. Entries that come again (authors, types, terms) are proven once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from migrate.mapping.plans import MOST_KEPT, Leaves, Plan, Refused, Variants, stated
from migrate.mapping.rules import Rule
from migrate.mapping.slots import Attribute, DatePair, TermsOf
from migrate.mapping.transforms import Date, Integer, Permalink, Text
from migrate.model import dates
from migrate.model.post import Post
from migrate.model.rows import OddRows
from migrate.syntax import spyc_fast
from migrate.syntax.spyc_dump import ALL, all_spell_by_all, dump_entry, spell, spell_by_all

Writer = Callable[[Post, Post], tuple[str, Variants]]
"""Writes what a record says under a key, and puts what a reader finds there into another record;
gives the entry, and those who spell it so. Raises Refused where there is nothing to write, or a
reader would find something else."""

_LARGEST: Final = 10**18
"""No number of a plan is as large."""

_FOR_FOLDERS: Final = frozenset(("type", "status"))
"""Fields that folders state as well, so that one can't be told without the other."""


class KeyWriter(NamedTuple):
    """Writes what records say under a key.

    `column` is the field of Post that this is, and no other key's, where posts differ in it.
    `spelled` gives what stands behind the key for each of its values, in which a reader finds just
    that; raises OddRows for those of which there is nothing such. `is_of_terms` says that it is
    some of the terms, of which other keys may have the rest.
    """

    key: str
    write: Writer
    column: str = ""
    spelled: Callable[[Sequence[Any]], Sequence[object]] | None = None
    is_of_terms: bool = False


class HeadWriter:
    """Writes the heads of one shape, as one generation of the tool does.

    `keys` write each key of the dialect, `metas` those behind them.
    """

    def __init__(self, keys: Sequence[KeyWriter], metas: Metas, plan: Plan) -> None:
        """Take what writes each key, and the plan by which such heads are read."""
        self.keys = keys
        self.metas = metas
        self._writers = [*(key.write for key in keys), *([metas.write] if metas.keys else [])]
        self.plan = plan

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
        self.plan.settle(back, spelled)
        return "".join(pieces)


class Scalars:
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

    def write_all(self, texts: Sequence[str]) -> list[str]:
        """Give many texts as they are spelled; OddRows for those that none may be."""
        alike = len(texts) if texts.count(texts[0]) == len(texts) else 1
        spelled = all_spell_by_all(texts[: len(texts) // alike], self._indent)
        if None in spelled:
            spelled = [
                self._written(text) if plain is None else plain
                for text, plain in zip(texts, spelled, strict=False)
            ]
        found = [text for text in spelled if text is not None] * alike
        if len(found) < len(texts):
            raise OddRows([at for at, text in enumerate(spelled * alike) if text is None])
        return found

    def _written(self, text: str) -> str | None:
        try:
            return self.write(text)[0]
        except Refused:
            return None

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
    scalars, items = Scalars(variant), Scalars(variant, 2)
    keys = [key for key in shape if key in rules]
    metas = [key for key in shape if key not in rules]
    if [*keys, *metas] != [*shape]:
        return None  # nobody of ours writes keys behind metas
    writers = [_writer(key, rules[key], variant, scalars) for key in keys]
    return HeadWriter(writers, Metas(metas, items), plan)


def _writer(key: str, rule: Rule, variant: str, scalars: Scalars) -> KeyWriter:
    if isinstance(rule.slot, Attribute):
        match rule.transform:
            case Integer():
                return _integer(key, rule.slot.name, rule.transform.minimum or 0)
            case Text() | Permalink():
                return _text(key, rule.slot.name, rule.transform, scalars)
    if isinstance(rule.slot, DatePair) and isinstance(rule.transform, Date):
        return _date(key, rule.slot.name)
    return _remembered(rule, variant)


class Metas:
    """Writes all metas."""

    def __init__(self, keys: Sequence[str], items: Scalars) -> None:
        """Take the keys in their order, and what writes the scalars of their lists."""
        self.keys = keys
        self.items = items

    def write(self, post: Post, back: Post) -> tuple[str, Variants]:
        """Write them; a record that has them in another order is refused."""
        spelled = ALL
        pieces: list[str] = []
        ahead = iter(self.keys)
        last = None
        for row in post.meta or ():
            key, value = row
            if key != last:
                if key != next(ahead, None):
                    raise Refused
                pieces.append(f"{key}:\n")
                last = key
            scalar, by = self.items.write(value)
            pieces.append(f"  - {scalar}\n")
            if by is not ALL:
                spelled &= by
        if next(ahead, None) is not None:
            raise Refused
        back.meta = [*(post.meta or ())]
        return "".join(pieces), spelled


def _integer(key: str, name: str, minimum: int) -> KeyWriter:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        number = getattr(post, name)
        if number is None or not minimum <= number < _LARGEST:
            raise Refused
        setattr(back, name, number)
        return f"{key}: {number}\n", ALL

    def spelled(numbers: Sequence[int]) -> Sequence[int]:
        if minimum <= min(numbers) and max(numbers) < _LARGEST:
            return numbers
        raise OddRows([at for at, one in enumerate(numbers) if not minimum <= one < _LARGEST])

    return KeyWriter(key, write, name, spelled)


def _date(key: str, name: str) -> KeyWriter:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        wall = getattr(post, name)
        if not (wall and dates.is_usual(wall)):
            raise Refused
        setattr(back, name, wall)
        return f"{key}: {wall}\n", ALL

    def spelled(walls: Sequence[str]) -> Sequence[str]:
        if dates.are_usual(walls):
            return walls
        raise OddRows([at for at, wall in enumerate(walls) if not dates.is_usual(wall)])

    return KeyWriter(key, write, name, spelled)


def _text(key: str, name: str, transform: Text | Permalink, scalars: Scalars) -> KeyWriter:
    def write(post: Post, back: Post) -> tuple[str, Variants]:
        text = getattr(post, name)
        if text is None:
            raise Refused
        scalar, spelled = scalars.write(text)
        setattr(back, name, transform.decode(text))
        return f"{key}: {scalar}\n", spelled

    def spelled(texts: Sequence[str]) -> Sequence[str]:
        is_address = isinstance(transform, Permalink)
        if is_address and (odd := [at for at, one in enumerate(texts) if one != one.strip()]):
            raise OddRows(odd)
        return scalars.write_all(texts)

    if name in _FOR_FOLDERS:
        return KeyWriter(key, write)
    return KeyWriter(key, write, name, spelled)


def _remembered(rule: Rule, variant: str) -> KeyWriter:
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

    return KeyWriter(rule.key, write, is_of_terms=isinstance(rule.slot, TermsOf))


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
