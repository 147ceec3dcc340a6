"""Verifying: does another source hold what this one says? Record by record, in flat memory.

The other source is read once to learn what tells its records apart, then record by record beside
this one. What this source leaves unset isn't compared, and of a site what it doesn't show.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct, field

from migrate.chunk import Result, keep, process
from migrate.model.action import Action, Change, cut
from migrate.model.finding import Finding, Note
from migrate.model.handles import Handles
from migrate.model.post import Post
from migrate.model.progress import COMPARING, LEARNING, Watch, unwatched
from migrate.model.settings import Handle
from migrate.model.site import Head, Term
from migrate.plan import head_difference
from migrate.plan.difference import Difference, differences, unset
from migrate.plan.option_difference import OptionsBeside
from migrate.plan.pairing import Pairing
from migrate.plan.shown import Shown, term_key
from migrate.plan.stored import same_site
from migrate.run import CHUNK, Run
from migrate.stages import Reader

PUBLIC = "publish"


class Beside(Protocol):
    """Reads records of the other source, each beside what is said of it."""

    def __call__(
        self, pairs: Sequence[tuple[Handle, Post]], *, one_site: bool
    ) -> list[Post | None]:
        """Give them, None for one that can't be read; `one_site`: IDs mean the same in both."""


class Other(Struct):
    """The source that is asked whether it holds something; `name` is how it was called.

    Where it is a live site, `site` tells what that shows, and values are compared as it would
    store them. Where `beside` is given, `reader` may leave out texts: they are asked of that.
    """

    reader: Reader
    name: str
    site: Shown | None = None
    beside: Beside | None = None
    handles: Handles = field(default_factory=Handles)
    link: str = ""

    def records(self, note: Note, watch: Watch = unwatched) -> Iterator[tuple[Handle, Post]]:
        """Read every record once, in order; what can't be read is noted by this source's name."""
        located = Handles(self.reader.locate(note))
        for start in range(0, len(located), CHUNK):
            for result in process(self.reader, keep, located[start : start + CHUNK]):
                if result.made is not None:
                    yield result.handle, result.made
                for finding in result.findings if result.made is None else ():
                    finding.path = self.place_of(finding.path)
                    note(finding)
            watch(LEARNING, min(start + CHUNK, len(located)), len(located))

    def record(self, place: int) -> Post | None:
        """Read one record again."""
        return process(self.reader, keep, [self.handles[place]])[0].made

    def partners(
        self, pairs: Sequence[tuple[Post, int | None]], *, one_site: bool
    ) -> list[Post | None]:
        """Give what is held of each record, from its place; None where that is None."""
        if self.beside is None:
            return [None if place is None else self.record(place) for _, place in pairs]
        asked = [(self.handles[place], said) for said, place in pairs if place is not None]
        found = iter(self.beside(asked, one_site=one_site))
        return [None if place is None else next(found) for _, place in pairs]

    def place_of(self, path: str) -> str:
        """Give a path of this source as messages about both sources name it."""
        return path if self.site else f"{self.name}/{path}"


def verify(run: Run, other: Other, *, partial: bool = False) -> None:
    """Compare everything; each difference is a finding, each record an action.

    A record that is the same is `unchanged`; `update`, `create` and `delete` say what it would
    take to make the other source hold what this one says. Where the run is `partial`, what only
    the other source holds may be what was left out, so nothing is said of it; of a site, which
    goes on living, it is counted in one note.
    """
    known = other.reader.head(run.note)
    sides = _Sides(run, other, known, one_site=_one_site(run, known, other))
    pairing = Pairing(same_site=sides.one_site)
    for handle, post in other.records(run.note, run.progress):
        other.handles.append(handle)
        pairing.add(sides.form(post))
    for difference in sides.heads(run.head, known):
        run.note(_finding(difference, "", public=True))
    for chunk in run.chunks(keep, COMPARING):
        read = [(result, result.made) for result in chunk if result.made is not None]
        pairs = [(post, pairing.find(sides.form(post))) for _, post in read]
        partners = other.partners(pairs, one_site=sides.one_site)
        for (result, post), held in zip(read, partners, strict=True):
            sides.compare(result, sides.form(post), sides.form(held) if held else None)
    for difference in sides.options.differences():
        run.note(_finding(difference, "", public=True))
    sides.say_hidden()
    if not partial:
        sides.alone(list(pairing.alone()))


