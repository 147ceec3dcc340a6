"""A folder of records that are encoded beside one another is the one that they make singly."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from migrate import pipeline
from migrate.errors import RecordError
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.model.rows import OddRows, Rows
from migrate.model.settings import Handle, Settings
from migrate.output.content import digest
from migrate.output.new_files import NewFiles
from migrate.readers.posts import PostsReader
from migrate.readers.wxr import kinds
from migrate.report.totals import Totals
from migrate.syntax.spyc_dump import VARIANTS, dump
from migrate.syntax.values import Plain, Value
from migrate.writers.posts.again import Again
from migrate.writers.posts.join import FolderJoiner
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter
from tests.contract.test_folder_writers import touched, tree
from tests.identity.conversions import opened
from tests.posts_folders import reader
from tests.property.test_rows import EDITS, POSTS, Heard, small_chunks, usual_posts, written
from tests.property.test_spyc import TEXTS
from tests.property.test_usual import USUAL
from tests.property.test_wxr_rows import FROM_POSTS, ITEMS, WORDPRESS, small_measures
from tests.sources import read_all, to_wxr

Exported = tuple[Totals, list[object]]

WPGHS = load.load("wpghs")


@contextmanager
def stateless() -> Iterator[None]:
    """Let posts be read each time, as records of a WXR file are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostsReader, "tells_states", False)
        patch.setattr(PostsReader, "state", lambda *_: "")
        yield


def exported(source: Path, out: Path, *, reported: bool = True, **options: Any) -> Exported:
    """Convert a source to posts; give the totals and what the reports were told."""
    run, _ = opened(source)
    heard = Heard()
    run._reports = [heard] if reported else []
    writer = PostsWriter(Settings(), WPGHS, PostsOptions(**options), tuple(run.head.authors))
    pipeline.export_folder(run, writer, out)
    return run.totals, [heard.findings, heard.actions, heard.seen]


def posts_exported(source: Path, out: Path, *, in_rows: bool, **options: Any) -> Exported:
    """Convert posts, a few at a time."""
    with small_chunks(in_rows=in_rows), stateless():
        return exported(source, out, **options)


def items_exported(source: Path, out: Path, *, in_rows: bool, **options: Any) -> Exported:
    """Convert WXR, a few items at a time."""
    with small_measures(in_rows=in_rows):
        return exported(source, out, **options)


def hold_the_same(
    export: Callable[..., Exported], source: Path, *, reported: bool, **options: Any
) -> None:
    """Hold a folder that is made in rows against one that is made singly.

    Neither way has anything to do where the other one has been, and a dry run says the same.
    """
    singly, together, dry = (source.with_name(name) for name in ("singly", "together", "dry"))
    said = export(source, singly, in_rows=False, reported=reported, **options)

    assert export(source, together, in_rows=True, reported=reported, **options) == said
    assert tree(together) == tree(singly)

    assert export(source, dry, in_rows=True, reported=reported, dry_run=True, **options) == said
    assert not dry.exists()

    for out, in_rows in ((singly, True), (together, False)):
        before = touched(out)
        totals, _ = export(source, out, in_rows=in_rows, **options)
        assert set(totals.actions) <= {"unchanged"}
        assert touched(out) == before


@given(POSTS, st.booleans(), st.sampled_from(list(VARIANTS)), st.sampled_from([1, 2]))
@example([({}, b"", "_posts/2016-07-16-{}.md", "1.0")], True, "1.0", 1)
@example([({}, b"A body.\n", "_posts/2016-07-16-A-{}.md", "1.0")] * 4, True, "1.0", 2)
@example(
    [({"post_title": "50% of: it"}, b"A\n", "_posts/2016-07-16-{}.md", "1.0")], False, "1.7", 1
)
def test_posts_become_the_same_folder_with_the_same_words(
    posts: list[tuple[Mapping[str, Any], bytes, str, str]],
    reported: bool,
    variant: str,
    shapes: int,
) -> None:
    """Whatever stands among usual ones, and whatever collides with what came before."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "source"
        usual_posts(source, 8 + shapes, variant, shapes)
        for at, (edits, body, path, by) in enumerate(posts):
            head = dump({**USUAL, "ID": Plain(str(200 + at)), **edits}, by)
            written(source, path.format(f"b-title-{at % 4}"), head, body)
        hold_the_same(posts_exported, source, reported=reported)


@given(ITEMS, st.booleans(), st.booleans())
def test_items_become_the_same_folder_with_the_same_words(
    posts: list[Post], reported: bool, only_posts: bool
) -> None:
    """Those that came from posts, and any others among them."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "site.xml"
        source.write_bytes(to_wxr([numbered(post, at) for at, post in enumerate(posts)])[0])
        hold_the_same(items_exported, source, reported=reported, only_posts=only_posts)


