"""The built-in mappings are there from the checkout and from the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from migrate.mapping.load import names

CHECKOUT = Path(__file__).parents[2]
PARTS = ("migrate", "mappings", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        source, copy = CHECKOUT / part, folder / "source" / part
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(source, copy)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(folder / "source")], check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_checkout_has_the_mappings() -> None:
    """An editable install reads the files of the checkout's mappings/ folder."""
    expected = sorted(path.stem for path in (CHECKOUT / "mappings").glob("*.yaml"))

    assert expected == names()


def test_the_wheel_holds_the_mappings(wheel: Path) -> None:
    """The wheel has every mapping and the schema in migrate/mapping/builtin/, once."""
    with zipfile.ZipFile(wheel) as archive:
        packed = {name: archive.read(name) for name in archive.namelist() if "builtin" in name}

    assert packed == {
        f"migrate/mapping/builtin/{path.name}": path.read_bytes()
        for path in (CHECKOUT / "mappings").iterdir()
    }


def test_the_wheel_loads_the_mappings(wheel: Path) -> None:
    """Without the checkout the mappings come out of the wheel, zipped as it is."""
    script = (
        "from migrate.mapping.load import load, names, resolve\n"
        "print(*[load(name).name for name in names()])\n"
        "print(resolve('wpghs').document.path)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=wheel.parent,
        env=os.environ | {"PYTHONPATH": str(wheel), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.splitlines() == [
        " ".join(names()),
        f"{wheel}/migrate/mapping/builtin/wpghs.yaml",
    ]
