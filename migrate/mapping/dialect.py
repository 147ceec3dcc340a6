"""Dialect: a mapping made ready to turn front matter into records and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from migrate.mapping import key_metas
from migrate.mapping.file_names import FileNames
from migrate.mapping.head_writer import HeadWriter, head_writer
from migrate.mapping.key_order import KeyOrder
from migrate.mapping.key_reader import KeyReader
from migrate.mapping.manner import Manner
from migrate.mapping.path_reader import PathReader
from migrate.mapping.plan_rows import PlannedRows, PlanRows
from migrate.mapping.plans import Plan, Refused, Spelled, plan
from migrate.mapping.rules import Rule
from migrate.mapping.status import shown
from migrate.model.finding import Finding, Note
from migrate.model.post import ContentFormat, Post
from migrate.model.provenance import Provenance
from migrate.model.rows import Rows
from migrate.syntax.values import Value

_NOT_IN_KEYS: Final = frozenset({"content", "content_format", "provenance"})


class Dialect:
    """Both directions of one mapping; can be pickled. It knows keys and values, no text or line.

    `digest` is a hash of all that the mapping says, the same in every run.
    """

    __slots__ = (
        *("_keys", "_keys_of", "_manner", "_paths"),
        *("_key_order", "_rules", "digest"),
    )

    def __init__(
        self,
        manner: Manner,
        rules: Iterable[Rule],
        file_names: FileNames,
        *,
        digest: str,
        slug_from_link: bool = False,
    ) -> None:
        """Take the rules in the order in which the dialect writes its keys."""
        self.digest = digest
        self._manner = manner
        self._rules = {rule.key: rule for rule in rules}
        self._keys = KeyReader(self._rules, manner)
        self._keys_of = {
            rule.field: rule.key
            for rule in self._rules.values()
            if not (rule.one_way or rule.derived)
        }
        self._key_order = KeyOrder(self._rules, self._keys_of, manner)
        self._paths = PathReader(manner, file_names, self._keys_of, slug_from_link=slug_from_link)

    @property
    def name(self) -> str:
        """The name that the user types."""
        return self._manner.name

    @property
    def title(self) -> str:
        """What the dialect is called in full."""
        return self._manner.title

    @property
    def spelling(self) -> str:
        """The syntax in which its front matter is written: `spyc`, `yaml`, …"""
        return self._manner.spelling

    @property
    def manner(self) -> Manner:
        """What the mapping says about the dialect as a whole."""
        return self._manner

    @property
    def body_format(self) -> ContentFormat:
        """What a body is, where the file's name says nothing else."""
        return self._manner.body_format

    @property
    def skip_folders(self) -> frozenset[str]:
        """Names of folders in which no post of the dialect lies."""
        return self._manner.skip_folders

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the dialect's order."""
        return tuple(self._rules.values())

    def key_of(self, field: str) -> str:
        """Give the key that carries a record's field (`title`, `terms.2.slug`); empty for none."""
        if field in self._keys_of:
            return self._keys_of[field]
        of = field.partition(".")[0]
        return next(
            (key for known, key in self._keys_of.items() if known.partition(".")[0] == of), ""
        )

    @property
    def slug_from_link(self) -> bool:
        """Whether the permalink states the slug."""
        return self._paths.slug_from_link

    @property
    def carried(self) -> frozenset[str]:
        """The fields that other things than rules carry."""
        return frozenset(["status"] if self._manner.status.names else [])

    def recognises(self, keys: Collection[str]) -> bool:
        """Tell whether one of the keys belongs to this dialect alone."""
        return not self._manner.recognised_by.isdisjoint(keys)

    def own_keys(self, keys: Iterable[str]) -> int:
        """Count the keys that belong to this dialect alone."""
        return sum(key in self._manner.recognised_by for key in keys)

    def knows(self, keys: Iterable[str]) -> int:
        """Count the keys that mean something in this dialect."""
        names = self._rules.keys() | self._manner.status.names
        return sum(key in names for key in keys)

    def decode(self, values: Mapping[str, Value], path: str, note: Note) -> Post:
        """Give the record that front matter and its path below SOURCE state, without a body.

        Raises RecordError, with the key as its `field`, where a value can't be what its key
        stands for.
        """
        post = self._empty(path)
        self._keys.read(post, values, note)
        self._paths.add(post, path, note)
        self._keys.read_derived(post, values)
        self._key_order.note(post, values)
        return post

    def plan(self, shape: Mapping[str, bool], like: Post) -> Plan | None:
        """Give the plan for heads with these keys, each of which holds a list or not.

        `like` is a record that was decoded from such a head. None where there is no plan.
        """
        kept = like.provenance.spelling
        if not kept.keys() <= {"absent"}:
            return None
        order = self._key_order.generation(shape)
        return plan(self._rules, self._manner, shape, order, kept.get("absent", ()))

    def decode_planned(self, planned: Plan, head: Spelled, path: str, note: Note) -> Post:
        """Give what `decode` gives, and the spelling kept; Refused where the plan doesn't fit."""
        post = self._empty(path)
        planned.read(head, post)
        self._paths.add(post, path, note)
        return post

    def decode_rows(
        self, planned: PlanRows, heads: Sequence[Spelled], paths: Sequence[str]
    ) -> PlannedRows | None:
        """Give what `decode_planned` gives of files of one folder and ending, without bodies.

        Odd are also those of which it notes anything. None where it has to be done one by one.
        """
        found = planned.read(heads, lambda: self._empty(paths[0]))
        return found and self._paths.add_rows(found, paths)

    def head_writer(self, shape: Mapping[str, bool], like: Post) -> HeadWriter | None:
        """Give what writes heads with these keys, each of which holds a list or not.

        `like` is a record that is written so. None where there is no such plan.
        """
        if planned := self.plan(shape, like):
            return head_writer(planned, self._rules, shape, like.provenance.variant)
        return None

    def write_planned(self, writer: HeadWriter, post: Post) -> str:
        """Give a head in which, with the body behind it, a reader finds just this record.

        Raises Refused where there is none.
        """
        path = post.provenance.path
        found: list[Finding] = []
        back = self._empty(path)
        head = writer.write(post, back)
        self._paths.add(back, path, found.append)
        back.content = post.content
        if found or back != post:
            raise Refused
        return head

    def odd_paths(self, rows: Rows, *, with_slugs: bool) -> list[int] | None:
        """Give what `PathReader.odd_rows` gives."""
        return self._paths.odd_rows(rows, with_slugs=with_slugs)

    def _empty(self, path: str) -> Post:
        """Give a record of which nothing is known but where it stood."""
        return Post(
            content_format=self._manner.body_format_at(path),
            provenance=Provenance(path=path, dialect=self._manner.name),
        )

    def encode(self, post: Post) -> dict[str, Value]:
        """Give the front matter of a record: the dialect's keys in its order, then the metas.

        Where the provenance of a record that this dialect read says how it stood, it is written
        that way again as long as the record still says the same.
        """
        own = post.provenance if post.provenance.dialect == self.name else Provenance()
        values = self._said(post, own.spelling, self._needed(post, own))
        order = own.spelling.get("order") or self._key_order.of(own.variant)
        return _in_order(values, order)

    def path_for(self, post: Post) -> str:
        """Give the path that the dialect's tool wants for a post's file, below the folder.

        It may be any other post's too, and no file system was asked whether it takes the name.
        """
        return self._manner.places.path(post)

    def pattern_for(self, post: Post) -> str:
        """Give the path with `{date}` and `{slug}` for all of its kind with both, or nothing."""
        return self._manner.places.pattern(post)

    def unsaid(self, post: Post, path: str = "") -> list[str]:
        """Name the stated fields that don't come back from `encode(post)` in a file of this path.

        They belong into the sidecar. The body isn't among them: it has its own place.
        """
        back = self.decode(self.encode(post), path, _ignore)
        return [
            name
            for name in Post.__struct_fields__
            if name not in _NOT_IN_KEYS
            and (stated := getattr(post, name)) is not None
            and stated != getattr(back, name)
        ]

    def _needed(self, post: Post, own: Provenance) -> list[Rule]:
        """Give the rules whose keys are written.

        A key that wasn't there stays away as long as the record comes back without it.
        """
        rules = [rule for rule in self._rules.values() if not rule.one_way]
        spare = frozenset(own.spelling.get("absent", ()))
        if not own.path:
            spare |= {rule.key for rule in rules if rule.if_needed or self._is_idle(rule, post)}
        if not spare:
            return rules
        rules = [r for r in rules if r.key not in spare or not self._is_idle(r, post)]
        others = [rule for rule in rules if rule.key not in spare]
        path = own.path or self.path_for(post)
        back = self.decode(self._said(post, own.spelling, others), path, _ignore)
        return [
            rule
            for rule in rules
            if rule.key not in spare or rule.slot.get(back) != rule.slot.get(post)
        ]

    def _is_idle(self, rule: Rule, post: Post) -> bool:
        """Tell whether a key would only say that a post with other terms has none of this kind."""
        return self._manner.spelling != "spyc" and bool(post.terms) and rule.slot.get(post) == []

    def _said(
        self, post: Post, spelling: Mapping[str, Any], rules: Iterable[Rule]
    ) -> dict[str, Value]:
        """Give what those rules, the keys of the status and the metas say."""
        values = self._written(post, spelling, rules)
        if self._manner.status.names and (keys := self._written_status(post, spelling)):
            held_back = self._manner.status.read(keys).status != "publish"
            without = self._manner.status.without if held_back else ()
            values = {key: value for key, value in values.items() if key not in without} | keys
        return key_metas.add(values, post, spelling, self._rules, self._manner)

    def _written_status(self, post: Post, spelling: Mapping[str, Any]) -> dict[str, Value]:
        """Give the keys of the status, as they once stood if they still say and hide as much."""
        keys = self._manner.status
        status = shown(post) if post.password else post.status
        values = keys.write(status)
        kept = spelling.get("status", {})
        if kept and keys.read(kept).status == status and values.keys() <= kept.keys():
            return dict(kept)
        return values

    def _written(
        self, post: Post, spelling: Mapping[str, Any], rules: Iterable[Rule]
    ) -> dict[str, Value]:
        always = self._manner.always
        return {
            rule.key: value
            for rule in rules
            if (value := rule.write(post, spelling, always=rule.key in always)) is not None
        }


def _in_order(values: dict[str, Value], order: Iterable[str]) -> dict[str, Value]:
    return {key: values[key] for key in order if key in values} | values


def _ignore(_finding: Finding) -> None:
    pass
