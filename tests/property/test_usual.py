"""The quick ways through a conversion give what the exact ones give, or step aside."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.errors import RecordError, SourceError
from migrate.model.finding import Finding
from migrate.model.post import Author, Post
from migrate.model.progress import unwatched
from migrate.model.provenance import Provenance
from migrate.model.settings import Handle, Settings
from migrate.readers.posts import PostsReader
from migrate.readers.wxr import cut as cut_module
from migrate.readers.wxr import scan, whole_item
from migrate.readers.wxr import usual as wxr_usual
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.cut import Cut, cut
from migrate.readers.wxr.reader import WxrReader
from migrate.readers.wxr.source import Part
from migrate.syntax.spyc_dump import VARIANTS, dump
from migrate.syntax.values import Plain, Value
from migrate.writers.posts.writer import PostsWriter
from migrate.writers.wxr import item, usual
from migrate.writers.wxr.draft import Draft, Gap
from tests.front_matter import DIALECTS, reader
from tests.property.test_spyc import TEXTS
from tests.property.test_wxr_round_trip import (
    COMMENTS,
    DATE,
    METAS,
    PROVENANCE,
    TERMS,
    TEXT,
    WORD,
    stated,
)
from tests.sources import to_wxr

USUAL: dict[str, Value] = {
    "ID": Plain("7"),
    "post_title": "A title: with signs",
    "author": "Staff Writer",
    "post_date": Plain("2016-07-16 00:22:22"),
    "post_excerpt": "",
    "layout": "post",
    "permalink": "https://example.org/2016/07/a-title-of-more-than-forty-bytes/",
    "published": Plain("true"),
    "tags": ["one", "two"],
    "source": ["https://example.net/from-there"],
}
BODIES = st.sampled_from([b"", b"a\n", b"---\n", b"\n---\n", b"a]]>b", b"a\rb", b"\x01", b"\xff"])
VALUES: st.SearchStrategy[Any] = (
    TEXTS
    | st.lists(TEXTS, max_size=2)
    | st.sampled_from(
        [Plain(text) for text in ("8", "007", "0", "-1", "true", "no", "2016-02-30 00:00:00")]
    )
)
EDITS = st.dictionaries(st.sampled_from(list(USUAL)), VALUES, max_size=2)
SPLICES = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.integers(0, 3),
        st.sampled_from(["", " ", "'", ": ", "\n", "#", "=", "|", "  k: v\n", "...\n", "\r", "é"]),
    ),
    max_size=2,
)
PATHS = st.sampled_from(
    ["_posts/2016-07-16-a-title.md", "_posts/a.md", "_pages/b.md", "_drafts/c.md", "d.html"]
)
NAMES = TEXT | WORD
RECORDS = st.builds(
    Post,
    id=stated(st.integers(0, 99)),
    type=stated(st.sampled_from(["post", "page", ""])),
    status=stated(NAMES),
    title=stated(NAMES),
    content=stated(NAMES.map(str.encode)),
    content_format=st.sampled_from(["html", "html", "markdown"]),
    excerpt=stated(NAMES),
    slug=stated(WORD),
    author=stated(st.builds(Author, stated(WORD), stated(WORD), stated(st.just("a@example.org")))),
    date=st.datetimes().map(lambda moment: moment.isoformat(" ", "seconds")) | stated(DATE),
    date_gmt=stated(DATE),
    modified=stated(DATE),
    password=stated(NAMES),
    guid=stated(TEXT),
    link=stated(
        st.sampled_from(
            ["http://a.b/c?d&e", "https://A.b/", "/c/", "https://a.b:8/<", "http://a.b:8080/c/"]
        )
        | TEXT
    ),
    sticky=stated(st.booleans()),
    attachment_url=st.none() | stated(st.sampled_from(["https://a.b/c.jpg?d&e", ""]) | TEXT),
    terms=stated(TERMS),
    meta=stated(METAS),
    comments=stated(st.just([]) | COMMENTS),
    provenance=st.builds(Provenance, dialect=WORD, path=NAMES) | PROVENANCE,
)
SPELLINGS: dict[str, tuple[bytes, bytes]] = {
    "plain": (rb"<(dc:creator|wp:\w+|title)><!\[CDATA\[(.*?)\]\]></", rb"<\1>\2</"),
    "empty": (rb"<([\w:]+)>(?:<!\[CDATA\[\]\]>)?</\1>", rb"<\1 />"),
    "blanks": (rb"\n\t", rb"\n      "),
    "no blanks": (rb">\n\t+<", rb"><"),
    "older": (rb"<wp:post_modified.*?>.*?</.*?>\s*", b""),
    "entities": (rb"e</title>|e</wp:post_name>|e</guid>", rb"&amp;&#233;\g<0>"),
}
"""How others than core write items."""

SPELLED = st.lists(st.sampled_from([*SPELLINGS]), max_size=3)
ZONES = st.sampled_from([None, UTC, ZoneInfo("Europe/Lisbon")])


def outcome(source: PostsReader, path: str) -> tuple[object, ...]:
    """Give what a reader makes of a file, and what it says."""
    said: list[Finding] = []
    try:
        reading = source.read(Handle(path), said.append)
    except RecordError as error:
        return error.code, error.message, error.line, error.field, said
    lines = [reading.line_of(name) for name in ("title", "slug", "content", "meta.0.value")]
    return reading.post, reading.passed_over, lines, said


@given(
    EDITS, SPLICES, st.lists(st.sampled_from(list(USUAL)), max_size=2), BODIES, PATHS,
    st.sampled_from(list(VARIANTS)),
)  # fmt: skip
def test_a_reader_that_knows_a_shape_reads_as_one_that_does_not(
    edits: dict[str, Value],
    splices: list[tuple[int, int, str]],
    left_out: list[str],
    body: bytes,
    path: str,
    variant: str,
) -> None:
    """Whatever stands in a head, a plan gives the record and the findings of the long way."""
    keys = {key: value for key, value in USUAL.items() if key not in left_out}
    head = dump(keys | edits, variant)
    for at, length, text in splices:
        head = head[:at] + text + head[at + length :]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        file = root / path
        file.parent.mkdir(exist_ok=True)
        knowing = reader(root)
        file.write_text(f"---\n{dump(keys, variant)}---\nA body.\n", encoding="utf-8")
        assert outcome(reader(root), path) == outcome(knowing, path) == outcome(knowing, path)
        file.write_bytes(b"---\n" + head.encode("utf-8", "replace") + b"---\n" + body)
        assert outcome(reader(root), path) == outcome(knowing, path)


def test_heads_that_the_plugin_wrote_are_read_by_a_plan(tmp_path: Path) -> None:
    """After the first post of a shape the next one goes the quick way, with its own values."""
    text = "---\n" + dump(USUAL, "1.0") + "---\nBody.\n"
    (tmp_path / "a.md").write_text(text)
    (tmp_path / "b.md").write_text(text.replace("ID: 7", "ID: 8"))
    knowing = reader(tmp_path)
    knowing.read(Handle("a.md"), lambda _: None)
    data = (tmp_path / "b.md").read_bytes()
    found = knowing._usual.read("b.md", data, lambda _: None)
    assert found is not None
    assert (8, DIALECTS["wpghs"].name) == (found.post.id, found.dialect.name)


@given(RECORDS, ZONES, st.booleans())
def test_a_usual_item_is_what_the_exact_way_makes(
    post: Post, zone: tzinfo | None, provenance: bool
) -> None:
    """An item put together in few pieces has the bytes, the gaps and the facts of the exact one."""
    quick = usual.draft(post, zone, provenance=provenance)
    if quick is not None:
        said: list[Finding] = []
        slow = item.exact(post, zone, said.append, provenance=provenance)
        assert (facts(slow), []) == (facts(quick), said)


def spelled(data: bytes, spellings: Sequence[str]) -> bytes:
    """Spell items in some of the ways in which others do."""
    for name in spellings:
        data = re.sub(*SPELLINGS[name], data)
    return data


@given(st.lists(RECORDS, min_size=1, max_size=3), SPELLED)
def test_items_read_with_one_pattern_are_what_the_exact_way_reads(
    posts: list[Post], spellings: list[str]
) -> None:
    """Whatever our writer makes of records, both ways of reading give the same, on the same lines.

    Each file is read as it was written, and once more with what was written about the items gone.
    """
    data = spelled(to_wxr(posts)[0], spellings)
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate((data, re.sub(rb"<\?wpmigrate.*?\?>", b"", data))):
            path = Path(folder) / f"{number}.xml"
            path.write_bytes(text)
            source = WxrReader(path)
            for handle in source.locate(_ignore):
                assert item_read(source, handle, quick=False) == item_read(source, handle)


MARKS = st.sampled_from(
    [
        *(b"", b"</item>", b"<item>", b"</item >", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"]"),
        *(b"<?x", b"?>", b"<rss ", b"<!DOCTYPE a>", b"<!x", b"</content:encoded>"),
        b"<content:encoded><![CDATA[",
    ]
)


@given(
    st.lists(RECORDS, min_size=1, max_size=3),
    st.lists(st.tuples(st.floats(0, 1), MARKS), max_size=3),
    st.sampled_from([(1 << 20, 1 << 16), (3000, 1500), (3000, 50), (500, 400)]),
)
def test_items_found_whole_end_where_the_long_way_ends_them(
    posts: list[Post], splices: list[tuple[float, bytes]], sizes: tuple[int, int]
) -> None:
    """Wherever marks of XML are put into a file, both ways cut it into the same items.

    The sizes are a block's, and how far one goes on behind an item's beginning.
    """
    data, _ = to_wxr(posts)
    for place, mark in splices:
        at = round(place * len(data))
        data = data[:at] + mark + data[at:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "site.xml"
        path.write_bytes(data)
        content = Content(Part("site.xml", path), "", unwatched)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(whole_item, "look", lambda *_: whole_item.NOTHING)
            slow = items_cut(content)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(scan, "BLOCK", sizes[0])
            for module in (scan, cut_module):
                patch.setattr(module, "AHEAD", sizes[1])
            assert slow == items_cut(content)


def items_cut(content: Content) -> Cut | str:
    """Give how a document is cut, or why it can't be."""
    try:
        return cut(content, lambda _: None)
    except SourceError as error:
        return error.message


