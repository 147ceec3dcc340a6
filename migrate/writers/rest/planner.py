"""Planning: what an import would do to each record of a chunk. It reads, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.action import Action, Verb
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.compare import CUSTOM, META, changes, differing
from migrate.plan.decision import Decision, Wait, mark
from migrate.plan.journal.entry import Entry
from migrate.plan.recognise import Identity
from migrate.plan.site_index import Listed
from migrate.plan.ways import Ways
from migrate.writers.rest.actions import action, finding, is_public, kind_name, link_differs
from migrate.writers.rest.candidate import Candidate, Rows, is_empty, same_content
from migrate.writers.rest.connection import Connection, Kind
from migrate.writers.rest.losses import OncePerKey
from migrate.writers.rest.memory import Memory
from migrate.writers.rest.needs import Needs
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.outcome import (
    Outcome,
    changed_on_both,
    changed_there,
    conflict,
    default_category,
    late,
    not_wanted,
    other_id,
    refused,
    respelled_there,
    stale,
    terms_that_stay,
    undated,
)
from migrate.writers.rest.payload import Builder, Wanted
from migrate.writers.rest.pings import Pings
from migrate.writers.rest.rows import fetch, full_fields
from migrate.writers.rest.slugs import Slugs
from migrate.writers.rest.unseen import Unseen
from migrate.writers.rest.untouched import Same

__all__ = ["Planner"]

_HELD: Final = "the site holds the same"


class Planner:
    """Decides about records in source order; what one record takes, a later one can't have."""

    def __init__(
        self,
        connection: Connection,
        builder: Builder,
        needs: Needs,
        options: ImportOptions,
        memory: Memory,
        note: Note,
    ) -> None:
        self._memory = memory
        self._slugs = Slugs(connection.index, options)
        self._parents = builder.parents
        self._connection = connection
        self._builder = builder
        self._needs = needs
        self._options = options
        self._note = OncePerKey(note)
        self._zone_noted = False
        self._sight = Unseen()
        self._pings = Pings()
        self.ways = Ways()

    def note_pings(self) -> None:
        """Say what the site is going to send to others, once for all records."""
        for found in self._pings.findings(self._connection.facts.home):
            self._note(found)

    def note_unseen(self) -> None:
        """Say what a visitor couldn't compare, once for all records."""
        for found in self._sight.findings():
            self._note(found)

    def plan(self, posts: Sequence[Post], wait: Wait) -> Iterator[tuple[Action, Decision] | None]:
        """Give the action and the decision of each record, in order; None for one that waits."""
        records = [mark(post) for post in posts]
        known = self._memory.untouched.among(posts, records)
        candidates = [
            self._as_ever(post, same) if same else self._candidate(post, record, wait)
            for post, record, same in zip(posts, records, known, strict=True)
        ]
        rows = self._rows([found for found in candidates if isinstance(found, Candidate)])
        for post, record, candidate in zip(posts, records, candidates, strict=True):
            if candidate is None:
                yield None
                continue
            outcome = (
                self._decide(candidate, rows) if isinstance(candidate, Candidate) else candidate
            )
            if outcome.findings:
                self.ways.see(outcome.findings)
            for found in outcome.findings:
                self._note(found)
            yield outcome.action, self._decision(post, record, outcome)

    def _decision(self, post: Post, record: bytes, outcome: Outcome) -> Decision:
        done, key = outcome.action, outcome.key
        self._parents.decided(post, key, done.verb, outcome.site_id)
        return Decision(
            done.verb,
            record,
            outcome.site_id,
            outcome.fields,
            done.reason,
            done.public,
            key,
            outcome.state,
        )

    def _candidate(self, post: Post, record: bytes, wait: Wait) -> Candidate | Outcome | None:
        kind = self._connection.kind(kind_name(post))
        if kind is None:
            return refused(
                post, f"records of the type {kind_name(post)} aren't written over REST", "type"
            )
        if post.status and post.status not in {*kind.schema.statuses, "trash"}:
            return refused(post, f"REST takes no records of the status {post.status}", "status")
        if self._connection.is_visitor and not self._sight.is_public(post):
            return self._sight.record(post)
        known = self._memory.unchanged(post, record, kind, self._builder.status_of)
        if known:
            return self._as_it_was(post, known)
        if self._parents.must_wait(post, kind, wait):
            return None
        losses: list[Finding] = []
        wanted = self._builder.build(post, kind, losses.append)
        identity = self._identity(post, kind, wanted)
        recalled = self._memory.recall(post, kind, identity)
        found = self._memory.found(identity, recalled)
        if found.post and not found.doubt:
            self._parents.place(post, recalled.key, found.post.id)
        made = Candidate(post, kind, wanted, identity, found, losses, recalled)
        # What asks the same as ever needs nobody to be asked about XML-RPC.
        if made.asks_the_same or not wanted.custom_fields or self._connection.takes_calls:
            return made
        losses = []
        wanted = self._builder.build(post, kind, losses.append)
        return Candidate(post, kind, wanted, identity, found, losses, recalled)

    def _as_ever(self, post: Post, same: Same) -> Outcome:
        is_said = post.id or post.link or post.date_gmt or self._options.timezone
        found = list(self._of_its_place(post, same.id, same.row)) if is_said else []
        link = str(same.row.get("link", ""))
        done = action("unchanged", post, _HELD, link=link, public=is_public(same.row))
        return Outcome(done, same.id, key=same.key, findings=found)

    def _as_it_was(self, post: Post, known: Entry) -> Outcome:
        row = self._connection.index.row(known.id)
        link, reason = str(row.get("link", "")), "neither side changed since the last import"
        done = action("unchanged", post, reason, link=link, public=is_public(row))
        return Outcome(done, known.id, key=known.key)

    def _identity(self, post: Post, kind: Kind, wanted: Wanted) -> Identity:
        home = self._connection.facts.home
        link = post.link or ""
        own = stored.same_site(link, home)
        return Identity(
            type=kind.type.name,
            statuses=wanted.status.same if wanted.status else frozenset({"draft"}),
            title=stored.title(post.title or ""),
            id=(post.id or 0) if own else 0,
            path=stored.path(link, home),
            slug=stored.slug(wanted.fields.get("slug", "")),
            date=wanted.fields.get("date", ""),
            date_gmt=wanted.fields.get("date_gmt", ""),
            flat=not kind.type.hierarchical,
            own=own,
            parent=wanted.fields.get("parent", 0),
        )

    def _rows(self, candidates: Sequence[Candidate]) -> Rows:
        """Return the posts that the candidates may be, with content: one call a type and group."""
        kinds: dict[str, tuple[Kind, list[int]]] = {}
        for candidate in candidates:
            ids = kinds.setdefault(candidate.kind.route, (candidate.kind, []))[1]
            ids.extend(candidate.asked_for(create_only=self._options.create_only))
        rows: Rows = {}
        for route, (kind, ids) in kinds.items():
            fields = full_fields(self._connection.taxonomy_fields(kind))
            rows |= fetch(self._connection.api, route, sorted(set(ids)), fields)
        self._memory.beside.add(candidates, rows)
        return rows

    def _decide(self, candidate: Candidate, rows: Rows) -> Outcome:
        found = candidate.found
        if candidate.asks_the_same and found.post:
            return self._update(candidate, found.post, self._connection.index.row(found.post.id))
        if found.likely:
            found = same_content(candidate, rows)
        refusal = found.conflict or ("" if self._options.renames_taken else found.taken)
        if refusal:
            return conflict(candidate.post, refusal)
        if found.post is None:
            return self._create(candidate)
        if self._options.create_only:
            return self._unseen(candidate, found.post)
        if found.post.id not in rows:
            return conflict(candidate.post, f"post {found.post.id} of the site just went away")
        if found.doubt and not self._has_texts(candidate, rows[found.post.id]):
            return conflict(candidate.post, found.doubt)
        return self._update(candidate, found.post, rows[found.post.id])

    def _create(self, candidate: Candidate) -> Outcome:
        post = candidate.post
        if is_empty(candidate):
            return refused(
                post,
                "title, content and excerpt are empty, and WordPress takes no such post",
                "title",
            )
        taken = self._slugs.for_new(candidate)
        if taken:
            return conflict(post, taken)
        outcome = self._outcome("create", candidate, "")
        self._need(candidate, tuple(candidate.wanted.asked), outcome.action, {})
        outcome.state = self._memory.state(candidate)
        outcome.findings.extend(default_category(candidate))
        if post.status == "publish" and not (post.date or post.date_gmt):
            outcome.findings.append(undated(post))
        if candidate.wanted.status and candidate.wanted.status.late:
            outcome.findings.append(late(post))
        return outcome

    def _update(self, candidate: Candidate, post: Listed, row: Row) -> Outcome:
        record, wanted = candidate.post, candidate.wanted
        taken = self._connection.index.take_post(post.id, record.provenance.path)
        if taken:
            return conflict(record, f"{taken} is post {post.id} of the site as well")
        same = candidate.asks_the_same
        fields = () if same else self._differing(candidate, wanted.asked, row)
        if "slug" in fields and self._slugs.is_renamed(candidate, post):
            fields = tuple(name for name in fields if name != "slug")
        changed = self._memory.changed_there(candidate, row)
        if changed and fields:
            return changed_on_both(record, fields)
        if fields and self._options.on_existing != "update":
            return not_wanted(record, fields, self._options.on_existing)
        taken = self._slugs.of(candidate, post, fields)
        if taken:
            return conflict(record, taken)
        verb: Verb = "update" if fields else "unchanged"
        reason = f"differing: {', '.join(fields)}" if fields else _HELD
        outcome = self._outcome(verb, candidate, reason, row)
        outcome.fields = fields
        outcome.state = self._memory.state(candidate, row) if fields else b""
        outcome.findings.extend(self._memory.beside.conflicts(candidate, row))
        outcome.action.changes = changes(fields, wanted.asked, row)
        self._need(candidate, fields, outcome.action, row)
        outcome.findings.extend(
            terms_that_stay(self._connection, candidate.post, candidate.kind, wanted, row)
        )
        if wanted.status and wanted.status.late and row.get("status") == "draft":
            outcome.findings.append(late(record))
        if changed and same:
            outcome.findings.append(changed_there(record))
        outcome.findings.extend(respelled_there(candidate, row))
        if not fields:
            self._memory.keep(candidate, row, rests=not outcome.findings)
            outcome.findings.extend(self._of_its_place(record, post.id, row))
        return outcome

    def _of_number_and_zone(self, post: Post, site_id: int) -> Iterator[Finding]:
        yield from other_id(post, site_id)
        yield from self._other_zone(post)

    def _of_its_place(self, post: Post, site_id: int, row: Row) -> Iterator[Finding]:
        """Give what is to say of a record that is there but for its values, each time anew."""
        yield from self._of_number_and_zone(post, site_id)
        if differs := link_differs(post, row, self._connection.facts.home):
            yield differs

    def _unseen(self, candidate: Candidate, post: Listed) -> Outcome:
        """Leave a post that is there, and don't look whether it differs."""
        record = candidate.post
        self._connection.index.take_post(post.id, record.provenance.path)
        return Outcome(action("skip", record, "it is there", link=post.link), post.id)

    def _differing(
        self, candidate: Candidate, wanted: Mapping[str, Any], row: Row
    ) -> tuple[str, ...]:
        if self._connection.is_visitor:
            return self._sight.differing(wanted, row, candidate.wanted.status)
        rendered = candidate.post.provenance.dialect in self._options.rendered_titles
        return tuple(differing(wanted, row, candidate.wanted.status, rendered_title=rendered))

    def _has_texts(self, candidate: Candidate, row: Row) -> bool:
        """Return whether a post of the site has a record's title and content."""
        texts = {name: candidate.wanted.fields.get(name, "") for name in ("title", "content")}
        return not self._differing(candidate, texts, row)

    def _need(self, candidate: Candidate, fields: tuple[str, ...], done: Action, row: Row) -> None:
        self._pings.see(candidate, fields, row)
        calls = [name for name in fields if name.startswith(CUSTOM)]
        self.ways.send("REST", [name for name in fields if name not in calls])
        self.ways.send("XML-RPC", [f"{META}{name.removeprefix(CUSTOM)}" for name in calls])
        self._needs.need(candidate.post, candidate.wanted, fields, public=done.public)

    def _outcome(
        self, verb: Verb, candidate: Candidate, reason: str, row: Row | None = None
    ) -> Outcome:
        """Return an outcome for a record that is or will be on the site, with what is lost."""
        held = row or {}
        post, wanted = candidate.post, candidate.wanted
        status = wanted.status.value if wanted.status else str(held.get("status", "draft"))
        public = status == "publish" and (row is None or is_public(row))
        site_id = int(held.get("id", 0))
        return Outcome(
            action(verb, post, reason, link=str(held.get("link", "")), public=public),
            site_id,
            key=candidate.recalled.key,
            findings=[
                *candidate.losses,
                *stale(candidate),
                *([] if verb == "unchanged" else self._of_number_and_zone(post, site_id)),
            ],
        )

    def _other_zone(self, post: Post) -> Iterator[Finding]:
        """Give the one finding of a run for dates that mean another moment on the site."""
        if self._zone_noted or not post.date:
            return
        facts, zone = self._connection.facts, self._options.timezone
        meant = stored.gmt(post.date, zone) if zone else post.date_gmt
        if meant and meant != stored.gmt(post.date, facts.zone):
            self._zone_noted = True
            theirs = f"in the zone {zone}" if zone else f"for {meant} GMT"
            yield finding(
                "target-timezone-differs",
                f"the source's dates were written {theirs}, the site's zone is {facts.zone_name}",
                post,
                "date",
            )
