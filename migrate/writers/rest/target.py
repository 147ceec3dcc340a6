"""LiveTarget: a live site as the pipeline sees it. Two passes over the source: plan, then apply."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Self

from migrate.model.action import Action
from migrate.model.finding import Finding, Note
from migrate.model.post import Post
from migrate.plan.decision import Decision, Wait
from migrate.plan.journal.journal import Journal
from migrate.writers.rest import site_options
from migrate.writers.rest.applying.all_terms import AllTerms
from migrate.writers.rest.applying.applier import Applier
from migrate.writers.rest.applying.late_comments import LateComments, OpenForComments
from migrate.writers.rest.applying.late_metas import LateMetas
from migrate.writers.rest.applying.open_parents import OpenParents, Places
from migrate.writers.rest.applying.open_terms import OpenTerms
from migrate.writers.rest.applying.open_users import OpenUsers
from migrate.writers.rest.applying.sending import Hands
from migrate.writers.rest.authors import Authors
from migrate.writers.rest.bookkeeper import Bookkeeper
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.grounds import Grounds
from migrate.writers.rest.head_terms import HeadTerms
from migrate.writers.rest.listings import Listings
from migrate.writers.rest.media.attachments import Attachments
from migrate.writers.rest.media.media import Media
from migrate.writers.rest.memory import Memory
from migrate.writers.rest.needs import Needs
from migrate.writers.rest.new_users import NewUsers
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.parents import Parents
from migrate.writers.rest.payload import Builder
from migrate.writers.rest.planner import Planner
from migrate.writers.rest.pruning import Pruner
from migrate.writers.rest.term_changes import TermChanges
from migrate.writers.rest.terms import Terms
from migrate.writers.rest.untouched import Untouched

__all__ = ["LiveTarget"]

_NO_COMPANION: Final = "options are set through a site's companion alone"


class LiveTarget:
    """A site to import into; a context manager. `history` is what the journal knows of it.

    Findings of both passes go to `note`: `plan` names what is lost and what
    conflicts, `apply` only what the site's answers add.
    """

    def __init__(
        self,
        connection: Connection,
        options: ImportOptions,
        note: Note,
        journal: Journal | None = None,
    ) -> None:
        self._connection = connection
        self._owns_journal = journal is None
        self._journal = journal or Journal.in_memory()
        self.history = self._journal.of_site(connection.facts.home, options.source, options.keys)
        self._note = note
        self._options = options
        self._noise_noted = False
        head = HeadTerms(options.head.terms)
        changes = TermChanges(connection, self.history, options, note)
        self._terms = Terms(connection, self.history, head, changes, note)
        self._media = media = Media(connection, self.history, options.media, note)
        self._new_users = NewUsers(connection, self.history, note)
        authors = Authors(connection, self._new_users, options, note)
        parents = Parents(connection)
        builder = Builder(connection, authors, self._terms, parents, media.place, options)
        self._attachments = Attachments(connection, media, authors, options, self.history, note)
        needs = Needs(self._terms, media, self._new_users)
        quick = options.quick and not connection.is_visitor
        self._listings = Listings(connection, self.history, note, quick=quick)
        connection.lists = self._listings.put
        grounds = Grounds(connection, builder, media, options)
        books = Bookkeeper(connection, self.history, grounds)
        untouched = Untouched(connection, self.history, options, self._listings, grounds)
        memory = Memory(connection, self.history, options.keys, self._listings, books, untouched)
        self._planner = Planner(connection, builder, needs, options, memory, note)
        self._pruner = Pruner(connection, options, self.history, note)
        self._applier = Applier(
            connection,
            builder,
            books,
            note,
            Hands(
                apart=self._attachments,
                resolvers=[
                    OpenUsers(authors, note),
                    OpenTerms(self._terms, note),
                    OpenParents(connection.index, note),
                    media,
                    OpenForComments(),
                ],
                follow_ups=[
                    Places(parents),
                    media,
                    LateMetas(connection, self.history, note),
                    LateComments(connection, self.history, self._new_users, note),
                    AllTerms(self._terms),
                ],
            ),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def home(self) -> str:
        """Give the address that the site names as its own."""
        return self._connection.facts.home

    def expect(self, posts: Iterable[Post]) -> None:
        """Look at the records of files of many before any decision, if it matters to one."""
        self._attachments.expect(posts)

    def decide(self, posts: Sequence[Post], wait: Wait) -> list[tuple[Action, Decision] | None]:
        """Give what would happen to each record, in order, and what `apply` needs to do it.

        None stands for a record that has to be asked about again, since its parent comes first.
        Raises SiteError, also where we lack a right for a type or for making a term.
        """
        taken = [self._attachments.takes(post) for post in posts]
        pairs = list(zip(posts, taken, strict=True))
        others = self._planner.plan([post for post, takes in pairs if not takes], wait)
        planned = [self._attachments.plan(post) if takes else next(others) for post, takes in pairs]
        self._note_noise()
        return planned

    def note_pings(self) -> None:
        """Say what the site is going to send to others for the posts that the plan publishes."""
        self._planner.note_pings()

    def note_unseen(self) -> None:
        """Say what couldn't be compared, where the site was seen as a visitor sees it."""
        self._planner.note_unseen()

    def planned_terms(self) -> list[Action]:
        """Give users and terms that are made or changed; later they say what became of them."""
        self._terms.take_all()
        return [*self._new_users.planned(), *self._terms.planned()]

    def planned_media(self) -> list[Action]:
        """Give the files that the plan so far uploads; later they say what became of them."""
        return self._media.planned()

    def planned_options(self) -> list[Action]:
        """Give none: REST sets no options. Those that were named stay behind, and are named."""
        wanted = site_options.named(self._options, self._note)
        if wanted:
            self._note(site_options.refused(wanted, _NO_COMPANION, self.home))
        return []

    def planned_ways(self) -> Mapping[str, Counter[str]]:
        """Give by which way the plan so far sends which fields."""
        return self._planner.ways.counts()

    def gone(self, *, whole: bool) -> list[tuple[Action, Decision]]:
        """Give the posts to remove whose records are gone, once every record was planned.

        Without --prune they are named instead. `whole` says that no record was left out or
        couldn't be read. Raises SiteError, and UsageError where it can't be told what is gone.
        """
        return list(self._pruner.plan(whole=whole and not self._connection.is_visitor))

    def remove(self, planned: Sequence[tuple[Action, Decision]]) -> Iterator[Action]:
        """Put posts into the trash, giving each action when it is done. Raises as `apply`."""
        with self._connection.losing():
            yield from self._pruner.remove(planned)

    def apply(self, steps: Iterable[tuple[Post, Decision]]) -> Iterator[Action]:
        """Do what was decided about each record, giving its action when it is done, in order.

        It has to be iterated over to do anything; so what was done is known even where the site
        goes away. Raises SiteLost then, SiteError if nothing was changed yet.
        """
        yield from self._applier.apply(steps)
        self._note_noise()

    def finish(self) -> Iterator[Action]:
        """Do what had to wait for the last record, giving what is no record's own action.

        To be iterated over after `apply`, and raises as that does.
        """
        with self._connection.losing():
            self._attachments.finish()
        yield from self._applier.finish()
        self._listings.finish()
        self._note_noise()

    def close(self) -> None:
        """Close the connections."""
        self._applier.close()
        self._media.close()
        self._connection.close()
        if self._owns_journal:
            self._journal.close()

    def _note_noise(self) -> None:
        if self._connection.api.noise and not self._noise_noted:
            self._noise_noted = True
            reason = "text that is no JSON stands beside the site's answers"
            self._note(Finding("target-answer-noise", reason, path=self.home))