def numbered(post: Post, at: int) -> Post:
    """Give a record a name of its own, if nothing about its name is odd."""
    if (post.link, post.provenance) != (FROM_POSTS.link, FROM_POSTS.provenance):
        return post
    path = f"_posts/2016-07-16-a-title-{at}.md"
    return replace(
        post,
        id=post.id and post.id + at,
        slug=f"a-title-{at}",
        link=f"https://example.org/2016/07/a-title-{at}/",
        provenance=replace(post.provenance, path=path),
    )


@contextmanager
def watched_rows() -> Iterator[list[int]]:
    """Give how many records are written together, each time; 0 where they are refused."""
    added: list[int] = []
    add_rows = FolderJoiner.add_rows

    def watched(self: FolderJoiner, files: NewFiles) -> bool:
        taken = add_rows(self, files)
        added.append(len(files.paths) if taken else 0)
        return taken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FolderJoiner, "add_rows", watched)
        yield added


def rows_added(source: Path, folder: Path) -> list[int]:
    """Convert posts in rows and singly to the same; give how many were written together."""
    with watched_rows() as added:
        singly = posts_exported(source, folder / "singly", in_rows=False)
        assert posts_exported(source, folder / "rows", in_rows=True) == singly
    assert tree(folder / "rows") == tree(folder / "singly")
    return added


@pytest.mark.parametrize("tags", [["one", "two"], []])
def test_usual_posts_are_written_in_rows(tags: list[Value], tmp_path: Path) -> None:
    """All of them, once their shape is known to the reader; `tags: [ ]` too."""
    usual_posts(tmp_path / "source", 20, alike={**USUAL, "tags": tags})
    assert rows_added(tmp_path / "source", tmp_path) == [4] * 4


def test_items_of_several_folders_are_written_in_rows(tmp_path: Path) -> None:
    """Those of each together, and an odd one among them by itself."""
    posts = [numbered(replace(FROM_POSTS, slug=f"a-{at}"), at) for at in range(32)]
    for at, post in enumerate(posts):
        if at % 2:
            post.provenance.path = post.provenance.path.replace("_posts/", "_wires/")
    posts[9].slug = "another"
    source = tmp_path / "site.xml"
    source.write_bytes(to_wxr(posts)[0])
    with watched_rows() as added:
        singly = items_exported(source, tmp_path / "singly", in_rows=False)
        assert items_exported(source, tmp_path / "rows", in_rows=True) == singly
    assert tree(tmp_path / "rows") == tree(tmp_path / "singly")
    assert added == [8, 1, 6, 8, 8]


@pytest.mark.parametrize("tags", ["something", "'quoted'", "one", "1", "null", "[]", "[ ] # none"])
def test_what_stands_for_a_list_of_nothing_is_read_as_it_stands(tags: str, tmp_path: Path) -> None:
    """Among posts with `tags: [ ]`, whose plan it isn't for."""
    usual_posts(tmp_path / "source", 12, alike={**USUAL, "tags": []})
    odd = tmp_path / "source/_posts/2016-07-16-a-title-of-more-than-forty-bytes-9.md"
    odd.write_text(odd.read_text().replace("tags: [ ]", f"tags: {tags}"))
    (tmp_path / "alone/_posts").mkdir(parents=True)
    (tmp_path / "alone/_posts" / odd.name).write_bytes(odd.read_bytes())

    (alone,), _ = read_all(tmp_path / "alone")
    among, _ = read_all(tmp_path / "source")

    assert alone in among
    assert rows_added(tmp_path / "source", tmp_path)[:1] == [4]


