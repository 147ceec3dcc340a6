"""Whatever record the WXR writer writes, the reader gives back: every field, to the byte."""

from __future__ import annotations

import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from migrate.model.finding import Finding
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.readers.wxr.reader import WxrReader
from tests.sources import to_wxr

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
TERMS = st.lists(
    st.builds(TermRef, st.sampled_from(["category", "post_tag", "tag"]), TEXT, WORD, st.just(())),
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
    author=WORD.map(lambda login: Author(login=login)) | WORD.map(named),
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
    sticky=stated(st.booleans()),
    attachment_url=stated(TEXT),
    terms=TERMS,
    meta=METAS,
    comments=COMMENTS,
    provenance=PROVENANCE,
)


def read_back(document: bytes) -> tuple[list[Post], list[Finding]]:
    """Read a WXR file's records."""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        path.write_bytes(document)
        reader = WxrReader(path)
        reader.head(findings.append)
        posts = [
            reader.read(handle, findings.append).post for handle in reader.locate(findings.append)
        ]
    return [post for post in posts if post], findings


@given(POST)
def test_a_record_comes_back_as_it_was_written(post: Post) -> None:
    """Every field of the record is the same, unset ones included, and so is its provenance."""
    document, _ = to_wxr([post])
    (back,), findings = read_back(document)

    assert {f.name: getattr(post, f.name) for f in fields(Post)} == {
        f.name: getattr(back, f.name) for f in fields(Post)
    }
    assert [f.code for f in findings if f.code != "source-serialized-length"] == []
