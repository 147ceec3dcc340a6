"""What every writer of one file promises, whatever its format."""

from __future__ import annotations

import copy
import io
import pickle
from typing import Any

import pytest

from migrate import formats
from migrate.model import canonical
from migrate.model.finding import Finding
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.stages import FileWriter
from tests.sources import SAMPLES, read_all

POSTS = read_all(SAMPLES / "wpghs")[0]


def make(name: str) -> FileWriter:
    """Make a writer from the table of formats."""
    writer: FileWriter = formats.find(formats.FILE_WRITERS, name, "format")(Settings())
    return writer


def written(writer: FileWriter, drafts: list[Any]) -> tuple[bytes, list[Finding]]:
    """Join drafts to a file."""
    findings: list[Finding] = []
    joiner = writer.joiner(io.BytesIO(), Head())
    for draft in drafts:
        joiner.add(draft, findings.append)
    out = io.BytesIO()
    joiner.finish(out, findings.append)
    return out.getvalue(), findings


def encoded(writer: FileWriter) -> list[Any]:
    """Encode the samples."""
    return [writer.encode(post, lambda _: None) for post in POSTS]


@pytest.mark.parametrize("name", formats.FILE_WRITERS)
class TestWriter:
    """One class of promises, run on each writer."""

    def test_two_runs_give_the_same_bytes(self, name: str) -> None:
        """Same in, same out."""
        assert written(make(name), encoded(make(name))) == written(make(name), encoded(make(name)))

    def test_encoding_leaves_the_record_as_it_is(self, name: str) -> None:
        """A writer fills in what its format needs on a copy."""
        posts = copy.deepcopy(POSTS)
        before = [canonical.record(post) for post in posts]
        for post in posts:
            make(name).encode(post, lambda _: None)

        assert before == [canonical.record(post) for post in posts]

    def test_drafts_can_come_from_another_process(self, name: str) -> None:
        """Pickled drafts give the same file."""
        drafts = encoded(make(name))
        moved = pickle.loads(pickle.dumps(drafts))

        assert written(make(name), drafts)[0] == written(make(name), moved)[0]

    def test_no_record_is_a_file_all_the_same(self, name: str) -> None:
        """An empty source gives a well-formed empty output."""
        assert written(make(name), [])[0]
