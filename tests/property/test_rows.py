"""Records read and encoded beside one another become what each becomes by itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, tzinfo
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from migrate import pipeline, run
from migrate.chunk import side_by_side
from migrate.model.rows import Rows
from migrate.model.seen import Seen
from migrate.model.settings import Settings
from migrate.readers import usual
from migrate.run import Run
from migrate.syntax.spyc_dump import VARIANTS, dump
from migrate.syntax.values import Plain, Value
from migrate.writers.wxr.writer import WxrWriter
from tests.identity.conversions import Said, opened
from tests.property.test_spyc import TEXTS
from tests.property.test_usual import BODIES, USUAL

EDITS: st.SearchStrategy[Mapping[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "ID": st.sampled_from(list(map(Plain, ["1", "2", "3", "0", "007", "x"]))),
        "post_title": TEXTS | st.sampled_from(["a &amp; b: c", "50% of: it", "\x01: a", "é: ü"]),
        "author": st.sampled_from(["Staff Writer", "staff writer", "Staff  Writer", "", "<b>"]),
        "post_date": st.sampled_from(
            list(map(Plain, ["2016-03-27 01:30:00", "2016-02-30 00:00:00", "2017-01-01 00:00:00"]))
        ),
        "post_excerpt": TEXTS,
        "layout": st.sampled_from(["page", "post", "movie", "\x01title\x01: x"]),
        "permalink": st.sampled_from(
            [
                *("https://example.org/?p=7", "https://example.org/a/", "/a-title/", ""),
                "https://Example.org/2016/07/a-title-of-more-than-forty-bytes/",
                "https://example.org/2016/07/another-title-of-more-than-forty&bytes/",
            ]
        ),
        "published": st.sampled_from([Plain("false"), Plain("true"), "x"]),
        "tags": st.lists(
            st.sampled_from(["one", "two", "a&b", "Ünï", "\x01title\x01", "100%s"]), max_size=2
        )
        | st.sampled_from(["something", "one", Plain("1"), ""]),
        "source": st.lists(TEXTS, max_size=2),
        "more": st.just(["one: more"]),
    },
)
NAMES = st.sampled_from(
    [
        *("_posts/2016-07-16-{}.md", "_posts/{}.md", "_drafts/{}.md", "_a/{}.md"),
        *("_posts/2016-07-16-{}", "_posts/2016-07-16-{}.markdown"),
    ]
)
POSTS = st.lists(
    st.tuples(EDITS, BODIES | st.just(b"A ]]&gt; body.\n"), NAMES, st.sampled_from(list(VARIANTS))),
    min_size=1,
    max_size=6,
)
ZONES = st.sampled_from([None, UTC, ZoneInfo("Europe/Lisbon")])


class Heard(Said):
    """A report that keeps all that it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[Seen] = []

    def record(self, seen: Seen) -> None:
        """Keep a record."""
        self.seen.append(seen)


@contextmanager
def small_chunks(*, in_rows: bool) -> Iterator[list[int]]:
    """Let rows be made of few records, or not at all; gives how many went in rows."""
    lengths: list[int] = []
    encoded = side_by_side.AdvisedRows.rows

    def watched(self: side_by_side.AdvisedRows[Any], rows: Rows, note: Any) -> Any:
        made = encoded(self, rows, note)
        lengths.append(len(rows) if made is not None else 0)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(usual, "_OFTEN", 2)
        patch.setattr(usual, "_FEWEST", 2)
        patch.setattr(run, "CHUNK", 4)
        patch.setattr(side_by_side.AdvisedRows, "rows", watched)
        if not in_rows:
            patch.setattr(Run, "_are_rows_enough", lambda *_: False)
        yield lengths


def converted(source: Path, zone: tzinfo | None, *, reported: bool) -> tuple[object, ...]:
    """Convert posts to WXR; give the file, the totals, and what the reports were told."""
    run, _ = opened(source)
    heard = Heard()
    run._reports = [heard] if reported else []
    out = BytesIO()
    writer = WxrWriter(Settings(timezone=zone, generator="wpmigrate"))
    pipeline.export(run, writer, lambda _: nullcontext(out))
    return out.getvalue(), run.totals, heard.findings, heard.seen


