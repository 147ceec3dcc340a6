"""The progress bar: one for each stage, on a terminal only, on standard error."""

from __future__ import annotations

import sys
from typing import Any

from migrate.model.progress import Stage


class Progress:
    """A bar that appears with the first step of a stage; call it with (stage, done, in all)."""

    def __init__(self, *, wanted: bool) -> None:
        """Make one; where nobody is looking it stays silent, `wanted` or not."""
        # Annotated as never None, which it is all the same after `2>&-`.
        stream: Any = sys.stderr
        self._wanted = wanted and stream is not None and stream.isatty()
        self._stage: Stage | None = None
        self._bar: Any = None

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show that `done` of `total` bytes or records of a stage are through."""
        if not self._wanted:
            return
        if self._bar is None or stage != self._stage or done < self._bar.n:
            self._begin(stage, total)
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """End the bar, so that what follows starts on a line of its own."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _begin(self, stage: Stage, total: int) -> None:
        from tqdm import tqdm  # noqa: PLC0415 - only where a person looks on

        self.close()
        tqdm.monitor_interval = 0  # or it starts a thread, and a process with threads can't fork
        self._stage = stage
        self._bar = tqdm(
            total=total,
            desc=f"{stage.name:10}",
            unit="B" if stage.unit == "bytes" else f" {stage.unit}",
            unit_scale=stage.unit == "bytes",
            dynamic_ncols=True,
            file=sys.stderr,
        )
