"""Site and Term: what stands beside the posts."""

from __future__ import annotations

from dataclasses import dataclass

from migrate.model.post import Meta


@dataclass(slots=True)
class Term:
    """One row of wp_terms with its wp_term_taxonomy; `parent` is the parent's slug."""

    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str | None = None
    id: int | None = None
    meta: list[Meta] | None = None


@dataclass(slots=True)
class Site:
    """The site that records belong to: its address (`home_url`) and what its settings say."""

    url: str | None = None
    title: str | None = None
    description: str | None = None
    language: str | None = None
