"""Unseen: what a plan that is made without an account couldn't look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from migrate.live.api import Row
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.plan import stored
from migrate.plan.visitor import seen_differing
from migrate.writers.rest.actions import action
from migrate.writers.rest.outcome import Outcome

__all__ = ["Unseen"]

_NOT_PUBLIC: Final = "it isn't public, so a visitor can't see whether the site holds it"
_FIX: Final = (
    "Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD where everything is to be compared; the import "
    "itself needs them"
)


class Unseen:
    """Counts the records and the fields that a visitor can't compare."""

    def __init__(self) -> None:
        self._records = 0
        self._fields: Counter[str] = Counter()
        self._has_compared = False

    def is_public(self, post: Post) -> bool:
        """Tell whether visitors would see a record's post."""
        self._has_compared = True
        return post.status == "publish" and not post.password

    def record(self, post: Post) -> Outcome:
        """Leave out a record that no visitor sees."""
        self._records += 1
        return Outcome(action("skip", post, _NOT_PUBLIC))

    def differing(
        self, wanted: Mapping[str, Any], row: Row, status: stored.Status | None
    ) -> tuple[str, ...]:
        """Give the fields that differ as far as a visitor can see, and count the others."""
        seen = seen_differing(wanted, row, status)
        self._fields.update(seen.unseen)
        return tuple(seen.differing)

    def findings(self) -> Iterator[Finding]:
        """Give the one finding of a run, where something was compared at all."""
        if not self._has_compared:
            return
        counted = ", ".join(f"{name} ({number})" for name, number in sorted(self._fields.items()))
        said = [f"not compared: {counted}"] if counted else []
        said += [f"not public, so left out: {self._records} records"] if self._records else []
        more = "; ".join(["", *said])
        message = f"compared as a visitor sees the site, texts by what they say{more}"
        yield Finding("target-seen-as-visitor", message, fix=_FIX)
