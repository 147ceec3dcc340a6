"""What the options --ignore and --baseline mean for one run, from its beginning to its end."""

from __future__ import annotations

from migrate.cli.options import Common
from migrate.cli.terminal import err
from migrate.errors import UsageError
from migrate.report.baseline import Baseline, NewBaseline
from migrate.report.overlooked import Overlooked


class Overlooking:
    """Reads the baseline before a run, and writes it or tells what is left of it afterwards.

    Raises UsageError where there is no baseline, or where none could be written.
    """

    def __init__(self, common: Common) -> None:
        self._common = common
        self._new = NewBaseline() if common.write_baseline else None
        self._old = self._known() if self._new is None else None
        self.overlooked = Overlooked(
            frozenset(common.ignore), common.per_path_ignores, self._new or self._old
        )
        if self._new is not None:
            self._refuse_partial()

    def finish(self) -> None:
        """End a run that came to its end; OutputError where the baseline can't be written."""
        path = self._common.baseline
        if self._new is not None and path is not None:
            number = self._new.write(path)
            if not self._common.quiet:
                err(f"{path}: knows {number} findings from now on")
        elif self._old is not None and self._common.selection.is_all and not self._common.quiet:
            gone = self._old.gone()
            if gone:
                err(f"{path}: {gone} of the known findings are gone; --write-baseline forgets them")

    def _known(self) -> Baseline | None:
        path = self._common.baseline
        return Baseline.read(path) if path is not None else None

    def _refuse_partial(self) -> None:
        if self._common.baseline is None:
            raise UsageError("--write-baseline: no file is named", fix="Name it with --baseline")
        if not self._common.selection.is_all:
            raise UsageError(
                "--write-baseline: what an option leaves out would be forgotten",
                fix="Write it in a run over all of SOURCE",
            )
