"""Which program this is: its version alone doesn't tell, since between two of them much changes.

What reads front matter counts with it: PyYAML, and Python with its TOML, JSON and Unicode.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from glob import iglob
from hashlib import sha256
from pathlib import Path

import yaml

from migrate import __version__


@cache
def digest(root: Path = Path(__file__).parent) -> str:
    """Give a hash of the versions and of every module below `root`: another may do otherwise."""
    read_by = (*sys.version_info[:2], yaml.__version__, yaml.__with_libyaml__)
    found = sha256(f"{__version__} {read_by}".encode())
    # Names as text, not as Paths: that is half the time, at the start of every folder export.
    for name in sorted(iglob("**/*.py", root_dir=root, recursive=True)):  # noqa: PTH207
        with open(f"{root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
            text = file.readall()
        found.update(f"\n{name.replace(os.sep, '/')} {len(text)}\n".encode())
        found.update(text)
    return found.hexdigest()
