"""What a killed run left of an output of one file is removed by the next run, and nothing else."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.at_work import at_work
from tests.unit.test_output import write

AT_WORK = """
import sys
from pathlib import Path
from migrate import output
with output.replacing(Path(sys.argv[1])) as replacement:
    replacement.stream.write(b"theirs")
    replacement.stream.flush()
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has begun to write a file."""
    with at_work(AT_WORK, tmp_path / "site.xml") as process:
        yield process
        process.kill()


def test_what_a_killed_run_left_goes(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """After a kill the file lies half written beside its place; the next run removes it."""
    another.kill()
    another.wait()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"theirs"]

    write(tmp_path / "site.xml", b"ours")

    assert [path.name for path in tmp_path.iterdir()] == ["site.xml"]


def test_what_another_run_is_writing_stays(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """Two runs at once each write their own; the one that ends last has its bytes there."""
    write(tmp_path / "site.xml", b"ours")
    assert len(list(tmp_path.iterdir())) == 2
    another.communicate()

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"site.xml": b"theirs"}


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    """A name that is no temporary one of this very output, a folder and a link aren't touched."""
    (tmp_path / "elsewhere").write_bytes(b"theirs")
    (tmp_path / ".site.xml.abcdefgh.part").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".site.xml.folder00.part").mkdir()
    for name in (".site.xml.gz.abcdefgh.part", ".site.xml.part", "site.xml.abcdefgh.part"):
        (tmp_path / name).write_bytes(b"theirs")
    before = sorted(path.name for path in tmp_path.iterdir())

    write(tmp_path / "site.xml", b"ours")

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "site.xml"])


def test_a_dry_run_leaves_it(tmp_path: Path) -> None:
    """Nothing is removed by a run that writes nothing."""
    (tmp_path / ".site.xml.abcdefgh.part").write_bytes(b"theirs")

    write(tmp_path / "site.xml", b"ours", dry_run=True)

    assert [path.name for path in tmp_path.iterdir()] == [".site.xml.abcdefgh.part"]
