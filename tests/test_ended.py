"""Exports of files that are ended from outside: by a person, the system, or whoever reads along."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.wxr import write_wxr
from migrate.errors import INCOMPLETE, INTERRUPTED
from tests import ended

POSTS = 800
PROGRAM = Path(sys.executable).with_name("wpmigrate")
HARMLESS = "wpmigrate: interrupted; running the same command again is safe\n"
OUTS = {"a file": "site.xml", "a packed file": "site.xml.gz", "a folder": "posts"}


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder's worth of posts in one WXR file."""
    path = tmp_path_factory.mktemp("source") / "old.xml"
    write_wxr(path, POSTS)
    return path


def start(source: Path, out: Path) -> subprocess.Popen[str]:
    """Begin an export with two processes."""
    asked = ["export", str(source), "-o", str(out), "--quiet", "-j", "2", "--no-provenance"]
    return subprocess.Popen(
        [PROGRAM, *asked], stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def wait_for_work(process: subprocess.Popen[str], folder: Path) -> None:
    """Wait until something is being written, or everything is."""
    while process.poll() is None and not any(folder.rglob("*.part")):
        time.sleep(0.001)


def children(process: int) -> list[int]:
    """Give the processes that a process has started."""
    found = Path(f"/proc/{process}/task/{process}/children")
    return [int(number) for number in found.read_text().split()] if found.exists() else []


def is_there(process: int) -> bool:
    """Tell whether a process is still at work."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("again", [False, True], ids=["once", "twice"])
@pytest.mark.parametrize("what", OUTS)
def test_an_end_that_is_asked_for(source: Path, tmp_path: Path, what: str, again: bool) -> None:
    """It ends with 130 and a sentence; no process goes on, and an output file is as it was."""
    moment = ended.moments()
    out = tmp_path / OUTS[what]
    if out.name != "posts":
        out.write_bytes(b"old")
    process = start(source, out)
    wait_for_work(process, tmp_path)
    time.sleep(moment.random() * 0.2)
    workers = children(process.pid)
    by = moment.choice([signal.SIGINT, signal.SIGTERM])
    for _ in range(1 + again):
        process.send_signal(by)
        time.sleep(moment.random() * 0.01)
    _, said = process.communicate()

    is_old = out.is_file() and out.read_bytes() == b"old"
    if is_old or not out.is_file():  # else the signal came behind all work
        # A second one may come when Python is ending and takes none for us any more.
        assert process.returncode in ((INTERRUPTED, -by) if again else (INTERRUPTED, 0))
        assert said.lstrip("\n") in ((HARMLESS, HARMLESS * 2) if again else (HARMLESS, ""))
        assert again or not is_old or list(tmp_path.iterdir()) == [out]
    else:
        opened = gzip.open if out.suffix == ".gz" else open
        with opened(out, "rb") as whole:
            assert whole.read().endswith(b"</channel>\n</rss>\n")
    while again and any(map(is_there, workers)):  # until they notice that nobody listens
        time.sleep(0.01)
    assert [worker for worker in workers if is_there(worker)] == []


@pytest.mark.parametrize("what", ["a file", "a packed file"])
def test_a_kill(source: Path, tmp_path: Path, what: str) -> None:
    """After a kill the old file is whole, and the next run leaves nothing beside the new one."""
    out = tmp_path / OUTS[what]
    out.write_bytes(b"old")
    process = start(source, out)
    wait_for_work(process, tmp_path)
    workers = children(process.pid)
    process.kill()
    process.communicate()
    if process.returncode == -signal.SIGKILL:  # else it was through before
        assert (out.read_bytes(), len(list(tmp_path.iterdir()))) == (b"old", 2)
    while any(map(is_there, workers)):  # until they notice that nobody listens
        time.sleep(0.01)

    _, said = start(source, out).communicate()
    assert said == ""
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("what", OUTS)
def test_a_process_that_the_system_ends(source: Path, tmp_path: Path, what: str) -> None:
    """Where one of the processes is killed for its memory, the run says so with 3 and ends."""
    out = tmp_path / OUTS[what]
    process = start(source, out)
    while process.poll() is None and not (workers := children(process.pid)):
        time.sleep(0.001)
    os.kill(workers[0], signal.SIGKILL)
    _, said = process.communicate()

    assert process.returncode == INCOMPLETE
    assert said == (
        "wpmigrate: one of the processes was ended before it was through. "
        "Run again; with --jobs 1 it takes less memory\n"
    )
    assert not out.is_file()
    assert not is_there(workers[0])


@pytest.mark.parametrize(
    "line",
    [
        "export samples/wpghs -o -",
        "export samples/wpghs -o /dev/null --report json",
        "check samples/broken --verbose",
        "mappings list",
        "mappings show wpghs",
        "--help",
    ],
)
def test_a_reader_that_has_had_enough(line: str) -> None:
    """Piped into a program that reads nothing, a command ends without a word about it."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [PROGRAM, *line.split()],
            cwd=Path(__file__).parent.parent,
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)

    assert ("Traceback" in done.stderr, "BrokenPipe" in done.stderr) == (False, False)
    assert done.returncode in (0, 1)


def test_as_often_as_promised() -> None:
    """Imports, exports and undos are ended at 200 moments with the full counts, else at 20."""
    full = sum(often.full * often.full_sites for often in ended.EVERY)
    usual = sum(often.usual * often.usual_sites for often in ended.EVERY)

    assert (full >= 200, usual >= 20) == (True, True), (full, usual)
