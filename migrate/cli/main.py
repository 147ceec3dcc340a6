"""The command `wpmigrate`: its sub-commands, each imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import sys
from types import FrameType
from typing import Final, NamedTuple

import click

from migrate import __version__
from migrate.cli.terminal import complain, complain_interrupted, writing_to
from migrate.errors import INTERRUPTED, OutputError, WpmigrateError

_OBJECTS_BETWEEN_LOOKS: Final = 50_000
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)


class Row(NamedTuple):
    """Where a command is, `module:attribute`, and its line in the list of commands."""

    place: str
    line: str


COMMANDS: Final = {
    "init": Row("migrate.cli.init:init", "Look at a folder and write its settings."),
    "export": Row("migrate.cli.export:export", "Convert posts and WXR, one into the other."),
    "import": Row("migrate.cli.import_:import_", "Bring posts or WXR into a live site."),
    "undo": Row("migrate.cli.undo:undo", "Take back what the last import into a site did."),
    "check": Row("migrate.cli.check:check", "Say what is wrong in a source, or what a site takes."),
    "verify": Row("migrate.cli.verify:verify", "Say where another source differs from this one."),
    "companion": Row("migrate.cli.companion:companion", "Write the plugin for the WordPress side."),
    "explain": Row("migrate.cli.explain:explain", "Say what the code of a finding means."),
    "journal": Row("migrate.cli.journal:journal", "Show what past imports did."),
    "completion": Row("migrate.cli.completion:completion", "Let your shell complete commands."),
    "mappings": Row("migrate.cli.mappings:mappings", "Show and check the mapping files."),
}


def load(name: str) -> click.Command:
    """Import and give a command of the table."""
    module, _, attribute = COMMANDS[name].place.partition(":")
    command: click.Command = getattr(importlib.import_module(module), attribute)
    return command


class Commands(click.Group):
    """The table of commands; one that isn't called costs nothing at start-up."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands' names."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give a command."""
        del ctx
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, row.line) for name, row in COMMANDS.items()])


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wpmigrate")
def commands() -> None:
    """Move writing in and out of WordPress: nothing lost, nothing changed unasked."""


def main() -> None:
    """Run the command line; ends the process with the exit status that errors.py lists."""
    ending = _Ending()
    for number in _ENDING:
        signal.signal(number, ending)
    if hasattr(signal, "SIGCHLD"):  # where whoever started us ignores it, no process can be awaited
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    # Records hold no cycles: to look for some behind each 700 objects takes a tenth of a run.
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)
    try:
        # Not standalone: click would end an interrupted run with "Aborted!" and status 1.
        status = commands.main(prog_name="wpmigrate", standalone_mode=False)
    except WpmigrateError as error:
        complain(error)
        sys.exit(error.exit_status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OSError as error:
        sys.exit(_refused(error))
    except (KeyboardInterrupt, click.Abort):
        for number in _ENDING:
            signal.signal(number, signal.SIG_IGN)
        complain_interrupted()
        sys.exit(INTERRUPTED)
    finally:
        gc.freeze()  # Python looks at all that is left four times before it ends
    sys.exit(status)


def _refused(error: OSError) -> int:
    """Say that standard output can't be written, if it is click that wrote there, and end with 3.

    It writes help and version by itself. Raises the error where it is another's.
    """
    import traceback  # noqa: PLC0415 - for mistakes only

    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    if frame.f_globals.get("__name__") != click.utils.__name__:
        raise error
    try:
        with writing_to(sys.stdout):
            raise error
    except OutputError as refused:
        complain(refused)
        return refused.exit_status


class _Ending:
    """What happens when somebody asks the run to end: it does so in order, the second time at once.

    At once is as safe, since a kill is; what lies beside its place may stay there.
    """

    def __init__(self) -> None:
        self._is_asked = False

    def __call__(self, _number: int, _frame: FrameType | None) -> None:
        if self._is_asked:
            with contextlib.suppress(RuntimeError):  # what is being written is said half already
                complain_interrupted()
            os._exit(INTERRUPTED)
        self._is_asked = True
        raise KeyboardInterrupt
