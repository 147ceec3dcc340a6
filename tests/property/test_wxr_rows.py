"""Items read beside one another are what each is by itself."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from migrate import pipeline, run
from migrate.errors import SourceError
from migrate.model.finding import Finding
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.model.settings import Settings
from migrate.readers.wxr import usual_items
from migrate.readers.wxr.reader import WxrReader
from migrate.run import Run
from migrate.writers.posts.as_files import AsFiles
from migrate.writers.wxr.writer import WxrWriter
from tests.identity.conversions import opened
from tests.property.test_rows import Heard
from tests.property.test_usual import MARKS, RECORDS, SPELLED, spelled
from tests.property.test_wxr_round_trip import (
    COMMENTS,
    DATE,
    METAS,
    TERMS,
    TEXT,
    WORD,
    named,
    stated,
)
from tests.sources import to_wxr

FROM_POSTS = Post(
    id=7,
    type="post",
    status="publish",
    title="A title: with signs &#039;",
    content=b"<p>A body.</p>\n",
    excerpt="",
    slug="a-title",
    author=Author(display_name="Staff Writer"),
    date="2016-07-16 00:22:22",
    link="https://example.org/2016/07/a-title/",
    meta=[Meta("source", "https://example.net/from-there"), Meta("more", 'a:1:{i:0;s:1:"x";}')],
    provenance=Provenance("_posts/2016-07-16-a-title.md", "wpghs", "1.0"),
)
WORDPRESS = Post(
    **{name: getattr(FROM_POSTS, name) for name in ("id", "type", "status", "title", "content")},
    excerpt="",
    slug="a-title",
    author=Author("admin"),
    date="2016-07-16 00:22:22",
    date_gmt="2016-07-15 22:22:22",
    modified="2016-07-16 00:22:22",
    modified_gmt="",
    parent=0,
    menu_order=0,
    password="",
    guid="https://example.org/?p=7",
    link="https://example.org/2016/07/a-title/",
    comment_status="open",
    ping_status="open",
    sticky=False,
    terms=[TermRef("category", "One & all", "one"), TermRef("post_tag", "Two", "two")],
    meta=[Meta("_edit_last", "1")],
    comments=[],
)
LIKE = st.sampled_from(
    [
        FROM_POSTS,
        FROM_POSTS,
        WORDPRESS,
        *(replace(WORDPRESS, terms=t, meta=[]) for t in ([], WORDPRESS.terms)),
    ]
)
SAID: dict[str, st.SearchStrategy[Any]] = {
    "id": st.integers(0, 9),
    "type": st.sampled_from(["page", "post", "a&b"]),
    "status": st.sampled_from(["draft", "private"]),
    "title": TEXT | st.sampled_from(["50% of: it", "]", "\n\t\t<link>", "&amp; more"]),
    "content": st.sampled_from([b"", b"]", b"a ]] b\r\n", b"\x01", b"</item>", "é]]>".encode()]),
    "excerpt": TEXT,
    "slug": WORD,
    "author": st.builds(Author, st.none() | WORD, stated(WORD)),
    "date": DATE,
    "date_gmt": stated(DATE),
    "modified": stated(DATE),
    "parent": stated(st.integers(0, 3)),
    "password": stated(WORD),
    "guid": stated(TEXT),
    "link": st.sampled_from(["http://a.b/c?d&e", "https://A.b/", "/c/", "https://a.b/c/"]),
    "sticky": st.booleans(),
    "comments": st.just([Comment(1, content="Hear, hear.", date="", date_gmt="")]) | COMMENTS,
    "attachment_url": TEXT | st.just("https://a.b/c.jpg?d&e"),
    "terms": stated(TERMS),
    "meta": METAS
    | st.builds(
        lambda value: [Meta("source", value), *FROM_POSTS.meta[1:]],  # type: ignore[index]
        TEXT | st.just('s:9:"short";'),
    ),
    "provenance": st.builds(
        Provenance,
        TEXT | st.sampled_from(["a/b.md", "_posts/b c.md", "./a.md", "a//b", "c:d", ""]),
        st.just("wpghs"),
        spelling=st.just({}) | st.just({"absent": ["excerpt"]}),
    ),
}
EDITS = st.lists(st.sampled_from([*SAID]), max_size=2).flatmap(
    lambda names: st.fixed_dictionaries({name: SAID[name] for name in names})
)
USUAL = st.fixed_dictionaries({"title": WORD, "slug": WORD, "author": st.builds(named, WORD)})


def edited(like: Post, edits: Mapping[str, Any]) -> Post:
    """Give a record that says other things."""
    return replace(like, **edits)


ITEMS = st.lists(
    st.builds(edited, LIKE, USUAL)
    | st.builds(edited, st.just(FROM_POSTS), USUAL | EDITS)
    | st.builds(edited, LIKE, EDITS)
    | RECORDS,
    min_size=4,
    max_size=12,
)
SPLICES = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 2),
        MARKS | st.sampled_from([b"\xff", b"\0", b"\1", b"&", b"\n\t\t<", b'"', b"\\", b"9", b" "]),
    ),
    max_size=2,
)
INSTRUCTION = re.compile(rb"\n\t\t<\?wpmigrate.*?\?>")


def written(
    posts: Sequence[Post],
    splices: Sequence[tuple[float, int, bytes]],
    kept: int,
    spellings: Sequence[str] = (),
) -> bytes:
    """Write posts as WXR, and damage it; `kept` of three leave all instructions, some, or none."""
    data, _ = to_wxr([*posts])
    if kept < 2:
        number = iter(range(len(posts) + 1))
        data = INSTRUCTION.sub(lambda found: found[0] if next(number) % 2 < kept else b"", data)
    data = spelled(data, spellings)
    for place, length, text in splices:
        at = round(place * len(data))
        data = data[:at] + text + data[at + length :]
    return data


@contextmanager
def small_measures(*, in_rows: bool = True) -> Iterator[None]:
    """Let rows be made of few items; or not at all, and each file the long way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual_items, "_FEWEST", 2)
        patch.setattr(run, "CHUNK", 8)
        if not in_rows:
            patch.setattr(Run, "_are_rows_enough", lambda *_: False)
            patch.setattr(AsFiles, "record", lambda *_: None)
        yield


