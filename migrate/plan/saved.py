"""Saved plans: what an import was going to do, to be done later if nothing has moved on.

A text file, one JSON object in canonical form a line, whose leaves are strings; saved.schema.json
describes them. First the head, then a line for each record of the source, for each term, file and
option to be made, and for each post to be removed, last the number of lines before. No text of a
post or an option is in it; paths and terms may be private, so that nobody else can read it.

A plan isn't obeyed but held against a new one: applying it plans again, and whatever would be done
otherwise by now is named and ends the run before anything is sent.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from migrate.errors import UsageError
from migrate.model import canonical
from migrate.model.action import Action
from migrate.output import plain, replacing
from migrate.plan.decision import Decision

__all__ = ["SCHEMA", "Comparison", "Saving", "Witness", "comparing", "saving"]

SCHEMA: Final = "wpmigrate-plan/1"

_OWNER_ONLY: Final = 0o600
_AGAIN: Final = "Plan again with --plan-out, and look at what it says"
_NEITHER: Final = "SOURCE or the site has moved on since the plan was saved"


class Witness:
    """Sees what is planned, in order; this one forgets it."""

    def see(self, action: Action, decision: Decision) -> None:
        """Take what was decided about a record, or about a post whose record is gone."""

    def see_other(self, action: Action) -> None:
        """Take a term, a file or an option that is going to be made or changed."""

    def end(self) -> None:
        """Know that this was all."""


class Saving(Witness):
    """Writes a plan to `stream`."""

    def __init__(self, stream: IO[bytes], site: str, source: str) -> None:
        self._stream = stream
        self._count = 0
        self._write({"schema": SCHEMA, "site": site, "source": source})

    def see(self, action: Action, decision: Decision) -> None:
        """Write what was decided about a record."""
        self._write(_of_record(action, decision))

    def see_other(self, action: Action) -> None:
        """Write what is going to be made that is no record."""
        self._write(_of_other(action))

    def end(self) -> None:
        """Write how many lines there are."""
        self._write({"lines": self._count})

    def _write(self, line: Mapping[str, Any]) -> None:
        self._stream.write(canonical.dumps(line).encode("utf-8", "surrogatepass") + b"\n")
        self._count += 1


class Comparison(Witness):
    """Holds a plan against a saved one. Raises UsageError at the first thing that is otherwise."""

    def __init__(self, lines: Iterator[bytes], path: Path, site: str) -> None:
        self._lines = lines
        self._path = str(path)
        self._number = 0
        head = self._next()
        if head.get("schema") != SCHEMA:
            raise UsageError("this is no saved plan", path=self._path, line=1)
        if head["site"] != site:
            raise UsageError(f"this is a plan for {head['site']}", path=self._path, line=1)

    def see(self, action: Action, decision: Decision) -> None:
        """Take what is decided about a record by now."""
        self._compare(_of_record(action, decision), action.path)

    def see_other(self, action: Action) -> None:
        """Take what is to be made by now that is no record."""
        self._compare(_of_other(action), action.path or f"one more {action.type}")

    def end(self) -> None:
        """Refuse a plan that says more, or that was cut off."""
        count = self._number
        line = self._next()
        if line != {"lines": str(count)}:
            raise self._moved(str(line.get("path", "")), _NEITHER)

    def _compare(self, now: Mapping[str, Any], name: str) -> None:
        saved, wanted = self._next(), json.loads(canonical.dumps(now))
        if saved == wanted:
            return
        one_record = saved.get("path") == wanted.get("path") and "mark" in saved
        if not one_record or saved["mark"] != wanted.get("mark"):
            raise self._moved(name, "SOURCE has moved on since the plan was saved")
        if saved["verb"] == wanted["verb"]:
            raise self._moved(name, "the site, or what is asked of it, has moved on")
        raise self._moved(
            name, f"the site has moved on: {saved['verb']} was planned, now it is {wanted['verb']}"
        )

    def _moved(self, name: str, reason: str) -> UsageError:
        said = f"{name}: {reason}" if name else reason
        return UsageError(said, path=self._path, line=self._number, fix=_AGAIN)

    def _next(self) -> dict[str, Any]:
        self._number += 1
        text = next(self._lines, b"")
        try:
            line = json.loads(text)
        except ValueError:
            line = None
        if isinstance(line, dict):
            return line
        reason = "the plan was cut off" if not text else "this is no saved plan"
        raise UsageError(reason, path=self._path, line=self._number, fix=_AGAIN)


@contextmanager
def saving(path: Path, site: str, source: str) -> Iterator[Saving]:
    """Save a plan, whole or not at all, for its owner alone. OutputError where that can't be."""
    with replacing(path) as replacement:
        yield Saving(replacement.stream, site, source)
        replacement.stream.flush()
    path.chmod(_OWNER_ONLY)


@contextmanager
def comparing(path: Path, site: str) -> Iterator[Comparison]:
    """Hold what is planned against a saved plan. UsageError where it isn't one for this site."""
    try:
        stream = plain.opened(path)
    except OSError as error:
        reason = f"the plan can't be read: {error.strerror or os.strerror(0)}"
        raise UsageError(reason, path=str(path)) from error
    with stream:
        yield Comparison(iter(stream), path, site)


def _of_record(action: Action, decision: Decision) -> dict[str, Any]:
    return {
        "verb": decision.verb,
        "type": action.type,
        "path": action.path,
        "site_id": decision.site_id,
        "fields": list(decision.fields),
        "mark": decision.mark.hex(),
        "state": decision.state.hex(),
    }


def _of_other(action: Action) -> dict[str, Any]:
    said = {"makes": action.type, "name": action.title, "path": action.path}
    values = [(each.field, *(each.whole or (each.before, each.after))) for each in action.changes]
    if values:
        said["state"] = hashlib.sha256(canonical.dumps(values).encode()).hexdigest()[:32]
    return said
