"""The bytes of one part, unpacked and in UTF-8, in whatever form the file has them."""

from __future__ import annotations

import codecs
import gzip
import os
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import BinaryIO, Final, NoReturn, Protocol, cast

from migrate.errors import SourceError
from migrate.model.finding import Finding
from migrate.model.progress import PREPARING, Watch
from migrate.output import spool
from migrate.patterns import pattern
from migrate.readers.wxr.source import GZIP_MARK, Part

BLOCK: Final = 1 << 20
FREELY_UNPACKED: Final = 256 << 20
MOST_UNPACKED: Final = 200
"""An archive may unpack to `FREELY_UNPACKED` bytes, or this many times its own size."""

_DECLARATION: Final = pattern(
    rb"""(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']"""
)
_UTF_16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


class _Packed(Protocol):
    def read1(self, size: int = -1, /) -> bytes:
        """Give the bytes that can be unpacked next."""


class Content:
    """The bytes of a part: any range of them, in any order, also after a fork.

    A plain file is read where it lies; what is packed, or in another encoding than UTF-8, is
    written once to a temporary file, and `watch` told how far that is. `findings` says what was odd
    about it. Raises SourceError where the part can't be opened, or unpacks to more than any export
    would.
    """

    def __init__(self, part: Part, encoding: str, watch: Watch) -> None:
        """Open a part; `encoding` decides over what the file declares."""
        self.findings: list[Finding] = []
        self._name = part.name
        self._watch = watch
        with ExitStack() as stack:
            stream = self._unpacked(part, stack)
            self._stream = self._in_utf8(stream, encoding, stack)
            self._finalize = weakref.finalize(self, stack.pop_all().close)
        self.size = os.fstat(self._stream.fileno()).st_size

    def read(self, start: int, end: int) -> bytes:
        """Give a range of the bytes; fewer where the file has become shorter."""
        return os.pread(self._stream.fileno(), end - start, start)

    def _unpacked(self, part: Part, stack: ExitStack) -> BinaryIO:
        try:
            stream = stack.enter_context(part.path.open("rb"))
            packed: _Packed
            if part.member:
                archive = stack.enter_context(zipfile.ZipFile(stream))
                packed = cast("_Packed", stack.enter_context(archive.open(part.member)))
                size = archive.getinfo(part.member).compress_size
            elif stream.read(2) == GZIP_MARK:
                stream.seek(0)
                packed = stack.enter_context(gzip.GzipFile(fileobj=stream))
                size = os.fstat(stream.fileno()).st_size
            else:
                return stream
        except (OSError, zipfile.BadZipFile, KeyError, RuntimeError) as error:
            raise SourceError(f"can't be opened: {error}", path=str(part.path)) from error
        start = stream.tell()
        blocks = self._blocks(packed, size)
        return _written(self._told(blocks, lambda _: stream.tell() - start, size), stack)

    def _told(
        self, blocks: Iterator[bytes], place: Callable[[int], int], size: int
    ) -> Iterator[bytes]:
        """Give blocks, and tell behind each how far in the file that is; `place` knows."""
        for number, block in enumerate(blocks, 1):
            yield block
            if (done := place(number)) < size:
                self._watch(PREPARING, done, size)
        self._watch(PREPARING, size, size)

    def _blocks(self, packed: _Packed, size: int) -> Iterator[bytes]:
        done = 0
        try:
            while block := packed.read1(BLOCK):
                done += len(block)
                if done > max(FREELY_UNPACKED, size * MOST_UNPACKED):
                    self._refuse_bomb(size)
                yield block
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            self._note(
                "source-damaged-archive",
                f"the archive is damaged or cut off ({error}); "
                f"{done} bytes could be unpacked and were read",
                "Fetch the file again",
            )

    def _in_utf8(self, stream: BinaryIO, encoding: str, stack: ExitStack) -> BinaryIO:
        name = encoding or self._stated_encoding(os.pread(stream.fileno(), 1024, 0))
        if codecs.lookup(name).name in ("utf-8", "ascii"):
            return stream
        if not encoding and _is_utf8_after_all(stream):
            self._note(
                "source-encoding-declared",
                f"the file says that it is {name.upper()}, but all of it is UTF-8, and was read so",
                "Correct its first line, or name its encoding with --encoding",
            )
            return stream
        blocks, size = self._decoded(stream, name), os.fstat(stream.fileno()).st_size
        return _written(self._told(blocks, lambda number: number * BLOCK, size), stack)

    def _stated_encoding(self, beginning: bytes) -> str:
        if beginning[:2] in _UTF_16_MARKS:
            return "utf-16"
        if b"\0" in beginning[:2]:
            return "utf-16-be" if beginning[:1] == b"\0" else "utf-16-le"
        match = _DECLARATION.match(beginning)
        name = match[1].decode("ascii", "replace").lower() if match else "utf-8"
        try:
            "".encode(name)  # raises for codecs that aren't of text, too
        except LookupError:
            known = False
        else:
            known = not name.replace("_", "-").startswith(("utf-16", "utf-32", "ucs"))
        if not known:
            self._note(
                "source-encoding-declared",
                f"the file says that it is {name.upper()}, which it can't be; it was read as UTF-8",
                "Correct its first line, or name its encoding with --encoding",
            )
        return name if known else "utf-8"

    def _decoded(self, stream: BinaryIO, encoding: str) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        lines = lost = first = 0
        for block in _blocks_of(stream):
            text = decoder.decode(block, final=not block)
            if "\ufffd" in text:
                first = first or lines + text.count("\n", 0, text.index("\ufffd")) + 1
                lost += text.count("\ufffd")
            lines += text.count("\n")
            yield text.encode("utf-8", "replace")
        if lost:
            self._note(
                "source-invalid-bytes",
                f"{lost} characters aren't {encoding.upper()}; they read U+FFFD now",
                "Name the encoding of the file with --encoding",
                line=first,
            )

    def _note(self, code: str, message: str, fix: str, line: int = 1) -> None:
        self.findings.append(
            Finding(code, message, path=self._name, line=line, fix=fix, placed=True)
        )

    def _refuse_bomb(self, size: int) -> NoReturn:
        raise SourceError(
            f"{size} bytes unpack to more than {MOST_UNPACKED} times as many: no export does that",
            path=self._name,
            fix="If it is one all the same, unpack it yourself and name the unpacked file",
        )


def _written(blocks: Iterator[bytes], stack: ExitStack) -> BinaryIO:
    target = stack.enter_context(spool())
    for block in blocks:
        target.write(block)
    target.flush()
    return target


def _blocks_of(stream: BinaryIO) -> Iterator[bytes]:
    """Give a file block by block; the last one is empty."""
    at = 0
    while block := os.pread(stream.fileno(), BLOCK, at):
        at += len(block)
        yield block
    yield b""


def _is_utf8_after_all(stream: BinaryIO) -> bool:
    """Tell whether a file is valid UTF-8 that isn't ASCII: no other encoding looks like that."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    ascii_only = True
    try:
        for block in _blocks_of(stream):
            ascii_only = ascii_only and block.isascii()
            decoder.decode(block, final=not block)
    except UnicodeDecodeError:
        return False
    return not ascii_only
