"""Which names in a folder of posts are posts' own: shared by the reader and the writer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import repeat
from typing import Final

MARKDOWN: Final = frozenset({".md", ".markdown", ".mkd", ".mdown", ".mkdn", ".mkdown"})
ENDINGS: Final = MARKDOWN | {".html", ".htm", ".txt", "", ".rst", ".njk", ".liquid"}
_PACKAGES: Final = "node_modules"
_MOSTLY: Final = ".md"


def reason_to_pass_over(name: str, skip_folders: Collection[str]) -> str:
    """Say why a file or folder of this name isn't looked into; empty where it is.

    `skip_folders` are those that the dialect's tool keeps for itself.
    """
    if name.startswith("."):
        return "hidden"
    if name == _PACKAGES or name in skip_folders:
        return "the tool's own folders"
    if name.upper().startswith("README"):
        return "README"
    return ""


def suffix(path: str) -> str:
    """Give the ending of a path's name in lower case, as `PurePath.suffix` has it."""
    if path.endswith(_MOSTLY) and path[-4:-3] not in ("", "/"):
        return _MOSTLY
    before, dot, ending = path.rpartition(".")
    if not (dot and ending and before) or before[-1] == "/" or "/" in ending:
        return ""
    return f".{ending}".lower()


def has_ending(name: str) -> bool:
    """Tell whether a file of this name may be a post."""
    return suffix(name) in ENDINGS


def is_readable(path: str, skip_folders: Collection[str]) -> bool:
    """Tell whether a post at this path, below the folder, is one that a reader finds."""
    names = path.split("/")
    return has_ending(names[-1]) and not any(reason_to_pass_over(n, skip_folders) for n in names)


Place = tuple[str, str]
"""Folder and the ending of the name."""


def place_of(path: str) -> Place:
    """Give in which folder a path is, and how it ends."""
    return path.rpartition("/")[0], suffix(path)


def are_at(place: Place, paths: Sequence[str]) -> bool:
    """Tell whether it is plain to see that all paths are at a place; if not, each has to be asked.

    What lies between two paths in their order begins as both do.
    """
    folder, ending = place
    start = f"{folder}/" if folder else ""
    return bool(
        ending
        and min(paths).startswith(start)
        and max(paths).startswith(start)
        and "".join(paths).count("/") == start.count("/") * len(paths)
        and min(map(len, paths)) > len(start + ending)
        and all(map(str.endswith, paths, repeat(ending)))
    )


def are_readable(paths: Sequence[str], skip_folders: Collection[str]) -> bool:
    """Tell whether each of several paths, which are at one place, is one that a reader finds."""
    if not is_readable(paths[0], skip_folders):
        return False
    start = len(paths[0].rpartition("/")[0])
    text = "\n".join([path[start:] for path in paths]).upper()
    if "/." in text or "\n." in text or "README" in text:
        return all(is_readable(path, skip_folders) for path in paths)
    names = {path.rpartition("/")[2] for path in paths}
    return names.isdisjoint(skip_folders) and _PACKAGES not in names


def readable(path: str, skip_folders: Collection[str]) -> str:
    """Give the path with `_` before each name that a reader would pass over."""
    names = path.split("/")
    return "/".join(f"_{n}" if reason_to_pass_over(n, skip_folders) else n for n in names)
