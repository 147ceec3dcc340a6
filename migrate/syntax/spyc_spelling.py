"""What has to be kept of a head so that the writer gives the same bytes back.

A head that the plugin wrote needs no more than the name of the release. Of any other, the lines
of those entries are kept that the writer would spell in another way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from migrate.errors import RecordError
from migrate.syntax import spyc_exact
from migrate.syntax.spyc_dump import VARIANTS, dump, dump_entry
from migrate.syntax.spyc_load import load
from migrate.syntax.values import Value

# The key under which the lines before the first entry are kept. No entry has it.
BEFORE: Final = ""

_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")


def spelling(
    head: str, values: Mapping[str, Value], variants: Sequence[str] = tuple(VARIANTS)
) -> tuple[str, dict[str, str]]:
    """The variant that spells most of `head` by itself, and the lines of the other entries.

    `values` are those that `render` will be given: `load(head)`, or what is left of them when
    they come back from a record (there, for instance, a number has become a plain `str`). Among
    equals the first of `variants` wins.
    """
    for variant in variants:
        if dump(values, variant) == head:
            return variant, {}
    entries = _entries(head)
    candidates = ((variant, _kept(entries, values, variant)) for variant in variants)
    return min(candidates, key=lambda candidate: len(candidate[1]))


def render(values: Mapping[str, Value], variant: str, kept: Mapping[str, str]) -> str:
    """The head for `values`, with the kept lines of each entry that still has the same value.

    `render(load(head), *spelling(head, load(head))) == head` for every head. An entry whose value
    has changed is written by the variant's rules; blank lines and comments below it stay. What was
    kept may come from a file that people can edit: lines that don't hold their entry aren't used.
    """
    before = kept.get(BEFORE, "")
    pieces = [before] if _reads_as(before, {}) else []
    for key, value in values.items():
        raw = kept.get(key)
        if raw is None:
            pieces.append(dump_entry(key, value, variant))
        elif _reads_as(raw, {key: value}):
            pieces.append(raw)
        else:
            pieces += dump_entry(key, value, variant), _below(raw)
    return "".join(pieces)


def _reads_as(raw: str, values: Mapping[str, Value]) -> bool:
    try:
        return load(raw) == values
    except RecordError:
        return False


def _entries(head: str) -> dict[str, str]:
    """The lines of each top-level entry, with the blank lines and comments below it."""
    rows = spyc_exact.read(head)[1]
    lines = _LINE.findall(head)
    bounds = [0, *rows.values(), len(lines)]
    return {
        key: "".join(lines[start:end])
        for key, (start, end) in zip([BEFORE, *rows], pairwise(bounds), strict=True)
    }


def _kept(entries: dict[str, str], values: Mapping[str, Value], variant: str) -> dict[str, str]:
    return {
        key: raw
        for key, raw in entries.items()
        if raw and (key not in values or dump_entry(key, values[key], variant) != raw)
    }


def _below(raw: str) -> str:
    """The blank lines and comments at the end of an entry; its first line is never one."""
    lines = _LINE.findall(raw)
    end = len(lines)
    while end > 1 and (lines[end - 1].startswith("#") or not lines[end - 1].strip()):
        end -= 1
    return "".join(lines[end:])
