"""Downloads: files of a site, fetched into a folder; what broke off is gone on with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Final

from migrate.errors import SiteError
from migrate.live.answer import count
from migrate.live.http import limits
from migrate.live.http.bodies import Streamed
from migrate.live.http.client import Client
from migrate.output.partial_file import PartialFile

__all__ = ["LARGEST_FILE", "download"]

LARGEST_FILE: Final = 4 * 1024 * 1024 * 1024
SLOWEST: Final = 1024
"""Bytes a second that a file has to come with after its first ten minutes: one in all that time is
no silence, and no file either."""
_WHOLE, _PART, _UNSATISFIABLE = 200, 206, 416
_RANGE: Final = re.compile(r"bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})")
_VALIDATOR: Final = re.compile(r'"[!#-~]{1,1000}"|[A-Z][A-Za-z0-9 ,:]{1,60} GMT')
_SETTLED: Final = 60  # seconds after which a file's time tells its state (RFC 7232, 2.2.2)


def download(
    client: Client, url: str, file: PartialFile, size: int | None, *, anew: bool = False
) -> bool:
    """Fetch a file as a visitor gets it; false where it is there already, with the same length.

    `size` is how long the site says that it is; unknown, the server is asked. With `anew` its
    length says nothing. Raises SiteError where it can't be fetched or breaks off: what has arrived
    stays for the next try, which goes on with it where the server says that it is the same file.
    """
    is_there = file.size is not None and not anew
    if is_there and file.size == (_length(client, url) if size is None else size):
        return False
    validator = _validator_of(file, url)
    start = file.arrived if validator else 0
    if start:
        with client.stream("GET", url, start, validator) as answer:
            if not _is_of_another(answer, start, validator):
                _keep(answer, url, file)
                return True
    with client.stream("GET", url, 0) as answer:
        _keep(answer, url, file)
    return True


def _length(client: Client, url: str) -> int | None:
    """Return how long a file is, as the server says without sending it."""
    with client.stream("HEAD", url, 0) as answer:
        stated = answer.headers.get("Content-Length", "")
        return _number(stated) if answer.status == _WHOLE else None


def _is_of_another(answer: Streamed, start: int, validator: str) -> bool:
    """Tell whether an answer is no help to go on with what has arrived, nor the whole file.

    Servers there are that pass `If-Range` over, so the part has to say itself of what it is one.
    """
    if answer.status == _PART:
        begins, _ = _extent(answer)
        return begins != start or _validator(answer.headers) != validator
    return answer.status == _UNSATISFIABLE


def _keep(answer: Streamed, url: str, file: PartialFile) -> None:
    """Write what comes behind what has arrived, or anew; what breaks off stays with its mark."""
    if answer.status not in {_WHOLE, _PART}:
        raise SiteError(f"nothing came back but HTTP {answer.status}", path=url)
    begins, total = _extent(answer)
    if begins not in {0, file.arrived}:
        raise SiteError("the server sends another part than it was asked for", path=url)
    validator = _validator(answer.headers)
    mark = f"{validator}\n{url}".encode("utf-8", "replace") if validator else b""
    with file.open(go_on=begins > 0, mark=mark) as stream:
        size = begins
        counted_from = monotonic() + limits.LONGEST_ANSWER
        for piece in answer.pieces:
            size += len(piece)
            if size - begins < (monotonic() - counted_from) * SLOWEST:
                raise SiteError(f"it comes with less than {SLOWEST} bytes a second", path=url)
            if size > LARGEST_FILE:
                raise SiteError(f"it is larger than {LARGEST_FILE >> 30} GB", path=url)
            stream.write(piece)
    if total is not None and size != total:
        raise SiteError(f"{size} bytes came instead of {total}", path=url)
    file.settle()


def _extent(answer: Streamed) -> tuple[int, int | None]:
    """Return where the answer's bytes begin, and how many the whole file has."""
    if answer.status == _PART:
        found = _RANGE.fullmatch(answer.headers.get("Content-Range", ""))
        return (int(found[1]), int(found[2])) if found else (-1, None)
    return 0, _number(answer.headers.get("Content-Length", ""))


def _number(stated: str) -> int | None:
    number = count(stated)
    return None if number < 0 else number


def _validator_of(file: PartialFile, url: str) -> str:
    """Return what told apart the file of which a part has arrived; nothing if it was another's."""
    validator, _, address = file.mark.partition(b"\n")
    is_known = address == url.encode("utf-8", "replace")
    text = validator.decode("ascii", "replace") if is_known else ""
    return text if _VALIDATOR.fullmatch(text) else ""


def _validator(headers: Mapping[str, str]) -> str:
    """Return what tells a file from what it was or becomes: its tag, else its time; or nothing.

    Weak tags stand for several states of a file, and so does a time that is hardly over
    (RFC 9110, 13.1.5 and 8.8.2.2).
    """
    tag = headers.get("ETag", "")
    stated = tag or headers.get("Last-Modified", "")
    if not _VALIDATOR.fullmatch(stated) or (not tag and not _is_over(headers)):
        return ""
    return stated


def _is_over(headers: Mapping[str, str]) -> bool:
    """Tell whether a file's time had long passed when the server answered."""
    try:
        changed, now = (parsedate_to_datetime(headers[name]) for name in ("Last-Modified", "Date"))
        return (now - changed).total_seconds() >= _SETTLED
    except (KeyError, ValueError, TypeError, OverflowError):
        return False
