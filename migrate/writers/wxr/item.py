"""A record becomes an item's bytes, element for element as WordPress core writes it.

The reference is `export_wp()` in WordPress's wp-admin/includes/export.php. Order, CDATA and
indentation are core's; what only the whole source knows is left open as a gap.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from migrate.model import dates, defaults
from migrate.model.finding import Finding, Note
from migrate.model.post import Comment, Meta, Post
from migrate.syntax import wxr
from migrate.writers.wxr import usual
from migrate.writers.wxr.draft import PROVENANCE, Draft, Gap, provenance_line
from migrate.writers.wxr.instruction import of_author

COMMENT_ELEMENTS: Final = (
    ("comment_author", "author"),
    ("comment_author_email", "author_email"),
    ("comment_author_url", "author_url"),  # alone outside CDATA, as in core
    ("comment_author_IP", "author_ip"),
    ("comment_date", "date"),
    ("comment_date_gmt", "date_gmt"),
    ("comment_content", "content"),
    ("comment_approved", "approved"),
    ("comment_type", "type"),
)
"""WXR element → field of Comment, in core's order, between the ID and the parent."""

_AGENT: Final = "agent"


def draft(
    post: Post, zone: tzinfo | None, note: Note, *, base: str = "", provenance: bool = True
) -> Draft:
    """Make the item of one record; the record itself stays as it is."""
    made = usual.draft(post, zone, provenance=provenance)
    return made or exact(post, zone, note, base=base, provenance=provenance)


def exact(
    post: Post, zone: tzinfo | None, note: Note, *, base: str = "", provenance: bool = True
) -> Draft:
    """Make the item of any record, element by element.

    What XML can't carry is taken out and noted as `loss-character`; what had to be filled in is
    listed in the provenance. A front matter permalink that names no site gets `base`.
    """
    site = base if post.provenance.dialect else ""  # what a WXR file states stays as it is
    record = replace(post, link=_completed(post.link, site), provenance=replace(post.provenance))
    filled = defaults.fill(record, zone)
    _note_dates(post, filled, note)
    item = _Item(record, note)
    written = item.parts()
    said = record.provenance
    said.filled = filled.fields + item.filled + _unstated(post)
    said.removed = item.removed
    if record.link != post.link and post.link is not None:
        said.stated = {**said.stated, "link": post.link}
    if post.content_format != "html":
        said.stated = {**said.stated, "content_format": post.content_format}
    without_element = {**_without_element(post), **_empty_slugs(post)}
    said.stated = {**said.stated, **of_author(post.author), **without_element}
    instruction = wxr.provenance_instruction(said.as_json() if provenance else {})
    parts = [part if isinstance(part, bytes) else b"" for part in written]
    parts[PROVENANCE] = provenance_line(instruction)
    return Draft(
        type=post.type or "",
        slug=post.slug or "",
        path=said.path,
        address=(post.link if post.type == "page" else None) or post.slug or "",
        id=post.id,
        author=post.author,
        terms=list(post.terms or ()),
        origin=origin(post.link or ""),
        gmt=record.date_gmt or "",
        instruction=instruction,
        parts=parts,
        gaps=[(at, part) for at, part in enumerate(written) if isinstance(part, Gap)],
        zone_assumed=filled.zone_assumed,
        siteless=_names_no_site(record.link),
    )


