"""In which order keys stand, and which of them don't: kept where the dialect would write others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from migrate.mapping.manner import Manner
from migrate.mapping.rules import Rule
from migrate.model.post import Post
from migrate.syntax.values import Value


class KeyOrder:
    """The orders in which the generations of a tool write their keys."""

    __slots__ = ("_always", "_keys_of", "_orders", "_rules")

    def __init__(
        self, rules: Mapping[str, Rule], keys_of: Mapping[str, str], manner: Manner
    ) -> None:
        """Take the rules in the dialect's own order, and which key is written for each field."""
        self._rules = rules
        self._keys_of = keys_of
        self._always = manner.always
        self._orders = {
            variant: tuple(dict.fromkeys((*order, *rules)))
            for variant, order in manner.key_order.items()
        }

    def of(self, variant: str) -> Iterable[str]:
        """Give the order of a generation; the dialect's own for an unknown one."""
        return self._orders.get(variant) or self._rules

    def generation(self, keys: Mapping[str, object]) -> str:
        """Give the generation that writes these keys in this order; empty for the usual one."""
        return "" if _begins_with(keys, self._rules) else self._variant(keys)

    def note(self, post: Post, values: Mapping[str, Value]) -> None:
        """Keep which keys weren't there, and the order of the others where it is unusual."""
        provenance = post.provenance
        provenance.variant = self.generation(values)
        is_usual = provenance.variant or _begins_with(values, self._rules)
        if not (is_usual and self._empty_first(values, provenance.spelling.get("shapes", {}))):
            provenance.spelling["order"] = self._order(values)
        if post.meta or not self._rules.keys() <= values.keys():
            absent = [rule.key for rule in self._missing(post, values)]
            if absent:
                provenance.spelling["absent"] = absent

    def _variant(self, values: Mapping[str, object]) -> str:
        """Give the generation of the tool that writes keys in this order, or the empty text."""
        for variant, order in self._orders.items():
            if _begins_with(values, order):
                return variant
        return ""

    def _order(self, values: Mapping[str, Value]) -> list[str]:
        """Give the keys in order, `categories` before a `category`, which is only read.

        Of two keys for one field the written one stands where the first that says something does:
        terms come back in the order in which they were stated.
        """
        order: dict[str, None] = {}
        settled: set[str] = set()
        for key, value in values.items():
            rule = self._rules.get(key)
            written = self._keys_of.get(rule.field) if rule else None
            if rule and written and written not in settled:
                if rule.says_something(value):
                    settled.add(written)
                    order.pop(written, None)
                if rule.one_way:
                    order.setdefault(written)
            order.setdefault(key)
        return list(order)

    def _empty_first(self, values: Mapping[str, Value], shapes: Mapping[str, str]) -> bool:
        """Tell whether metas without a row stand before the others, as they are written."""
        if "empty" not in shapes.values():
            return True
        empty = [shapes.get(key) == "empty" for key in values if key not in self._rules]
        return empty == sorted(empty, reverse=True)

    def _missing(self, post: Post, values: Mapping[str, Value]) -> Iterator[Rule]:
        """Give the rules whose keys would be written though they aren't there, or are metas."""
        said = values.keys() - {row.key for row in post.meta or ()}
        for key, rule in self._rules.items():
            if key in said or rule.one_way:
                continue
            if key in self._always or rule.slot.get(post) is not None:
                yield rule


def _begins_with(values: Mapping[str, object], order: Iterable[str]) -> bool:
    """Tell whether those keys of an order that are there stand first and in that order."""
    present = [key for key in order if key in values]
    return list(islice(values, len(present))) == present
