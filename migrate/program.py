"""Which program this is: its version alone doesn't tell, since between two of them much changes."""

from __future__ import annotations

import os
from functools import cache
from glob import iglob
from hashlib import sha256
from pathlib import Path

from migrate import __version__


@cache
def digest(root: Path = Path(__file__).parent) -> str:
    """Give a hash of the version and of every module below `root`: another one may do otherwise."""
    found = sha256(__version__.encode())
    # Names as text, not as Paths: that is half the time, at the start of every folder export.
    for name in sorted(iglob("**/*.py", root_dir=root, recursive=True)):  # noqa: PTH207
        with open(f"{root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123
            text = file.readall()
        found.update(f"\n{name.replace(os.sep, '/')} {len(text)}\n".encode())
        found.update(text)
    return found.hexdigest()
