"""Deeds: what one import did to each object of a site, its requests for one taken together."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from msgspec import Struct, field

from migrate.plan.compare import CUSTOM
from migrate.plan.journal.entry import Step
from migrate.plan.journal.history import DONE, FAILED

__all__ = ["Deed", "Deeds"]

_STEP: Final = ", ".join(f"step.{name}" for name in Step._fields)


class Deed(Struct):
    """What an import did to one object, which is named as in its steps.

    `site_id` is 0 for one that may have been made by a request that nobody answered: that is
    `asked`. `created` tells whether it wasn't there before, `was` the values of fields before the
    import's first change, `trashed` that it went into the trash. `held` is the mark of the object
    after our last change, whichever run's; empty where that isn't known. `overtaken` tells whether
    a later import changed it as well. `steps` are the numbers of the requests.
    """

    object: str
    type: str
    site_id: int
    key: str
    scope: str = ""
    created: bool = False
    trashed: bool = False
    overtaken: bool = False
    held: bytes = b""
    was: dict[str, Any] = field(default_factory=dict)
    steps: list[int] = field(default_factory=list)
    asked: Step | None = None

    def take(self, number: int, step: Step) -> None:
        """Take one more request for it, a later one than those before."""
        self.steps.append(number)
        self.created = self.created or step.verb == "create"
        self.trashed = self.trashed or step.verb == "trash"
        was: dict[str, Any] = json.loads(step.earlier) if step.earlier else {}
        if step.object == "meta":
            was = {CUSTOM + key: rows for key, rows in was.items()}
        self.was = was | self.was

    def step(self, verb: str, earlier: str = "") -> Step:
        """Give a request about the same object."""
        return Step(
            self.key,
            verb,
            self.type,
            self.site_id,
            earlier=earlier,
            object=self.object,
            scope=self.scope,
        )


class Deeds:
    """Reads from the steps of a site what there is to take back."""

    def __init__(self, database: sqlite3.Connection, site: str) -> None:
        self._database = database
        self._site = site

    def last_run(self) -> int:
        """Give the number of the last import, 0 where there was none."""
        query = "SELECT coalesce(max(id), 0) FROM run WHERE site = ? AND undoes = 0"
        (number,) = self._database.execute(query, (self._site,)).fetchone()
        return int(number)

    def of(self, run: int) -> list[Deed]:
        """Give what an import did and no undo has taken back, the latest first."""
        found = self._database.execute(
            f"SELECT step.id, {_STEP} FROM step WHERE site = ? AND run = ? AND outcome <> ?"  # noqa: S608 - names of the code
            " AND undone = 0 ORDER BY id",
            (self._site, run, FAILED),
        )
        deeds: dict[tuple[str, str, int, int], Deed] = {}
        for number, *values in found:
            step = Step(*values)
            # Requests without an object's number stay apart: each may have made one.
            object_ = "post" if step.object == "meta" else step.object  # they are part of it
            place = (object_, step.type, step.site_id, 0 if step.site_id else number)
            new = Deed(object_, step.type, step.site_id, step.key, step.scope)
            deed = deeds.setdefault(place, new)
            deed.take(number, step)
            if not step.site_id:
                deed.asked = step
        for deed in deeds.values():
            self._look_after(deed, run)
        return sorted(deeds.values(), key=lambda deed: deed.steps[0], reverse=True)

    def _look_after(self, deed: Deed, run: int) -> None:
        """Find out what came after an import's last change of an object."""
        if not deed.site_id:
            return
        kinds = ("post", "meta") if deed.object == "post" else (deed.object, deed.object)
        found = self._database.execute(
            "SELECT step.run, run.undoes, step.held, step.undone FROM step JOIN run"
            " ON run.id = step.run WHERE step.site = ? AND step.site_id = ? AND step.outcome = ?"
            " AND step.object IN (?, ?) ORDER BY step.id",
            (self._site, deed.site_id, DONE, *kinds),
        )
        for later, undoes, held, undone in found:
            deed.held = held or deed.held  # custom fields don't show in a post's mark
            deed.overtaken = deed.overtaken or (later > run and not undoes and not undone)
