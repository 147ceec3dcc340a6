"""Planning: what an import through the companion would do to each record; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.decision import Decision, Wait, mark
from migrate.plan.journal import marks
from migrate.plan.recall import Recall, Recalled
from migrate.plan.recognise import Found, Identity, free_slug, not_in_trash, recognise
from migrate.plan.site_index import Listed
from migrate.writers.companion.books import Books
from migrate.writers.companion.differing import changes, differing, terms_that_stay
from migrate.writers.companion.held import Site
from migrate.writers.companion.needs import Needs
from migrate.writers.companion.numbers import references
from migrate.writers.companion.wanted import Builder, Wanted
from migrate.writers.rest.actions import action, finding, kind_name
from migrate.writers.rest.losses import OncePerKey
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.outcome import (
    Outcome,
    changed_on_both,
    changed_there,
    conflict,
    late,
    not_wanted,
    other_id,
    refused,
    undated,
)

__all__ = ["Memory", "Planner"]

_NO_SLUG = frozenset({"draft", "pending", "trash"})
"""Posts of these statuses share slugs with others: WordPress compares none before they appear."""

_STAY = "They stay: take them away on the site if the record is meant to have none"


class Memory(NamedTuple):
    """What the journal knows, and who adds to it."""

    recall: Recall
    books: Books


@dataclass(slots=True)
class _Candidate:
    """A record, what the site should hold for it, and which post it may be."""

    post: Post
    wanted: Wanted
    identity: Identity
    recalled: Recalled
    found: Found
    losses: list[Finding] = field(default_factory=list)

    @property
    def asks_the_same(self) -> bool:
        """Tell whether it still asks what it asked when the last import had brought it in."""
        entry = self.recalled.entry
        return entry is not None and entry.asked == marks.asked(self.wanted.record)


class Planner:
    """Decides about records in source order; what one record takes, a later one can't have."""

    def __init__(
        self,
        site: Site,
        builder: Builder,
        memory: Memory,
        needs: Needs,
        options: ImportOptions,
        note: Note,
    ) -> None:
        self._site = site
        self._builder = builder
        self._numbers = builder.numbers
        self._recall, self._books = memory
        self._needs = needs
        self._options = options
        self._note = OncePerKey(note)

    def plan(self, posts: Sequence[Post], wait: Wait) -> Iterator[tuple[Action, Decision] | None]:
        """Give the action and the decision of each record, in order; None for one that waits."""
        for post in posts:
            if wait is Wait.FOR_MORE and self._names_unknown(post):
                yield None
                continue
            outcome = self._outcome(post)
            for found in outcome.findings:
                self._note(found)
            done = outcome.action
            yield (
                done,
                Decision(
                    done.verb,
                    mark(post),
                    outcome.site_id,
                    outcome.fields,
                    done.reason,
                    done.public,
                    outcome.key,
                    outcome.state,
                ),
            )

    def _names_unknown(self, post: Post) -> bool:
        """Tell whether a record names one by its number that wasn't decided about."""
        numbers = (each.number for each in references(post) if not each.taxonomy)
        return any(not self._numbers.knows(number) for number in numbers)

    def _outcome(self, post: Post) -> Outcome:
        kind = kind_name(post)
        if kind not in self._site.companion.types:
            return refused(post, f"the site has no post type {kind}", "type")
        losses: list[Finding] = []
        wanted = self._builder.build(post, losses.append)
        identity = self._identity(post, wanted)
        recalled = self._recall.recall(post, identity, _nothing_to_wait_for)
        found = self._found(identity, recalled)
        return self._decide(_Candidate(post, wanted, identity, recalled, found, losses))

    def _identity(self, post: Post, wanted: Wanted) -> Identity:
        record, home = wanted.record, self._site.home
        link, kind = post.link or "", kind_name(post)
        own = stored.same_site(link, home)
        return Identity(
            type=kind,
            statuses=wanted.status.same if wanted.status else frozenset({"draft"}),
            title=stored.title(post.title or ""),
            id=(post.id or 0) if own else 0,
            path=stored.path(link, home),
            slug=stored.slug_of_row(record.get("slug", "")),
            date=record.get("date", ""),
            date_gmt=record.get("date_gmt", ""),
            flat=kind not in self._site.companion.hierarchical,
            own=own,
            parent=int(record.get("parent", 0)),
        )

    def _found(self, identity: Identity, recalled: Recalled) -> Found:
        """Give which post a record is: by the journal, else by what exists."""
        if recalled.conflict:
            return Found(conflict=recalled.conflict)
        if recalled.post:
            found = Found(recalled.post)
            return found if recalled.taken_back else not_in_trash(identity, found)
        found = recognise(identity, self._site.index)
        others = self._recall.belongs_to_another
        likely = [post for post in found.likely if not others(recalled.key, post)]
        return found._replace(likely=tuple(likely))

    def _decide(self, candidate: _Candidate) -> Outcome:
        post, found = candidate.post, candidate.found
        if found.likely and not found.post:
            found = self._same_content(candidate)
        refusal = found.conflict or ("" if self._options.renames_taken else found.taken)
        if refusal:
            return conflict(post, refusal)
        if found.post is None:
            return self._create(candidate)
        if self._options.create_only:
            self._place(post, found.post.id)
            self._site.index.take_post(found.post.id, post.provenance.path)
            return Outcome(action("skip", post, "it is there", link=found.post.link), found.post.id)
        held = self._site.held.record(found.post.id)
        if found.doubt and not self._has_texts(candidate, held):
            return conflict(post, found.doubt)
        return self._update(candidate, found.post, held)

    def _create(self, candidate: _Candidate) -> Outcome:
        post, record, index = candidate.post, candidate.wanted.record, self._site.index
        taken = self._taken_slug(candidate, 0)
        if taken:
            return conflict(post, taken)
        number = post.id or 0
        if number and (index.by_id(number) or index.take_post(number, post.provenance.path)):
            number = 0
        self._place(post, number, stored_=False)
        outcome = self._new("create", candidate, "", {})
        outcome.site_id = 0
        if post.id and not number:
            outcome.findings.extend(other_id(post, 0))
        if record.get("status") == "publish" and not (post.date or post.date_gmt):
            outcome.findings.append(undated(post))
        self._needs.need(post, candidate.wanted, tuple(record), public=outcome.action.public)
        outcome.state = self._state(candidate, b"")
        return outcome

    def _update(self, candidate: _Candidate, there: Listed, held: Row) -> Outcome:
        post, wanted = candidate.post, candidate.wanted
        taken = self._site.index.take_post(there.id, post.provenance.path)
        if taken:
            return conflict(post, f"{taken} is post {there.id} of the site as well")
        self._place(post, there.id)
        same, user = candidate.asks_the_same, self._site.held.user(held)
        fields = () if same else differing(wanted, held, user)
        entry, held_mark = candidate.recalled.entry, self._site.held.mark(held)
        changed = entry is not None and entry.held != held_mark
        if changed and fields:
            return changed_on_both(post, fields)
        if fields and self._options.on_existing != "update":
            return not_wanted(post, fields, self._options.on_existing)
        taken = self._taken_slug(candidate, there.id) if "slug" in fields else ""
        if taken:
            return conflict(post, taken)
        verb: Verb = "update" if fields else "unchanged"
        reason = f"differing: {', '.join(fields)}" if fields else "the site holds the same"
        outcome = self._new(verb, candidate, reason, held)
        outcome.fields, outcome.site_id = fields, there.id
        outcome.findings.extend(other_id(post, there.id))
        outcome.action.changes = changes(fields, wanted.record, held)
        self._needs.need(post, wanted, fields, public=outcome.action.public)
        outcome.findings.extend(self._staying(candidate, held))
        if changed and same:
            outcome.findings.append(changed_there(post))
        if fields:
            outcome.state = self._state(candidate, held_mark)
        elif not same:
            key = candidate.recalled.key
            self._books.agreed(key, post, wanted.record, held, held_mark)
        elif candidate.recalled.moved and entry:
            self._books.moved(entry, candidate.recalled.key)
        return outcome

    def _new(self, verb: Verb, candidate: _Candidate, reason: str, held: Row) -> Outcome:
        post, recalled = candidate.post, candidate.recalled
        status = str(candidate.wanted.record.get("status", held.get("status", "draft")))
        public = status == "publish" and (not held or _is_public(held))
        done = action(verb, post, reason, link=str(held.get("link", "")), public=public)
        outcome = Outcome(done, key=recalled.key, findings=list(candidate.losses))
        if recalled.stale:
            message = f"it was post {recalled.stale}, which the site doesn't hold any more"
            outcome.findings.append(finding("target-journal-stale", message, post))
        is_late = candidate.wanted.status is not None and candidate.wanted.status.late
        if is_late and held.get("status", "draft") == "draft":
            outcome.findings.append(late(post))
        return outcome

    def _taken_slug(self, candidate: _Candidate, but: int) -> str:
        """Take the slug that a record is to get; give why it can't have it."""
        identity, index = candidate.identity, self._site.index
        if not identity.slug or candidate.wanted.record.get("status", "draft") in _NO_SLUG:
            return ""
        held = free_slug(identity, index, but, _NO_SLUG)
        if not held:
            parent = 0 if identity.flat else identity.parent
            source = candidate.post.provenance.path
            other = index.take_slug(identity.type, parent, identity.slug, source)
            held = f"{other} has the slug {identity.slug} as well" if other else ""
        return "" if self._options.renames_taken else held

    def _same_content(self, candidate: _Candidate) -> Found:
        """Return the one post without slug, or for a record without, that has its content."""
        record = candidate.wanted.record
        rows = {post.id: self._site.held.record(post.id) for post in candidate.found.likely}
        fits = [
            post
            for post in candidate.found.likely
            if rows[post.id].get("content") == record.get("content", "")
        ]
        date = record.get("date")
        if len(fits) != 1 and date:
            fits = [post for post in fits or candidate.found.likely if post.date == date]
        if len(fits) > 1:
            ids = ", ".join(str(post.id) for post in fits)
            return Found(conflict=f"several posts of the site have this title and content: {ids}")
        return Found(fits[0] if fits else None)

    def _has_texts(self, candidate: _Candidate, held: Row) -> bool:
        record = candidate.wanted.record
        return all(record.get(name, "") == held.get(name) for name in ("title", "content"))

    def _staying(self, candidate: _Candidate, held: Row) -> Iterator[Finding]:
        for name in terms_that_stay(candidate.wanted, held):
            message = f"the record has no term of the taxonomy {name}, its post on the site does"
            yield finding("loss-field-refused", message, candidate.post, f"terms.{name}", fix=_STAY)

    def _state(self, candidate: _Candidate, held: bytes) -> bytes:
        asked: dict[str, Any] = {"asked": candidate.wanted.record, "held": held.hex()}
        return marks.asked(asked)[:16]

    def _place(self, post: Post, number: int, *, stored_: bool = True) -> None:
        if post.id:
            self._numbers.place(post.id, number, stored=stored_)


def _is_public(held: Row) -> bool:
    return held.get("status") == "publish" and not held.get("password")


def _nothing_to_wait_for() -> None:
    """What the site still had to store is there: `Held` was taken after it had settled."""
