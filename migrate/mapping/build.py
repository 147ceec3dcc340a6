"""A resolved mapping made into a Dialect, after the checks that a schema can't express."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

from migrate.mapping import slots
from migrate.mapping.addresses import Address, SaveAs
from migrate.mapping.dialect import Dialect
from migrate.mapping.document import Complaint, Document, Steps
from migrate.mapping.file_names import FileNames, Types
from migrate.mapping.loose_dates import LooseDate
from migrate.mapping.manner import Ending, Home, Manner
from migrate.mapping.merge import Mapping
from migrate.mapping.name_lists import CommaNames, Names, OneName
from migrate.mapping.people import Person
from migrate.mapping.places import places
from migrate.mapping.rules import Rule
from migrate.mapping.status_keys import StatusKeys
from migrate.mapping.term_lists import TermPaths, Terms
from migrate.mapping.transforms import (
    Choice,
    Date,
    Integer,
    Permalink,
    Text,
    Transform,
    Word,
)
from migrate.syntax.values import Plain, plain

_TRANSFORMS: Final[dict[str, Callable[[dict[str, Any]], Transform]]] = {
    "text": lambda _: Text(),
    "word": lambda _: Word(),
    "integer": lambda rule: Integer(rule.get("minimum")),
    "date": lambda _: Date(),
    "loose-date": lambda rule: LooseDate(rule.get("iso", False)),
    "choice": lambda rule: Choice(
        rule["choices"], rule.get("otherwise"), unquoted=rule.get("unquoted", False)
    ),
    "permalink": lambda _: Permalink(),
    "terms": lambda _: Terms(),
    "term-paths": lambda _: TermPaths(),
    "names": lambda _: Names(),
    "words": lambda _: Names("words"),
    "commas": lambda _: CommaNames(),
    "one-name": lambda _: OneName(),
    "address": lambda rule: Address(rule.get("closed", False)),
    "save-as": lambda _: SaveAs(),
    "author": lambda _: Person(),
    "authors": lambda _: Person(several=True),
}
_KINDS: Final[dict[slots.Kind, tuple[str, ...]]] = {
    "text": ("text", "word", "choice", "permalink", "address", "save-as"),
    "integer": ("integer",),
    "date": ("date", "loose-date"),
    "terms": ("terms", "term-paths", "names", "words", "commas", "one-name"),
    "author": ("author", "authors"),
}
_PARAMETERS: Final = {
    "minimum": "integer",
    "choices": "choice",
    "otherwise": "choice",
    "unquoted": "choice",
    "iso": "loose-date",
    "closed": "address",
}
_ADDRESSES: Final = ("permalink", "address")
_NEEDED: Final = ("spelling", "body", "recognised_by", "fields")


def dialect(mapping: Mapping) -> Dialect:
    """Give the dialect of a mapping; raise MappingError with all that doesn't fit together."""
    wrong: defaultdict[str, list[Complaint]] = defaultdict(list)
    documents = {mapping.document.path: mapping.document}
    for document, complaint in _complaints(mapping):
        documents[document.path] = document
        wrong[document.path].append(complaint)
    for path, complaints in wrong.items():
        raise documents[path].error(complaints)
    data = mapping.data
    fields: dict[str, dict[str, Any]] = data["fields"]
    return Dialect(
        _manner(data, _rewrite_places(mapping)),
        [_rule(key, rule) for key, rule in fields.items()],
        FileNames(data.get("file_names", ()), data.get("folder_status", {})),
        digest=sha256(json.dumps(data).encode()).hexdigest(),
        slug_from_link=any("slug" in rule.get("also", ()) for rule in fields.values()),
    )


def _rewrite_places(mapping: Mapping) -> dict[str, tuple[str, int]]:
    return {
        name: (document.path, document.at(("rewrite", name), "", key=True).line)
        for name, document in mapping.rewrite_origin.items()
    }


def _manner(data: dict[str, Any], rewrite_places: dict[str, tuple[str, int]]) -> Manner:
    return Manner(
        name=data["name"],
        title=data["title"],
        spelling=data["spelling"],
        body_format=data["body"],
        recognised_by=frozenset(data["recognised_by"]),
        skip_folders=frozenset(data.get("skip_folders", ())),
        always=frozenset(data.get("always", ())),
        meta=data.get("meta", "single"),
        key_order={name: tuple(keys) for name, keys in data.get("key_order", {}).items()},
        places=places(data.get("write_to", ())),
        also_spelled=tuple(data.get("also_spelled", ())),
        endings={name: _ending(said) for name, said in data.get("endings", {}).items()},
        home=_home(data.get("site", {})),
        meta_map=data.get("meta_map", ""),
        featured_image=tuple(data.get("featured_image", ())),
        any_case=data.get("any_case", False),
        types=Types(**data.get("type_by_place", {})),
        status=_status(data),
        rewrite=data.get("rewrite", {}),
        rewrite_places=rewrite_places,
        detected=data.get("detected", True),
    )


def _ending(said: dict[str, Any]) -> Ending:
    return Ending(said["body"], tuple(said.get("spelling", ())))


def _home(said: dict[str, Any]) -> Home:
    return Home(
        files=frozenset(said.get("files", ())),
        skips=frozenset(said.get("skip_folders", ())),
        folders=frozenset(said.get("post_folders", ())),
        guess_order=said.get("guess_order", Home().guess_order),
    )


