"""Verifying: does another source hold what this one says? Record by record, in flat memory.

The other source is read once to learn what tells its records apart, then record by record beside
this one. What this source leaves unset isn't compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from migrate.model.action import Action, Change, cut
from migrate.model.finding import Finding, Note
from migrate.model.handles import Handles
from migrate.model.post import Post
from migrate.model.progress import COMPARING, LEARNING, Watch, unwatched
from migrate.model.settings import Handle
from migrate.model.site import Head, Term
from migrate.pipeline import CHUNK, Result, Run, keep, process
from migrate.plan.difference import PRIVATE, Difference, differences, unset
from migrate.plan.pairing import Pairing
from migrate.plan.stored import same_site
from migrate.stages import Reader

PUBLIC = "publish"


@dataclass(slots=True)
class Other:
    """The source that is asked whether it holds something; `name` is how it was called."""

    reader: Reader
    name: str
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
                    finding.path = f"{self.name}/{finding.path}"
                    note(finding)
            watch(LEARNING, min(start + CHUNK, len(located)), len(located))

    def record(self, place: int) -> Post | None:
        """Read one record again."""
        return process(self.reader, keep, [self.handles[place]])[0].made


def verify(run: Run, other: Other, *, partial: bool = False) -> None:
    """Compare everything; each difference is a finding, each record an action.

    A record that is the same is `unchanged`; `update`, `create` and `delete` say what it would
    take to make the other source hold what this one says. Where the run is `partial`, what only
    the other source holds may be what was left out, so nothing is said of it.
    """
    known = other.reader.head(run.note)
    one_site = _one_site(run, known, other)
    pairing = Pairing(same_site=one_site)
    for handle, post in other.records(run.note, run.progress):
        other.handles.append(handle)
        pairing.add(post)
    for difference in _heads(run.head, known):
        run.note(_finding(difference, "", public=True))
    terms = {(term.taxonomy, term.slug): term for term in known.terms}
    for chunk in run.chunks(keep, COMPARING):
        for result in chunk:
            place = pairing.find(result.made) if result.made else None
            held = other.record(place) if place is not None else None
            _compare(run, result, held, terms, one_site=one_site)
    for place in () if partial else pairing.alone():
        _alone(run, other, place)


def _one_site(run: Run, known: Head, other: Other) -> bool:
    """Say whether IDs mean the same on both sides: unless their addresses tell otherwise."""
    here = run.head.site.url or _first_link(run.each())
    there = known.site.url or _first_link(post for _, post in other.records(lambda _: None))
    return not here or not there or same_site(here, _origin(there)) or here == there


def _first_link(posts: Iterable[Post]) -> str:
    return next((post.link for post in posts if post.link), "")


def _origin(link: str) -> str:
    return "/".join(link.split("/")[:3])


def _compare(
    run: Run,
    result: Result[Post],
    held: Post | None,
    terms: dict[tuple[str, str], Term],
    *,
    one_site: bool,
) -> None:
    said = result.made
    if said is None:
        return
    run.totals.uncompared += unset(said)
    public = _is_public(said) and (held is None or _is_public(held))
    if held is None:
        message = "the other source doesn't hold this record"
        run.noting(result)(Finding("target-missing", message, field="title"))
        run.act(_action("create", said, public=public))
        return
    found = list(differences(said, held, terms, same_site=one_site))
    for difference in found:
        run.noting(result)(_finding(difference, difference.field, public=public))
    action = _action("update" if found else "unchanged", said, public=public)
    action.changes = [_change(difference) for difference in found]
    run.act(action)


def _is_public(post: Post) -> bool:
    return post.status == PUBLIC and not post.password


def _alone(run: Run, other: Other, place: int) -> None:
    post = other.record(place)
    if post is None:
        return
    path = f"{other.name}/{post.provenance.path or other.handles[place].path}"
    message = "only the other source holds this record"
    run.note(Finding("target-extra", message, path=path, record=post.ref()))
    action = _action("delete", post, public=_is_public(post))
    action.path = path
    run.act(action)


def _heads(said: Head, held: Head) -> Iterator[Difference]:
    yield from _stated("site", said.site, held.site)
    if said.authors:
        yield from _lists(
            "authors",
            {a.login: a for a in said.authors if a.login},
            {a.login: a for a in held.authors if a.login},
        )
    if said.terms:
        yield from _lists(
            "terms",
            {f"{t.taxonomy}/{t.slug}": t for t in said.terms},
            {f"{t.taxonomy}/{t.slug}": t for t in held.terms},
        )


def _lists(name: str, said: dict[str, Any], held: dict[str, Any]) -> Iterator[Difference]:
    for key, ours in said.items():
        if key in held:
            yield from _stated(f"{name}.{key}", ours, held[key])
        else:
            yield Difference(f"{name}.{key}", key, "")
    yield from (Difference(f"{name}.{key}", "", key) for key in held if key not in said)


def _stated(prefix: str, said: Any, held: Any) -> Iterator[Difference]:
    names = getattr(said, "_fields", None) or [f.name for f in fields(said)]
    for name in names:
        ours, theirs = getattr(said, name), getattr(held, name)
        # No parent and a parent that is stated to be none are one thing.
        if ours is not None and ours != theirs and not (name == "parent" and not (ours or theirs)):
            there = "" if theirs is None else str(theirs)
            yield Difference(f"{prefix}.{name}", str(ours), there, name in PRIVATE)


def _change(difference: Difference) -> Change:
    change = cut(difference.field, difference.held, difference.said)
    return change._replace(public=not difference.private)


def _finding(difference: Difference, field_name: str, *, public: bool) -> Finding:
    change = _change(difference)
    is_shown = public and change.public
    shown = f": “{change.after}” here, “{change.before}” there" if is_shown else ""
    return Finding("target-differs", f"{difference.field} differs{shown}", field=field_name)


def _action(verb: Any, post: Post, *, public: bool) -> Action:
    ref = post.ref()
    return Action(
        verb,
        post.type or "post",
        post.provenance.path,
        id=ref.id,
        slug=ref.slug,
        title=post.title or "",
        public=public,
    )
