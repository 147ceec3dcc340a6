"""Which program this is: its version alone doesn't tell, since between two of them much changes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from migrate import __version__


@cache
def digest(root: Path = Path(__file__).parent) -> str:
    """Give a hash of the version and of every module below `root`: another one may do otherwise."""
    found = sha256(__version__.encode())
    for path in sorted(root.rglob("*.py")):
        text = path.read_bytes()
        found.update(f"\n{path.relative_to(root).as_posix()} {len(text)}\n".encode())
        found.update(text)
    return found.hexdigest()
