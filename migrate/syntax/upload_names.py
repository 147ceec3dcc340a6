"""Names of a site's uploads on a disk: which file an address means, and where it comes to lie.

Whoever fetches such files and whoever looks for them again goes by this. Two addresses are one
file where their paths hold the same bytes and their queries the same text (RFC 3986, 6.2.2.2); an
escaped slash is part of a name there.
"""

from __future__ import annotations

import hashlib
import re
from typing import Final, NamedTuple
from urllib.parse import quote_from_bytes, unquote_to_bytes

__all__ = ["Upload", "upload"]

_SLASH: Final = re.compile(rb"%2f", re.IGNORECASE)
_NOT_UTF8: Final = re.compile("[\udc80-\udcff]")
_ENDING: Final = re.compile(r"(?<=[^/])\.[A-Za-z0-9]{1,12}\Z")
_LONGEST: Final = 240  # bytes in a name that is made here; file systems take 255
_DIGITS: Final = 10  # of the hash in a name of its own


class Upload(NamedTuple):
    """A file of a site: `path` is what its address decodes to, as text with `/`.

    Bytes that are no UTF-8 stay escaped in there, in capitals. `apart` tells files with one path
    from each other: None for one whose address is that path and nothing else. `is_exact` is false
    where the name that the file has at the site can't be had.
    """

    path: str
    apart: str | None = None
    is_exact: bool = True

    @property
    def own(self) -> str:
        """Give a name that is this file's alone, where others have the same path."""
        if self.apart is None:
            return self.path
        said = f"{self.path}?{self.apart}".encode("utf-8", "backslashreplace")
        found = _ENDING.search(self.path)
        ending = found[0] if found else ""
        folder, slash, name = self.path.removesuffix(ending).rpartition("/")
        tail = f"-{hashlib.sha256(said).hexdigest()[:_DIGITS]}{ending}"
        stem = name.encode("utf-8", "replace")[: _LONGEST - len(tail)].decode("utf-8", "ignore")
        return f"{folder}{slash}{stem}{tail}"

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names under which it may lie, the one that is its own first."""
        return (self.path,) if self.apart is None else (self.own, self.path)


def upload(path: str, query: str = "") -> Upload:
    """Return the file that the path of an address and its query mean."""
    if "%" not in path:
        return Upload(path, query or None)
    parts = _SLASH.split(path.encode("utf-8", "surrogatepass"))
    decoded = [unquote_to_bytes(part) for part in parts]
    text = b"%2F".join(decoded).decode("utf-8", "surrogateescape")
    name = _NOT_UTF8.sub(lambda found: f"%{ord(found[0]) - 0xDC00:02X}", text)
    if name == text and len(parts) == 1:
        return Upload(name, query or None)
    escaped = "%2F".join(map(quote_from_bytes, decoded))
    return Upload(name, f"{escaped}?{query}", is_exact=False)
