"""A run says how far it is: in each stage that takes long, up to all that there is."""

from __future__ import annotations

import gzip
import io
import pickle
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest

from bench.wxr import write_wxr
from migrate import pipeline
from migrate.cli.progress import Progress
from migrate.mapping import load
from migrate.model.progress import (
    COMPARING,
    CONVERTING,
    LEARNING,
    PREPARING,
    READING,
    WRITING,
    Stage,
)
from migrate.model.settings import Settings
from migrate.readers.wxr.reader import WxrReader
from migrate.report.totals import Totals
from migrate.run import Run
from migrate.stages import Reader
from migrate.verify import Other, verify
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter
from migrate.writers.wxr.writer import WxrWriter
from tests.sources import posts_reader

POSTS = 130
"""In three chunks, and more than one block of a file."""

RECORDS = [(64, 130), (128, 130), (130, 130)]


class Told(defaultdict[Stage, list[tuple[int, int]]]):
    """Keeps what it is told, (done, in all) by the stage, in the order in which they came."""

    def __init__(self) -> None:
        super().__init__(list)

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Be told."""
        self[stage].append((done, total))


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Say that a person looks at it."""
        return True

    def lines(self) -> list[str]:
        """Give what stands on it at the end."""
        return [line.rpartition("\r")[2] for line in self.getvalue().split("\n") if line]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a WXR file."""
    path = tmp_path_factory.mktemp("wxr") / "posts.xml"
    write_wxr(path, POSTS)
    return path


def run_over(reader: Reader, told: Told) -> Run:
    """Make a run that nobody hears but for its progress."""
    return Run(reader, [], Totals(), told, dry_run=False)


def to_file(run: Run) -> bytes:
    """Convert into a WXR file."""
    out = io.BytesIO()
    pipeline.export(run, WxrWriter(Settings()), lambda _: nullcontext(out))
    return out.getvalue()


def to_folder(run: Run, folder: Path) -> None:
    """Convert into a folder of posts."""
    writer = PostsWriter(Settings(), load.load("wpghs"), PostsOptions(), ())
    pipeline.export_folder(run, writer, folder)


def assert_whole(steps: list[tuple[int, int]], total: int) -> None:
    """Each step is further than the one before, and the last is all there is."""
    assert {total} == {all_there_is for _, all_there_is in steps}
    assert all(before < after for (before, _), (after, _) in pairwise(steps))
    assert steps[-1] == (total, total)


def test_a_file_to_a_file_tells_of_all_three_stages(source: Path) -> None:
    """Bytes that were read, records that were converted, bytes that were copied behind the head."""
    told = Told()
    written = to_file(run_over(WxrReader(source, "", told), told))

    assert list(told) == [READING, CONVERTING, WRITING]
    assert_whole(told[READING], source.stat().st_size)
    assert len(told[READING]) > 1
    assert told[CONVERTING] == RECORDS
    items = written[written.index(b"\t<item>") : written.index(b"</channel>")]
    assert_whole(told[WRITING], len(items))
    assert len(told[WRITING]) > 1


def gz(data: bytes) -> tuple[str, bytes]:
    """Give a name, and the data packed."""
    return "a.xml.gz", gzip.compress(data, 1)


def zipped(data: bytes) -> tuple[str, bytes]:
    """Give a name, and an archive that holds the data."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.xml", data)
    return "a.zip", out.getvalue()


def latin(data: bytes) -> tuple[str, bytes]:
    """Give a name, and the data in another encoding."""
    text = data.decode().replace("UTF-8", "latin-1", 1).replace("The Wire", "The W\u00efre")
    return "a.xml", text.encode("latin-1", "xmlcharrefreplace")


@pytest.mark.parametrize(("make", "around"), [(gz, 0), (zipped, 120), (latin, 0)])
def test_what_is_prepared_is_told(
    source: Path, tmp_path: Path, make: Callable[[bytes], tuple[str, bytes]], around: int
) -> None:
    """Bytes of the file as it lies there, an archive's directory apart; then the items are cut."""
    name, data = make(source.read_bytes())
    (tmp_path / name).write_bytes(data)
    told = Told()
    run = run_over(WxrReader(tmp_path / name, "", told), told)

    assert len(run.handles) == POSTS
    assert list(told) == [PREPARING, READING]
    steps = told[PREPARING]
    assert len(steps) > 1
    assert steps == sorted(steps)
    assert len(data) - around <= steps[-1][0] <= len(data)
    assert {all_there_is for _, all_there_is in steps} == {steps[-1][0]}


def test_the_parts_of_an_export_are_one_whole(source: Path, tmp_path: Path) -> None:
    """What is done grows on from part to part."""
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_bytes(source.read_bytes())
    told = Told()
    run_over(WxrReader(tmp_path, "", told), told)

    assert_whole(told[READING], 2 * source.stat().st_size)


