"""Site, Term and Head: what stands beside the posts."""

from __future__ import annotations

from msgspec import Struct, field

from migrate.model.post import Author, Meta


class Term(Struct):
    """One row of wp_terms with its wp_term_taxonomy; `parent` is the parent's slug."""

    taxonomy: str
    slug: str
    name: str | None = None
    parent: str | None = None
    description: str | None = None
    id: int | None = None
    meta: list[Meta] | None = None


class Site(Struct):
    """The site that records belong to, as far as the source says.

    `url` is where visitors find it (`home_url()`, WXR's base_blog_url), `network_url` the main
    site's address in a network (base_site_url), elsewhere the same.
    """

    url: str | None = None
    network_url: str | None = None
    title: str | None = None
    description: str | None = None
    language: str | None = None


class Head(Struct):
    """All of a source that is no post: its site, its authors and its terms, parents first.

    `options` are those of the site's options that were asked for, name → value as wp_options has
    it, serialized where it is no text.
    """

    site: Site = field(default_factory=Site)
    authors: list[Author] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    options: dict[str, str] = field(default_factory=dict)
