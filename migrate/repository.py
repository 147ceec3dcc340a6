"""What a Git repository says of a folder: which files a branch touches, and those that it deletes.

Git is called without a shell, with nothing of the repository's own choosing: no hook, no external
diff, no file system monitor. Raises UsageError where there is no Git, no repository or no such
commit.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from migrate.errors import UsageError

_SAFE: Final = ("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null")
_FETCH: Final = (
    "Fetch it first (with actions/checkout: `fetch-depth: 0`), or name another commit or branch"
)


_MOVED: Final = "-M80%"
"""How much of a file has to stay for it to be the same one elsewhere: two posts may be alike."""


class Changes(NamedTuple):
    """Paths below the folder, with `/`: `touched` exist, `deleted` did in the commit `base`.

    `left` are those under which nothing stands any more, be it deleted or moved elsewhere.
    """

    base: str
    touched: frozenset[str]
    deleted: tuple[str, ...]
    left: frozenset[str]


def changes(folder: Path, ref: str) -> Changes:
    """Compare a folder as it is, uncommitted and new files included, with where it left `ref`.

    That is the last commit which both have, so that what others did on `ref` since doesn't count.
    A file that was only moved is touched under its new name.
    """
    commit = _commit(folder, ref)
    apart = f"no commit is known that {ref!r} and HEAD have in common"
    base = _text(folder, "merge-base", commit, "HEAD", said=apart, fix=_FETCH).strip()
    touched, deleted, moved = set[str](), list[str](), set[str]()
    diff = ("diff", "--relative", "--name-status", "-z", _MOVED, "--no-ext-diff", "--no-textconv")
    for status, path, old in _rows(_text(folder, *diff, base, "--", ".")):
        if status.startswith("D"):
            deleted.append(path)
        else:
            touched.add(path)
        if status.startswith("R"):
            moved.add(old)
    new = _text(folder, "ls-files", "--others", "--exclude-standard", "-z", "--", ".")
    touched.update(filter(None, new.split("\0")))
    gone = tuple(path for path in deleted if path not in touched)
    return Changes(base, frozenset(touched), gone, frozenset({*gone, *moved} - touched))


def held(folder: Path, commit: str, path: str) -> bytes:
    """Give what a file below the folder held in a commit."""
    return _git(folder, "cat-file", "blob", f"{commit}:./{path}")


def _commit(folder: Path, ref: str) -> str:
    """Give the commit that a name means; what begins with `-` never is an option."""
    wanted = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    _text(folder, "rev-parse", "--git-dir", fix="--changed-since needs a Git repository")
    return _text(folder, *wanted, said=f"there is no commit {ref!r}", fix=_FETCH).strip()


def _rows(listing: str) -> Iterator[tuple[str, str, str]]:
    """Give status, path and old path of each file, another one where it was moved or copied."""
    parts = iter(listing.split("\0"))
    for status in parts:
        if status:
            old = next(parts)
            yield status, next(parts) if status[0] in "RC" else old, old


def _text(folder: Path, *command: str, said: str = "", fix: str = "") -> str:
    return os.fsdecode(_git(folder, *command, said=said, fix=fix))


def _git(folder: Path, *command: str, said: str = "", fix: str = "") -> bytes:
    import subprocess  # noqa: PLC0415 - start-up is kept short

    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell; names stand behind --end-of-options
            ["git", *_SAFE, *command],  # noqa: S607 - the user's own Git
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError("git isn't installed", fix="--changed-since asks it") from error
    if done.returncode:
        first = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        message = said or first.removeprefix("fatal: ") or f"git {command[0]} failed"
        raise UsageError(message, path=str(folder), fix=fix)
    return done.stdout
