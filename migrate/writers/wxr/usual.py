"""Items of records that hold nothing odd, which is nearly all: put together in few pieces.

It gives what item.py gives, to the byte, or None for a record with comments, with text that XML
can't carry or that would end a section, with dates that aren't usual, or of which more has to be
kept than a list of what was filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Final

from migrate.model import dates, defaults
from migrate.model.post import Post
from migrate.patterns import pattern
from migrate.syntax import wxr
from migrate.writers.wxr.draft import PROVENANCE, Draft, Gap, Placed, provenance_line
from migrate.writers.wxr.instruction import instruction_of

WITHOUT_ELEMENT: Final = ("to_ping", "pinged")
"""Fields of a post that WXR has no element for."""

ADDRESS: Final = pattern(r"(https?://[a-z0-9.-]+(?::[0-9]{1,5})?)(?:[/?#][!-~]*)?")
ESCAPED: Final = pattern(r'[&<>"\r\n\t]')

GAP: Final = "\0"
"""Stands in an item's text for a gap: XML can't carry it, so it is nothing else."""

_CR: Final = 0x0D
_NUL: Final = GAP.encode()
_SECTIONS: Final = 13
"""How many CDATA sections end outside of gaps, those of terms and metas aside."""

_CREATOR: Final = Gap("creator")
_ID: Final = Gap("id")
_LINK: Final = Gap("link")
_GUID: Final = Gap("guid")


def draft(post: Post, zone: tzinfo | None, *, provenance: bool) -> Draft | None:
    """Make the item of a record; None where item.py has to."""
    link = post.link
    address = ADDRESS.fullmatch(link) if link is not None else None
    gmt = _gmt(post, zone)
    if not gmt or (link is not None and not address) or _keeps_more(post):
        return None
    gaps = _gaps(link is not None, post.guid is not None, len(post.terms or ()))
    parts = _parts(post, gmt, len(gaps))
    if parts is None:
        return None
    instruction = instruction_of(post) if provenance else b""
    parts[PROVENANCE] = provenance_line(instruction)
    return Draft(
        type=post.type or "",
        slug=post.slug or "",
        path=post.provenance.path,
        address=(link if post.type == "page" else None) or post.slug or "",
        id=post.id,
        author=post.author,
        terms=post.terms or [],
        origin=address[1] if address else "",
        gmt=gmt,
        instruction=instruction,
        parts=parts,
        gaps=gaps,
        zone_assumed=zone is None and post.date_gmt is None,
    )


def _gmt(post: Post, zone: tzinfo | None) -> str:
    """Give the moment of the record's date; empty where dates aren't usual."""
    date = post.date
    gmt = date if post.date_gmt is None else post.date_gmt
    if not date or not gmt or not dates.is_usual(gmt):
        return ""
    return gmt if post.date_gmt is not None or zone is None else moment_of(gmt, zone)


def moment_of(wall: str, zone: tzinfo) -> str:
    """Give the moment of a wall clock in a zone; empty where that isn't one moment."""
    try:
        moment, oddity = dates.to_gmt(datetime.fromisoformat(wall), zone)
    except ValueError:
        return ""
    return "" if oddity else dates.mysql(moment)


def _keeps_more(post: Post) -> bool:
    """Tell whether the provenance has to say what a list of fields doesn't."""
    said = post.provenance
    return bool(
        post.comments
        or post.content_format != "html"
        or post.attachment_url is not None
        or post.to_ping is not None
        or post.pinged is not None
        or said.stated
        or said.encoding
        or said.origin
        or "" in [term.slug for term in post.terms or ()]
    )


