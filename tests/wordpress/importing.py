"""Importing into a test site, and looking at what it then holds, through WordPress itself."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from migrate.live.credentials import Credentials
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import Author, Post
from migrate.model.provenance import Provenance
from migrate.plan.decision import Decision, Wait, in_rounds
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.connection import Connection
from migrate.writers.rest.options import ImportOptions
from migrate.writers.rest.target import LiveTarget
from migrate.writers.site import SiteTarget
from tests.wordpress.site import Site

_STORED = """
    $posts = $wpdb->get_results(
        "SELECT * FROM $wpdb->posts WHERE post_type IN ( 'post', 'page' ) ORDER BY ID", ARRAY_A
    );
    foreach ( $posts as &$post ) {
        $post['author'] = get_userdata( $post['post_author'] )->display_name;
        foreach ( array( 'category', 'post_tag' ) as $taxonomy ) {
            $post[ $taxonomy ] = array_map(
                fn( $term ) => rtrim( get_term_parents_list(
                    $term->term_id, $taxonomy, array( 'separator' => '/', 'link' => false )
                ), '/' ),
                wp_get_object_terms( $post['ID'], $taxonomy, array( 'orderby' => 'term_id' ) )
            );
        }
    }
    return $posts;
"""


class Imported(NamedTuple):
    """What one import said: an action for each record, the terms it made, its findings.

    `others` are the actions for what came after the last record.
    """

    actions: list[Action]
    terms: list[Action]
    findings: list[Finding]
    others: Sequence[Action] = ()

    @property
    def verbs(self) -> list[str]:
        """What happened to each record."""
        return [action.verb for action in self.actions]

    def found(self, code: str) -> list[tuple[str, str]]:
        """Path and field of each finding with this code."""
        return [(f.path, f.field) for f in self.findings if f.code == code]


def record(path: str, **fields: Any) -> Post:
    """A record of a source, with what every importable one states unless told otherwise."""
    stated = {"type": "post", "status": "publish", "title": path, "content": b"Text", **fields}
    return Post(provenance=Provenance(path=path, dialect="wpghs"), **stated)


def written_by(name: str) -> Author:
    """An author of whom the source knows the display name alone."""
    return Author(display_name=name)


def target(
    site: Site,
    findings: list[Finding],
    options: ImportOptions | None = None,
    journal: Journal | None = None,
) -> LiveTarget:
    """The site as an import sees it, signed in as its administrator."""
    known = Credentials(site.user, site.app_password)
    asked = options or ImportOptions()
    return LiveTarget(Connection.open(site.url, known), asked, findings.append, journal)


def planned(site: Site, posts: Sequence[Post], options: ImportOptions | None = None) -> Imported:
    """Plan an import, without applying it."""
    findings: list[Finding] = []
    with target(site, findings, options) as live:
        actions = [action for action, _ in plan(live, posts)]
        return Imported(actions, live.planned_terms(), findings)


def imported(
    site: Site,
    posts: Iterable[Post],
    options: ImportOptions | None = None,
    journal: Journal | None = None,
) -> Imported:
    """Plan an import and apply it; without a journal it knows nothing of those before it."""
    source = list(posts)
    findings: list[Finding] = []
    with target(site, findings, options, journal) as live:
        planned = _decided(live, source)
        steps = [(source[place], decision) for place, (_, decision) in planned.items()]
        applied = dict(zip(planned, live.apply(steps), strict=True))
        actions = [applied[place] for place in sorted(applied)]
        others = list(live.finish())
        return Imported(actions, live.planned_terms(), findings, others)


def plan(live: SiteTarget, posts: Sequence[Post]) -> list[tuple[Action, Decision]]:
    """What the target decides about a whole source, in source order."""
    planned = _decided(live, posts)
    return [planned[place] for place in sorted(planned)]


def _decided(live: SiteTarget, posts: Sequence[Post]) -> dict[int, tuple[Action, Decision]]:
    """The same by place in the source, in the order in which it was decided."""
    decided: dict[int, tuple[Action, Decision]] = {}

    def decide(places: Sequence[int], wait: Wait) -> list[int]:
        outcomes = live.decide([posts[place] for place in places], wait)
        found = dict(zip(places, outcomes, strict=True))
        decided.update({place: outcome for place, outcome in found.items() if outcome})
        return [place for place, outcome in found.items() if outcome is None]

    in_rounds(decide(range(len(posts)), Wait.FOR_MORE), decide)
    return decided


def stored(site: Site) -> list[dict[str, Any]]:
    """Posts and pages as the database holds them, with their author's name and terms' paths."""
    rows: list[dict[str, Any]] = site.php(_STORED)
    return rows


def install_plugin(site: Site, code: str) -> None:
    """Make the site run this PHP as a must-use plugin, in place of an earlier one."""
    (site.docroot / "wp-content/mu-plugins/test.php").write_text(f"<?php\n{code}", "utf-8")


def write_requests(site: Site) -> list[str]:
    """The requests since the last reset that could have changed something."""
    return [line for line in site.requests() if line.split()[0] not in {"GET", "OPTIONS", "HEAD"}]
