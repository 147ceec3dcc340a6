"""Places: the files that findings name, as tools that look at a repository want them named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub Actions and GitLab CI say that the repository lies."""


def on_disk(source: str, path: str) -> Path | None:
    """Give the file that a finding about SOURCE names; None for an address, or where it has none.

    A path counts from SOURCE, or from beside it where SOURCE is a single file. That of another
    source, as `verify` names it, counts from the current folder.
    """
    if not path or "://" in path:
        return None
    top = Path(source)
    found = (top.parent if top.is_file() else top) / path
    other = Path(path)
    return other if other.exists() and not found.exists() else found


def in_repository(source: str, path: str) -> str:
    """Give the path with `/` from the root of the repository, else from the current folder.

    Where a finding names no file, SOURCE stands for it. An address stays one.
    """
    if "://" in path:
        return path
    return _from_root(on_disk(source, path) or Path(source))


def _from_root(found: Path) -> str:
    real = os.path.normpath(Path.cwd() / found)
    roots = [root for name in _ROOTS if (root := os.environ.get(name))]
    for root in (*roots, str(Path.cwd())):
        if real.startswith(os.path.join(os.path.normpath(root), "")):  # noqa: PTH118 - as text
            return Path(os.path.relpath(real, root)).as_posix()
    return found.as_posix()
