"""The project's own files, as the repository knows them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]


def names() -> list[str]:
    """Give the paths of all files that are the project's, the new ones among them."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in found.stdout.split("\0") if (ROOT / name).is_file()]


def copied(to: Path) -> None:
    """Copy the project to a folder that isn't there yet."""
    for name in names():
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, to / name)
