"""Answers: what came back for one request, read as WordPress means it."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from msgspec import Struct

from migrate import quick_json
from migrate.errors import AnswerError, SiteError
from migrate.live import secrets
from migrate.model.strip_tags import strip_tags

__all__ = [
    "Answer",
    "NoJsonError",
    "as_error",
    "count",
    "json_in",
    "mapping",
    "names",
    "plain_text",
    "quoted",
    "seconds",
]

_BRACKETS: Final = re.compile(rb"[{\[]")
_JSON: Final = re.compile(rb'\s*(\{\s*["}]|\[\s*[\[{\]])')
_BRACKETS_TRIED: Final = 200  # PHP's warnings hold a few; a hostile page could hold millions
_LONGEST_MESSAGE: Final = 300
_LONGEST_VALUE: Final = 40  # signs of a value that are quoted
_DIGITS: Final = 18  # of a number of 64 bits; PHP knows none that is larger
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_BREAKS: Final = re.compile(r"<(?:br|/?(?:p|div|li|ul|ol|h[1-6]|tr|td))\b[^<>]*>", re.IGNORECASE)
_ESCAPES: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")  # ECMA-48, 5.4: what moves or colours
_BESIDE_ERRORS: Final = frozenset({"additional_errors", "additional_data"})
"""What rest_convert_error_to_response() adds where one error holds several."""

_NAMED_STATUSES: Final = {
    401: "the server itself asks for a password, before WordPress is reached",
    403: "something in front of WordPress (a firewall, a security plugin) refuses the request",
    404: "nothing is there",
    413: "the server takes no request of this size",
    429: "the server asks for fewer requests",
    503: "the site is in maintenance mode or overloaded",
}


class NoJsonError(SiteError):
    """An answer that holds no JSON; what was asked for may have been done all the same."""


class Answer(Struct, frozen=True):
    """One answer of the server; `url` is for messages, so without parameters."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    def __repr__(self) -> str:
        """Show what tells answers apart, not what may be long or secret."""
        return f"Answer(url={self.url!r}, status={self.status})"

    def content(self) -> tuple[Any, bool]:
        """Give the JSON that the answer holds, and whether something else stood beside it.

        Raises AnswerError where it is an error, NoJsonError where there is no JSON.
        """
        value, noise = json_in(self.body)
        if self.status >= 400 or _is_error(value):  # noqa: PLR2004 - HTTP's own boundary
            raise as_error(
                value,
                self.status,
                self.url,
                otherwise=f"{_looks(self.body)} came back",
                retry_after=seconds(self.headers.get("Retry-After", "")),
            )
        if value is None:
            raise NoJsonError(f"no JSON came back but {_looks(self.body)}", path=self.url)
        return value, noise


def as_error(
    value: Any, status: int, url: str, *, otherwise: str = "", retry_after: float = 0
) -> AnswerError:
    """Return WordPress's error object as our error; `otherwise` says what came if it is none."""
    error: dict[str, Any] = value if isinstance(value, dict) else {}
    named = _NAMED_STATUSES.get(status, otherwise or "no object came back")
    message = plain_text(str(error.get("message", ""))) or named
    code = plain_text(str(error.get("code", "")))
    data = error.get("data")
    return AnswerError(
        f"{message} (HTTP {status}{', ' if code else ''}{code})",
        status=status,
        code=code,
        data=data if isinstance(data, dict) else {},
        path=url,
        retry_after=retry_after,
    )


def json_in(body: bytes) -> tuple[Any, bool]:
    """Return the object or list that a body holds, and whether something stood beside it.

    Byte order marks and PHP's warnings in front are passed over, and HTML behind what begins the
    body. None where there is none: an answer that was cut off behind an object within it holds
    none.
    """
    text = body.lstrip(_BYTE_ORDER_MARK)
    noise = len(text) < len(body)
    if _JSON.match(text):
        value, behind = _first(text)
        return value, value is not None and (noise or behind)
    for start in _starts(text):
        try:
            return quick_json.loads(text[start:]), noise or bool(text[:start].strip())
        except (ValueError, RecursionError):
            continue
    return None, False


def _first(text: bytes) -> tuple[Any, bool]:
    """Return the JSON that begins a text, and whether HTML stands behind it; None without."""
    try:
        return quick_json.loads(text), False
    except json.JSONDecodeError as error:
        if not error.doc.startswith("<", error.pos):
            return None, False
        return _first(error.doc[: error.pos].encode("utf-8", "surrogatepass"))[0], True
    except (ValueError, RecursionError):
        return None, False


def mapping(value: Any) -> dict[str, Any]:
    """Return an object of an answer; PHP writes an empty one as a list."""
    return value if isinstance(value, dict) else {}


def names(value: Any) -> frozenset[str]:
    """Return the names in a list; PHP writes one with gaps as an object."""
    values = value.values() if isinstance(value, dict) else value
    is_list = isinstance(value, dict | list)
    return frozenset(name for name in values if isinstance(name, str)) if is_list else frozenset()


def quoted(value: Any) -> str:
    """Return an odd value of an answer as messages quote it."""
    return plain_text(str(value)[:_LONGEST_VALUE])


def count(text: str) -> int:
    """Return the number that a header tells, -1 where it is none that a site could count to."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else -1


def seconds(retry_after: str) -> float:
    """Return how long a Retry-After asks to wait, 0 where it says nothing that can be understood.

    It is a number of seconds, or a moment (RFC 9110, 10.2.3).
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
        return max(0.0, (moment - datetime.now(moment.tzinfo)).total_seconds())
    except ValueError:
        return 0.0


def plain_text(message: str) -> str:
    """Return a message of the site as one short line: no HTML, control characters, passwords."""
    text = _ESCAPES.sub("", html.unescape(strip_tags(_BREAKS.sub(" ", message))))
    shown = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    line = secrets.without(" ".join(shown.split()))
    return line if len(line) <= _LONGEST_MESSAGE else f"{line[:_LONGEST_MESSAGE]}…"


def _starts(text: bytes) -> Iterator[int]:
    for count, bracket in enumerate(_BRACKETS.finditer(text)):
        if count == _BRACKETS_TRIED:
            return
        yield bracket.start()


def _is_error(value: Any) -> bool:
    """Return whether this is WordPress's error object; some servers send it with status 200."""
    return isinstance(value, dict) and set(value) - _BESIDE_ERRORS == {"code", "message", "data"}


def _looks(body: bytes) -> str:
    if not body.strip():
        return "an empty answer"
    return "an HTML page" if b"<" in body[:500] else "text"