def _status(data: dict[str, Any]) -> StatusKeys:
    said = data.get("status", {})
    hidden = said.get("hidden", {})
    return StatusKeys(
        unstated=said.get("unstated"),
        hidden=hidden,
        beside=said.get("beside", {}),
        key=said.get("key", ""),
        words=said.get("words", {}),
        written=said.get("written", {}),
        without=frozenset(said.get("without", ())),
        shared=frozenset(hidden.keys() & data["fields"].keys()),
    )


def _rule(key: str, rule: dict[str, Any]) -> Rule:
    return Rule(
        key=key,
        field=rule["field"],
        transform=_TRANSFORMS[_converter(rule)](rule),
        slot=_slot(rule["field"]),
        also=tuple(_slot(name) for name in rule.get("also", ()) if name != "slug"),
        one_way=rule.get("one_way", False),
        meta=rule.get("meta", False),
        if_needed=rule.get("if_needed", False),
        derived=rule.get("derived", False),
    )


def _slot(name: str) -> slots.Slot:
    found = slots.field(name)
    assert found is not None  # _rule_complaints has been through it
    return found.slot


def _converter(rule: dict[str, Any]) -> str:
    return str(rule.get("as", "text"))


def _complaints(mapping: Mapping) -> Iterator[tuple[Document, Complaint]]:
    data, document = mapping.data, mapping.document
    for name in _NEEDED:
        if name not in data:
            yield document, document.at((), f"`{name}` is missing: add it, or extend a mapping")
    fields = data.get("fields", {})
    for steps, key in _named_keys(document.data):
        if key not in fields:
            text = f"no rule names `{key}`: add one to `fields`, or leave it out here"
            yield document, document.at(steps, text)
    for complaint in _pattern_complaints(document):
        yield document, complaint
    writers: dict[str, str] = {}
    for key, rule in fields.items():
        origin = mapping.origin(key)
        for complaint in _rule_complaints(key, rule, writers, origin):
            yield origin, complaint


def _pattern_complaints(document: Document) -> Iterator[Complaint]:
    for place, pattern in enumerate(document.data.get("file_names", ())):
        try:
            FileNames([pattern], {})
        except ValueError as error:
            yield document.at(("file_names", place), str(error))
    for place, said in enumerate(document.data.get("write_to", ())):
        try:
            places([said])
        except ValueError as error:
            yield document.at(("write_to", place, "path"), str(error))


def _named_keys(data: dict[str, Any]) -> Iterator[tuple[Steps, str]]:
    """Give each key that is named outside `fields`, and where."""
    for place, key in enumerate(data.get("always", ())):
        yield ("always", place), key
    for variant, keys in data.get("key_order", {}).items():
        for place, key in enumerate(keys):
            yield ("key_order", variant, place), key


def _rule_complaints(
    key: str, rule: dict[str, Any], writers: dict[str, str], document: Document
) -> Iterator[Complaint]:
    yield from _field_complaints(key, rule, document)
    converter = _converter(rule)
    for name, owner in _PARAMETERS.items():
        if name in rule and converter != owner:
            text = f"`{name}` belongs to `as: {owner}`: leave it out"
            yield document.at(("fields", key, name), text, key=True)
    if converter == "choice":
        yield from _choice_complaints(key, rule, document)
    if not (rule.get("one_way") or rule.get("derived")):
        other = writers.setdefault(rule["field"], key)
        if other != key:
            text = f"`{other}` writes `{rule['field']}` too: give one of them `one_way: true`"
            yield document.at(("fields", key), text, key=True)


def _field_complaints(key: str, rule: dict[str, Any], document: Document) -> Iterator[Complaint]:
    steps = ("fields", key, "field")
    found = slots.field(rule["field"])
    converter = _converter(rule)
    if found is None:
        known = ", ".join(slots.NAMES)
        yield document.at(steps, f"a record has no field `{rule['field']}`: use one of {known}")
        return
    if converter not in _KINDS[found.kind]:
        can = " or ".join(_KINDS[found.kind])
        text = f"`{rule['field']}` can't be read as {converter}: write `as: {can}`"
        yield document.at(("fields", key, "as"), text)
    for place, name in enumerate(rule.get("also", ())):
        more = slots.field(name)
        fits = converter in _ADDRESSES if name == "slug" else more and more.kind == found.kind
        if not fits:
            text = f"`{name}` can't hold what `{key}` states: leave it out"
            yield document.at(("fields", key, "also", place), text)


def _choice_complaints(key: str, rule: dict[str, Any], document: Document) -> Iterator[Complaint]:
    choices: dict[str, list[str]] = rule.get("choices", {})
    if not choices:
        yield document.at(("fields", key), "`choices` is missing: add it", key=True)
    if "otherwise" in rule and rule["otherwise"] not in choices:
        text = f"`{rule['otherwise']}` is none of the choices: add it to them"
        yield document.at(("fields", key, "otherwise"), text)
    seen: dict[str, str] = {}
    for value, texts in choices.items():
        for place, text in enumerate(texts):
            if rule.get("unquoted") and not isinstance(plain(text), Plain):
                yield document.at(
                    ("fields", key, "choices", value, place),
                    f"`{text}` is text with or without quotes: leave `unquoted` out",
                )
            if seen.setdefault(text, value) != value:
                yield document.at(
                    ("fields", key, "choices", value, place),
                    f"`{text}` already means {seen[text]}: it can't mean {value} too",
                )
