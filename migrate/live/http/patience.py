"""Patience: when a question to a site is asked again, and how long is waited before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Self

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import InvalidHeader, MaxRetryError, SSLError
from urllib3.util.retry import Retry

__all__ = ["LONGEST_PATIENCE", "hasty", "patience"]

LONGEST_PATIENCE: Final = 60.0
"""The most seconds of a Retry-After that are waited; maintenance mode asks for 600."""

_RETRIES: Final = 3
_ASKS_TO_WAIT: Final = (429, 503)
_FAILS: Final = (500, 502, 504)
_HASTY: Final = ContextVar("hasty", default=False)


class _Patience(Retry):
    """urllib3's Retry, but it doesn't wait where the server asks for more than a minute."""

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        is_answer = _HASTY.get() and status_code in _FAILS
        return not is_answer and super().is_retry(method, status_code, has_retry_after)

    def get_retry_after(self, response: BaseHTTPResponse) -> float | None:
        try:
            return super().get_retry_after(response)
        except InvalidHeader:
            return None

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        *rest: Any,
        **named: Any,
    ) -> Self:
        if response is not None and (self.get_retry_after(response) or 0) > LONGEST_PATIENCE:
            raise MaxRetryError(named.get("_pool"), url or "")  # type: ignore[arg-type]
        error = named.get("error")
        if isinstance(error, SSLError):  # a certificate doesn't get better
            raise MaxRetryError(named["_pool"], url or "", error)
        return super().increment(method, url, response, *rest, **named)


@contextmanager
def hasty() -> Iterator[None]:
    """Meanwhile, and in this thread, take it as an answer that the server fails."""
    token = _HASTY.set(True)
    try:
        yield
    finally:
        _HASTY.reset(token)


def patience() -> Retry:
    """Return the rules for trying again: questions only, with growing pauses."""
    return _Patience(
        total=_RETRIES,
        read=1,  # a server that is silent for so long will hardly speak the third time
        redirect=False,
        backoff_factor=0.5,
        status_forcelist=_ASKS_TO_WAIT + _FAILS,
        allowed_methods=("GET", "OPTIONS"),
        raise_on_status=False,
    )