TAG = TermRef("post_tag", "t", "t")


def of_others(at: int, login: str, terms: list[TermRef]) -> Post:
    """Give a record as WordPress's own export has it."""
    return replace(
        WORDPRESS,
        id=at,
        title=f"Title: {at}",
        slug=f"a-{at}",
        link=f"https://example.org/a-{at}/",
        author=Author(login),
        terms=terms,
    )


@pytest.mark.parametrize("tags", [[TAG], []])
def test_items_of_others_are_written_in_rows_where_nothing_stands_beside(
    tags: list[TermRef], tmp_path: Path
) -> None:
    """What front matter can't say of them is lost, and told as it is record by record."""
    posts = [
        of_others(at, f"a{at % 3}", [TermRef("category", f"C {at % 4}", f"c-{at % 4}"), *tags])
        for at in range(1, 33)
    ]
    source = tmp_path / "site.xml"
    source.write_bytes(to_wxr(posts)[0])
    with watched_rows() as added:
        hold_the_same(items_exported, source, reported=True, only_posts=True)
    assert added[:4] == [8] * 4


def test_a_name_that_is_taken_is_told_as_without_rows(tmp_path: Path) -> None:
    """To some file systems two names are one; the rows are done singly, and no others."""
    usual_posts(tmp_path / "source", 14)
    post = tmp_path / "source/_posts/2016-07-16-a-title-of-more-than-forty-bytes-9.md"
    twin = post.with_name(post.name.replace("-a-", "-A-"))
    twin.write_bytes(post.read_bytes().replace(b"ID: 109", b"ID: 300"))
    assert rows_added(tmp_path / "source", tmp_path) == [4, 4, 0]


def test_what_stands_in_the_folder_is_left(tmp_path: Path) -> None:
    """A file, a link and a folder of somebody else; nothing is written in rows then."""
    usual_posts(tmp_path / "source", 12)
    for out in (tmp_path / "rows/_posts", tmp_path / "singly/_posts"):
        named = "2016-07-16-a-title-of-more-than-forty-bytes-{}.md".format
        out.mkdir(parents=True)
        (out / named(7)).write_bytes(b"mine")
        (out / named(8)).symlink_to(tmp_path / "elsewhere")
        (out / named(9)).mkdir()
    assert rows_added(tmp_path / "source", tmp_path) == []


LINKS = ["https://example.org/a-title/", "https://example.org/a-title-1/?", "?p=7", "/a-title-1/ "]
CHANGES: Mapping[str, st.SearchStrategy[Any]] = {
    "id": st.sampled_from([None, 0, 1, 10**18]),
    "title": TEXTS | st.sampled_from(["half \ud800", "50% of: it", "\x01: a", "a\n: b", "<b>"]),
    "slug": st.sampled_from([None, "a-title", "another", ""]),
    "parent": st.sampled_from([0, 3, 1 << 65]),
    "excerpt": TEXTS,
    "author": st.sampled_from(
        [Author(display_name="Ada"), Author(login="ada"), Author(display_name="A: 50% #\n")]
    ),
    "terms": st.lists(
        st.sampled_from([TermRef("post_tag", "one"), TermRef("category", "A")]), max_size=2
    ),
    "meta": st.lists(st.builds(Meta, st.sampled_from(["source", "more"]), TEXTS), max_size=3),
    "link": st.sampled_from([None, *LINKS]),
    "date": st.sampled_from([None, "2016-07-16 00:22:22", "2016-02-30 00:00:00", ""]),
    "date_gmt": st.just("2016-07-16 00:22:22"),
    "status": st.sampled_from(["publish", "draft", "private"]),
    "type": st.sampled_from([None, "post", "page", "wp_navigation", "nav_menu_item"]),
    "password": st.just("sesame"),
    "content": st.sampled_from([b"", b"Text\n", b"\xc3\xa9"]),
    "content_format": st.just("markdown"),
    "path": st.sampled_from(
        ["", "_a/b\n.md", "_a/../b.md", "_a/README.md", "_a/.b.md", "_a/b.txt"]
    ),
    "mark": st.just("mark"),
}
CHANGED = st.sampled_from([*CHANGES]).flatmap(lambda name: st.tuples(st.just(name), CHANGES[name]))
FIELDS = frozenset(
    ("id", "title", "excerpt", "slug", "link", "date", "author", "terms", "parent", "type", "meta")
)
STATED = sorted(FIELDS - {"meta"})


