"""A folder of posts holds every record that WordPress could hold, whatever is in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from migrate.mapping import load
from migrate.model import canonical
from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.output import folder
from tests.posts_folders import read, write, writer

odd = st.text("aé東 \n\r\t\0\x0b\x7f\x85\ufeff\U0001f600:#-'\"|>%&*!{}[]\\/.,?@0", max_size=24)
texts = odd | st.sampled_from(["true", "~", "2016-07-16", "007", "1e3", "---", "Tide clock\n"])
numbers = st.integers(0, 2**63 - 1)
moments = st.sampled_from(["", "2016-07-16 00:22:22", "2019-12-31 23:59:59"])
slugs = st.sampled_from(["", "tide", "Tide", "con", "readme", "%e6%b8%af", ".x", "a" * 300, "a/b"])
links = st.sampled_from(
    ["", "https://a.org/2016/07/tide/", "https://a.org/?p=7", "/about/team/", "x", "https://["]
)
statuses = st.sampled_from(
    ["publish", "draft", "pending", "private", "future", "trash", "inherit", "auto-draft", "own"]
)
types = st.sampled_from(
    ["post", "page", "product", "layout", "draft", "attachment", "nav_menu_item", "revision"]
)
keys = st.sampled_from(["a", "b", "_thumbnail_id", "author", "published", "tags", "---"]) | texts
metas = st.lists(st.builds(Meta, keys, texts), max_size=5)
names = texts.filter(bool)


def unset_or(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Give the strategy's values, or None."""
    return st.none() | strategy


authors = st.builds(
    Author,
    login=unset_or(texts),
    display_name=unset_or(texts),
    email=unset_or(texts),
    id=unset_or(numbers),
)
terms = st.builds(
    TermRef,
    st.sampled_from(["category", "post_tag", "genre"]),
    name=unset_or(texts),
    slug=unset_or(texts),
    ancestors=st.lists(names, max_size=2).map(tuple),
)
comments = st.builds(
    Comment,
    id=unset_or(numbers),
    author=unset_or(texts),
    author_email=unset_or(texts),
    date=unset_or(moments),
    content=unset_or(texts),
    approved=unset_or(st.sampled_from(["0", "1", "spam"])),
    parent=unset_or(numbers),
    meta=unset_or(metas),
)
posts = st.builds(
    Post,
    id=unset_or(st.integers(1, 2**63 - 1)),
    type=unset_or(types),
    status=unset_or(statuses),
    title=unset_or(texts),
    content=unset_or(texts.map(str.encode)),
    content_format=st.sampled_from(["html", "markdown", "rst"]),
    excerpt=unset_or(texts),
    slug=unset_or(slugs),
    author=unset_or(authors),
    date=unset_or(moments),
    date_gmt=unset_or(moments),
    modified=unset_or(moments),
    modified_gmt=unset_or(moments),
    parent=unset_or(numbers),
    menu_order=unset_or(st.integers(-3, 3)),
    password=unset_or(st.sampled_from(["", "sesame"])),
    guid=unset_or(texts),
    link=unset_or(links),
    comment_status=unset_or(st.sampled_from(["open", "closed"])),
    sticky=unset_or(st.booleans()),
    attachment_url=unset_or(texts),
    terms=unset_or(st.lists(terms, max_size=4)),
    meta=unset_or(metas),
    comments=unset_or(st.lists(comments, max_size=2)),
    provenance=st.builds(
        Provenance,
        path=st.sampled_from(["", "_posts/2016-07-16-old.md", "../out.md", ".hidden/x.md"]),
        dialect=st.sampled_from(["", "wpghs"]),
    ),
)


@pytest.fixture(autouse=True)
def _unflushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's disk isn't flushed for each of thousands of folders."""
    monkeypatch.setattr(folder, "_flush_disk", lambda _folder: None)


def assert_come_back(dialect: str, records: list[Post]) -> None:
    """Check that records are read again as they were written, every field of each."""
    with tempfile.TemporaryDirectory() as out:
        write(records, Path(out), made_by=writer(dialect=dialect))
        back, findings = read(Path(out), dialect)

    assert sorted(map(canonical.record, back)) == sorted(map(canonical.record, records))
    assert [f.code for f in findings if f.severity != "note"] == []


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(records=st.lists(posts, max_size=3))
def test_records_come_back(records: list[Post]) -> None:
    """What is written is read again in the default dialect, and nothing else."""
    assert_come_back("wpghs", records)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    dialect=st.sampled_from(load.names()),
    record=posts,
    number=st.integers(1, 2**63 - 1),
    title=texts,
    status=statuses,
)
def test_a_record_comes_back_in_any_dialect(
    dialect: str, record: Post, number: int, title: str, status: str
) -> None:
    """What a dialect has no key for stands beside it; a post has an ID, a title and a status."""
    record = replace(record, id=number, type=record.type or "post", title=title, status=status)
    assert_come_back(dialect, [record])
