"""SOURCE as the parts of one export: files, members of archives, or a folder of them."""

from __future__ import annotations

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from migrate.errors import SourceError
from migrate.model.finding import Finding, Note
from migrate.patterns import pattern

GZIP_MARK: Final = b"\x1f\x8b"
ZIP_MARK: Final = b"PK\x03\x04"
ENDINGS: Final = (".xml", ".xml.gz", ".zip")
EXPORT_AGAIN: Final = "Name one that holds items: in WordPress, Tools, Export, All content"
PROBE: Final = 1 << 16
"""How many bytes of a file are looked at to tell what it is."""

_BEGINNING: Final = pattern(
    rb"""(?:\xef\xbb\xbf)? (?:\s | <\?.*?\?> | <!--.*?--> | <!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+
    <(?:rss|channel|item|rdf:RDF)[\s>]""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_WORDPRESS: Final = pattern(rb"wordpress\.org/export/|<wp:[a-z]")
_DAMAGED: Final = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError)


class Part(NamedTuple):
    """One document: `name` is its path below SOURCE, `member` its name within an archive."""

    name: str
    path: Path
    member: str = ""


def parts(source: Path | Sequence[Path], note: Note) -> list[Part]:
    """Give the parts of an export in the bytewise order of their names.

    In a folder, files that aren't WXR are passed over, those with an ending of WXR noted. Raises
    SourceError where SOURCE doesn't exist or holds no part.
    """
    found = [part for path in _paths(source) for part in _parts_of(*path, note)]
    if not found:
        raise SourceError(
            "there is no WXR in it",
            path=str(source) if isinstance(source, Path) else "",
            fix="Name an export of WordPress (.xml, .xml.gz, .zip), or a folder of them",
        )
    return sorted(found, key=lambda part: part.name.encode("utf-8", "surrogateescape"))


def looks_like_wxr(path: Path) -> bool:
    """Tell by its content whether a file, or all that is visible in a folder, is WXR."""
    if path.is_dir():
        visible = [entry for entry in path.iterdir() if entry.name[:1] != "."]
        # A folder with folders in it holds posts, whatever export lies beside them.
        return bool(visible) and all(not v.is_dir() and looks_like_wxr(v) for v in visible)
    if not path.is_file():
        return False  # reading from a pipe would wait, and take what is in it
    try:
        with path.open("rb") as stream:
            mark = stream.read(4)
        if mark == ZIP_MARK:
            return bool(_members(path))
        if mark.startswith(GZIP_MARK):
            with gzip.open(path) as stream:
                return _is_wxr(stream.read1(PROBE))
        with path.open("rb") as stream:
            return _is_wxr(stream.read(PROBE))
    except _DAMAGED:
        return False


def is_called_wxr(path: Path) -> bool:
    """Tell whether a file has an ending of WXR and holds markup or nothing: it is no post."""
    if not (path.is_file() and path.name.endswith(ENDINGS)):
        return False
    with path.open("rb") as stream:
        beginning = stream.read(PROBE).removeprefix(b"\xef\xbb\xbf").lstrip()
    return not beginning or beginning.startswith((b"<", ZIP_MARK, GZIP_MARK))


def _is_wxr(beginning: bytes) -> bool:
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        beginning = beginning.decode("utf-16", "replace").encode("utf-8")
    return bool(_BEGINNING.match(beginning) and _WORDPRESS.search(beginning))


def _paths(source: Path | Sequence[Path]) -> Iterator[tuple[Path, str, bool]]:
    """Give (path, name, whether it was named itself) of each file."""
    for path in [source] if isinstance(source, Path) else source:
        if path.is_dir():
            yield from ((file, file.name, False) for file in _files(path))
        elif path.exists():
            yield path, path.name if isinstance(source, Path) else path.as_posix(), True
        else:
            raise SourceError("there is no such file or folder", path=str(path))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.is_file() and path.name[:1] != ".")


def _parts_of(path: Path, name: str, named: bool, note: Note) -> Iterator[Part]:
    try:
        with path.open("rb") as stream:
            mark = stream.read(4)
    except OSError as error:
        raise SourceError(f"can't be read: {error.strerror}", path=str(path)) from error
    if mark == ZIP_MARK:
        yield from (Part(f"{name}/{member}", path, member) for member in _members(path))
    elif named or looks_like_wxr(path):
        yield Part(name, path)
    elif name.endswith(ENDINGS):
        note(
            Finding(
                "source-not-wxr",
                "the file isn't an export of WordPress and was passed over",
                path=name,
                line=1,
                fix="Name the file itself if it is one",
                placed=True,
            )
        )


def _members(path: Path) -> list[str]:
    """Give the names of the WXR files in an archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [
                info.filename
                for info in archive.infolist()
                if not info.is_dir() and _is_wxr(_beginning(archive, info))
            ]
    except _DAMAGED as error:
        raise SourceError(
            f"the archive can't be opened: {error}", path=str(path), fix="Unpack it first"
        ) from error


def _beginning(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        return stream.read(PROBE)
