"""The baseline: findings that are known, so that only new ones count.

A JSON file that is made to be committed, one finding a line, by path: `fingerprint` is what knows
it again, `count` how often it comes; the rest is for people.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

from migrate import output
from migrate.errors import UsageError
from migrate.model.finding import Finding
from migrate.model.fingerprint import fingerprint
from migrate.output import plain

SCHEMA: Final = "wpmigrate-baseline/1"
_BEGINS: Final = f'{{"schema": "{SCHEMA}", '
_WRITE: Final = "Write one with --write-baseline"


def is_ours(path: Path) -> bool:
    """Tell whether a file begins as a baseline does."""
    begins = _BEGINS.encode()
    try:
        with plain.opened(path) as stream:
            return stream.read(len(begins)) == begins
    except OSError:
        return False


class Baseline:
    """The findings that a file lists; each is known as often as it stands there."""

    def __init__(self, known: Counter[str]) -> None:
        self._left = known

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read a file; UsageError where there is none, or another one."""
        try:
            document = json.loads(plain.read(path))
        except FileNotFoundError as error:
            raise UsageError("there is no baseline", path=str(path), fix=_WRITE) from error
        except OSError as error:
            said = f"can't be read: {error.strerror or error}"
            raise UsageError(said, path=str(path), fix=_WRITE) from error
        except (RecursionError, ValueError) as error:
            raise UsageError("can't be read as a baseline", path=str(path), fix=_WRITE) from error
        try:
            is_ours = document["schema"] == SCHEMA
            known = {row["fingerprint"]: int(row["count"]) for row in document["findings"]}
        except (KeyError, OverflowError, TypeError, ValueError):
            is_ours, known = False, {}
        if not is_ours:
            raise UsageError(f"isn't a {SCHEMA}", path=str(path), fix=_WRITE)
        return cls(Counter(known))

    def knows(self, finding: Finding) -> bool:
        """Tell whether a finding is known, and count it as met."""
        mark = fingerprint(finding)
        if self._left[mark] <= 0:
            return False
        self._left[mark] -= 1
        return True

    def gone(self) -> int:
        """Count the known findings that weren't met."""
        return self._left.total()


class NewBaseline:
    """Collects findings to write the file that knows them all."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    def knows(self, finding: Finding) -> bool:
        """Take a finding, which is known from now on."""
        mark = fingerprint(finding)
        row = {"fingerprint": mark, "count": 0, "code": finding.code, "path": finding.path}
        held = self._rows.setdefault(mark, row | {"message": finding.said()})
        held["count"] += 1
        return True

    def write(self, path: Path) -> int:
        """Write the file, whole or not at all, and give the number of findings in it."""
        rows = sorted(self._rows.values(), key=lambda row: (row["path"], row["code"], row["count"]))
        lines = ",\n".join(json.dumps(row) for row in rows)
        text = f'{_BEGINS}"findings": [\n{lines}\n]}}\n'
        with output.replacing(path) as replacement:
            replacement.stream.write(text.encode("ascii"))
        return sum(row["count"] for row in rows)
