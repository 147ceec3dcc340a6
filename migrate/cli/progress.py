"""How far a run is, on standard error: a bar on a terminal, elsewhere a line every so often.

What is over within a second isn't worth either.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any, Final

from migrate.model.progress import Stage

PATIENCE: Final = 1.0
"""Seconds after which a stage gets its bar."""

EVERY: Final = 30.0
"""Seconds between two lines where there is no terminal, such as in the log of a CI job."""


class Progress:
    """Is called with (stage, done, in all); silent unless `wanted`.

    `clock` gives seconds; only differences count.
    """

    def __init__(self, *, wanted: bool, clock: Callable[[], float] = time.monotonic) -> None:
        # Annotated as never None, which it is all the same after `2>&-`.
        stream: Any = sys.stderr
        self._wanted = wanted and stream is not None
        self._is_terminal = self._wanted and stream.isatty()
        self._clock = clock
        self._stage: Stage | None = None
        self._done = 0
        self._began = self._said = 0.0
        self._bar: Any = None

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show that `done` of `total` bytes or records of a stage are through."""
        if not self._wanted:
            return
        now = self._clock()
        if stage != self._stage or done < self._done:
            self.close()
            self._stage, self._began, self._said = stage, now, now
        self._done = done
        if self._is_terminal:
            self._draw(stage, done, total, now)
        elif now - self._said >= EVERY:
            self._said = now
            sys.stderr.write(f"{_line(stage, done, total, now - self._began)}\n")
            sys.stderr.flush()
        if done >= total:
            self.close()

    def close(self) -> None:
        """End the bar, so that what follows starts on a line of its own."""
        self._stage = None
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _draw(self, stage: Stage, done: int, total: int, now: float) -> None:
        if self._bar is None and now - self._began >= PATIENCE:
            self._bar = _bar(stage, done, total)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)


def _bar(stage: Stage, done: int, total: int) -> Any:
    from tqdm import tqdm  # noqa: PLC0415 - only where a person looks on

    tqdm.monitor_interval = 0  # or it starts a thread, and a process with threads can't fork
    return tqdm(
        total=total,
        initial=done,
        desc=f"{stage.name:10}",
        unit="B" if stage.unit == "bytes" else f" {stage.unit}",
        unit_scale=stage.unit == "bytes",
        dynamic_ncols=True,
        file=sys.stderr,
    )


def _line(stage: Stage, done: int, total: int, seconds: float) -> str:
    """Give what a log says: `converting: 1,280 of 20,000 records (6 %), 43 a second`."""
    rate = done / seconds if seconds else 0
    if stage.unit == "bytes":
        numbers = f"{_megabytes(done)} of {_megabytes(total)}", f"{_megabytes(rate)} a second"
    else:
        numbers = f"{done:,} of {total:,} {stage.unit}", f"{rate:,.0f} a second"
    return f"{stage.name}: {numbers[0]} ({100 * done // max(total, 1)} %), {numbers[1]}"


def _megabytes(number: float) -> str:
    return f"{number / 1e6:,.1f} MB"
