"""`source-attribution`: the line that says where a post came from, in one clean form."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypedDict, Unpack

from migrate.errors import MappingError
from migrate.model.post import Meta
from migrate.rewrite import attributions, source_place
from migrate.rewrite.attributions import Attribution, UnclearError
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.proxies import HIDDEN, step
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import Rule
from migrate.rewrite.source_line import REL, TEMPLATE, Source, SourceLine
from migrate.rewrite.web_pages import host, page, plain
from migrate.rewrite.wordings import Wordings, built_in, wording
from migrate.syntax.html_markup import scan
from migrate.syntax.links import addresses


class Options(TypedDict, total=False):
    """What becomes of the line, how it is found, and what it is compared with."""

    do: Literal["rewrite", "move", "remove", "keep"]
    template: str
    rel: str
    patterns: Iterable[str]
    names: Mapping[str, str]
    metas: Iterable[str]
    meta: str
    add: bool


_METAS: Final = ("original_link", "canonical_url")
_WINDOW: Final = 2_048
"""How many bytes at either end of a body are searched for a sign that there is such a line."""


class SourceAttribution(Rule):
    """Finds the line among the first two and the last four of a body, and holds it against metas.

    What leaves a question is left and named: two lines that lead to different pages, another page
    than the metas name, a line without an address, an address behind a proxy, a source named in the
    midst of the text. Of several lines that lead to one page the last stays. What is quoted,
    listed, a heading or code names no source.
    """

    looks_for = "`Source`, `via …`, `Originally published at …`, `The post … appeared first on …`"
    does = "writes it by a template, moves its address to a custom field, or takes it out"

    def __init__(self, **options: Unpack[Options]) -> None:
        """Raise MappingError where a pattern or the template can't be used."""
        self._do = options.get("do", "rewrite")
        self._add = options.get("add", False)
        if self._add and self._do in ("move", "remove"):
            raise MappingError(
                f"source-attribution: `add: true` and `do: {self._do}` contradict each other",
                fix="Leave out one of them",
            )
        self._line = SourceLine(options.get("template", TEMPLATE), options.get("rel", REL))
        self._own = tuple(options.get("patterns", ()))
        _wordings(self._own)
        self._names = {key.casefold(): name for key, name in options.get("names", {}).items()}
        self._metas = tuple(options.get("metas", _METAS))
        self._meta = options.get("meta", _METAS[0])

    def rewrite(self, draft: Draft) -> None:
        """Find the line, and do what was asked for."""
        known = self._known(draft)
        try:
            if found := self._found(draft):
                self._settle(draft, found, known)
            elif self._add and known and draft.body.strip():
                self._append(draft, known)
        except UnclearError as error:
            _leave(draft, error)

    def _known(self, draft: Draft) -> list[str]:
        """Give the addresses that the metas name, each page once."""
        rows = (meta for name in self._metas for meta in draft.post.meta or () if meta.key == name)
        values = (plain(row.value.strip()) for row in rows)
        return list({page(value): value for value in values if host(value)}.values())

    def _found(self, draft: Draft) -> list[Attribution]:
        body = draft.body
        ends = body if len(body) <= 2 * _WINDOW else body[:_WINDOW] + b"\n" + body[-_WINDOW:]
        ends = ends.lower()
        known = _wordings(self._own)
        if not any(sign in ends for sign in known.signs):
            return []
        return attributions.find(body, draft.markup, known)

    def _settle(self, draft: Draft, found: list[Attribution], known: list[str]) -> None:
        link = attributions.agreed(found, known, self._name)
        if self._do == "keep":
            return
        if self._do == "rewrite":
            self._write(draft, found, self._source(link, found[-1]))
            return
        if self._do == "move":
            self._move(draft, link, found[-1])
        edits = (source_place.without(draft.body, one.line) for one in found)
        draft.edit(edits, "line that named the source taken out")

    def _source(self, link: str, found: Attribution | None) -> Source:
        name = self._name(link)
        if step(link) == HIDDEN and name == host(link):
            message = quoting("the source's link leads through {}, which hides where to", name)
            raise UnclearError(
                message, found.line.start if found else None, attributions.HIDDEN_FIX
            )
        return Source(link, name)

    def _name(self, link: str) -> str:
        """Give the name of the nearest host in `names`, else the host without `www.`."""
        own = host(link)
        parts = own.split(".")
        hosts = (".".join(parts[at:]) for at in range(len(parts)))
        return next((self._names[one] for one in hosts if one in self._names), own)

    def _write(self, draft: Draft, found: list[Attribution], source: Source) -> None:
        line, body = self._rendered(draft, source), draft.body
        others = [one for one in found if not source_place.is_in(body, one.line, line)]
        if not others:
            return
        has_line = len(others) < len(found)
        edits: list[Edit] = []
        for one in others:
            if one is others[-1] and not has_line:
                edits.append(source_place.instead(body, draft.markup, one.line, line))
            else:
                edits.append(source_place.without(body, one.line))
        draft.edit(edits, quoting("source line written for {}", source.name))

    def _rendered(self, draft: Draft, source: Source) -> bytes:
        try:
            return self._line.write(source, draft.post)
        except ValueError as error:
            message = f"the template fails: {error}"
            raise UnclearError(message, None, "Mend the option `template` in the mapping") from None

    def _append(self, draft: Draft, known: list[str]) -> None:
        body = draft.body
        pages = set(map(page, known))
        links = addresses(body, draft.markup, "html")
        if any(page(plain(link.value.decode("utf-8", "replace"))) in pages for link in links):
            return
        if len(pages) > 1:
            message = "the body names no source, and the custom fields name different ones"
            raise UnclearError(message, None, "Decide which is right, and mend the other")
        source = self._source(known[0], None)
        line = self._rendered(draft, source)
        if line and line not in body:
            edit = source_place.behind(body, line)
            # A comment of blocks round the line would close what the body leaves open.
            if not _shows(body + line, len(body)):
                message = "a source line at the end would be in a comment or code, never closed"
                raise UnclearError(message, None, "Close it in the source")
            draft.edit([edit], quoting("source line added for {}", source.name))

    def _move(self, draft: Draft, link: str, found: Attribution) -> None:
        metas = draft.post.meta or []
        there = {page(plain(meta.value.strip())) for meta in metas if meta.key == self._meta} - {""}
        if there and page(link) not in there:
            message = f"the custom field {self._meta} holds another address than the source line"
            raise UnclearError(message, found.line.start, attributions.DECIDE)
        if not there:
            field = f"meta.{len(metas)}.value"
            said = f"source moved to {self._meta}"
            draft.change(field, [*metas, Meta(self._meta, link)], ("", link), said)


@functools.lru_cache(maxsize=8)
def _wordings(own: tuple[str, ...]) -> Wordings:
    return Wordings((*map(wording, own), *built_in()))


def _shows(body: bytes, at: int) -> bool:
    markup = scan(body)
    return markup.is_text(at) or any(tag.start == at for tag in markup.tags)


def _leave(draft: Draft, error: UnclearError) -> None:
    code = "rewrite-source-unclear"
    draft.note(code, error.message, at=error.at, field="content", fix=error.fix)
