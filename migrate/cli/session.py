"""One command's session: reports opened, errors turned into an exit status, reports finished."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, TextIO, TypeVar, cast

import click

from migrate import __version__, formats, output
from migrate.cli.options import Common
from migrate.cli.overlooking import Overlooking
from migrate.cli.progress import Progress
from migrate.cli.terminal import Terminal, complain, complain_interrupted, standard_output
from migrate.errors import INTERRUPTED, SourceError, UsageError, WpmigrateError
from migrate.model.finding import Finding
from migrate.output import shared
from migrate.readers import post_text
from migrate.report.discreet import Discreet
from migrate.report.totals import Summary
from migrate.reporting import Reporting, Scope
from migrate.run import Run
from migrate.stages import Reader

Kept = TypeVar("Kept")

STDOUT: Final = "-"
"""What options call standard output."""

STDIN: Final = "stdin"
"""What messages and provenance call standard input."""


class Session:
    """What a command needs while it runs; `summary` is what its reports will say.

    `spooled` is the file that stands in for standard input, where that was asked for;
    `known_before` are findings that are there before the run begins.
    """

    def __init__(self, command: str, source: str, target: str, common: Common) -> None:
        self.common = common
        self.summary = Summary(command, source, target, common.dry_run, __version__)
        self.summary.fail_on = common.fail_on
        self.progress = Progress(wanted=common.progress and not common.quiet)
        self.reports: list[Any] = []
        self.spooled: Path | None = None
        self.known_before: list[Finding] = []
        self._stack = ExitStack()
        self._copies: dict[str, Path] = {}
        self._overlooking: Overlooking | None = None

    def run(self, body: Callable[[], None], *, result_on_stdout: bool = False) -> int:
        """Run the command's body, finish the reports and give the exit status."""
        with self._stack as stack:
            try:
                self._refuse_same_file()
                if result_on_stdout:
                    standard_output()
                for asked in self.common.report or (() if self.common.quiet else ("console",)):
                    self.reports.append(self._open(asked, stack, result_on_stdout))
                self.summary.exit = self._guarded(body)
                for report in self.reports:
                    report.finish(self.summary)
                stack.close()
            except WpmigrateError as error:
                complain(error)
                self.summary.exit = error.exit_status
        return self.summary.exit

    def keep(self, context: AbstractContextManager[Kept]) -> Kept:
        """Enter a context that ends with the session."""
        return self._stack.enter_context(context)

    def standard_input(self) -> Path:
        """Give a file that holds all of standard input, until the session ends."""
        if self.spooled is None:
            self.spooled = self._stack.enter_context(output.standing_in(_stdin(), STDIN))
        return self.spooled

    def copy_of(self, address: str) -> Path:
        """Give a copy of what lies on another file system, until the session ends."""
        if address not in self._copies:
            self._copies[address] = self._stack.enter_context(shared.copied(address))
        return self._copies[address]

    def run_over(self, reader: Reader) -> Run:
        """Make the run over a source; what it counts and says goes to this session's reports."""
        self._overlooking = Overlooking(self.common)
        run = Run(
            reader,
            self.reports,
            self.summary.totals,
            self.progress,
            dry_run=self.common.dry_run,
            scope=Scope(self.common.selection.limit, self._overlooking.overlooked),
        )
        for finding in self.known_before:
            run.note(finding)
        return run

    def reporting(self) -> Reporting:
        """Make what counts and says things of a command that reads no source."""
        totals, dry_run = self.summary.totals, self.common.dry_run
        return Reporting(self.reports, totals, self.progress, dry_run=dry_run)

    def _guarded(self, body: Callable[[], None]) -> int:
        try:
            body()
            if self._overlooking is not None:
                self.progress.close()
                self._overlooking.finish()
        except WpmigrateError as error:
            self.progress.close()
            complain(error)
            self.summary.failure = str(error)
            return error.exit_status
        except (KeyboardInterrupt, click.Abort):
            self.progress.close()
            complain_interrupted()
            self.summary.failure = "interrupted"
            return INTERRUPTED
        self.progress.close()
        return self.summary.totals.exit_status(self.common.fail_on)

    def _open(self, asked: str, stack: ExitStack, result_on_stdout: bool) -> Any:
        name, path = _parts(asked)
        make = formats.find(formats.REPORTS, name, "report")
        if path:
            stream = stack.enter_context(_file(Path(path)))
        else:
            terminal = Terminal(sys.stderr if result_on_stdout else standard_output())
            stack.callback(terminal.flush)
            stream = cast("TextIO", terminal)
        report = make(stream, verbose=self.common.verbose)
        return report if self.common.show_private else Discreet(report)

    def _refuse_same_file(self) -> None:
        """Refuse a report in the file that another one, SOURCE or OUT stands in."""
        others = (self.summary.source, self.summary.target, self.common.baseline or "")
        taken = {os.path.realpath(name) for name in others}
        for asked in self.common.report:
            _, path = _parts(asked)
            if not path or output.is_stream(Path(path)):
                continue
            real = os.path.realpath(path)
            if real in taken or self._is_post(real):
                fix = "Name another file with --report"
                raise UsageError("the report would replace it", path=path, fix=fix)
            taken.add(real)

    def _is_post(self, real: str) -> bool:
        """Tell whether a post of SOURCE stands there: an old report of ours may be replaced."""
        inside = Path(os.path.realpath(self.summary.source)) in Path(real).parents
        return inside and post_text.is_post(real)


def _parts(asked: str) -> tuple[str, str]:
    """Give format and file of a report; no file for standard output."""
    name, _, path = asked.partition("=")
    return name, "" if path == STDOUT else path


def _stdin() -> BinaryIO:
    # Annotated as never None, which it is all the same after `<&-`.
    stream: TextIO | None = sys.stdin
    if stream is None:
        raise SourceError("is closed", path=STDIN, fix="Name a file, or pipe one in")
    return stream.buffer


@contextmanager
def _file(path: Path) -> Iterator[TextIO]:
    with output.replacing(path, make_folder=True) as replacement:
        text = io.TextIOWrapper(
            replacement.stream, "utf-8", errors="backslashreplace", newline="\n"
        )
        yield text
        text.flush()
        text.detach()
