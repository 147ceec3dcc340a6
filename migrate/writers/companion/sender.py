"""Sender: brings lines to the companion, again where no good answer came.

A line that makes something has a key of this run, under which the companion makes nothing twice;
one that changes a post says what it is to hold. So sending again does no harm.
"""

from __future__ import annotations

import gzip
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from migrate.errors import AnswerError, SiteError
from migrate.live.api import Row
from migrate.live.companion import ROUTES
from migrate.live.companion.line_shapes import odd_told
from migrate.live.http.bodies import PackedLines
from migrate.model.finding import Finding, Note
from migrate.writers.companion.portion import Portion
from migrate.writers.rest.connection import Connection

__all__ = ["Line", "Sender"]

Line = Mapping[str, Any]

_PAUSES: Final = (1.0, 4.0, 10.0)  # seconds before lines are sent again
_SERVER_ERROR: Final = 500
_BUSY: Final = 429
_LEVEL: Final = 1  # of gzip: more costs us longer than it spares the connection


class Sender:
    """Sends to one site; with `fast` no hook of WordPress runs. `portion` says how much at once."""

    def __init__(self, connection: Connection, note: Note, *, fast: bool) -> None:
        self._connection = connection
        self._note = note
        self.portion = Portion()
        self._run = secrets.token_hex(16)
        self._has_sent = False
        self._told: dict[str, str | int] = {"run": self._run, "digest": 1}
        if fast:
            self._told["fast"] = 1

    def key(self, key: str) -> str:
        """Give the companion's key for a record that has this one in the journal.

        Nobody else uses it: two folders may have files of the same path.
        """
        return f"{self._run} {key}"

    def send(self, lines: Sequence[Line]) -> list[Row]:
        """Give what the companion says to each line, in order. Raises SiteError.

        One to which it answers oddly counts as failed, and is `unclear`: it may have been done.
        """
        self._has_sent = True
        joined = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        text = joined.encode("utf-8", "replace")
        body = PackedLines(gzip.compress(text, _LEVEL, mtime=0))
        for pause in (*_PAUSES, None):
            start = time.monotonic()
            try:
                answers = self._connection.tell_companion("records", self._told, body)
            except SiteError as error:
                if pause is None or _is_refusal(error):
                    raise
                self._lost(error)
                self.portion.lost()
                time.sleep(pause)
                continue
            if len(answers) != len(lines):
                raise SiteError("the companion answered another number of lines than were sent")
            spent = time.monotonic() - start
            self.portion.answered(len(lines), len(text), len(body.data), spent)
            return [_read(told, line) for told, line in zip(answers, lines, strict=True)]
        raise AssertionError("the last attempt returns or raises")

    def end(self) -> None:
        """Have the companion forget the keys of this run, which is over.

        Where it can't be told, the next run that ends has it forget them.
        """
        if self._has_sent:
            with suppress(SiteError):
                self._connection.delete(f"{ROUTES}/keys", force=True, told={"run": self._run})

    def _lost(self, error: SiteError) -> None:
        message = f"no good answer came ({error.message}), so it was asked again"
        self._note(Finding("target-answer-lost", message, path=self._connection.facts.home))


def _read(told: Row, line: Line) -> Row:
    why = odd_told(told, str(line.get("kind", "post")))
    said = f"the companion's answer is odd, so it isn't known whether it is there: {why}"
    return {"status": "failed", "error": said, "unclear": True} if why else told


def _is_refusal(error: SiteError) -> bool:
    """Tell whether WordPress said no, which it would say again."""
    if not isinstance(error, AnswerError) or not error.code:
        return False
    return error.status < _SERVER_ERROR and error.status != _BUSY
