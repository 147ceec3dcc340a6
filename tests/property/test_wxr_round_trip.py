"""Whatever record the WXR writer writes, the reader gives back: every field, to the byte."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.model.settings import Settings
from migrate.model.site import Head, Site, Term
from migrate.readers.wxr.reader import WxrReader
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import to_wxr
from tests.wxr_sources import Export, read

ODD = "]>\r\n\t<&\"';é\u2028\ufeff😀 \x00\x01\x0b\x0c\x1f\x7f\x85\ufffe\uffff"
TEXT = st.text(
    st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=12
) | st.sampled_from(
    ["]]>", "<![CDATA[x]]>", "</item>", "<!-- </item>", "<?php ?>", "&amp;&nbsp;&#13;", "</rss>"]
)
WORD = st.text("abcxyz-09é日%", min_size=1, max_size=8)
NUMBER = st.integers(0, 2**31)
DATE = st.datetimes().map(lambda moment: moment.isoformat(" ", "seconds")) | st.just("")


def stated(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give a value, or nothing for unset."""
    return st.none() | strategy


def named(name: str) -> Author:
    """Make an author of whom only the name is known, as in front matter."""
    return Author(display_name=name)


METAS = st.lists(st.builds(Meta, TEXT, TEXT), max_size=3)
TAXONOMY = st.sampled_from(["category", "post_tag", "tag"])
TERMS = st.lists(
    st.builds(TermRef, TAXONOMY, TEXT, WORD | st.just(""), st.just(()))
    | st.builds(
        TermRef, st.just("category"), WORD, st.none(), st.lists(WORD, max_size=2).map(tuple)
    ),
    max_size=3,
    unique_by=(lambda term: (term.taxonomy, term.name), lambda term: (term.taxonomy, term.slug)),
)
COMMENTS = st.lists(
    st.builds(
        Comment,
        id=st.integers(1, 2**31),
        author=TEXT,
        author_email=TEXT,
        author_url=TEXT,
        author_ip=TEXT,
        agent=stated(TEXT),
        date=DATE,
        date_gmt=DATE,
        content=TEXT,
        approved=TEXT,
        type=TEXT,
        parent=NUMBER,
        user_id=NUMBER,
        meta=METAS,
    ),
    max_size=2,
)
PROVENANCE = st.builds(
    Provenance,
    path=st.just("") | st.just("_posts/a.md"),
    dialect=WORD,
    spelling=st.dictionaries(TEXT, TEXT, max_size=2),
)
POST = st.builds(
    Post,
    id=stated(st.integers(1, 2**31)),
    type=stated(WORD),
    status=stated(WORD),
    title=stated(TEXT),
    content=stated(TEXT.map(str.encode)),
    excerpt=stated(TEXT),
    slug=stated(TEXT),
    author=stated(WORD.map(lambda login: Author(login=login)) | WORD.map(named)),
    date=stated(DATE),
    date_gmt=stated(DATE),
    modified=stated(DATE),
    modified_gmt=stated(DATE),
    parent=stated(NUMBER),
    menu_order=stated(st.integers(-(2**31), 2**31)),
    password=stated(TEXT),
    guid=stated(TEXT),
    link=stated(TEXT),
    comment_status=stated(WORD),
    ping_status=stated(WORD),
    to_ping=stated(TEXT),
    pinged=stated(TEXT),
    sticky=stated(st.booleans()),
    attachment_url=stated(TEXT),
    terms=stated(TERMS),
    meta=stated(METAS),
    comments=stated(COMMENTS),
    provenance=PROVENANCE,
)


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=8)
SITE = st.builds(Site, stated(WORD), stated(WORD), *[stated(PLAIN)] * 3)
AUTHORS = st.lists(
    st.builds(Author, WORD, stated(WORD), *[stated(PLAIN)] * 3, stated(st.integers(1, 2**31))),
    max_size=3,
    unique_by=lambda author: (author.login or "").casefold(),
)
TERM = st.builds(
    Term,
    st.sampled_from(["category", "post_tag", "genre"]),
    WORD,
    stated(PLAIN),
    st.none(),
    stated(PLAIN),
    stated(st.integers(1, 2**31)),
    stated(st.lists(st.builds(Meta, PLAIN, PLAIN), max_size=2)),
)
ORDER = ("category", "post_tag", "genre")


def in_file_order(terms: list[Term]) -> list[Term]:
    """Give terms as WXR lists them: categories, tags, then the others."""
    return sorted(terms, key=lambda term: ORDER.index(term.taxonomy))


HEADS = st.builds(
    Head,
    SITE,
    AUTHORS,
    st.lists(TERM, max_size=4, unique_by=lambda term: (term.taxonomy, term.slug)).map(
        in_file_order
    ),
    st.dictionaries(WORD, TEXT, max_size=3),
)


def read_back(document: bytes) -> Export:
    """Read a WXR file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        path.write_bytes(document)
        return read(WxrReader(path))


def codes(export: Export) -> list[str]:
    """Give what was found, odd values aside that look serialized by chance."""
    return [code for code, _ in export.found if code != "source-serialized-length"]


@given(POST)
def test_a_record_comes_back_as_it_was_written(post: Post) -> None:
    """Every field of the record is the same, unset ones included, and so is its provenance."""
    document, _ = to_wxr([post])
    export = read_back(document)
    (back,) = export.posts

    assert {name: getattr(post, name) for name in Post.__struct_fields__} == {
        name: getattr(back, name) for name in Post.__struct_fields__
    }
    assert (export.head, codes(export)) == (Head(), [])


@given(HEADS)
def test_a_head_comes_back_as_it_was_written(head: Head) -> None:
    """Site, authors, terms and options are the same, unset fields included."""
    writer = WxrWriter(Settings())
    out = io.BytesIO()
    writer.joiner(io.BytesIO(), head).finish(out, lambda _: None)
    export = read_back(out.getvalue())

    assert (export.head, codes(export)) == (head, [])
