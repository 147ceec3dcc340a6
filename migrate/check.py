"""`check`: all that a source tells without a target, and the rewrite rules that would help it."""

from __future__ import annotations

from collections import Counter
from copy import copy
from typing import Generic, NamedTuple

from msgspec import Struct

from migrate.chunk import Advised, Encode, Made
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.output import spool
from migrate.rewrite.draft import Draft
from migrate.rewrite.rewrites import Chosen
from migrate.rewrite.rule import Rule
from migrate.run import Run
from migrate.stages import FileWriter


class Considered(NamedTuple, Generic[Made]):
    """What a record was encoded to, and the names of the rules that would change it."""

    made: Made
    helpful: tuple[str, ...]


class Considering(Struct, Generic[Made], frozen=True):
    """Encodes, and tries on a copy of the record each rule that is switched off."""

    encode: Encode[Made]
    rules: Chosen

    def __call__(self, post: Post, note: Note) -> Considered[Made]:
        """Give what the encoder makes of the record and which rules would change it."""
        helpful = tuple(name for name, rule in self.rules if self._changes(name, rule, post))
        return Considered(self.encode(post, note), helpful)

    @staticmethod
    def _changes(name: str, rule: Rule, post: Post) -> bool:
        if post.content_format not in rule.bodies:
            return False
        found: list[Finding] = []
        rule.rewrite(Draft(copy(post), found.append, name))
        return any(finding.is_change for finding in found)


def check(run: Run, writer: FileWriter, rules: Chosen) -> None:
    """Read every record and encode it as the widest format, WXR, would have it; write nothing.

    One note at the end says which of `rules` would change how many records.
    """
    helped: Counter[str] = Counter()
    with spool() as scratch:
        joiner = writer.joiner(scratch, run.head)
        for chunk in run.chunks(Considering(Advised(writer.encode), rules)):
            for result in chunk:
                if result.made is not None:
                    joiner.add(result.made.made, run.noting(result))
                    helped.update(result.made.helpful)
    if helped:
        run.note(_advice(helped, [name for name, _ in rules]))


def _advice(helped: Counter[str], order: list[str]) -> Finding:
    names = [name for name in order if helped[name]]
    counted = ", ".join(f"{name} ({helped[name]})" for name in names)
    return Finding(
        "mapping-rules-would-help",
        f"rewrite rules would change these numbers of records: {counted}",
        fix=f"Look at what they do with --dry-run --rewrite {','.join(names)}",
    )
