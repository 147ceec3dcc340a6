"""A mapping file's YAML with the place of every value, so that each complaint can name one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import yaml
from msgspec import Struct, field

from migrate.errors import MappingError
from migrate.patterns import pattern
from migrate.syntax.yaml_nesting import holds_more, is_too_deep

Steps = tuple[str | int, ...]
"""The keys and positions that lead to a value."""

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MOST_VALUES: Final = 50_000
_INTEGER: Final = pattern(r"-?[0-9]{1,18}")
_UNTAGGED: Final = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class Complaint(NamedTuple):
    """What is wrong at one place, with what to do; sorts by place."""

    line: int
    column: int
    text: str


class Document(Struct):
    """The content of one mapping file; `places` and `key_places` tell (line, column) from 1."""

    path: str
    data: Any = None
    places: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    key_places: dict[Steps, tuple[int, int]] = field(default_factory=dict)

    def at(self, steps: Iterable[str | int], text: str, *, key: bool = False) -> Complaint:
        """Complain about the value at the end of `steps`, or with `key` about its key."""
        wanted = tuple(steps)
        places = self.key_places if key else self.places
        while wanted and wanted not in places:
            wanted, places = wanted[:-1], self.places
        return Complaint(*places.get(wanted, (1, 1)), text)

    def error(self, complaints: Iterable[Complaint]) -> MappingError:
        """Give one error for all complaints, each on its own line behind its place."""
        first, *others = sorted(set(complaints))
        lines = [first.text, *(f"{self.path}:{c.line}:{c.column}: {c.text}" for c in others)]
        return MappingError("\n".join(lines), path=self.path, line=first.line, column=first.column)


def parse(text: str, path: str) -> Document:
    """Give the document of a mapping file.

    Raises MappingError with the place of each YAML error, key that stands twice, and YAML feature
    that mappings do without (anchors, tags).
    """
    document = Document(path)
    try:
        if is_too_deep(text):
            raise document.error([Complaint(1, 1, "lists or maps are nested too deeply")])
        if holds_more(text, _MOST_VALUES):
            said = f"a mapping holds {_MOST_VALUES:,} keys and values at most"
            raise document.error([Complaint(1, 1, said)])
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise document.error([_syntax_complaint(error)]) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise MappingError("this isn't YAML", path=path, fix="Save it as YAML in UTF-8") from error
    if node is None:
        raise MappingError("the file is empty", path=path, fix="A mapping needs name and title")
    builder = _Builder(document)
    document.data = builder.value(node, ())
    if builder.complaints:
        raise document.error(builder.complaints)
    return document


class _Builder:
    """Turns PyYAML's nodes into plain values and notes where each stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()
        self.complaints: list[Complaint] = []

    def value(self, node: yaml.Node, steps: Steps) -> Any:
        place = _place(node.start_mark)
        self._document.places[steps] = place
        if id(node) in self._seen:
            self._complain(place, "anchors and aliases aren't used in mappings: write it out")
            return None
        self._seen.add(id(node))
        if node.tag not in _UNTAGGED:
            self._complain(place, f"the tag {node.tag} isn't used in mappings: leave it out")
        if isinstance(node, yaml.MappingNode):
            return self._map(node, steps)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*steps, n)) for n, item in enumerate(node.value)]
        return _typed(node)

    def _map(self, node: yaml.MappingNode, steps: Steps) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = _place(key_node.start_mark)
            key = key_node.value
            if not isinstance(key, str):
                self._complain(place, "a key must be text: write one word")
            elif key in values:
                line = self._document.key_places[*steps, key][0]
                self._complain(place, f"`{key}` stands on line {line} already: keep one of them")
            else:
                self._document.key_places[*steps, key] = place
                values[key] = self.value(value_node, (*steps, key))
        return values

    def _complain(self, place: tuple[int, int], text: str) -> None:
        self.complaints.append(Complaint(*place, text))


def _typed(node: yaml.Node) -> Any:
    """Give a truth value for `true` and `false`, a number for digits, and text for the rest."""
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and not node.style:
        if text in {"true", "false"}:
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
    return text


def _place(mark: yaml.Mark) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1


def _syntax_complaint(error: yaml.MarkedYAMLError) -> Complaint:
    mark = error.problem_mark or error.context_mark
    place = _place(mark) if mark else (1, 1)
    what = error.problem or "it can't be read"
    return Complaint(*place, f"this isn't YAML: {what}. Mend it here or on the line above")
