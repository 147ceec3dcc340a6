"""Reading: the body of an answer as it arrives; it may be too large, or break off."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Final

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from migrate.errors import SiteError
from migrate.live.http import limits
from migrate.live.http.failures import BrokenOffError, TooLargeError, cause
from migrate.live.http.redirects import shown

__all__ = ["at_once", "pieces", "whole"]

_BLOCK: Final = 64 * 1024


def whole(response: requests.Response) -> bytes:
    """Read the answer, as far as it is no larger than we take; gzip is counted unpacked.

    Raises TooLargeError or BrokenOffError, as `at_once` does, and SiteError for one that takes too
    long: a byte now and then is no silence.
    """
    found: list[bytes] = []
    size = 0
    end = monotonic() + limits.LONGEST_ANSWER
    for piece in at_once(response, limits.READ_TIMEOUT):
        size += len(piece)
        if size > limits.LARGEST_ANSWER:
            said = f"the answer is larger than {limits.LARGEST_ANSWER >> 20} MB"
            raise TooLargeError(said, path=shown(response.url))
        if monotonic() > end:
            said = f"the answer takes longer than {limits.LONGEST_ANSWER:.0f} s"
            raise SiteError(said, path=shown(response.url), fix="Look at how busy the server is")
        found.append(piece)
    return b"".join(found)


def pieces(response: requests.Response) -> Iterator[bytes]:
    """Read the answer in blocks, however long it is. Raises BrokenOffError."""
    try:
        yield from response.iter_content(_BLOCK)
    except requests.RequestException as error:
        raise BrokenOffError(
            f"the answer broke off: {cause(error)}", path=shown(response.url)
        ) from None


def at_once(response: requests.Response, timeout: float) -> Iterator[bytes]:
    """Read an answer as it comes, however slowly, so that whoever reads can give up.

    `timeout` is how many seconds of silence it was asked with. Raises BrokenOffError.
    """
    try:
        while piece := response.raw.read1(_BLOCK, decode_content=True):
            yield piece
    except HTTPError as error:
        said = f"the server was silent for {timeout:.0f} s"
        if not isinstance(error, ReadTimeoutError):
            said = "the connection was closed, or what came can't be unpacked"
        raise BrokenOffError(f"the answer broke off: {said}", path=shown(response.url)) from None
