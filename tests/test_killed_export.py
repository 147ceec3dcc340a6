"""A folder export that is killed goes on where it stopped, and leaves no half file."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.folder import write_posts
from bench.wxr import write_wxr
from tests import ended
from tests.conftest import LONG

POSTS = 600 if LONG else 300


@pytest.fixture(scope="module", params=["jekyll", "wpghs"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a WXR file of small posts: WordPress's, or one that they came into and go in rows."""
    path = tmp_path_factory.mktemp("source") / f"{request.param}.xml"
    if request.param == "jekyll":
        write_wxr(path, POSTS)
    else:
        write_posts(path.parent / "posts", POSTS)
        assert export(path.parent / "posts", "-o", path).wait() == 0
    return path


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give every file of an export that nobody killed."""
    out = tmp_path_factory.mktemp("whole") / "out"
    assert start(source, out).wait() == 0
    return files(out)


def start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Begin an export in a process of its own."""
    return export(source, "-o", out, "--to", source.stem, "--jobs", "1")


def export(*options: str | Path) -> subprocess.Popen[bytes]:
    """Begin a command."""
    program = Path(sys.executable).with_name("wpmigrate")
    return subprocess.Popen([program, "export", *options, "--quiet"])


def files(folder: Path) -> dict[str, bytes]:
    """Give the files below a folder by their paths in it."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@ended.KILLS
def test_killed_at_any_moment(
    source: Path, whole: dict[str, bytes], tmp_path: Path, record_property: ended.Tell
) -> None:
    """What stands there after the kill is whole, and the next run makes it the same to the byte."""
    kills = 0
    moments = ended.moments().sample(range(POSTS), ended.EXPORT.times)
    for number, wanted in enumerate(moments):
        out = tmp_path / str(number)
        running = start(source, out)
        while running.poll() is None and len(list(out.glob("_posts/*"))) < wanted:
            pass
        running.kill()
        kills += running.wait() == -signal.SIGKILL

        left = {path: data for path, data in files(out).items() if not path.endswith(".part")}

        assert {path: data for path, data in left.items() if data != whole.get(path)} == {}
        assert start(source, out).wait() == 0
        assert files(out) == whole
    record_property("kills", kills)