def written(folder: Path, name: str, head: str, body: bytes) -> None:
    """Write one post."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"---\n" + head.encode("utf-8", "replace") + b"---\n" + body)


def usual_posts(
    folder: Path,
    count: int,
    variant: str = "1.0",
    shapes: int = 1,
    alike: Mapping[str, Value] = USUAL,
) -> None:
    """Write posts of so many shapes by turns, from which a reader learns them."""
    for number in range(count):
        said: dict[str, Value] = {
            **alike,
            **({f"more{number % shapes}": ["one: more"]} if number % shapes else {}),
            "ID": Plain(str(100 + number)),
            "permalink": f"https://example.org/2016/07/a-title-of-more-than-forty-bytes-{number}/",
        }
        path = f"_posts/2016-07-16-a-title-of-more-than-forty-bytes-{number}.md"
        written(folder, path, dump(said, variant), b"A body.\n")


@given(POSTS, ZONES, st.booleans(), st.sampled_from(list(VARIANTS)), st.sampled_from([1, 2]))
@example(
    [
        ({}, b"", "_posts/2016-07-16-{}.md", "1.0"),
        ({"author": "staff writer"}, b"A body.\n", "_posts/2016-07-16-{}.md", "1.0"),
    ],
    None,
    False,
    "1.0",
    1,
)
def test_rows_become_the_same_file_with_the_same_findings(
    posts: list[tuple[Mapping[str, Any], bytes, str, str]],
    zone: tzinfo | None,
    reported: bool,
    variant: str,
    shapes: int,
) -> None:
    """Whatever stands among usual posts, and whatever collides with what came before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        usual_posts(folder, 4 + shapes, variant, shapes)
        for at, (edits, body, path, by) in enumerate(posts):
            head = dump({**USUAL, "ID": Plain(str(200 + at)), **edits}, by)
            written(folder, path.format(f"b-title-{at % 4}"), head, body)
        with small_chunks(in_rows=False):
            one_by_one = converted(folder, zone, reported=reported)
        with small_chunks(in_rows=True):
            assert converted(folder, zone, reported=reported) == one_by_one


def test_usual_posts_go_in_rows(tmp_path: Path) -> None:
    """All of them, once their shape is known."""
    usual_posts(tmp_path, 20)
    with small_chunks(in_rows=True) as lengths:
        converted(tmp_path, None, reported=False)
    assert lengths == [4, 4, 4, 4]


def test_posts_of_several_shapes_go_in_rows_in_their_order(tmp_path: Path) -> None:
    """What is made of each shape is woven together."""
    usual_posts(tmp_path, 24, shapes=2)
    with small_chunks(in_rows=False):
        one_by_one = converted(tmp_path, None, reported=True)
    with small_chunks(in_rows=True) as lengths:
        assert converted(tmp_path, None, reported=True) == one_by_one
    assert sum(lengths) > 16


@pytest.mark.parametrize("term", ["\x01title\x01", "\x01x\x01", "\x01", "%s", "a]]>b"])
def test_a_term_is_no_mark_of_a_format(term: str, tmp_path: Path) -> None:
    """What a kind of record says may look like what stands for a value."""
    usual_posts(tmp_path, 12, alike={**USUAL, "tags": ["one", term, "two"]})
    with small_chunks(in_rows=False):
        one_by_one = converted(tmp_path, None, reported=True)
    with small_chunks(in_rows=True):
        assert converted(tmp_path, None, reported=True) == one_by_one


def test_a_number_that_is_taken_is_told_as_without_rows(tmp_path: Path) -> None:
    """The joiner refuses rows with a taken ID, and each of them is done by itself."""
    usual_posts(tmp_path, 12)
    twice = tmp_path / "_posts/2016-07-16-a-title-of-more-than-forty-bytes-9.md"
    twice.write_bytes(twice.read_bytes().replace(b"ID: 109", b"ID: 100"))
    with small_chunks(in_rows=False):
        one_by_one = converted(tmp_path, None, reported=True)
    with small_chunks(in_rows=True) as lengths:
        assert converted(tmp_path, None, reported=True) == one_by_one
    assert lengths == [4, 4]
