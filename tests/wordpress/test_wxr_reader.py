"""What the reader reads from core's own export is what WordPress has in its database."""

from __future__ import annotations

import html
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from migrate.model.post import Author, Post
from migrate.model.site import Term
from migrate.readers.wxr.reader import WxrReader
from tests.wordpress.flavours import Flavour
from tests.wordpress.rich import Variant, rich_records, rich_wxr
from tests.wxr_sources import Export, read


def exported(flavour: Flavour, folder: Path, variant: Variant = "plain") -> Export:
    """Read core's export of the rich site."""
    path = folder / "export.xml"
    path.write_bytes(rich_wxr(flavour, variant))
    return read(WxrReader(path))


def as_exported(post: Post) -> Post:
    """Give a stored record as core says it: the two addresses as a feed shows them.

    It says neither with what a comment was written nor what a post pings.
    """
    guid, link = html.unescape(post.guid or ""), html.unescape(post.link or "")
    comments = [replace(comment, agent=None) for comment in post.comments or ()]
    return replace(post, guid=guid, link=link, comments=comments, to_ping=None, pinged=None)


def term_as_exported(term: Term) -> Term:
    """Give a stored term as core says it: a name 0 is left out, no parent is none."""
    return replace(term, name=None if term.name == "0" else term.name, parent=term.parent or "")


def as_sorted(post: Post) -> Post:
    """Give a record with its terms in an order of their own: the database has none."""
    return replace(post, terms=sorted(post.terms or []))


@pytest.mark.parametrize("variant", get_args(Variant))
def test_every_record_is_what_the_database_holds(
    flavour: Flavour, tmp_path: Path, variant: Variant
) -> None:
    """Posts of every status and type, with their terms, metas and comments, to the byte.

    Ill-formed or not: the forbidden characters are named, and still there.
    """
    read_posts = {post.id: as_sorted(post) for post in exported(flavour, tmp_path, variant).posts}
    stored = {post.id: as_exported(post) for post in rich_records(flavour, variant)[1]}

    assert stored.keys() == read_posts.keys()
    for number, post in stored.items():
        assert post == read_posts[number]


def test_what_is_odd_about_cores_own_export(flavour: Flavour, tmp_path: Path) -> None:
    """Core's file is well-formed: what is named is its site icon and a meta that was broken."""
    codes = [code for code, _ in exported(flavour, tmp_path).found]

    assert codes == ["loss-element-unknown", "source-serialized-length"]


def test_every_term_is_what_the_database_holds(flavour: Flavour, tmp_path: Path) -> None:
    """Each taxonomy's terms with parent, description and meta, parents before their children."""
    terms = exported(flavour, tmp_path).head.terms
    stored = rich_records(flavour)[0].terms
    places = {(term.taxonomy, term.slug): at for at, term in enumerate(terms)}

    assert {term.id: term_as_exported(term) for term in stored} == {term.id: term for term in terms}
    assert all(places[t.taxonomy, t.parent] < places[t.taxonomy, t.slug] for t in terms if t.parent)


def test_the_site_and_its_authors(flavour: Flavour, tmp_path: Path) -> None:
    """The channel names the site, and everybody who wrote something, as WordPress stores it."""
    head = exported(flavour, tmp_path).head
    stored, posts = rich_records(flavour)
    writers = {post.author for post in posts}

    assert stored.site == head.site
    assert sorted(a for a in stored.authors if Author(a.login) in writers) == sorted(head.authors)