def item_read(source: WxrReader, handle: Handle, *, quick: bool = True) -> tuple[object, ...]:
    """Give what a reader makes of an item, with the quick way or without it."""
    said: list[Finding] = []
    with pytest.MonkeyPatch.context() as patch:
        if not quick:
            patch.setattr(wxr_usual, "read", lambda *_: None)
        try:
            reading = source.read(handle, said.append)
        except RecordError as error:
            return error.code, error.message, error.line, said
    fields = ("title", "slug", "password", "attachment_url", "content", "terms.0", "nothing")
    lines = [reading.line_of(name) for name in fields]
    return reading.post, lines, said


@given(EDITS, BODIES, st.sampled_from(list(VARIANTS)), st.sampled_from(range(4)))
def test_a_file_proven_by_reading_is_what_the_exact_way_writes(
    edits: dict[str, Value], body: bytes, variant: str, change: int
) -> None:
    """A post that was a file becomes one in the same way, whether its shape is known or not."""
    dialect = DIALECTS["wpghs"]
    with tempfile.TemporaryDirectory() as folder:
        path = "_posts/2016-07-16-a-title.md"
        usual_post, post = (
            read_post(Path(folder), path, dump(USUAL | values, variant), body)
            for values in ({}, edits)
        )
    if usual_post is None or post is None:
        return
    if change:
        setattr(post, ["", "title", "slug", "parent"][change], ["", "New: one", "new", 3][change])
    writer = PostsWriter(Settings(), dialect)
    fresh = PostsWriter(Settings(), dialect)
    writer.encode(usual_post, _ignore)
    assert fresh.encode(post, _ignore) == writer.encode(post, _ignore)


def read_post(root: Path, path: str, head: str, body: bytes) -> Post | None:
    """Read a post from a file with this head; None where it can't be read."""
    file = root / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"---\n" + head.encode() + b"---\n" + body)
    try:
        return reader(root).read(Handle(path), _ignore).post
    except RecordError:
        return None


def _ignore(_finding: Finding) -> None:
    pass


def facts(draft: Draft) -> dict[str, object]:
    """Give all of a draft, its pieces run together between the gaps."""
    pieces: list[bytes | Gap] = []
    gaps = dict(draft.gaps)
    for at, part in enumerate(draft.parts):
        last = pieces[-1] if pieces else None
        if at in gaps:
            assert part == b""
            pieces.append(gaps[at])
        elif isinstance(last, bytes):
            pieces[-1] = last + part
        else:
            pieces.append(part)
    names = [name for name in Draft.__struct_fields__ if name not in ("parts", "gaps")]
    return {name: getattr(draft, name) for name in names} | {"pieces": pieces}
