"""The options that choose among the records of a source leave nothing uncounted."""

from __future__ import annotations

import io
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate import pipeline
from migrate.cli.filters import Since
from migrate.model.post import Post
from migrate.model.progress import CONVERTING, Stage
from migrate.model.settings import Handle, Settings
from migrate.readers.wxr.reader import WxrReader
from migrate.report.totals import Totals
from migrate.reporting import Scope
from migrate.run import Run
from migrate.selection import SelectingReader, Selection
from migrate.stages import Reader
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import SAMPLES, posts_reader

SOURCE = SAMPLES / "wpghs"


def totals_of(reader: Reader, selection: Selection) -> Totals:
    """Convert a source into a file and give what was counted."""
    totals = Totals()
    chosen = SelectingReader(reader, selection, totals)
    told: list[tuple[int, int]] = []

    def watch(stage: Stage, done: int, total: int) -> None:
        if stage is CONVERTING:
            told.append((done, total))

    scope = Scope(selection.limit)
    run = Run(chosen, [], totals, watch, dry_run=False, scope=scope)
    pipeline.export(run, WxrWriter(Settings()), lambda _: nullcontext(io.BytesIO()))
    assert sum(totals.read.values()) == totals.excluded.total() + totals.written.total()
    assert all(done == total for done, total in told[-1:])
    return totals


@pytest.mark.parametrize(
    ("asked", "excluded", "written"),
    [
        ({}, {}, 49),
        ({"include": ("_pages/",)}, {"include": 46}, 3),
        ({"exclude": ("_pages/", "_notices/*.md")}, {"exclude": 5}, 44),
        ({"include": ("*.md",), "exclude": ("/_posts/**", "!2016-*")}, {"exclude": 26}, 23),
        ({"types": ("page", "notice")}, {"type": 42}, 7),
        ({"types": ("page",), "statuses": ("publish",)}, {"type": 45, "status": 1}, 3),
        ({"since": "2016-03-01 00:00:00"}, {"since": 19}, 30),
        ({"changed": frozenset({"_pages/about.md", "gone.md"})}, {"changed-since": 48}, 1),
        ({"changed": frozenset[str]()}, {"changed-since": 49}, 0),
        ({"limit": 1}, {"limit": 48}, 1),
        ({"limit": 49}, {}, 49),
        ({"types": ("page",), "limit": 2}, {"type": 7, "limit": 40}, 2),
    ],
)
def test_what_is_left_out_is_counted(
    asked: dict[str, Any], excluded: dict[str, int], written: int
) -> None:
    """Each record is either written, or counted for the one option that left it out."""
    totals = totals_of(posts_reader(SOURCE), Selection(**asked))

    assert (dict(totals.excluded), totals.written.total()) == (excluded, written)


@pytest.mark.parametrize("limit", [63, 64, 65, 130])
def test_a_limit_is_exact_wherever_a_chunk_ends(tmp_path: Path, limit: int) -> None:
    """The first N that can be read are taken, and the rest is counted unopened."""
    for number in range(140):
        head = f"ID: {number + 1}\npost_title: x\nlayout: post\npublished: true"
        broken = "---\nnever: closed\n"
        text = broken if number == 3 else f"---\n{head}\n---\n"
        (tmp_path / f"{number:03}.md").write_text(text)

    totals = totals_of(posts_reader(tmp_path), Selection(limit=limit))

    assert totals.unreadable == 1
    assert totals.read == {"post": limit, "unopened": 139 - limit}
    assert totals.excluded == {"limit": 139 - limit}


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({"include": ("_pages/",)}, 3),
        ({"changed": frozenset({"other.xml"})}, 0),
        ({"changed": frozenset({"wpghs.expected.xml"})}, 49),
    ],
)
def test_an_item_has_the_path_of_the_post_that_it_was(asked: dict[str, Any], written: int) -> None:
    """In a file of many a pattern speaks of each record, a changed file of all that it holds."""
    reader = WxrReader(SAMPLES / "wpghs.expected.xml")

    assert totals_of(reader, Selection(**asked)).written.total() == written


def test_an_item_without_a_path_has_that_of_its_permalink() -> None:
    """Then its slug, if it has none."""
    inside = Handle("site.xml", 10, 20)
    post = Post(link="https://example.org/2016/02/dogs/", slug="dogs")
    chosen = Selection(include=("2016/",))

    assert chosen.option_against(post, inside) == ""
    assert chosen.option_against(Post(slug="dogs"), inside) == "include"


@given(st.sampled_from(["modified", "date", "modified_gmt", "date_gmt"]), st.booleans())
def test_since_goes_by_the_latest_that_is_known(name: str, is_later: bool) -> None:
    """The day of the change counts, else the day of the post; undated records are taken."""
    post = Post()
    setattr(post, name, "2024-05-31 12:00:00" if is_later else "2024-05-30 23:59:59")
    chosen = Selection(since="2024-05-31 00:00:00")

    assert chosen.option_against(post, Handle("a.md")) == ("" if is_later else "since")
    assert chosen.option_against(Post(), Handle("a.md")) == ""


@pytest.mark.parametrize("text", ["2024-05-31", "2024-05-31T00:00", "2024-05-31 00:00:00"])
def test_a_day_is_written_in_three_ways(text: str) -> None:
    """All mean the same moment."""
    assert Since().convert(text, None, None) == "2024-05-31 00:00:00"