def test_a_folder_tells_of_its_records(source: Path, tmp_path: Path) -> None:
    """To a folder nothing is copied, and from a folder nothing is looked for in a file."""
    there, back = Told(), Told()
    to_folder(run_over(WxrReader(source, "", there), there), tmp_path)
    to_file(run_over(posts_reader(tmp_path), back))

    assert list(there) == [READING, CONVERTING]
    assert there[CONVERTING] == RECORDS
    assert list(back) == [CONVERTING, WRITING]
    assert back[CONVERTING] == RECORDS


def test_holes_are_no_steps_back(tmp_path: Path) -> None:
    """Posts without IDs leave holes in what is copied; it goes forwards all the same."""
    (tmp_path / "a.md").write_text("---\ntitle: A\nlayout: post\n---\n")
    (tmp_path / "b.md").write_text("---\ntitle: B\nlayout: post\n---\n")
    told = Told()
    written = to_file(run_over(posts_reader(tmp_path), told))

    assert written.count(b"<wp:post_id>") == 2
    assert len(told[WRITING]) > 2
    assert_whole(told[WRITING], told[WRITING][0][1])


def test_verify_learns_and_compares(source: Path) -> None:
    """The other source is gone through before the two are compared."""
    told = Told()
    verify(run_over(WxrReader(source), told), Other(WxrReader(source), "other"))

    assert list(told) == [LEARNING, COMPARING]
    assert told[LEARNING] == RECORDS
    assert told[COMPARING] == RECORDS


def test_a_reader_in_another_process_tells_nobody(source: Path) -> None:
    """Whom a reader tells isn't pickled with it, which a function made here couldn't be."""
    reader = WxrReader(source, "", lambda *_: pytest.fail("told"))
    handles = list(pickle.loads(pickle.dumps(reader)).locate(lambda _: None))

    assert len(handles) == POSTS


class Clock:
    """A clock that goes on by so many seconds each time it is looked at."""

    def __init__(self, step: float) -> None:
        self.now, self._step = 0.0, step

    def __call__(self) -> float:
        """Give the time."""
        self.now += self._step
        return self.now


def shown(
    stream: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
    step: float,
    *calls: tuple[Stage, int, int],
) -> None:
    """Show how far a run is, with so many seconds between two calls."""
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(wanted=True, clock=Clock(step))
    for call in calls:
        progress(*call)
    progress.close()


def test_each_stage_has_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes are counted in B, records as such, and each bar ends full."""
    screen = Screen()
    reading = [(READING, done, 10) for done in (1, 5, 10)]
    shown(screen, monkeypatch, 2, *reading, (CONVERTING, 1, 3), (CONVERTING, 3, 3))

    assert [line.split("[")[0].split("|")[::2] for line in screen.lines()] == [
        ["reading   : 100%", " 10.0/10.0 "],
        ["converting: 100%", " 3/3 "],
    ]


def test_a_stage_that_begins_again_has_a_new_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sources are read one after the other."""
    screen = Screen()
    shown(screen, monkeypatch, 2, *((READING, done, 10) for done in (2, 6, 1, 3)))

    assert [line[:16] for line in screen.lines()] == ["reading   :  60%", "reading   :  30%"]


def test_what_is_over_within_a_second_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten steps of a twentieth of a second draw nothing."""
    screen = Screen()
    shown(screen, monkeypatch, 0.05, *((CONVERTING, done, 10) for done in range(1, 11)))

    assert screen.getvalue() == ""


def test_a_log_gets_a_line_every_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no terminal it says what goes on, how far it is and how fast; no bar."""
    log = io.StringIO()
    calls = [(CONVERTING, 64 * step, 2000) for step in range(1, 32)]
    shown(log, monkeypatch, 3, *calls, (READING, 1_000_000, 9_000_000), (READING, 5, 9_000_000))

    assert log.getvalue().splitlines() == [
        "converting: 704 of 2,000 records (35 %), 23 a second",
        "converting: 1,344 of 2,000 records (67 %), 22 a second",
        "converting: 1,984 of 2,000 records (99 %), 22 a second",
    ]


def test_a_log_counts_bytes_in_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is read is counted in its bytes."""
    log = io.StringIO()
    shown(log, monkeypatch, 40, (READING, 0, 9_000_000), (READING, 3_000_000, 9_000_000))

    assert log.getvalue() == "reading: 3.0 MB of 9.0 MB (33 %), 0.1 MB a second\n"


@pytest.mark.parametrize(("stream", "wanted"), [(Screen(), False), (None, True)])
def test_nobody_who_looks_on_is_shown_nothing(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None, wanted: bool
) -> None:
    """Nothing where it was switched off, or standard error is closed."""
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress(wanted=wanted, clock=Clock(100))
    progress(READING, 1, 2)
    progress(READING, 2, 2)

    assert (stream.getvalue() if stream else "") == ""
