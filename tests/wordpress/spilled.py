"""Looks for a site's password wherever the program, or the site, may have left it."""

from __future__ import annotations

import base64
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

_LARGEST: Final = 64 << 20  # bytes of a file that is looked at; what is larger holds posts


class SignsIn(Protocol):
    """A site, or whoever else has a password."""

    @property
    def user(self) -> str:
        """The login."""

    @property
    def app_password(self) -> str:
        """The application password."""


def spellings(who: SignsIn) -> set[bytes]:
    """Give the password as people write it, without blanks, in an address and in HTTP's header."""
    bare = who.app_password.replace(" ", "")
    shown = " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))
    said = {who.app_password, bare, shown}
    headers = {base64.b64encode(f"{who.user}:{one}".encode()).rstrip(b"=") for one in said}
    return {one.encode() for one in (*said, quote(shown))} | headers


def places(who: SignsIn, folders: Iterable[Path]) -> list[str]:
    """Give the files, and those below folders, whose name or content has it.

    Links aren't followed.
    """
    return holding(spellings(who), folders)


def holding(wanted: Collection[bytes], folders: Iterable[Path]) -> list[str]:
    """Give the files, and those below folders, whose name or content has any of these bytes."""
    files = [path for folder in folders for path in _files(folder)]
    return sorted(str(path) for path in files if _holds(path, wanted))


def _holds(path: Path, wanted: Collection[bytes]) -> bool:
    name, content = os.fsencode(path), _content(path)
    return any(one in name or one in content for one in wanted)


def is_said(who: SignsIn, text: str) -> bool:
    """Tell whether a text has it."""
    return any(one.decode() in text for one in spellings(who))


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.stat().st_size <= _LARGEST else b""
    except OSError:  # it is gone by now
        return b""
