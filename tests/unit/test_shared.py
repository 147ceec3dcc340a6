"""Sources and outputs where fsspec finds them; its memory file system stands for any other."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from migrate.cli.main import commands
from tests.sources import SAMPLES

fsspec = pytest.importorskip("fsspec")
POSTS = SAMPLES / "wpghs"


@pytest.fixture
def memory() -> Iterator[Any]:
    """Give fsspec's memory file system with the sample posts in it, empty again afterwards."""
    files = fsspec.filesystem("memory")
    for path in POSTS.rglob("*"):
        if path.is_file():
            files.pipe_file(f"/site/{path.relative_to(POSTS)}", path.read_bytes())
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def export(*arguments: object) -> Result:
    """Export."""
    return CliRunner().invoke(commands, ["export", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def here(tmp_path: Path) -> bytes:
    """Give what the same posts become from and to files."""
    out = tmp_path / "here.xml"
    export(POSTS, "-o", out, "-q")
    return out.read_bytes()


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize("source", ["memory://site", "memory://site/", POSTS.as_uri()])
def test_a_folder_is_read(source: str, here: bytes, tmp_path: Path) -> None:
    """It becomes what it becomes from a folder of this machine."""
    assert export(source, "-o", tmp_path / "out.xml", "-q").exit_code == 0
    assert (tmp_path / "out.xml").read_bytes() == here


def test_a_file_is_written_and_read(memory: Any, here: bytes, tmp_path: Path) -> None:
    """What was put there is read again under its own name, and gives the same."""
    assert export("memory://site", "-o", "memory://out/site.xml", "-q").exit_code == 0
    assert memory.cat_file("/out/site.xml") == here

    assert export("memory://out/site.xml", "-o", tmp_path / "a.xml", "-q").exit_code == 0
    assert export(tmp_path / "here.xml", "-o", tmp_path / "b.xml", "-q").exit_code == 0
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()


def test_parts_are_written(memory: Any, tmp_path: Path) -> None:
    """--split puts each part there, and they are those of this machine."""
    for out in (f"{tmp_path}/site.xml", "memory://out/site.xml"):
        assert export(POSTS, "-o", out, "--split", "12KB", "-q").exit_code == 0
    parts = {path.name: path.read_bytes() for path in tmp_path.glob("site-*.xml")}

    assert len(parts) > 1
    assert parts == {Path(name).name: memory.cat_file(name) for name in memory.ls("/out", False)}


@pytest.mark.usefixtures("memory")
def test_a_part_left_of_an_earlier_run_is_named() -> None:
    """As it is in a folder."""
    export(POSTS, "-o", "memory://out/site.xml", "--split", "12KB", "-q")
    done = export(POSTS, "-o", "memory://out/site.xml", "--split", "10MB")

    assert "memory://out/site-002.xml is of an earlier run" in done.stdout


def test_what_would_stay_the_same_is_not_touched(memory: Any) -> None:
    """The second run leaves the file as it is."""
    export("memory://site", "-o", "memory://out/site.xml", "-q")
    before = memory.modified("/out/site.xml")
    export("memory://site", "-o", "memory://out/site.xml", "-q")

    assert memory.modified("/out/site.xml") == before


def test_a_dry_run_writes_nothing(memory: Any) -> None:
    """It tells what would be made."""
    done = export("memory://site", "-o", "memory://out/site.xml", "--dry-run", "-v")

    assert ("create    wxr" in done.stdout, memory.exists("/out/site.xml")) == (True, False)


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("memory://nothing", "a.xml", "memory://nothing: doesn't exist"),
        ("quatsch://site", "a.xml", "quatsch://site can't be opened: Protocol not known"),
        ("memory://site", "memory://posts/", "a folder can't go to"),
        ("memory://evil", "a.xml", "its name leads out of the folder"),
    ],
)
def test_what_cannot_be_done_is_told(
    source: str, out: str, said: str, memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written, and the status is that of wrong usage."""
    monkeypatch.chdir(tmp_path)
    memory.store["/evil/../../a.md"] = memory.open("/evil/a.md", "wb")
    done = export(source, "-o", out, "--to", "wxr" if out.endswith("xml") else "posts")

    assert (done.exit_code, said in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_workers_copy_the_source_themselves(memory: Any, here: bytes) -> None:
    """Where they find the same file system; the output goes there, too."""
    distributed = pytest.importorskip("distributed")
    with (
        warnings.catch_warnings(action="ignore"),  # Dask's own
        distributed.LocalCluster(
            n_workers=2,
            processes=False,  # so that they have this process's memory
            protocol="tcp://",
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        done = export(
            *("memory://site", "-o", "memory://out/site.xml", "-q"),
            *("--scheduler", cluster.scheduler_address),
        )

    assert (done.exit_code, memory.cat_file("/out/site.xml")) == (0, here)
