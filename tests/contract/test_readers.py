"""What every reader promises, whatever its format."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from migrate import formats
from migrate.chunk import process
from migrate.errors import RecordError
from migrate.model import canonical
from migrate.model.finding import Finding
from migrate.readers.wxr.reader import WxrReader
from migrate.stages import Reader
from tests.sources import SAMPLES, posts_reader

SOURCES: dict[str, Callable[[], Reader]] = {
    "posts": lambda: posts_reader(SAMPLES / "wpghs"),
    "wxr": lambda: WxrReader(SAMPLES / "wpghs.expected.xml"),
}
BROKEN: dict[str, Callable[[], Reader]] = {
    "posts": lambda: posts_reader(SAMPLES / "broken"),
    "wxr": lambda: WxrReader(SAMPLES / "wxr" / "broken"),
}


def ignore(finding: Finding) -> None:
    """Take a finding and say nothing."""


def keep(post: Any, note: Any) -> str:
    """Give a record's canonical form: what a chunk makes in these tests."""
    del note
    return canonical.record(post)


def test_every_reader_is_tried() -> None:
    """A reader in the table of formats has a source here."""
    assert set(formats.READERS) == set(SOURCES) == set(BROKEN)


@pytest.mark.parametrize("name", SOURCES)
class TestReader:
    """One class of promises, run on each reader."""

    def test_locating_twice_gives_the_same(self, name: str) -> None:
        """Handles come in one order, without being read."""
        assert list(SOURCES[name]().locate(ignore)) == list(SOURCES[name]().locate(ignore))

    def test_the_order_of_reading_does_not_matter(self, name: str) -> None:
        """A record is the same whatever was read before it, or in which process."""
        reader = pickle.loads(pickle.dumps(SOURCES[name]()))
        handles = list(SOURCES[name]().locate(ignore))
        forwards = process(SOURCES[name](), keep, handles)
        backwards = process(reader, keep, handles[::-1])

        assert [r.made for r in forwards] == [r.made for r in backwards[::-1]]
        assert [r.findings for r in forwards] == [r.findings for r in backwards[::-1]]

    def test_a_state_is_the_same_for_every_reader(self, name: str) -> None:
        """What stands for a record stands for it in any process, and for no other one."""
        reader = SOURCES[name]()
        handles = list(reader.locate(ignore))
        states = [reader.state(handle) for handle in handles]
        again = pickle.loads(pickle.dumps(SOURCES[name]()))

        assert states == [again.state(handle) for handle in handles]
        assert len(set(filter(None, states))) == len(list(filter(None, states)))

    def test_the_cut_into_chunks_does_not_matter(self, name: str) -> None:
        """Chunks of one give what one chunk gives."""
        reader = SOURCES[name]()
        handles = list(reader.locate(ignore))
        whole = process(reader, keep, handles)
        single = [result for handle in handles for result in process(reader, keep, [handle])]

        assert [r.made for r in whole] == [r.made for r in single]

    def test_results_can_be_handed_to_another_process(self, name: str) -> None:
        """What a chunk gives is picklable."""
        reader = SOURCES[name]()
        results = process(reader, keep, list(reader.locate(ignore))[:5])

        assert [r.made for r in results] == [r.made for r in pickle.loads(pickle.dumps(results))]

    def test_a_broken_record_is_named_and_the_next_one_follows(self, name: str) -> None:
        """Every handle gives a record, a finding, or a reason why it is none."""
        reader = BROKEN[name]()
        results = process(reader, keep, list(reader.locate(ignore)))

        assert any(r.made for r in results)
        assert any(r.findings and not r.made for r in results)
        assert all(r.made or r.findings or r.passed_over for r in results)
        assert all(f.path and f.line for r in results for f in r.findings)

    def test_a_line_is_told_for_each_stated_field(self, name: str) -> None:
        """Findings that come later can still say where."""
        reader = SOURCES[name]()
        handle = next(iter(reader.locate(ignore)))

        assert all(reader.line_of(handle, field) for field in ("title", "content", "slug"))

    def test_a_handle_that_is_gone_is_an_error_of_its_record(self, name: str) -> None:
        """A file that vanishes while the run is under way is named, not a crash."""
        reader = SOURCES[name]()
        handle = next(iter(reader.locate(ignore)))._replace(path="vanished.md")

        with pytest.raises(RecordError):
            reader.read(handle, ignore)
