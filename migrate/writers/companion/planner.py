"""Planning: what an import through the companion would do to each record; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from migrate.live.api import Row
from migrate.live.companion.snapshot import REVISION
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan.decision import Decision, Wait, mark
from migrate.plan.journal import marks
from migrate.plan.recall import Recall
from migrate.plan.recognise import free_slug
from migrate.plan.site_index import Listed
from migrate.plan.ways import Ways
from migrate.writers.companion.books import Books, Stored
from migrate.writers.companion.candidates import Candidate, Candidates
from migrate.writers.companion.comments import in_conflict
from migrate.writers.companion.differing import changes, differing, terms_that_stay
from migrate.writers.companion.held import Site
from migrate.writers.companion.needs import Needs
from migrate.writers.companion.numbers import references
from migrate.writers.companion.wanted import Builder
from migrate.writers.rest.actions import action, finding, kind_name
from migrate.writers.rest.losses import OncePerKey
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.outcome import (
    Outcome,
    changed_on_both,
    changed_there,
    comments_in_conflict,
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
        self._books = memory.books
        self._candidates = Candidates(site, builder, memory.recall)
        self._needs = needs
        self._options = options
        self._note = OncePerKey(note)
        self.ways = Ways()

    def plan(self, posts: Sequence[Post], wait: Wait) -> Iterator[tuple[Action, Decision] | None]:
        """Give the action and the decision of each record, in order; None for one that waits."""
        likely: list[tuple[Post, Candidate | Outcome | None]] = []
        for post in posts:
            named = {each.number for each in references(post) if not each.taxonomy}
            if any(earlier.id in named for earlier, _ in likely):
                yield from self._decided(likely)
                likely = []
            waits = wait is Wait.FOR_MORE and not all(map(self._numbers.knows, named))
            likely.append((post, None if waits else self._candidate(post)))
        yield from self._decided(likely)

    def _decided(
        self, likely: Sequence[tuple[Post, Candidate | Outcome | None]]
    ) -> Iterator[tuple[Action, Decision] | None]:
        """Decide about records, in order, after one look at what the site may hold of them all."""
        self._candidates.look_ahead([each for _, each in likely if isinstance(each, Candidate)])
        for post, each in likely:
            if each is None:
                yield None
                continue
            outcome = self._decide(each) if isinstance(each, Candidate) else each
            self.ways.see(outcome.findings)
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

    def _candidate(self, post: Post) -> Candidate | Outcome:
        kind = kind_name(post)
        if kind not in self._site.companion.types:
            return refused(post, f"the site has no post type {kind}", "type")
        return self._candidates.make(post)

    def _decide(self, candidate: Candidate) -> Outcome:
        self._candidates.find(candidate)
        post, found = candidate.post, candidate.found
        if found.likely and not found.post:
            found = self._candidates.same_content(candidate)
        refusal = found.conflict or ("" if self._options.renames_taken else found.taken)
        if refusal:
            return conflict(post, refusal)
        if found.post is None:
            return self._create(candidate)
        if self._options.create_only:
            self._place(post, found.post.id)
            self._site.index.take_post(found.post.id, post.provenance.path)
            return Outcome(action("skip", post, "it is there", link=found.post.link), found.post.id)
        if found.doubt and not self._candidates.has_texts(candidate, found.post.id):
            return conflict(post, found.doubt)
        return self._update(candidate, found.post)

    def _create(self, candidate: Candidate) -> Outcome:
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
        self._need(candidate, tuple(record), public=outcome.action.public)
        outcome.state = self._state(candidate, b"")
        return outcome

    def _update(self, candidate: Candidate, there: Listed) -> Outcome:
        post, wanted = candidate.post, candidate.wanted
        taken = self._site.index.take_post(there.id, post.provenance.path)
        if taken:
            return conflict(post, f"{taken} is post {there.id} of the site as well")
        self._place(post, there.id)
        same = candidate.asks_the_same
        beside = self._candidates.beside
        held = self._site.held.record(there.id) if same else beside(candidate, there.id)
        entry, held_mark = candidate.recalled.entry, self._site.held.mark(there.id)
        user, known = self._site.held.user(held), entry.mark if entry else b""
        fields = () if same else differing(wanted, held, user, known)
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
        self._need(candidate, fields, public=outcome.action.public)
        outcome.findings.extend(self._staying(candidate, held))
        talk, said = held.get("comments", ()), wanted.record.get("comments", ())
        stuck = in_conflict(said, talk, known)
        outcome.findings.extend(comments_in_conflict(post, (number for _, number in stuck)))
        if changed and same:
            outcome.findings.append(changed_there(post))
        if fields:
            outcome.state = self._state(candidate, held_mark)
        elif not same:
            key = candidate.recalled.key
            self._books.agreed(key, post, wanted.record, Stored(held, held_mark, talk))
        elif candidate.recalled.moved and entry:
            self._books.moved(entry, candidate.recalled.key)
        return outcome

    def _need(self, candidate: Candidate, fields: Sequence[str], *, public: bool) -> None:
        self.ways.send("companion", fields)
        self._needs.need(candidate.post, candidate.wanted, fields, public=public)

    def _new(self, verb: Verb, candidate: Candidate, reason: str, held: Row) -> Outcome:
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

    def _taken_slug(self, candidate: Candidate, but: int) -> str:
        """Take the slug that a record is to get; give why it can't have it."""
        identity, index = candidate.identity, self._site.index
        status = candidate.wanted.record.get("status", "draft")
        if not identity.slug or status in _NO_SLUG or identity.type == REVISION:
            return ""
        held = free_slug(identity, index, but, _NO_SLUG)
        if not held:
            parent = 0 if identity.flat else identity.parent
            source = candidate.post.provenance.path
            other = index.take_slug(identity.type, parent, identity.slug, source)
            held = f"{other} has the slug {identity.slug} as well" if other else ""
        return "" if self._options.renames_taken else held

    def _staying(self, candidate: Candidate, held: Row) -> Iterator[Finding]:
        for name in terms_that_stay(candidate.wanted, held):
            message = f"the record has no term of the taxonomy {name}, its post on the site does"
            yield finding("loss-field-refused", message, candidate.post, f"terms.{name}", fix=_STAY)

    def _state(self, candidate: Candidate, held: bytes) -> bytes:
        asked: dict[str, Any] = {"asked": candidate.wanted.record, "held": held.hex()}
        return marks.asked(asked)[:16]

    def _place(self, post: Post, number: int, *, stored_: bool = True) -> None:
        if post.id:
            self._numbers.place(post.id, number, stored=stored_)


def _is_public(held: Row) -> bool:
    return held.get("status") == "publish" and not held.get("password")