def origin(url: str) -> str:
    """Give scheme and host of a URL, without credentials; empty for one that has none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}" if parts.scheme and host else ""


def _completed(link: str | None, base: str) -> str | None:
    """Give a permalink with the address of its site, if that is known."""
    if link is None or not (base and _names_no_site(link)):
        return link
    return f"{base.rstrip('/')}/{link.lstrip('/')}"


def _names_no_site(link: str | None) -> bool:
    """Tell whether a permalink is the path alone, as site generators state it."""
    try:
        parts = urlsplit(link or "")
    except ValueError:
        return False
    return bool(parts.path) and not (parts.scheme or parts.netloc)


class _Item:
    """The elements of one item; notes what it had to fill in or take out on the way."""

    def __init__(self, post: Post, note: Note) -> None:
        self.post = post
        self.note = note
        self.filled: list[str] = []
        self.removed: dict[str, dict[str, str]] = {}

    def parts(self) -> list[bytes | Gap]:
        post = self.post
        return [
            b"\t<item>\n",
            b"",
            b"\t\t<title>",
            wxr.cdata(self._clean("title", post.title or "")),
            b"</title>\n\t\t<link>",
            *self._address("link", post.link),
            b"</link>\n\t\t<pubDate>",
            _pub_date(post.date_gmt or ""),
            b"</pubDate>\n\t\t<dc:creator>",
            Gap("creator"),
            b'</dc:creator>\n\t\t<guid isPermaLink="false">',
            *self._address("guid", post.guid),
            b"</guid>\n\t\t<description></description>\n\t\t<content:encoded>",
            wxr.cdata(self._clean("content", post.content or b"")),
            b"</content:encoded>\n\t\t<excerpt:encoded>",
            wxr.cdata(self._clean("excerpt", post.excerpt or "")),
            b"</excerpt:encoded>\n\t\t<wp:post_id>",
            self._id(),
            b"</wp:post_id>\n",
            *self._columns(),
            *self._terms(),
            *self._rows("postmeta", "meta", post.meta or (), b"\t\t"),
            *self._comments(),
            b"\t</item>\n",
        ]

    def _id(self) -> Gap:
        if self.post.id is None:
            self.filled.append("id")
        return Gap("id")

    def _address(self, field: str, stated: str | None) -> list[bytes | Gap]:
        if stated is None:
            self.filled.append(field)
            return [Gap("guid" if field == "guid" else "link")]
        return [wxr.text(self._clean(field, stated))]

    def _columns(self) -> Iterable[bytes]:
        post = self.post
        for element, value in (
            ("post_date", post.date or wxr.ZERO_DATE),
            ("post_date_gmt", post.date_gmt or wxr.ZERO_DATE),
            ("post_modified", post.modified or wxr.ZERO_DATE),
            ("post_modified_gmt", post.modified_gmt or wxr.ZERO_DATE),
            ("comment_status", post.comment_status),
            ("ping_status", post.ping_status),
            ("post_name", self._clean("slug", post.slug or "")),
            ("status", post.status),
            ("post_parent", post.parent),
            ("menu_order", post.menu_order),
            ("post_type", self._clean("type", post.type or "")),
            ("post_password", self._clean("password", post.password or "")),
            ("is_sticky", int(bool(post.sticky))),
        ):
            yield _element(element, value, b"\t\t")
        if post.attachment_url is not None:
            url = self._clean("attachment_url", post.attachment_url)
            yield _element("attachment_url", url, b"\t\t")

    def _terms(self) -> Iterable[bytes | Gap]:
        for index, term in enumerate(self.post.terms or ()):
            domain = wxr.attribute(term.taxonomy.encode())
            yield b'\t\t<category domain="' + domain + b'" nicename="'
            yield Gap("nicename", index)
            name = self._clean(f"terms.{index}", term.name or "")
            yield b'">' + wxr.cdata(name) + b"</category>\n"

    def _rows(self, element: str, field: str, rows: Iterable[Meta], tabs: bytes) -> Iterable[bytes]:
        name = element.encode()
        for index, row in enumerate(rows):
            key = wxr.cdata(self._clean(f"{field}.{index}.key", row.key))
            value = wxr.cdata(self._clean(f"{field}.{index}.value", row.value))
            yield (
                tabs + b"<wp:" + name + b">\n"
                + tabs + b"<wp:meta_key>" + key + b"</wp:meta_key>\n"
                + tabs + b"<wp:meta_value>" + value + b"</wp:meta_value>\n"
                + tabs + b"</wp:" + name + b">\n"
            )  # fmt: skip

    def _comments(self) -> Iterable[bytes]:
        for at, comment in enumerate(self.post.comments or ()):
            yield from self._comment(at, comment)

    def _comment(self, at: int, comment: Comment) -> Iterable[bytes]:
        tabs = b"\t\t\t"
        yield b"\t\t<wp:comment>\n"
        yield _element("comment_id", comment.id or at + 1, tabs)
        for element, field in COMMENT_ELEMENTS:
            unset = wxr.ZERO_DATE if field in ("date", "date_gmt") else ""
            value = self._clean(f"comments.{at}.{field}", getattr(comment, field) or unset)
            if field == "author_url":
                yield _tagged(element, wxr.text(value), tabs)
            else:
                yield _element(element, value, tabs)
        yield _element("comment_parent", comment.parent or 0, tabs)
        yield _element("comment_user_id", comment.user_id or 0, tabs)
        yield from self._rows("commentmeta", f"comments.{at}.meta", comment.meta or (), tabs)
        yield b"\t\t</wp:comment>\n"

    def _clean(self, field: str, value: str | bytes) -> bytes:
        data = value if isinstance(value, bytes) else value.encode("utf-8")
        kept, removed = wxr.take_forbidden(data)
        if removed:
            self.removed[field] = removed
            names = sorted({f"U+{ord(c):04X}" for run in removed.values() for c in run})
            self.note(
                Finding(
                    "loss-character",
                    f"{', '.join(names)} taken out of {field}: XML 1.0 can't carry it",
                    field=field,
                    fix="Remove it from the source; the provenance keeps its place",
                )
            )
        return kept


def _unstated(post: Post) -> list[str]:
    """Name what the source leaves open and an item can't: no element is an empty list in WXR."""
    names = [
        name for name in ("author", "terms", "meta", "comments") if getattr(post, name) is None
    ]
    names += ["author.login"] if post.author and post.author.login is None else []
    names += [f"terms.{at}.slug" for at, term in enumerate(post.terms or ()) if term.slug is None]
    return names + [
        f"comments.{at}.{name}"
        for at, comment in enumerate(post.comments or ())
        for name in comment.__struct_fields__
        if getattr(comment, name) is None and name != _AGENT
    ]