class _Sides:
    """Both sources while they are compared; `one_site` says whether IDs mean the same in both."""

    def __init__(self, run: Run, other: Other, known: Head, *, one_site: bool) -> None:
        self.one_site = one_site
        self._run = run
        self._other = other
        self._hidden: defaultdict[str, dict[str, None]] = defaultdict(dict)
        names = other.site.options if other.site else run.head.options
        self.options = OptionsBeside(run.head, known, names, one_site=one_site)
        key = term_key if other.site else _term_key
        self._terms = {key(term): term for term in known.terms}

    def form(self, post: Post) -> Post:
        """Give a record in the form in which it is compared."""
        site = self._other.site
        return site.as_held(post, same_site=self.one_site) if site else post

    def heads(self, said: Head, held: Head) -> Iterator[Difference]:
        """Give what differs beside the records."""
        if self._other.site:
            return head_difference.differences_shown(said, held, same_site=self.one_site)
        return head_difference.differences(said, held)

    def compare(self, result: Result[Post], said: Post, held: Post | None) -> None:
        """Say in what a record differs, or that the other source doesn't hold it."""
        self.options.see(said, held)
        public = _is_public(said) and (held is None or _is_public(held))
        site = self._other.site
        if site and (said.type or "post") not in site.types:
            self._hide(said, "anything")
            self._run.act(_action("skip", said, public=public, reason="the site shows none"))
            return
        if held is None:
            self._run.totals.uncompared += unset(said)
            message = "the other source doesn't hold this record"
            self._run.noting(result)(Finding("target-missing", message, field="title"))
            self._run.act(_action("create", said, public=public))
            return
        if site:
            said, held = site.comparable(said, held, functools.partial(self._hide, said))
        self._run.totals.uncompared += unset(said)
        found = list(differences(said, held, self._terms, same_site=self.one_site))
        for difference in found:
            self._run.noting(result)(_finding(difference, difference.field, public=public))
        action = _action("update" if found else "unchanged", said, public=public)
        action.changes = [_change(difference) for difference in found]
        self._run.act(action)

    def alone(self, places: Sequence[int]) -> None:
        """Say what only the other source holds."""
        if not self._other.site:
            for place in places:
                _alone(self._run, self._other, place)
        elif places:
            message = f"{len(places)} more records are on the site than SOURCE has"
            self._run.note(Finding("target-more", message, path=self._other.name))

    def say_hidden(self) -> None:
        """Name what the site doesn't show of records of each type."""
        for kind, names in self._hidden.items():
            what = ", ".join(names)
            message = f"of records of the type {kind} the site doesn't show us: {what}"
            self._run.note(Finding("loss-site-hidden", message, path=self._other.name))

    def _hide(self, said: Post, name: str) -> None:
        self._hidden[said.type or "post"][name] = None


def _term_key(term: Term) -> tuple[str, str]:
    return term.taxonomy, term.slug


def _one_site(run: Run, known: Head, other: Other) -> bool:
    """Say whether IDs mean the same on both sides: unless their addresses tell otherwise."""
    here = run.head.site.url or _first_link(run.each())
    there = known.site.url or _first_link(post for _, post in other.records(lambda _: None))
    return not here or not there or same_site(here, _origin(there)) or here == there


def _first_link(posts: Iterable[Post]) -> str:
    return next((post.link for post in posts if post.link), "")


def _origin(link: str) -> str:
    return "/".join(link.split("/")[:3])


def _is_public(post: Post) -> bool:
    return post.status == PUBLIC and not post.password


def _alone(run: Run, other: Other, place: int) -> None:
    post = other.record(place)
    if post is None:
        return
    path = other.place_of(post.provenance.path or other.handles[place].path)
    message = "only the other source holds this record"
    run.note(Finding("target-extra", message, path=path, record=post.ref()))
    action = _action("delete", post, public=_is_public(post))
    action.path = path
    run.act(action)


def _change(difference: Difference) -> Change:
    change = cut(difference.field, difference.held, difference.said)
    return change._replace(public=not difference.private)


def _finding(difference: Difference, field_name: str, *, public: bool) -> Finding:
    change = _change(difference)
    is_shown = public and change.public
    shown = f": “{change.after}” here, “{change.before}” there" if is_shown else ""
    return Finding("target-differs", f"{difference.field} differs{shown}", field=field_name)


def _action(verb: Any, post: Post, *, public: bool, reason: str = "") -> Action:
    ref = post.ref()
    return Action(
        verb,
        post.type or "post",
        post.provenance.path,
        id=ref.id,
        slug=ref.slug,
        title=post.title or "",
        reason=reason,
        public=public,
    )
