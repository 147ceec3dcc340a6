"""Items of records that hold nothing odd, which is nearly all: put together in few pieces.

It gives what item.py gives, to the byte, or None for a record with comments, with text that XML
can't carry or that would end a section, with dates that aren't usual, or of which more has to be
kept than a list of what was filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from functools import lru_cache
from itertools import chain
from typing import Any, Final

from migrate.model import dates, defaults
from migrate.model.post import Author, Post
from migrate.model.provenance import Provenance
from migrate.patterns import pattern
from migrate.syntax import wxr
from migrate.writers.wxr.draft import Draft, Gap

_FIELDS: Final = (
    *defaults.POST,
    *("date", "date_gmt", "modified", "modified_gmt"),
    *("link", "guid", "id"),
    *("author", "terms", "meta", "comments"),
)
"""In the order in which item.py lists those that it had to fill in."""

WITHOUT_ELEMENT: Final = ("to_ping", "pinged")
"""Fields of a post that WXR has no element for."""

_ADDRESS: Final = pattern(r"(https?://[a-z0-9.-]+(?::[0-9]{1,5})?)(?:[/?#][!-~]*)?")
_USUAL_DATE: Final = len("2016-07-16 00:22:22")
_SECTION_END: Final = pattern(rb"\]\]>")
_ESCAPED: Final = pattern(r'[&<>"\r\n\t]')
_ODD_IN_JSON: Final = pattern(r'["\\<>\x7f]')

_PROVENANCE: Final = Gap("provenance")
_CREATOR: Final = Gap("creator")
_ID: Final = Gap("id")


def draft(post: Post, zone: tzinfo | None, *, provenance: bool) -> Draft | None:
    """Make the item of a record; None where item.py has to."""
    address = _ADDRESS.fullmatch(post.link) if post.link is not None else None
    gmt = _gmt(post, zone)
    if not gmt or (post.link is not None and not address) or _keeps_more(post):
        return None
    parts = _parts(post, gmt)
    if parts is None:
        return None
    filled = _filled(post)
    return Draft(
        ref=post.ref(),
        path=post.provenance.path,
        address=(post.link if post.type == "page" else None) or post.slug or "",
        id=post.id,
        author=post.author,
        terms=list(post.terms or ()),
        origin=address[1] if address else "",
        gmt=gmt,
        provenance=_kept(post.provenance, filled, post.author) if provenance else {},
        instruction=_instruction(post.provenance, filled, post.author) if provenance else b"",
        parts=parts,
        zone_assumed=zone is None and post.date_gmt is None,
    )


def _gmt(post: Post, zone: tzinfo | None) -> str:
    """Give the moment of the record's date; empty where dates aren't usual."""
    date = post.date
    gmt = date if post.date_gmt is None else post.date_gmt
    if not date or not gmt or len(gmt) != _USUAL_DATE:
        return ""
    try:
        moment = datetime.fromisoformat(gmt)
        if post.date_gmt is None and zone is not None:
            moment, oddity = dates.to_gmt(moment, zone)
            return "" if oddity else dates.mysql(moment)
    except ValueError:
        return ""
    return gmt if moment.isoformat(" ") == gmt else ""


def _keeps_more(post: Post) -> bool:
    """Tell whether the provenance has to say what a list of fields doesn't."""
    said = post.provenance
    return bool(
        post.comments
        or post.content_format != "html"
        or post.attachment_url is not None
        or any(getattr(post, name) is not None for name in WITHOUT_ELEMENT)
        or said.stated
        or said.encoding
        or said.origin
        or any(term.slug == "" for term in post.terms or ())
    )


def _filled(post: Post) -> list[str]:
    """Name what the record leaves open and an item can't."""
    filled = _unset(tuple([getattr(post, name) is None for name in _FIELDS]))
    if post.author and post.author.login is None:
        filled = [*filled, "author.login"]
    if post.terms:
        filled = filled + [f"terms.{n}.slug" for n, t in enumerate(post.terms) if t.slug is None]
    return filled


@lru_cache(maxsize=1024)
def _unset(are_unset: tuple[bool, ...]) -> list[str]:
    return [name for name, is_unset in zip(_FIELDS, are_unset, strict=True) if is_unset]


@lru_cache(maxsize=1024)
def of_author(author: Author | None) -> dict[str, str]:
    """Give what a record says of its author, if that is more than the one name in dc:creator."""
    stated = {
        name: str(part) for name, part in (author or Author())._asdict().items() if part is not None
    }
    if len(stated) <= 1 and stated.keys() <= {"login", "display_name"}:
        return {}
    return {f"author.{name}": part for name, part in stated.items()}


def _kept(said: Provenance, filled: list[str], author: Author | None) -> dict[str, Any]:
    kept = {
        "path": said.path,
        "dialect": said.dialect,
        "variant": said.variant,
        "filled": filled,
        "stated": of_author(author),
        "spelling": said.spelling,
    }
    return {name: value for name, value in kept.items() if value}


def _instruction(said: Provenance, filled: list[str], author: Author | None) -> bytes:
    path = said.path
    if said.spelling or not path.isprintable() or _ODD_IN_JSON.search(path):
        return wxr.provenance_instruction(_kept(said, filled, author))
    before, behind = _round_path(bool(path), said.dialect, said.variant, tuple(filled), author)
    return before + path.encode() + behind