def _parts(post: Post, gmt: str, gaps: int) -> list[bytes] | None:
    """Give the item's parts, empty where there are gaps; None where a text has to be escaped.

    There are so many gaps, beside the place of the provenance.
    """
    content = post.content or b""
    try:
        before, behind = (text.encode() for text in laid_out(post, gmt, pub_date(gmt)))
    except UnicodeEncodeError:
        return None
    short = before + behind
    sections = _SECTIONS + len(post.terms or ()) + 2 * len(post.meta or ())
    # A single byte is counted in half the time; each end has two of this.
    if short.count(b"]") != 2 * sections and short.count(b"]]>") != sections:
        return None
    if _CR in short or _CR in content:
        return None
    pieces, more = before.split(_NUL), behind.split(_NUL)
    if len(pieces) + len(more) != gaps + 3:  # else a text holds what stands for a gap
        return None
    if wxr.section_end(content) >= 0 or wxr.has_forbidden(content):
        return None
    if wxr.has_forbidden(b"".join([*pieces, *more])):
        return None
    body = 2 * len(pieces) - 1
    parts = [b""] * (body + 2 * len(more))
    parts[:body:2], parts[body], parts[body + 1 :: 2] = pieces, content, more
    return parts


@lru_cache(maxsize=256)
def _gaps(link: bool, guid: bool, terms: int) -> tuple[Placed, ...]:
    """Give the gaps of an item that states a link, a guid, and so many terms, and their places."""
    before = [_CREATOR] if link else [_LINK, _CREATOR]
    before += [] if guid else [_GUID]
    behind = [_ID, *[Gap("nicename", at) for at in range(terms)]]
    first = PROVENANCE + 2
    body = first + 2 * len(before)
    placed = [(first + 2 * at, gap) for at, gap in enumerate(before)]
    return (*placed, *[(body + 2 + 2 * at, gap) for at, gap in enumerate(behind)])


def laid_out(post: Post, gmt: str, published: str) -> tuple[str, str]:
    """Give the texts before and behind the body of an item, with a GAP for each gap.

    `gmt` and `published` are the moment of its date as MySQL and as pubDate have it.
    """
    return _before(post, published), _behind(post, gmt)


def _before(post: Post, published: str) -> str:
    link = GAP if post.link is None else escaped(post.link)
    guid = GAP if post.guid is None else escaped(post.guid)
    return f"""\
\t<item>
{GAP}\t\t<title><![CDATA[{post.title or ""}]]></title>
\t\t<link>{link}</link>
\t\t<pubDate>{published}</pubDate>
\t\t<dc:creator>{GAP}</dc:creator>
\t\t<guid isPermaLink="false">{guid}</guid>
\t\t<description></description>
\t\t<content:encoded><![CDATA["""


def _behind(post: Post, gmt: str) -> str:
    pieces = [
        "]]></content:encoded>\n\t\t<excerpt:encoded><![CDATA[",
        f"{post.excerpt or ''}]]></excerpt:encoded>\n",
        f"\t\t<wp:post_id>{GAP}</wp:post_id>\n{_columns(post, gmt)}",
    ]
    pieces += [
        f'\t\t<category domain="{_attribute(term.taxonomy)}" nicename="{GAP}">'
        f"<![CDATA[{term.name or ''}]]></category>\n"
        for term in post.terms or ()
    ]
    pieces += [
        f"\t\t<wp:postmeta>\n\t\t<wp:meta_key><![CDATA[{key}]]></wp:meta_key>\n"
        f"\t\t<wp:meta_value><![CDATA[{value}]]></wp:meta_value>\n\t\t</wp:postmeta>\n"
        for key, value in post.meta or ()
    ]
    return "".join([*pieces, "\t</item>\n"])


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


def escaped(text: str) -> str:
    """Give a text as it stands outside of sections."""
    return wxr.text(text.encode()).decode() if ESCAPED.search(text) else text


@lru_cache(maxsize=256)
def _attribute(text: str) -> str:
    return wxr.attribute(text.encode()).decode()


def pub_date(gmt: str) -> str:
    """Give a moment as pubDate has it."""
    return f"{_day(gmt[:10])} {gmt[11:]} +0000"


def pub_dates(moments: Sequence[str]) -> list[str]:
    """Give moments as pubDate has them."""
    days = {day: _day(day) for day in {moment[:10] for moment in moments}}
    return [f"{days[moment[:10]]} {moment[11:]} +0000" for moment in moments]


@lru_cache(maxsize=4096)
def _day(day: str) -> str:
    return dates.rfc822(datetime.fromisoformat(day)).removesuffix(" 00:00:00 +0000")