def rows_of(posts: Sequence[Post], wanted: frozenset[str]) -> list[Rows]:
    """Put records beside one another, with these columns where none of them leaves one unset."""

    def shape(post: Post) -> tuple[list[str], list[str]]:
        keys = [row.key for row in post.meta or ()] if "meta" in wanted else []
        return [field for field in STATED if getattr(post, field) is not None], keys

    return [_rows_of([*each], wanted) for _, each in groupby(sorted(posts, key=shape), shape)]


def _rows_of(posts: Sequence[Post], wanted: frozenset[str]) -> Rows:
    columns = {
        field: [getattr(post, field) for post in posts]
        for field in STATED
        if field in wanted and getattr(posts[0], field) is not None
    }
    in_columns = "meta" in wanted and bool(posts[0].meta)
    kinds: list[Post] = []
    kind_of: list[int] = []
    for post in posts:
        kind = replace(
            post,
            content=None,
            provenance=replace(post.provenance, path=""),
            **dict.fromkeys(columns),
            **({"meta": None} if in_columns else {}),
        )
        if kind not in kinds:
            kinds.append(kind)
        kind_of.append(kinds.index(kind))
    rows = [post.meta or [] for post in posts] if in_columns else []
    metas = [(each[0].key, [row.value for row in each]) for each in zip(*rows, strict=True)]
    contents = [post.content or b"" for post in posts]
    paths = [post.provenance.path for post in posts]
    return Rows(kinds, kind_of, columns, metas, contents, paths, lambda *_: None)


def encoded_together(encode: Again, rows: Rows) -> list[tuple[Rows, NewFiles]]:
    """Give what comes of rows together, without those that have to be by themselves."""
    odd: Collection[int] = ()
    try:
        made = encode.encode_rows(rows, lambda *_: None)
    except OddRows as found:
        made, odd = None, found.rows
    if made is not None:
        return [(rows, made)]
    even = [row for row in range(len(rows)) if row not in odd] if odd else []
    return encoded_together(encode, rows.chosen(even)) if even else []


