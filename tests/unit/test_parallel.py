"""Work in several processes: the same results in the same order, and nobody left behind."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.errors import RecordError, WpmigrateError
from migrate.parallel import in_order
from migrate.run import CHUNK

JOBS = [1, 2, 7]
FORMS = {"out.xml": "wxr", "posts": "wpghs", "pages": "hugo"}


@pytest.mark.parametrize("jobs", JOBS)
@pytest.mark.parametrize("count", [0, 1, 3, 50])
def test_results_come_in_order(jobs: int, count: int) -> None:
    """However many processes there are, what they make comes in the order of the numbers."""
    assert [number * number for number in range(count)] == list(
        in_order(lambda number: number * number, count, jobs)
    )


@pytest.mark.parametrize("jobs", JOBS)
def test_long_answers_come_in_order_among_short_ones(jobs: int) -> None:
    """What doesn't fit into the memory that processes share comes all the same."""

    def work(number: int) -> bytes:
        return b"%d " % number * (1 << (22 if number % 3 == 0 else 2))

    for number, made in enumerate(in_order(work, 8, jobs)):
        assert made == work(number)


@pytest.mark.parametrize("jobs", JOBS)
def test_an_error_is_raised_in_its_turn(jobs: int) -> None:
    """What comes before a piece of work that fails is given out; then its own error is raised."""

    def work(number: int) -> int:
        if number == 3:
            raise RecordError("mapping-value", "three", line=3, fix="Leave it")
        return number

    seen: list[int] = []
    with pytest.raises(RecordError, match="three") as caught:
        seen.extend(in_order(work, 9, jobs))
    assert (seen, caught.value.line, caught.value.code) == ([0, 1, 2], 3, "mapping-value")


def test_a_process_that_is_killed_ends_the_run_in_words() -> None:
    """Where the system ends a process, nothing is waited for that can't come any more."""

    def work(number: int) -> int:
        if number == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(WpmigrateError, match="ended before it was through"):
        list(in_order(work, 9, 2))


def test_processes_end_with_whoever_wanted_their_work() -> None:
    """Who takes no more results leaves no process behind, however much there was to do."""
    with closing(in_order(lambda _: (os.getpid(), b"x" * 10**6), 10**6, 2)) as results:
        processes = {next(results)[0] for _ in range(4)}
    assert len(processes - {os.getpid()}) == 2
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize("refused", ["fork", "pipe"])
@pytest.mark.parametrize("first", range(4))
def test_without_room_for_all_one_process_does_it(
    refused: str, first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system refuses a process or a pipe, what was started ends, and nothing is lost."""
    given = {"fork": os.fork, "pipe": os.pipe}
    before = len([*Path("/proc/self/fd").iterdir()])
    asked, started = list[str](), list[int]()

    def limited(name: str) -> Any:
        if asked.count(name) == first and name == refused:
            raise OSError(errno.EAGAIN, "no more of them")
        asked.append(name)
        made: Any = given[name]()
        started.extend([made] if name == "fork" else [])
        return made

    for name in given:
        monkeypatch.setattr(os, name, partial(limited, name))

    assert list(in_order(lambda number: (number, os.getpid()), 9, 7)) == [
        (number, os.getpid()) for number in range(9)
    ]
    assert len([*Path("/proc/self/fd").iterdir()]) == before
    for process in started:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_at_its_birth_does_not_make_a_process_its_parent(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is for the first process alone; what ends another ends it there and then."""
    fork, parent = os.fork, os.getpid()

    def struck() -> int:
        process = fork()
        if process == 0:
            os.kill(os.getpid(), number)
        return process

    monkeypatch.setattr(os, "fork", struck)
    try:
        if number == signal.SIGINT:
            assert list(in_order(lambda at: at, 9, 2)) == list(range(9))
        else:
            with pytest.raises(WpmigrateError, match="ended before it was through"):
                list(in_order(lambda at: at, 9, 2))
    finally:
        if os.getpid() != parent:  # this very test has gone on in the process
            os._exit(1)


def test_it_works_where_the_ends_of_children_are_ignored(tmp_path: Path) -> None:
    """As a supervisor may leave it to those that it starts."""
    for number in range(2 * CHUNK):
        (tmp_path / f"{number}.md").write_text("---\npost_title: A\n---\nText.\n")
    out = str(tmp_path / "a.xml")
    subprocess.run(
        [sys.executable, "-m", "migrate", "export", str(tmp_path), "-q", "-j", "2", "-o", out],
        preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
        check=True,
    )
    assert (tmp_path / "a.xml").is_file()


@pytest.mark.parametrize("out", FORMS)
def test_the_number_of_processes_changes_nothing(out: str, tmp_path: Path) -> None:
    """With 1, 2 and 7 processes an export gives the same bytes and the same report."""
    source = tmp_path / "source"
    source.mkdir()
    for number in range(300):
        title = "twice" if number % 50 == 0 else f"post &amp; {number}"
        head = f"ID: {number + 1}\npost_title: {title}\nlayout: post\ntags:\n  - t{number % 9}\n"
        head += "published: true\n"
        link = f"permalink: https://example.org/{'twice' if number % 50 == 0 else number}/\n"
        broken = "post_date: never\n" if number % 70 == 0 else "post_date: 2016-07-16 00:22:22\n"
        (source / f"{number:03}.md").write_text(f"---\n{head}{link}{broken}---\nText.\n")
    made = []
    for jobs in JOBS:
        target = tmp_path / str(jobs)
        target.mkdir()
        report = target / "report.json"
        arguments = ["export", source, "-o", target / out, "--to", FORMS[out], "-j", jobs]
        asked = [*map(str, arguments), "--report", f"json={report}"]
        assert CliRunner().invoke(commands, asked, catch_exceptions=False).exit_code == 1
        text = report.read_text().replace(str(target), "OUT")
        report.unlink()
        files = {p.relative_to(target): p.read_bytes() for p in target.rglob("*") if p.is_file()}
        made.append((text, files))
    assert made[0] == made[1] == made[2]
    assert "never" in made[0][0]
