"""Numbered: fingerprints that are one of a kind, as tools that count findings want them."""

from __future__ import annotations

import hashlib
from collections import Counter

from migrate.model.finding import Finding
from migrate.model.fingerprint import LENGTH, fingerprint


class Numbered:
    """Gives each finding of a run a fingerprint of its own, the same in the next run.

    Findings of one file that can't be told apart are numbered in their order.
    """

    def __init__(self) -> None:
        self._path = ""
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """Give the fingerprint of the next finding."""
        if finding.path != self._path:
            self._path = finding.path
            self._seen.clear()
        known = fingerprint(finding)
        self._seen[known] += 1
        number = self._seen[known]
        if number == 1:
            return known
        return hashlib.sha256(f"{known}\n{number}".encode()).hexdigest()[:LENGTH]
