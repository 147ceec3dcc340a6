"""Ways: by which of a site's interfaces the fields of a plan travel, and what stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from migrate.model.finding import Finding

__all__ = ["NOT_SENT", "Way", "Ways"]

Way = Literal["REST", "XML-RPC", "companion", "not sent"]
NOT_SENT: Final[Way] = "not sent"


class Ways:
    """Counts for each way the records of which it takes a field; metas are counted by their key."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = {}

    def send(self, way: Way, fields: Iterable[str]) -> None:
        """Count the fields that one record sends this way."""
        for name in fields:
            self._counts.setdefault(way, Counter())[name] += 1

    def see(self, findings: Iterable[Finding]) -> None:
        """Count the fields of one record that stay behind, by what is said of it."""
        self.send(NOT_SENT, {found.field for found in findings if found.family == "loss"} - {""})

    def counts(self) -> Mapping[str, Counter[str]]:
        """Give the number of records by way and field."""
        return self._counts
