"""CompanionTarget: a live site with the companion, as the pipeline sees it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Self

from migrate.live.companion.streams import digests
from migrate.model.action import Action
from migrate.model.finding import Note
from migrate.model.post import Post
from migrate.plan.decision import Decision, Wait, mark
from migrate.plan.journal.journal import Journal
from migrate.plan.recall import Recall
from migrate.writers.companion.applier import Applier
from migrate.writers.companion.books import Books
from migrate.writers.companion.files import Files
from migrate.writers.companion.held import Held, Site
from migrate.writers.companion.made_first import MadeFirst, Uploads
from migrate.writers.companion.needs import Needs
from migrate.writers.companion.numbers import Numbers
from migrate.writers.companion.planner import Memory, Planner
from migrate.writers.companion.pruning import CompanionPruner
from migrate.writers.companion.sender import Sender
from migrate.writers.companion.site_options import SiteOptions
from migrate.writers.companion.terms import Terms
from migrate.writers.companion.wanted import Builder
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.head_terms import HeadTerms
from migrate.writers.rest.media.item import ATTACHMENT
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.new_users import NewUsers
from migrate.writers.rest.options import ImportOptions

__all__ = ["CompanionTarget"]

_PAUSE: Final = 1.0  # seconds, doubled each time
_LOOKS: Final = 6


class CompanionTarget:
    """A site to import into; a context manager. `history` is what the journal knows of it.

    Findings of both passes go to `note`: `plan` names what is lost and what conflicts, `apply` only
    what the site's answers add. Raises SiteError.
    """

    def __init__(
        self,
        connection: Connection,
        options: ImportOptions,
        note: Note,
        journal: Journal | None = None,
    ) -> None:
        self._connection = connection
        self._options = options
        self._owned_journal = None if journal else Journal.in_memory()
        known = journal or self._owned_journal
        assert known is not None
        facts = connection.facts
        self.history = history = known.of_site(facts.home, options.source, options.keys)
        if history.unanswered_types():
            _settle(connection)
        self._held = held = Held(connection)
        head = HeadTerms(options.head.terms)
        self._terms = terms = Terms(held.terms, head, connection.companion.taxonomies, note)
        self._media = media = Media(connection, history, options.media, note)
        self._new_users = NewUsers(connection, history, note)
        authors = Authors(connection, self._new_users, options, note)
        builder = Builder(authors, terms, Numbers(), media.place, options, facts.zone)
        site, books = Site(held, connection.index, facts.home, connection.companion), Books(history)
        self._planner = Planner(
            site,
            builder,
            Memory(Recall(history, options.keys, connection.index, whole=True), books),
            Needs(terms, media, self._new_users),
            options,
            note,
        )
        sender = Sender(connection, note, fast=options.fast)
        self._files = Files(connection, options.media, note)
        uploads = Uploads(media, self._files)
        first = MadeFirst(connection, builder, uploads, sender, history, note)
        self._applier = Applier(site, builder, sender, books, first, note)
        self._site_options = SiteOptions(connection, builder, sender, history, options, note)
        self._pruner = CompanionPruner(connection, options, history, note, held)
        self._expected: set[bytes] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def home(self) -> str:
        """Give the address that the site names as its own."""
        return self._connection.facts.home

    def expect(self, posts: Iterable[Post]) -> None:
        """Learn which files the source has as records, so that posts can mean them."""
        for post in posts if self._options.media.wanted else ():
            if post.type == ATTACHMENT and mark(post) not in self._expected:
                self._expected.add(mark(post))
                self._media.expect(post, self._options.keys.of(post))

    def decide(self, posts: Sequence[Post], wait: Wait) -> list[tuple[Action, Decision] | None]:
        """Give what would happen to each record, in order, and what `apply` needs to do it.

        None stands for a record that has to be asked about again, since it names one by its number
        that comes later.
        """
        self.expect(posts)
        return list(self._planner.plan(posts, wait))

    def note_pings(self) -> None:
        """Say nothing: the companion keeps WordPress from pinging anybody."""

    def note_unseen(self) -> None:
        """Say nothing: the companion hides nothing from us."""

    def planned_terms(self) -> list[Action]:
        """Give users and terms that are made or changed; later they say what became of them."""
        self._terms.take_all()
        terms = [planned.action for planned in self._terms.planned()]
        return [*self._new_users.planned(), *terms]

    def planned_media(self) -> list[Action]:
        """Give the files that the plan so far uploads; later they say what became of them."""
        return self._media.planned()

    def planned_options(self) -> list[Action]:
        """Give what becomes of the options that were named; later they say what did."""
        return self._site_options.planned()

    def planned_ways(self) -> Mapping[str, Counter[str]]:
        """Give by which way the plan so far sends which fields."""
        return self._planner.ways.counts()

    def gone(self, *, whole: bool) -> list[tuple[Action, Decision]]:
        """Give the posts to remove whose records are gone, once every record was planned.

        Raises as `LiveTarget.gone`.
        """
        return list(self._pruner.plan(whole=whole))

    def remove(self, planned: Sequence[tuple[Action, Decision]]) -> Iterator[Action]:
        """Put posts into the trash, giving each action when it is done. Raises as `apply`."""
        with self._connection.losing():
            yield from self._pruner.remove(planned)

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided about each record, giving its action when it is done, in order.

        It has to be iterated over to do anything. Raises SiteLost where the site goes away after
        something was changed, SiteError before.
        """
        with self._connection.losing():
            yield from self._applier.apply(steps)

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record, giving what is no record's own action.

        To be iterated over after `apply`, and raises as that does.
        """
        with self._connection.losing():
            yield from self._applier.finish()
            self._site_options.apply()
        yield from self._media.finish()

    def close(self) -> None:
        """Close the connection, and forget what the site holds."""
        self._files.close()
        self._media.close()
        self._held.close()
        self._connection.close()
        if self._owned_journal:
            self._owned_journal.close()


def _settle(connection: Connection) -> None:
    """Wait until the site has stored whatever a killed run still asked of it.

    That is so when two looks at what it holds, a growing pause apart, see the same.
    """
    before: object = None
    for look in range(_LOOKS):
        now = digests(connection.api, ("id", "modified"))
        if now == before:
            return
        before = now
        time.sleep(_PAUSE * 2**look)
