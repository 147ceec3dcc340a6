"""Runs tests with --verbose everywhere, and looks for passwords: `python -m tests.security.spill`.

Words behind the command are pytest's (`tests/wordpress -n 2`). A password of its own stands in the
environment of all tests; that, and those of the test sites, may then be in nothing that they said,
wrote or left: pytest's own output with its tracebacks, the commands' outputs, journals, reports,
temporary files. The sites' logs are searched behind each test. Ends with 1 where one is found, and
where a test fails, as one does that compares the whole of an output.
"""

from __future__ import annotations

import json
import os
import secrets
import string
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from tests import checkout, in_memory
from tests.security.verbose.sitecustomize import FOLDER
from tests.wordpress import spilled
from tests.wordpress.cache import cache_folder

_HERE: Final = Path(__file__).parent / "verbose"
_LETTERS: Final = string.ascii_letters + string.digits


class Account(NamedTuple):
    """Who signs in somewhere."""

    user: str
    app_password: str


def main(words: list[str]) -> int:
    """Run the command."""
    memory = in_memory.take()
    try:
        return _searched(words)
    finally:
        if memory:
            in_memory.give_back(memory)


def _searched(words: list[str]) -> int:
    placed = Account("somebody", "".join(secrets.choice(_LETTERS) for _ in range(24)))
    with tempfile.TemporaryDirectory(prefix="spill-") as name:
        folder = Path(name)
        status = _tested(folder, placed, words)
        files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
        commands = sum(path.read_text().count("\n") for path in folder.glob("kept/commands-*"))
        wanted = set[bytes]().union(*map(spilled.spellings, (placed, *_of_sites())))
        found = spilled.holding(wanted, [folder])
        size = sum(path.stat().st_size for path in files) >> 20
    print(f"{commands} commands at --verbose; {len(files)} files, {size} MB, {len(found)} with it")
    print(*found, sep="\n")
    return int(bool(found) or status != 0)


def _tested(folder: Path, placed: Account, words: list[str]) -> int:
    """Run pytest, with all that it and the tests write in the folder.

    Its names are short: a database's socket has its path in some hundred characters.
    """
    for name in ("kept", "t"):
        (folder / name).mkdir()
    known = os.environ | {
        "WPMIGRATE_USER": placed.user,
        "WPMIGRATE_APP_PASSWORD": placed.app_password,
        "PYTHONPATH": f"{_HERE}{os.pathsep}{checkout.ROOT}",
        "TMPDIR": str(folder / "t"),
        FOLDER: str(folder / "kept"),
    }
    asked = [sys.executable, "-m", "pytest", "-v", f"--basetemp={folder}/pytest", *words]
    with (folder / "output.txt").open("w") as file:
        done = subprocess.run(
            asked, cwd=checkout.ROOT, env=known, stdout=file, stderr=file, check=False
        )
    said = (folder / "output.txt").read_text(errors="replace").splitlines()
    kept = [line for line in said if line.startswith(("FAILED", "ERROR ", "="))]
    print(*kept, sep="\n", flush=True)
    return done.returncode


def _of_sites() -> list[Account]:
    """Give those of the test sites, which the cache keeps."""
    paths = (cache_folder() / "templates").glob("*/account.json")
    told = [json.loads(path.read_text("utf-8")) for path in paths]
    return [Account(one["user"], one["app_password"]) for one in told]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