@given(
    st.lists(
        st.tuples(st.just({}) | EDITS, st.none() | CHANGED, st.sampled_from("aaaab")), max_size=8
    ),
    st.frozensets(st.sampled_from([*FIELDS])).map(lambda some: FIELDS - some),
    st.sampled_from(list(VARIANTS)),
)
@example([({}, ("title", "50% of it"), "a")], FIELDS, "1.0")
@example([({"post_title": "50% of it"}, None, "a")], FIELDS, "1.7")
@example([({}, ("terms", []), "a")], FIELDS, "1.0")
@example([({}, ("path", "_a/b\n.md"), "a")], FIELDS, "1.0")
@example([({}, ("content", b""), "a")], FIELDS, "1.0")
@example([({}, ("type", "nav_menu_item"), "a")], FIELDS, "1.0")
@example([({}, ("date", "2016-02-30 00:00:00"), "a")], FIELDS, "1.0")
@example([({}, ("link", "/a-title-1/ "), "a"), ({}, ("slug", "b"), "a")], FIELDS, "1.0")
@example([({}, None, "b"), ({}, ("link", "?p=7"), "a")], FIELDS, "1.0")
def test_rows_become_the_files_that_each_record_becomes(
    edited: list[tuple[Mapping[str, Any], tuple[str, Any] | None, str]],
    wanted: frozenset[str],
    variant: str,
) -> None:
    """Whatever the columns and the kinds are."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        edited = [({}, None, "a"), *edited, ({}, None, "a")]
        posts = [_read(root, at, *each, variant) for at, each in enumerate(edited)]
        encode = PostsWriter(Settings(), WPGHS).encoder(root / "out")
        encode.encode(posts[0], _ignore)
        for rows in rows_of(posts, wanted):
            marks = [encode._marker.mark(rows.post(at)) for at in range(len(rows))]
            assert encode._marker.marks(rows) == (None if "" in marks else marks)
            for part, made in encoded_together(encode, rows):
                _same(encode, part, made)


def _read(
    root: Path,
    number: int,
    edits: Mapping[str, Any],
    changed: tuple[str, Any] | None,
    folder: str,
    variant: str,
) -> Post:
    path = f"_{folder}/2016-07-16-a-title-{number}.md"
    said = {**USUAL, "permalink": f"https://example.org/2016/07/a-title-{number}/"}
    for head in (dump({**said, **edits}, variant), dump(said, variant)):
        written(root, path, head, b"A body.\n")
        try:
            post = reader(root).read(Handle(path), _ignore).post
        except RecordError:
            continue
        assert post is not None
        if changed and changed[0] in ("path", "mark"):
            post.provenance = replace(post.provenance, **dict([changed]))
        elif changed:
            post = replace(post, **dict([changed]))
        return post
    raise AssertionError(path)


def _same(encode: Again, rows: Rows, made: NewFiles) -> None:
    findings: list[Finding] = []
    drafts = [encode.encode(rows.post(at), findings.append) for at in range(len(rows))]
    assert [(draft.kind, draft.sidecar, draft.mark) for draft in drafts] == [
        ("file", {}, "")
    ] * len(rows)
    assert findings == []
    assert made == NewFiles(
        rows.paths,
        [draft.key for draft in drafts],
        [digest(draft.data) for draft in drafts],
        [draft.made for draft in drafts],
        [draft.data for draft in drafts],
    )


def _ignore(_finding: Finding) -> None:
    pass


TERMS_OF_OTHERS = [
    *(TermRef("category", name, name.lower()) for name in ("A", "B", "50%: it", "yes", "007")),
    *(TermRef("post_tag", name, f"{name}-2") for name in ("A", "a, b", "two")),
    *(TermRef("genre", "A", "a"), TermRef("category", "A", "a-2"), TermRef("post_tag", "", "x")),
]


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(TERMS_OF_OTHERS), max_size=4)
            | st.sets(st.sampled_from(TERMS_OF_OTHERS[:8]), min_size=1, max_size=4).map(sorted)
            | st.sets(st.sampled_from(TERMS_OF_OTHERS[:3]), min_size=1, max_size=3).map(sorted),
            st.sampled_from(["ann", "bob"]),
            st.sampled_from([""] * 9 + ["con", "aux.x", "a?", "a:b", "é", "a.", " b", "x" * 245]),
        ),
        min_size=24,
        max_size=32,
    ),
    st.sampled_from(["post", "page"]),
    st.sampled_from([4, 16]),  # fewer than there are make the terms a column
    st.booleans(),
)
def test_any_terms_and_slugs_become_what_they_become_by_themselves(
    said: list[tuple[list[TermRef], str, str]], kind: str, most_kinds: int, only_posts: bool
) -> None:
    """Lists that are put together out of terms that came before, in any order and company."""
    posts = [of_others(at, login, terms) for at, (terms, login, _) in enumerate(said, 1)]
    for post, (_, _, slug) in zip(posts, said, strict=True):
        post.type, post.slug = kind, slug or post.slug
        post.link = f"https://example.org/?p={post.id}" if slug else post.link
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "site.xml"
        source.write_bytes(to_wxr(posts)[0])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kinds, "MOST_KINDS", most_kinds)
            hold_the_same(items_exported, source, reported=True, only_posts=only_posts)
