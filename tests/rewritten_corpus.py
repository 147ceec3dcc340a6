"""What each rewrite rule, with its default options, would change in the folder of real files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct, field

from migrate import chunk, rewriting
from migrate.model.addresses import Addresses
from migrate.model.finding import Finding, Note
from migrate.model.handles import Handles
from migrate.model.post import Post
from migrate.readers.wxr.reader import WxrReader
from migrate.rewrite import rules
from migrate.rewrite.rewrites import Chosen, Rewrites
from migrate.stages import Reader
from tests.sources import posts_reader

CONVERSIONS: Final = frozenset(
    {"markdown", "rst", "unautop", "autop", "unblocks", "blocks", "to-markdown"}
)
"""Rules that turn whole bodies into another form: of these the bodies are counted alone."""


class Change(NamedTuple):
    """One change: where, and how many characters stood and stand there. No text."""

    rule: str
    path: str
    line: int | None
    before: int
    after: int


class Rewritten(Struct):
    """All that the rules changed, and how many bodies of which source a conversion turned."""

    posts: int = 0
    changes: list[Change] = field(default_factory=list)
    converted: Counter[tuple[str, str]] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)
    """Those of the changes, text included: to be looked at, not to be kept."""

    def add(self, source: str, corpus: Path, findings: list[Finding]) -> None:
        """Take what was found in one record."""
        turned = CONVERSIONS.intersection(map(_rule, findings))
        self.converted.update((rule, source) for rule in turned)
        for finding in findings:
            rule = _rule(finding)
            if rule not in CONVERSIONS:
                path = _path(finding.path, source, corpus)
                lengths = len(finding.before), len(finding.after)
                self.changes.append(Change(rule, path, finding.line, *lengths))
                self.findings.append(finding)


def rewritten(corpus: Path) -> Rewritten:
    """Run every rule by itself over every record that can be read; nothing is written."""
    seen, chosen = Rewritten(), rules.make({name: {} for name in rules.RULES})
    for name, reader in _sources(corpus):
        for findings in _each(reader, chosen, seen):
            seen.add(name, corpus, findings)
    return seen


def _sources(corpus: Path) -> Iterator[tuple[str, Reader]]:
    """Give each folder of posts and each export, with its path in the corpus."""
    for kind in ("frontmatter", "wpghs"):
        for folder in sorted((corpus / kind).iterdir()):
            yield f"{kind}/{folder.name}", posts_reader(folder)
    for export in sorted((corpus / "wxr").rglob("*.xml")):
        yield export.relative_to(corpus).as_posix(), WxrReader(export)


def _each(reader: Reader, chosen: Chosen, seen: Rewritten) -> Iterator[list[Finding]]:
    """Give what the rules changed in the head of a source, then in each of its records."""
    head_findings: list[Finding] = []
    handles = Handles(reader.locate(_ignore))
    Rewrites(chosen).rewrite_head(reader.head(_ignore), head_findings.append)
    each_alone = EachAlone(chosen, rewriting.index(reader, "", "wordpress"))
    yield list(filter(_is_rewrite, head_findings))
    for result in chunk.process(reader, each_alone, handles[0 : len(handles)]):
        seen.posts += result.made is not None
        yield list(filter(_is_rewrite, result.findings))


def _is_rewrite(finding: Finding) -> bool:
    return finding.is_change and _rule(finding) in rules.RULES


def _rule(finding: Finding) -> str:
    return finding.code.removeprefix("rewrite-")


def _path(path: str, source: str, corpus: Path) -> str:
    if not path or (corpus / source).is_file():
        return source
    return f"{source}/{path}"


def _ignore(_finding: Finding) -> None:
    pass


class EachAlone(Struct, frozen=True):
    """An encoder that tries each rule on a copy of the record and gives nothing else."""

    rules: Chosen
    addresses: Addresses

    def __call__(self, post: Post, note: Note) -> bool:
        """Note what each rule changes."""
        for chosen in self.rules:
            Rewrites((chosen,), addresses=self.addresses).rewrite(copy(post), note)
        return True
