"""The lock of a run that changes a site: read at its start, written at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from migrate.plan.journal import lock
from migrate.plan.journal.history import SiteHistory


@contextmanager
def locked(path: Path | None, history: SiteHistory, home: str, *, dry_run: bool) -> Iterator[None]:
    """Take over what a lock knows, and write it anew at the end, however that comes."""
    if path is None:
        yield
        return
    history.learn(lock.read(path, home))
    try:
        yield
    finally:
        if not dry_run:
            lock.write(path, home, history.entries())
