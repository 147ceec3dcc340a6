"""File names that every file system takes, made from text that anybody may have written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from migrate.patterns import pattern

LONGEST: Final = 240
"""Bytes in a name: file systems take 255, and `-12` and `.yaml` may still come behind it."""

# What Windows refuses, all control characters, and what only half of a surrogate pair is.
_REFUSED: Final = pattern('[<>:"|?*\\\\\x00-\x1f\x7f-\x9f\ud800-\udfff]')
_DANGEROUS: Final = pattern("[\\\\\x00-\x1f\x7f-\x9f\ud800-\udfff]|^[A-Za-z]:")
_USUAL: Final = pattern(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*")
"""Paths that mostly are: every name begins with something else than a dot."""

_USUALS: Final = pattern(
    r"(?:(?:[A-Za-z0-9_-][A-Za-z0-9._-]*+/)*+[A-Za-z0-9_-][A-Za-z0-9._-]*+\n)*+"
)
_LIMIT: Final = 255
_DEVICES: Final = r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])"
_RESERVED: Final = pattern(rf"{_DEVICES}[ ]*(?:\.|\Z)")
_MADE: Final = pattern(rf"(?:(?!{_DEVICES}[./\n])[A-Za-z0-9_-][A-Za-z0-9._-]*+(?<!\.)[/\n])*+")
"""Paths, each with a line end behind it, of names that mostly are as `safe_name` gives them."""

_ENDING: Final = pattern(r"(?<=.)\.[A-Za-z0-9]{1,12}\Z")
_HALF_ESCAPE: Final = pattern(r"%[0-9a-fA-F]?\Z")


def safe_path(path: str) -> str:
    """Give a path below a folder, with `/`, that never leads out of it; `_` where nothing is left.

    Steps up (`..`), empty names and a leading slash are left out; each name is a `safe_name`.
    """
    names = [safe_name(name) for name in path.split("/") if name not in ("", ".", "..")]
    return "/".join(names) or "_"


def is_below(path: str) -> bool:
    """Tell whether a path can't lead out of the folder that it is taken from."""
    return bool(_USUAL.fullmatch(path)) or not any(
        name in ("", ".", "..") or _DANGEROUS.search(name) for name in path.split("/")
    )


def is_safe(path: str) -> bool:
    """Tell whether a path that a file had somewhere may be written as it is, below a folder.

    It may hold what this machine's file system takes; it may not lead out, hide, or be too long.
    """
    if len(path) <= _LIMIT and _USUAL.fullmatch(path):
        return True
    return is_below(path) and not any(
        name.startswith(".") or len(name.encode("utf-8", "replace")) > _LIMIT
        for name in path.split("/")
    )


def are_safe(paths: Sequence[str]) -> bool:
    """Tell whether each of several paths is safe."""
    return _are_like(_USUALS, paths, _LIMIT) or all(map(is_safe, paths))


def not_as_made(paths: Sequence[str]) -> list[int]:
    """Give the places of those paths that `safe_path` would make others of."""
    if _are_like(_MADE, paths, LONGEST):
        return []
    return [at for at, path in enumerate(paths) if safe_path(path) != path]


def _are_like(usual: re.Pattern[str], paths: Sequence[str], limit: int) -> bool:
    """Tell by one look whether all paths are of a usual kind and short; a no says nothing."""
    text = "\n".join([*paths, ""])
    is_short = text.count("\n") == len(paths) and max(map(len, paths)) <= limit
    return is_short and usual.fullmatch(text) is not None


def safe_name(name: str) -> str:
    """Give a name that Windows, macOS and Linux all take, and that isn't hidden.

    Characters that one of them refuses become `-`; a name that Windows keeps for a device, or one
    that begins with a dot, gets `_` in front. At most `LONGEST` bytes, the ending kept.
    """
    name = _REFUSED.sub("-", name).lstrip(" ").rstrip(" .")
    if name.startswith(".") or _RESERVED.match(name) or not name:
        name = f"_{name.lstrip('.')}"
    return shortened(name, LONGEST)


def shortened(name: str, limit: int) -> str:
    """Cut a name to so many bytes, between characters and percent-escapes; the ending stays."""
    if len(name.encode("utf-8")) <= limit:
        return name
    found = _ENDING.search(name)
    ending = found[0] if found else ""
    stem = name.removesuffix(ending).encode("utf-8")[: limit - len(ending)]
    kept = _HALF_ESCAPE.sub("", stem.decode("utf-8", "ignore"))
    return kept.rstrip(" .") + ending


def with_suffix(path: str, suffix: str) -> str:
    """Give the path with a suffix behind its name: `a/b.md` and `-2` make `a/b-2.md`.

    A folder that is one post (`b/index.md`) gets it itself. A name that grows too long is cut.
    """
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if folder and stem.lstrip("_") == "index":
        above, _, last = folder.rpartition("/")
        last = shortened(last, LONGEST - len(suffix)) + suffix
        return "/".join(part for part in (above, last, name) if part)
    tail = suffix + dot + ending if stem else suffix
    cut = shortened(stem or name, LONGEST - len(tail.encode("utf-8")))
    return f"{folder}/{cut}{tail}" if folder else f"{cut}{tail}"


def folded(path: str) -> str:
    """Give the form in which paths are one file on a file system that folds letters.

    Compared casefolded and in NFC: macOS and Windows take `A.md` for `a.md`, and macOS a letter
    with its mark for the composed one.
    """
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
