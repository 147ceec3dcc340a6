"""The progress bar: on a terminal only, on standard error."""

from __future__ import annotations

import sys
from typing import Any


class Progress:
    """A bar that appears with the first step; call it with (done, in all)."""

    def __init__(self, what: str, *, wanted: bool) -> None:
        self._what = what
        self._wanted = wanted and sys.stderr.isatty()
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` records are through."""
        if not self._wanted:
            return
        if self._bar is None:
            from tqdm import tqdm  # noqa: PLC0415 - only where a person looks on

            self._bar = tqdm(total=total, unit=" posts", desc=self._what, file=sys.stderr)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """Take the bar off, so that what follows starts on a line of its own."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