@given(ITEMS, SPLICES, st.integers(0, 2), SPELLED)
def test_rows_hold_what_is_read_one_by_one(
    posts: list[Post], splices: list[tuple[float, int, bytes]], kept: int, spellings: list[str]
) -> None:
    """Each row is the record that `read` gives and notes nothing of, its fields on its lines."""
    with tempfile.TemporaryDirectory() as name, small_measures():
        path = Path(name) / "site.xml"
        path.write_bytes(written(posts, splices, kept, spellings))
        source = WxrReader(path)
        try:
            handles = list(source.locate(_ignore))
        except SourceError:
            return
        taken: set[int] = set()
        for places, rows in source.rows(handles):
            assert taken.isdisjoint(places)
            taken.update(places)
            for row, at in enumerate(places):
                said: list[Finding] = []
                reading = WxrReader(path).read(handles[at], said.append)
                assert (reading.post, []) == (rows.post(row), said)
                for field in ("title", "slug", "content", "sticky", "terms.0", "meta.0", "type"):
                    assert reading.line_of(field) == rows.line_of(row, field)


@given(ITEMS, st.integers(0, 2), st.booleans())
def test_rows_become_the_same_file_with_the_same_findings(
    posts: list[Post], kept: int, reported: bool
) -> None:
    """A WXR file that goes through rows comes out as it does record by record."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "site.xml"
        path.write_bytes(written(posts, (), kept))
        with small_measures(in_rows=False):
            one_by_one = converted(path, reported=reported)
        with small_measures():
            assert converted(path, reported=reported) == one_by_one


def converted(source: Path, *, reported: bool) -> tuple[object, ...]:
    """Convert WXR to WXR; give the file, the totals, and what the reports were told."""
    run, _ = opened(source)
    heard = Heard()
    run._reports = [heard] if reported else []
    out = BytesIO()
    writer = WxrWriter(Settings(generator="wpmigrate"))
    pipeline.export(run, writer, lambda _: nullcontext(out))
    return out.getvalue(), run.totals, heard.findings, heard.seen


@pytest.mark.parametrize("like", [FROM_POSTS, WORDPRESS, replace(WORDPRESS, terms=[], meta=[])])
def test_usual_items_go_in_rows(tmp_path: Path, like: Post) -> None:
    """Items of posts and of WordPress's own, whatever of them differs."""
    posts = [
        replace(
            like,
            id=number,
            title=f"Title {number}",
            slug=f"title-{number}",
            author=(named if like is FROM_POSTS else Author)(f"A{number % 3}"),
            terms=like.terms and like.terms[number % 2 :],
            meta=like.meta and [Meta(like.meta[0].key, f"{number}"), *like.meta[1:]],
        )
        for number in range(1, 41)
    ]
    path = tmp_path / "site.xml"
    path.write_bytes(to_wxr(posts)[0])
    source = WxrReader(path)
    read = source.rows(list(source.locate(_ignore)))
    assert [len(rows) for _, rows in read] == [40]


def test_comments_are_in_no_rows(tmp_path: Path) -> None:
    """Nor are they lost where they follow the terms, since there is no meta."""
    posts = [replace(WORDPRESS, id=number, meta=[]) for number in range(1, 21)]
    posts[10].comments = [Comment(1, content="Hear, hear.", date="", date_gmt="")]
    path = tmp_path / "site.xml"
    path.write_bytes(INSTRUCTION.sub(b"", to_wxr(posts)[0]))
    source = WxrReader(path)
    read = [place for places, _ in source.rows(list(source.locate(_ignore))) for place in places]
    assert [*range(10), *range(11, 20)] == sorted(read)


def test_an_odd_item_takes_few_with_it(tmp_path: Path) -> None:
    """All others that are enough stand in rows before and behind it."""
    posts = [replace(WORDPRESS, id=number) for number in range(1, 65)]
    posts[20] = replace(WORDPRESS, id=99, title="a ]]> b")
    posts[50] = replace(WORDPRESS, id=99, content=b"a ]]> b")
    path = tmp_path / "site.xml"
    path.write_bytes(to_wxr(posts)[0])
    source = WxrReader(path)
    read = source.rows(list(source.locate(_ignore)))
    assert sum(len(rows) for _, rows in read) > 64 - 10


def _ignore(_finding: Finding) -> None:
    pass
