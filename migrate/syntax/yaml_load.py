"""Reads front matter in plain YAML, as Jekyll, Hugo and Eleventy take it.

Nodes are composed by PyYAML and never constructed: no tag makes an object, and every leaf stays the
text as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import yaml

from migrate.errors import RecordError
from migrate.patterns import pattern
from migrate.syntax.measures import MOST_VALUES, MOVE
from migrate.syntax.typed import leaf
from migrate.syntax.values import Value
from migrate.syntax.yaml_nesting import DEEPEST, holds_more, is_too_deep

_CORE_TAGS: Final = frozenset(
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map")
)
_MOST_REPEATED: Final = 10_000
"""Values that aliases may repeat in one head: people's heads repeat a handful."""
_FORBIDDEN: Final = pattern(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OPENED: Final = {
    "while scanning a quoted scalar": (
        "the quote that opens here is never closed",
        "Close it, or put the whole text between the other kind of quotes",
    ),
    "while parsing a flow sequence": (
        "the list that opens here isn't closed, or lacks a comma",
        "Close it with `]`, or put the text between quotes if it is none",
    ),
    "while parsing a flow mapping": (
        "the map that opens here isn't closed, or lacks a comma",
        "Close it with `}`, or put the text between quotes if it is none",
    ),
}
"""What libyaml was at when it missed the end → what is wrong where that begins."""

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(head: str) -> dict[str, Value]:
    """Give the values of a head.

    A leaf is `Plain` where it stood without quotes and some YAML reader would type it. Aliases and
    merge keys are written out. Raises RecordError with the line in the head and the column.
    """
    if found := _FORBIDDEN.search(head):
        raise _control_character(head, found.start())
    try:
        if is_too_deep(head):
            raise _too_deep(1, 1)
        if holds_more(head, MOST_VALUES):
            raise _too_much()
        node = yaml.compose(head, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, head) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise RecordError(
            "source-yaml-syntax", "this isn't YAML", line=1, fix="Write `key: value` lines"
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise _refused(node, "the front matter isn't `key: value` lines", "Write each as one")
    return _Values().of_map(node)


class _Values:
    """Turns nodes into values; knows how much aliases have repeated and what is open."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._repeated = 0

    def of(self, node: yaml.Node) -> Value:
        if node.tag not in _CORE_TAGS:
            raise _refused(
                node,
                f"the tag `{_shown(node.tag)}` asks for an object, and none is made from a file",
                "Leave the tag out",
            )
        if isinstance(node, yaml.ScalarNode):
            return self._leaf(node)
        if isinstance(node, yaml.MappingNode):
            return self.of_map(node)
        with _opened(self._open, node):
            self._count(node)
            return [self.of(item) for item in node.value]

    def of_map(self, node: yaml.MappingNode) -> dict[str, Value]:
        with _opened(self._open, node):
            self._count(node)
            values: dict[str, Value] = {}
            lines: dict[str, int] = {}
            merged: dict[str, Value] = {}
            for key_node, value_node in node.value:
                key = _key(key_node)
                if key == "<<" and not key_node.style:
                    merged = {**self._merged(value_node), **merged}
                    continue
                line = key_node.start_mark.line
                if key in lines:
                    raise _duplicate(key_node, key, line - lines[key])
                lines[key] = line
                values[key] = self.of(value_node)
            return {**values, **{key: merged[key] for key in merged if key not in values}}

    def _leaf(self, node: yaml.ScalarNode) -> str:
        self._count(node)
        return leaf(str(node.value), quoted=bool(node.style))

    def _merged(self, node: yaml.Node) -> dict[str, Value]:
        """Give what a merge key adds: the first of several maps wins."""
        maps = node.value if isinstance(node, yaml.SequenceNode) else [node]
        values: dict[str, Value] = {}
        for part in maps:
            if not isinstance(part, yaml.MappingNode):
                raise _refused(part, "only a map can be merged with `<<`", "Name a map behind it")
            values = {**self.of_map(part), **values}
        return values

    def _count(self, node: yaml.Node) -> None:
        if id(node) not in self._seen:
            self._seen.add(id(node))
            return
        self._repeated += 1
        if self._repeated > _MOST_REPEATED:
            raise _refused(
                node, "aliases repeat more than a post can hold", "Write out what they stand for"
            )


@contextmanager
def _opened(opened: set[int], node: yaml.Node) -> Iterator[None]:
    """Note that a list or map is being read, so that one that holds itself is refused."""
    if id(node) in opened:
        raise _refused(node, "an alias stands for what it stands in", "Write it out")
    if len(opened) >= DEEPEST:
        raise _too_deep(node.start_mark.line + 1, node.start_mark.column + 1)
    opened.add(id(node))
    yield
    opened.discard(id(node))


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _refused(node, "a list or map can't be a key", "Write a word in its place")
    return str(node.value)


def _control_character(head: str, at: int) -> RecordError:
    before = head[:at]
    code = f"U+{ord(head[at]):04X}"
    return RecordError(
        "source-yaml-syntax",
        f"YAML forbids the control character {code}",
        line=before.count("\n") + 1,
        column=at - before.rfind("\n"),
        fix=f'Remove it, or write "\\u{ord(head[at]):04X}" between double quotes',
    )


def _syntax_error(error: yaml.MarkedYAMLError, head: str) -> RecordError:
    mark = error.problem_mark or error.context_mark
    if opening := _never_closed(error):
        return opening
    problem = error.problem or "it can't be read"
    # YAML counts a lone CR, NEL and U+2028 as the ends of lines; editors and all else here don't.
    at = mark.index if mark else 0
    is_tab = mark is not None and head[at : at + 1] == "\t"
    return RecordError(
        "source-yaml-tab" if is_tab else "source-yaml-syntax",
        "a tab stands where YAML wants blanks" if is_tab else f"this isn't YAML: {problem}",
        line=head.count("\n", 0, at) + 1,
        column=at - head.rfind("\n", 0, at) if mark else None,
        fix="Replace the tab by blanks" if is_tab else "Mend it here or on the line above",
    )


def _never_closed(error: yaml.MarkedYAMLError) -> RecordError | None:
    """Give the error at what isn't closed on its line; libyaml says where it missed the end."""
    opened, missed = error.context_mark, error.problem_mark
    if error.context not in _OPENED or not (opened and missed) or opened.line == missed.line:
        return None
    what, fix = _OPENED[error.context]
    return RecordError(
        "source-yaml-syntax", what, line=opened.line + 1, column=opened.column + 1, fix=fix
    )


def _duplicate(node: yaml.Node, key: str, above: int) -> RecordError:
    return RecordError(
        "source-yaml-duplicate-key",
        f"the key `{key}` stands here a second time; the first is {above} "
        f"line{'' if above == 1 else 's'} above",
        line=node.start_mark.line + 1,
        column=node.start_mark.column + 1,
        fix="Remove one of them, or make one list of both values",
    )


def _refused(node: yaml.Node, what: str, fix: str) -> RecordError:
    mark = node.start_mark
    return RecordError(
        "source-yaml-syntax", what, line=mark.line + 1, column=mark.column + 1, fix=fix
    )


def _too_deep(line: int, column: int) -> RecordError:
    what = "lists or maps are nested too deeply"
    return RecordError("source-yaml-syntax", what, line=line, column=column, fix="Unfold them")


def _too_much() -> RecordError:
    return RecordError(
        "source-yaml-syntax",
        f"the front matter holds more than {MOST_VALUES:,} keys and values",
        line=1,
        column=1,
        fix=MOVE,
    )


def _shown(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
