"""Persistence: what a request without a good answer means, and when it is sent again.

Nothing that changes the site is simply repeated: WordPress may have done it all the same, and may
still be at it. It is looked up until two looks, a growing pause apart, agree.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.http.failures import UnreachedError
from migrate.live.http.patience import LONGEST_PATIENCE
from migrate.model.finding import Finding, Note

__all__ = [
    "answer_lost",
    "asks_to_wait",
    "is_refusal",
    "is_wordpress",
    "pause",
    "persist",
    "surely_undone",
    "undone",
]

_BUSY: Final = frozenset({429, 503})
_UNKNOWN_USER: Final = 401
_PAUSE: Final = 0.5  # seconds, doubled with each answer in a row that isn't good
_TRIES: Final = 3
_PATIENCE: Final = 6  # answers in a row that say nothing but to wait
_REACHES: Final = 3  # times in a row that nothing listens
_NOT_STORED: Final = frozenset(
    {
        *("rest_invalid_param", "rest_missing_callback_param", "rest_invalid_json"),
        *("empty_content", "rest_cannot_create", "rest_cannot_edit", "rest_cannot_publish"),
    }
)
"""Errors that come before WordPress stores anything."""


def persist(send: Callable[[], Row], look: Callable[[], Row | None], note: Note) -> Row:
    """Give what a request comes to, sent again where it surely wasn't carried out.

    `look` gives the object where the site has it as it was to become; `note` hears of each answer
    that wasn't good. Raises AnswerError where the site refuses it, or where it wasn't done after a
    few tries; SiteError where the site is gone.
    """
    in_vain = 0
    while True:
        try:
            return send()
        except SiteError as error:
            row = _done_before(error, look, in_vain)
            if row is None and (is_refusal(error) or is_wordpress(error)):
                raise
            note(answer_lost(error, 1, int(row is not None)))
            if row is not None:
                return row
            in_vain += 1
            if in_vain >= _TRIES and not asks_to_wait(error):
                raise undone(error) from None
            pause(error, in_vain)


def _done_before(error: SiteError, look: Callable[[], Row | None], in_vain: int) -> Row | None:
    """Give what the site made of a request all the same.

    That one sent again is refused may come of the first having arrived late: a post that is in the
    trash already can't be trashed.
    """
    if surely_undone(error) or (is_refusal(error) and not in_vain):
        return None
    return look() if is_refusal(error) else _look_twice(look)


def _look_twice(look: Callable[[], Row | None]) -> Row | None:
    """Give what is found, at once; or nothing after two looks that saw nothing."""
    row = look()
    if row is None:
        time.sleep(_PAUSE)
        row = look()
    return row


def answer_lost(error: SiteError, asked: int, done: int) -> Finding:
    """Return the finding for a request without a good answer, and how much of it was done."""
    message = f"{error.message}; {done} of {asked} had been done all the same"
    return Finding("target-answer-lost", message, path=error.path)


def pause(error: SiteError, in_vain: int) -> None:
    """Wait as long as the server asks, else longer the more answers in a row weren't good.

    Raises the error where that is too long, or waiting won't help.
    """
    asked = error.retry_after if isinstance(error, AnswerError) else 0
    most = _REACHES if isinstance(error, UnreachedError) else _PATIENCE
    unknown = isinstance(error, AnswerError) and error.status == _UNKNOWN_USER
    if unknown or asked > LONGEST_PATIENCE or (asks_to_wait(error) and in_vain > most):
        raise error
    if not is_refusal(error):
        time.sleep(asked or min(_PAUSE * 2 ** (in_vain - 1), LONGEST_PATIENCE))


def surely_undone(error: SiteError) -> bool:
    """Return whether an error says for certain that nothing was stored.

    WordPress itself refuses some metas after it has stored their post.
    """
    if isinstance(error, AnswerError):
        return error.code in _NOT_STORED or (not error.code and _is_of_client(error))
    return isinstance(error, UnreachedError)


def asks_to_wait(error: SiteError) -> bool:
    """Return whether the same request may well be answered a little later."""
    busy = isinstance(error, AnswerError) and error.status in _BUSY
    return busy or isinstance(error, UnreachedError)


def is_wordpress(error: SiteError) -> bool:
    """Return whether WordPress itself says it, so that it isn't at work on the request any more."""
    return isinstance(error, AnswerError) and bool(error.code) and not asks_to_wait(error)


def is_refusal(error: SiteError) -> bool:
    """Return whether a request was refused for what it is; sending it again won't help."""
    return isinstance(error, AnswerError) and _is_of_client(error) and not asks_to_wait(error)


def _is_of_client(error: AnswerError) -> bool:
    return 400 <= error.status < 500  # noqa: PLR2004 - HTTP's own boundaries


def undone(error: SiteError) -> AnswerError:
    """Return the error of a request that wasn't carried out, as far as looking it up can tell."""
    if isinstance(error, AnswerError):
        return error
    return AnswerError(
        f"{error.message}; the site shows that it wasn't done",
        status=0,
        code="",
        data={},
        path=error.path,
    )