@lru_cache(maxsize=1024)
def _round_path(
    path: bool, dialect: str, variant: str, filled: tuple[str, ...], author: Author | None
) -> tuple[bytes, bytes]:
    """Give an instruction's bytes before and behind the path, which is all that differs."""
    said = Provenance(path="\0" if path else "", dialect=dialect, variant=variant)
    kept = _kept(said, list(filled), author)
    before, _, behind = wxr.provenance_instruction(kept).partition(b"\\u0000")
    return before, behind


def _parts(post: Post, gmt: str) -> list[bytes | Gap] | None:
    """Give the item's pieces; None where one of its texts needs more than to be put in."""
    content = post.content or b""
    texts = (
        *(post.title or "", post.excerpt or "", post.slug or "", post.type or ""),
        *(post.status or "", post.comment_status or "", post.ping_status or ""),
        *(post.date or "", post.modified or "", post.modified_gmt or "", post.password or ""),
        *[term.name or "" for term in post.terms or ()],
        *chain.from_iterable(post.meta or ()),
    )
    joined = "\n".join(texts)
    if "]]>" in joined or "\r" in joined or b"\r" in content or _SECTION_END.search(content):
        return None
    try:
        parts = [p.encode() if isinstance(p, str) else p for p in _pieces(post, gmt)]
    except UnicodeEncodeError:
        return None
    if any(map(wxr.has_forbidden, (content, b"".join(p for p in parts if isinstance(p, bytes))))):
        return None
    return parts


def _pieces(post: Post, gmt: str) -> Iterator[str | bytes | Gap]:
    yield "\t<item>\n"
    yield _PROVENANCE
    yield f"\t\t<title><![CDATA[{post.title or ''}]]></title>\n\t\t<link>"
    yield Gap("link") if post.link is None else _escaped(post.link)
    yield f"</link>\n\t\t<pubDate>{_pub_date(gmt)}</pubDate>\n\t\t<dc:creator>"
    yield _CREATOR
    yield '</dc:creator>\n\t\t<guid isPermaLink="false">'
    yield Gap("guid") if post.guid is None else _escaped(post.guid)
    yield "</guid>\n\t\t<description></description>\n\t\t<content:encoded><![CDATA["
    yield post.content or b""
    yield (
        "]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA["
        f"{post.excerpt or ''}]]></excerpt:encoded>\n\t\t<wp:post_id>"
    )
    yield _ID
    yield f"</wp:post_id>\n{_columns(post, gmt)}"
    for index, term in enumerate(post.terms or ()):
        yield f'\t\t<category domain="{_attribute(term.taxonomy)}" nicename="'
        yield Gap("nicename", index)
        yield f'"><![CDATA[{term.name or ""}]]></category>\n'
    yield "".join(
        [
            f"\t\t<wp:postmeta>\n\t\t<wp:meta_key><![CDATA[{key}]]></wp:meta_key>\n"
            f"\t\t<wp:meta_value><![CDATA[{value}]]></wp:meta_value>\n\t\t</wp:postmeta>\n"
            for key, value in post.meta or ()
        ]
    )
    yield "\t</item>\n"


def _columns(post: Post, gmt: str) -> str:
    modified = post.date if post.modified is None else post.modified
    modified_gmt = gmt if post.modified_gmt is None else post.modified_gmt
    return f"""\
\t\t<wp:post_date><![CDATA[{post.date}]]></wp:post_date>
\t\t<wp:post_date_gmt><![CDATA[{gmt}]]></wp:post_date_gmt>
\t\t<wp:post_modified><![CDATA[{modified or wxr.ZERO_DATE}]]></wp:post_modified>
\t\t<wp:post_modified_gmt><![CDATA[{modified_gmt or wxr.ZERO_DATE}]]></wp:post_modified_gmt>
\t\t<wp:comment_status><![CDATA[{_or("comment_status", post.comment_status)}]]></wp:comment_status>
\t\t<wp:ping_status><![CDATA[{_or("ping_status", post.ping_status)}]]></wp:ping_status>
\t\t<wp:post_name><![CDATA[{post.slug or ""}]]></wp:post_name>
\t\t<wp:status><![CDATA[{_or("status", post.status)}]]></wp:status>
\t\t<wp:post_parent>{post.parent or 0}</wp:post_parent>
\t\t<wp:menu_order>{post.menu_order or 0}</wp:menu_order>
\t\t<wp:post_type><![CDATA[{_or("type", post.type)}]]></wp:post_type>
\t\t<wp:post_password><![CDATA[{post.password or ""}]]></wp:post_password>
\t\t<wp:is_sticky>{int(bool(post.sticky))}</wp:is_sticky>
"""


def _or(name: str, stated: str | None) -> object:
    return defaults.POST[name] if stated is None else stated


def _escaped(text: str) -> str:
    return wxr.text(text.encode()).decode() if _ESCAPED.search(text) else text


@lru_cache(maxsize=256)
def _attribute(text: str) -> str:
    return wxr.attribute(text.encode()).decode()


def _pub_date(gmt: str) -> str:
    return f"{_day(gmt[:10])} {gmt[11:]} +0000"


@lru_cache(maxsize=4096)
def _day(day: str) -> str:
    return dates.rfc822(datetime.fromisoformat(day)).removesuffix(" 00:00:00 +0000")
