"""Which names in a folder of posts are posts' own: shared by the reader and the writer."""

from __future__ import annotations

from collections.abc import Collection
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


def readable(path: str, skip_folders: Collection[str]) -> str:
    """Give the path with `_` before each name that a reader would pass over."""
    names = path.split("/")
    return "/".join(f"_{n}" if reason_to_pass_over(n, skip_folders) else n for n in names)
