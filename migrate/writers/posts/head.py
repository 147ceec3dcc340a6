"""The files of `.wordpress/` that are about the whole site."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.model.finding import Finding, Note
from migrate.model.site import Head
from migrate.syntax import plain_yaml
from migrate.syntax.plain_records import author_values, option_values, site_values, term_values
from migrate.syntax.wordpress_folder import AUTHORS, OPTIONS, SITE, TERMS


def head_files(head: Head) -> Iterator[tuple[str, str]]:
    """Give path and text of each file that has something to say."""
    site = site_values(head.site)
    if head.options:
        site[OPTIONS] = option_values(head.options)
    if site:
        yield SITE, plain_yaml.dump(site)
    if head.authors:
        yield AUTHORS, plain_yaml.dump([author_values(author) for author in head.authors])
    if head.terms:
        yield TERMS, plain_yaml.dump([term_values(term) for term in head.terms])


def note_lost(head: Head, note: Note) -> None:
    """Name what of a head isn't written where only posts are."""
    counted = {
        "the site's own data": int(bool(site_values(head.site))),
        "authors": len(head.authors),
        "terms with their descriptions and metas": len(head.terms),
        "options of the site": len(head.options),
    }
    for what, count in counted.items():
        if count:
            note(
                Finding(
                    "loss-no-place",
                    f"{what} ({count}) weren't written",
                    fix="Leave --only-posts out: .wordpress/ holds them",
                )
            )
