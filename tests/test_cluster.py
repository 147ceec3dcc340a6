"""A run on a Dask cluster: real worker processes, the same bytes, lost workers' chunks again."""

from __future__ import annotations

import functools
import logging
import os
import signal
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bench.folder import write_posts
from migrate import program
from migrate.cli.main import commands
from migrate.cluster import Cluster
from migrate.errors import RecordError, SourceError, WpmigrateError
from tests.sources import SAMPLES

distributed = pytest.importorskip("distributed")
POSTS = 700


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Give the address of a cluster of two worker processes on this machine."""
    with (
        warnings.catch_warnings(action="ignore"),  # Dask's own
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder of posts, some of which can't be read."""
    folder = tmp_path_factory.mktemp("source") / "posts"
    write_posts(folder, POSTS)
    for path in sorted(folder.glob("_posts/*"))[::100]:
        path.write_text(path.read_text().replace("post_date: 2", "post_date: never 2"))
    return folder


def export(source: object, out: object, *options: object) -> Result:
    """Export with a report beside the output."""
    asked = [*map(str, ("export", source, "-o", out, "--report", f"json={out}.json", *options))]
    return CliRunner().invoke(commands, asked, catch_exceptions=False)


def files(folder: Path) -> dict[str, bytes]:
    """Give the files below a folder, by their paths; the reports without the folder's name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes().replace(bytes(folder), b"FOLDER")
        for path in found
    }


def square(number: int, handles: Sequence[int]) -> list[int]:
    """Do work that tells its chunks apart; the chunk 13 can't be done."""
    if 13 in handles:
        raise RecordError("mapping-value", "thirteen", line=3, fix="Leave it")
    return [handle * handle + number for handle in handles]


def process_of_a_worker(_handles: Sequence[int]) -> int:
    """Say which process does it."""
    return os.getpid()


def deadly() -> Iterator[list[int]]:
    """Fail as Dask does over a task that several workers died of."""
    yield [1]
    raise distributed.KilledWorker("a chunk", None, 3)


def with_a_worker_killed(run: Callable[..., Generator[Any, None, None]]) -> Callable[..., Any]:
    """Kill one of the workers when half of the results are there."""

    @functools.wraps(run)
    def wrapped(cluster: Cluster, work: Any, chunks: Any) -> Generator[Any, None, None]:
        chunks = list(chunks)
        (process,) = run(cluster, process_of_a_worker, [[0]])
        for number, made in enumerate(run(cluster, work, chunks)):
            if number == len(chunks) // 2:
                os.kill(process, signal.SIGKILL)
            yield made

    return wrapped


@pytest.mark.parametrize("out", ["out.xml", "posts"])
def test_a_cluster_changes_nothing_even_if_a_worker_dies(
    out: str, address: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One worker is killed half way: output, findings and status are those of --jobs 1."""
    monkeypatch.setattr(Cluster, "in_order", with_a_worker_killed(Cluster.in_order))
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, options in ((here, ("--jobs", 1)), (there, ("--scheduler", address))):
        folder.mkdir()
        assert export(source, folder / out, *options).exit_code == 1

    assert files(there) == files(here)
    assert b"never" in files(there)[f"{out}.json"]


def test_a_second_run_recalls_on_a_cluster_as_here(address: str, tmp_path: Path) -> None:
    """What stands as it was written is told by the manifest, whichever process looks."""
    source, out = SAMPLES / "wpghs", tmp_path / "pages"
    export(source, out, "--to", "hugo", "--jobs", 1)
    export(source, out, "--to", "hugo", "--jobs", 1)
    here = files(tmp_path)
    export(source, out, "--to", "hugo", "--scheduler", address)

    assert files(tmp_path) == here


def test_errors_come_in_their_turn(address: str) -> None:
    """Results before a chunk that fails are given out; then its own error is raised here."""
    work = functools.partial(square, 1)
    seen: list[list[int]] = []
    with pytest.raises(RecordError, match="thirteen") as caught:
        seen.extend(cluster(address).in_order(work, [[10, 11], [12], [13], [14]]))

    assert (seen, caught.value.line) == ([[101, 122], [145]], 3)


def test_closing_takes_no_more_chunks_than_are_on_their_way(address: str) -> None:
    """Of a hundred thousand chunks a few are asked for, when one result is taken."""
    asked: list[int] = []

    def chunks() -> Iterator[list[int]]:
        for number in range(100_000):
            asked.append(number)
            yield [0]

    with closing(cluster(address).in_order(functools.partial(square, 7), chunks())) as results:
        assert next(results) == [7]

    assert len(asked) <= 6


def test_a_chunk_that_ends_every_worker_ends_the_run_in_words(address: str) -> None:
    """Dask gives up on it; that is said, and which way out there is."""
    with pytest.raises(WpmigrateError, match="ended by the same chunk"):
        list(cluster(address).in_order(functools.partial(square, 1), deadly()))


def test_workers_with_another_program_are_told(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No chunk is done by a program that may do otherwise."""
    monkeypatch.setattr(program, "digest", lambda: "another")
    with pytest.raises(WpmigrateError, match="has another wpmigrate, or Python"):
        list(cluster(address).in_order(functools.partial(square, 1), [[1]]))


def test_a_source_that_workers_cannot_see_is_told(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker looks for it itself, and compares its size with what this machine sees."""
    missing = cluster(address)
    monkeypatch.setattr("migrate.cluster._size", lambda _: 7)
    with pytest.raises(SourceError, match="doesn't see what this machine does"):
        list(missing.in_order(functools.partial(square, 1), [[1]]))


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1", "nothing://127.0.0.1:1", "scheduler"])
def test_an_address_without_a_scheduler_is_wrong_usage(nowhere: str, tmp_path: Path) -> None:
    """Nothing is written, and the sentence names the address and the way out."""
    done = export(SAMPLES / "wpghs", tmp_path / "out.xml", "--scheduler", nowhere)

    assert done.exit_code == 2
    assert f"no Dask scheduler answers at {nowhere}. Start one" in done.stderr
    assert not (tmp_path / "out.xml").exists()


def test_processes_here_and_a_cluster_are_not_both_asked_for(tmp_path: Path) -> None:
    """--jobs says how many processes of this machine convert; with a cluster none does."""
    done = export(SAMPLES / "wpghs", tmp_path / "out.xml", "-j2", "--scheduler", "tcp://h:1")

    assert (done.exit_code, "in place of --jobs" in done.stderr) == (2, True)


def cluster(address: str) -> Cluster:
    """Give the cluster for work that reads no source."""
    return Cluster(address, str(SAMPLES), SAMPLES)
