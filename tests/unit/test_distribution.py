"""What is published: the wheel and the source archive, the same each time, and what is in them."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

import pytest

from migrate import __version__
from tests import checkout

NAME: Final = f"wpmigrate-{__version__}"
IN_THE_SOURCE: Final = ("migrate/", "mappings/", "samples/", "tests/", "docs/", "bench/")
BESIDE: Final = ("README.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", ".gitignore")


def built(folder: Path, mask: int) -> dict[str, bytes]:
    """Build both from a copy of the project made under this mask of permissions."""
    before = os.umask(mask)
    try:
        checkout.copied(folder / "copy")
    finally:
        os.umask(before)
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder / "dist")]
    known = os.environ | {"SOURCE_DATE_EPOCH": "1700000000"}
    for kind in ("--wheel", "--sdist"):
        line = [*build, kind, str(folder / "copy")]
        subprocess.run(line, check=True, capture_output=True, env=known)
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give two folders of different names."""
    return tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("another")


@pytest.fixture(scope="module")
def packages(folders: tuple[Path, Path]) -> dict[str, bytes]:
    """Give the wheel and the source archive by their names."""
    return built(folders[0], 0o022)


def test_built_twice(folders: tuple[Path, Path], packages: dict[str, bytes]) -> None:
    """Elsewhere, later and under other permissions, the bytes are the same."""
    again = built(folders[1], 0o077)

    assert sorted(packages) == [f"{NAME}-py3-none-any.whl", f"{NAME}.tar.gz"]
    assert [name for name, data in packages.items() if again[name] != data] == []


def test_what_the_wheel_holds(folders: tuple[Path, Path], packages: dict[str, bytes]) -> None:
    """The program, its types, mappings and schemas, and nothing of the tests."""
    with zipfile.ZipFile(folders[0] / "dist" / f"{NAME}-py3-none-any.whl") as archive:
        held = set(archive.namelist())

    about = ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    program = {name for name in checkout.names() if name.startswith("migrate/")}
    mappings = {name for name in checkout.names() if name.startswith("mappings/")}
    assert len(packages) == 2
    assert held == {
        *program,
        *(f"migrate/mapping/builtin/{name.removeprefix('mappings/')}" for name in mappings),
        *(f"{NAME}.dist-info/{name}" for name in about),
    }
    assert {"migrate/py.typed", "migrate/report/schema.json"} < held


def test_what_the_source_archive_holds(
    folders: tuple[Path, Path], packages: dict[str, bytes]
) -> None:
    """All that it takes to build and to test it, and nothing else."""
    with tarfile.open(folders[0] / "dist" / f"{NAME}.tar.gz") as archive:
        held = {member.name for member in archive}

    known = {name for name in checkout.names() if name.startswith(IN_THE_SOURCE)}
    assert len(packages) == 2
    assert held == {f"{NAME}/{name}" for name in (*known, *BESIDE, "PKG-INFO")}
