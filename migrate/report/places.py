"""Places: the files that findings name, as tools that look at a repository want them named."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")
"""Where GitHub Actions and GitLab CI say that the repository lies."""


class Places:
    """The files that findings about one SOURCE name, from the current folder as it is now."""

    def __init__(self, source: str) -> None:
        top = Path(source)
        self._source = source
        self._top = str(top.parent if top.is_file() else top)
        self._here = str(Path.cwd())
        roots = [root for name in _ROOTS if (root := os.environ.get(name))]
        self._roots = [os.path.normpath(root).rstrip(os.sep) for root in (*roots, self._here)]

    def on_disk(self, path: str) -> Path | None:
        """Give the file that a finding names; None for an address, or where it has none.

        A path counts from SOURCE, or from beside it where SOURCE is a single file. That of another
        source, as `verify` names it, counts from the current folder.
        """
        found = self._found(path)
        return Path(found) if found else None

    def in_repository(self, path: str) -> str:
        """Give the path with `/` from the root of the repository, else from the current folder.

        Where a finding names no file, SOURCE stands for it. An address stays one.
        """
        if "://" in path:
            return path
        found = self._found(path) or self._source
        real = os.path.normpath(os.path.join(self._here, found))  # noqa: PTH118 - see below
        for root in self._roots:
            if real.startswith(f"{root}{os.sep}"):
                return real[len(root) + 1 :].replace(os.sep, "/")
        return Path(found).as_posix()

    def _found(self, path: str) -> str:
        if not path or "://" in path:
            return ""
        found = f"{self._top}/{path}"
        # Paths, made for each post, take longer than all else that JUnit's report does.
        is_other = os.path.exists(path) and not os.path.exists(found)  # noqa: PTH110
        return path if is_other else found
