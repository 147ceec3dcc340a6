"""The keys of front matter read into a record: fields, the status, metas."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from migrate.errors import RecordError
from migrate.mapping import key_metas, metas
from migrate.mapping.manner import Manner
from migrate.mapping.rules import Rule
from migrate.mapping.transforms import Choice, shown
from migrate.model.finding import Finding, Note
from migrate.model.post import Meta, Post
from migrate.syntax.typed import is_nothing
from migrate.syntax.values import Value


class KeyReader(Struct, frozen=True):
    """Reads what keys say; what a path says comes in between its two steps."""

    rules: Mapping[str, Rule]
    manner: Manner

    def read(self, post: Post, values: Mapping[str, Value], note: Note) -> None:
        """Put into the record what keys state; RecordError with the key where one can't."""
        if self.manner.any_case:
            values = self._in_our_case(values)
        self._read_keys(post, values, self._read_status(post, values, note))
        self._note_guessed(post, values, note)

    def read_derived(self, post: Post, values: Mapping[str, Value]) -> None:
        """Make a meta of a key that doesn't say what follows from its field."""
        rows = post.meta or []
        for key, rule in self.rules.items():
            if rule.derived and key in values and rule.write(post, {}, always=False) != values[key]:
                self._read_meta(post, rows, key, values[key])
        post.meta = rows or None

    def _in_our_case(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Give the values under the mapping's own keys; RecordError for two of one name."""
        ours = {key.lower(): key for key in (*self.rules, *self.manner.status.names)}
        renamed: dict[str, Value] = {}
        for key, value in values.items():
            name = ours.get(key.lower(), key)
            if name in renamed:
                raise RecordError(
                    "mapping-value",
                    f"{self.manner.title} takes `{key}` for `{name}`, which stands here too",
                    field=key,
                    fix="Remove one of them",
                )
            renamed[name] = value
        return renamed

    def _read_keys(self, post: Post, values: Mapping[str, Value], taken: frozenset[str]) -> None:
        rules = self.rules
        rows: list[Meta] = []
        for key, value in values.items():
            rule = rules.get(key)
            if key in taken or (rule and rule.derived):
                continue
            if rule is None:
                self._read_meta(post, rows, key, value)
            elif is_nothing(value) and self.manner.is_typed:
                continue
            elif not rule.read(post, value):
                self._read_meta(post, rows, key, value)
        post.meta = rows or None

    def _read_meta(self, post: Post, rows: list[Meta], key: str, value: Value) -> None:
        style = self.manner.meta
        if key == self.manner.meta_map and isinstance(value, dict):
            key_metas.read_map(post, rows, value, style)
            return
        if shape := metas.read(rows, key, value, style):
            post.provenance.spelling.setdefault("shapes", {})[key] = shape
        # PHP tells no empty list from an empty map. Of Spyc's YAML the lines are kept.
        is_kept = shape == "tree" and self.manner.spelling != "spyc"
        if is_kept and metas.unserialize(rows[-1].value) != value:
            post.provenance.spelling.setdefault("values", {})[key] = value

    def _note_guessed(self, post: Post, values: Mapping[str, Value], note: Note) -> None:
        for key, rule in self.rules.items():
            if (
                rule.field != "status"
                or key not in values
                or not isinstance(rule.transform, Choice)
            ):
                continue
            if rule.transform.is_guess(values[key]):
                note(
                    Finding(
                        "mapping-status-guessed",
                        f"`{key}` says {shown(values[key])}: taken as {post.status}",
                        path=post.provenance.path,
                        field=key,
                        fix=f"Write one of the values of `{key}`, without quotes",
                    )
                )

    def _read_status(self, post: Post, values: Mapping[str, Value], note: Note) -> frozenset[str]:
        """Take the status from its keys; give the keys that said it."""
        keys = self.manner.status
        if not keys.names:
            return frozenset()
        stated = keys.read(values)
        post.status = stated.status
        said = {key: value for key, value in values.items() if key in stated.keys}
        if said and said != keys.write(stated.status):
            post.provenance.spelling["status"] = said
        if stated.quarrel:
            note(
                Finding(
                    "mapping-status",
                    f"`{stated.quarrel}` says publish, another key holds the post back: "
                    f"taken as {stated.status}, the more private",
                    path=post.provenance.path,
                    field=stated.quarrel,
                    fix="Change one of them",
                )
            )
        return stated.keys