def _without_element(post: Post) -> dict[str, str]:
    """Give what WXR has no element for, and is unset where nothing is said of it."""
    of_post = {name: getattr(post, name) for name in usual.WITHOUT_ELEMENT}
    of_comments = {
        f"comments.{at}.{_AGENT}": comment.agent for at, comment in enumerate(post.comments or ())
    }
    return {name: said for name, said in (of_post | of_comments).items() if said is not None}


def _empty_slugs(post: Post) -> dict[str, str]:
    """Give the terms' slugs that are stated to be empty: the item holds one that was made up."""
    return {f"terms.{at}.slug": "" for at, term in enumerate(post.terms or ()) if term.slug == ""}


def _element(name: str, value: object, tabs: bytes) -> bytes:
    if isinstance(value, int):
        inner = b"%d" % value
    else:
        inner = wxr.cdata(value if isinstance(value, bytes) else str(value).encode())
    return _tagged(name, inner, tabs)


def _tagged(name: str, inner: bytes, tabs: bytes) -> bytes:
    tag = name.encode()
    return tabs + b"<wp:" + tag + b">" + inner + b"</wp:" + tag + b">\n"


def _pub_date(gmt: str) -> bytes:
    return dates.rfc822(datetime.fromisoformat(gmt)).encode() if gmt else b""


def _note_dates(post: Post, filled: defaults.Filled, note: Note) -> None:
    if filled.date_oddity == "ambiguous":
        note(
            Finding(
                "mapping-date-ambiguous",
                f"{post.date} happened twice; the first is meant",
                field="date",
                fix="State the zone beside the date to mean the other",
            )
        )
    elif filled.date_oddity == "gap":
        note(
            Finding(
                "mapping-date-gap",
                f"{post.date} never happened; GMT moves forward",
                field="date",
                fix="Correct the hour",
            )
        )
    if not post.date and not post.date_gmt and post.status == "publish":
        note(
            Finding(
                "mapping-date-missing",
                "a published post without a date",
                field="date",
                fix="State its date, or WordPress gives it the time of the import",
            )
        )
