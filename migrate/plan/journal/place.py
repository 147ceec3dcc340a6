"""Where a journal lies, unless the user names its file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "default_path"]

FOLDER: Final = ".wpmigrate"
_NAME: Final = "journal.sqlite"
_SETTINGS: Final = "wpmigrate.toml"


def default_path(source: Path) -> Path:
    """Return the journal's place for a SOURCE.

    It lies with the nearest wpmigrate.toml at or above SOURCE, else in the folder SOURCE or beside
    the file. Standard input (`-`) has the current folder.
    """
    if str(source) == "-":
        source = Path()
    start = source if source.is_dir() else source.parent
    above = start.resolve()
    for folder in (above, *above.parents):
        if (folder / _SETTINGS).is_file():
            return folder / FOLDER / _NAME
    return start / FOLDER / _NAME
