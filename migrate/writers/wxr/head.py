"""The channel of a WXR file: what stands before the first item and after the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any, Final

from migrate.model.post import Author
from migrate.model.site import Site, Term
from migrate.syntax import wxr

_SPACES: Final = b"".join(
    b'\n\txmlns:%s="%s"' % (prefix.encode(), uri.encode()) for prefix, uri in wxr.NAMESPACES.items()
)
OPENING: Final = (
    b'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"' + _SPACES + b"\n>\n\n<channel>\n"
)
"""How each of our files begins, and none of WordPress, which has comments there."""

TAIL: Final = b"</channel>\n</rss>\n"


def head(
    site: Site,
    pub_date: str,
    authors: Iterable[tuple[str, Author]],
    terms: Iterable[Term],
    generator: str,
    provenance: dict[str, Any],
) -> bytes:
    """Give everything up to the first item: channel, authors, categories, tags and other terms.

    `pub_date` is RFC 822's; terms come parents before children, as the importer needs them.
    `provenance` says what of all this the source didn't state; see `filled`.
    """
    said = wxr.provenance_instruction(provenance)
    ordered = list(terms)
    people = list(authors)
    free = count(1 + max((who.id or 0 for _, who in people), default=0))
    return b"".join(
        [
            OPENING,
            b"\t" + said + b"\n" if said else b"",
            _line("title", site.title or ""),
            _line("link", site.url or ""),
            _line("description", site.description or ""),
            _line("pubDate", pub_date),
            _line("language", site.language or ""),
            _line("wp:wxr_version", wxr.VERSION),
            _line("wp:base_site_url", site.network_url or site.url or ""),
            _line("wp:base_blog_url", site.url or ""),
            b"\n",
            *(_author(who.id or next(free), login, who) for login, who in people),
            b"\n",
            *(_category(term) for term in ordered if term.taxonomy == "category"),
            *(_tag(term) for term in ordered if term.taxonomy == "post_tag"),
            *(_term(term) for term in ordered if term.taxonomy not in ("category", "post_tag")),
            b"\n",
            _line("generator", generator),
            b"\n",
        ]
    )


def filled(
    site: Site,
    authors: Iterable[tuple[str, Author, bool]],
    terms: Iterable[tuple[Term, bool]],
) -> list[list[str]]:
    """List what the source leaves unset and the head states all the same.

    `["site", field]`; `["authors", login]` and `["terms", taxonomy, slug]` for one that was only
    inferred from the records (the last of each row is whether it was declared), and with a field
    behind for a declared one.
    """
    rows = [["site", name] for name in Site.__struct_fields__ if getattr(site, name) is None]
    for login, author, declared in authors:
        names = [name for name in Author._fields if getattr(author, name) is None]
        rows += [["authors", login, name] for name in names] if declared else [["authors", login]]
    for term, declared in terms:
        key = ["terms", term.taxonomy, term.slug]
        unset = [name for name in Term.__struct_fields__ if getattr(term, name) is None]
        rows += [[*key, name] for name in unset] if declared else [key]
    return rows


def texts(
    site: Site, authors: Iterable[tuple[str, Author]], terms: Iterable[Term]
) -> Iterator[tuple[str, str]]:
    """Give the texts of the head, each with what messages call it."""
    for name in ("title", "url", "description", "language", "network_url"):
        yield f"the site's {name}", getattr(site, name) or ""
    for login, author in authors:
        yield "an author's login", login
        for name in ("email", "display_name", "first_name", "last_name"):
            yield f"{name} of the author {login}", getattr(author, name) or ""
    for term in terms:
        called = f"the {term.taxonomy} {term.slug}"
        yield f"the slug of {called}", term.slug
        yield f"the name of {called}", term.name or ""
        yield f"the description of {called}", term.description or ""
        for row in term.meta or ():
            yield f"a meta of {called}", row.key + row.value


def _line(name: str, value: str) -> bytes:
    tag = name.encode()
    data, _ = wxr.take_forbidden(value.encode())
    return b"\t<" + tag + b">" + wxr.text(data) + b"</" + tag + b">\n"


def _section(name: str, value: str | int) -> bytes:
    tag = name.encode()
    if isinstance(value, int):
        return b"<wp:%s>%d</wp:%s>" % (tag, value, tag)
    data, _ = wxr.take_forbidden(value.encode())
    return b"<wp:" + tag + b">" + wxr.cdata(data) + b"</wp:" + tag + b">"


def _author(number: int, login: str, author: Author) -> bytes:
    return b"".join(
        [
            b"\t<wp:author>",
            _section("author_id", number),
            _section("author_login", login),
            _section("author_email", author.email or ""),
            _section("author_display_name", author.display_name or login),
            _section("author_first_name", author.first_name or ""),
            _section("author_last_name", author.last_name or ""),
            b"</wp:author>\n",
        ]
    )


def _category(term: Term) -> bytes:
    return _definition(
        "category",
        [
            _section("term_id", term.id or 0),
            _section("category_nicename", term.slug),
            _section("category_parent", term.parent or ""),
            _section("cat_name", _name(term)),
        ],
        term,
        "category_description",
    )


def _tag(term: Term) -> bytes:
    return _definition(
        "tag",
        [
            _section("term_id", term.id or 0),
            _section("tag_slug", term.slug),
            _section("tag_name", _name(term)),
        ],
        term,
        "tag_description",
    )


def _term(term: Term) -> bytes:
    # Core states no parent of a menu, not even an empty one.
    parent = [] if term.parent is None else [_section("term_parent", term.parent)]
    return _definition(
        "term",
        [
            _section("term_id", term.id or 0),
            _section("term_taxonomy", term.taxonomy),
            _section("term_slug", term.slug),
            *parent,
            _section("term_name", _name(term)),
        ],
        term,
        "term_description",
    )


def _name(term: Term) -> str:
    return term.slug if term.name is None else term.name


def _definition(element: str, sections: list[bytes], term: Term, description: str) -> bytes:
    tag = element.encode()
    if term.description:
        sections.append(_section(description, term.description))
    for row in term.meta or ():
        pair = _section("meta_key", row.key) + _section("meta_value", row.value)
        sections.append(b"<wp:termmeta>" + pair + b"</wp:termmeta>")
    return b"\t<wp:" + tag + b">" + b"".join(sections) + b"</wp:" + tag + b">\n"
