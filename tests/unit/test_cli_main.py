"""The command `wpmigrate` itself: what it lists and what it loads."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from migrate.cli.main import COMMANDS, commands

LOADED = """
import sys
from migrate.cli.main import main
sys.argv = ["wpmigrate", {argument!r}]
try:
    main()
finally:
    loaded = [name for name in sys.modules if name.startswith("migrate.cli.")]
    print(*sorted(loaded), "requests" in sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_list_of_commands_loads_none(argument: str) -> None:
    """Start-up stays short: only what prints is there."""
    code = LOADED.format(argument=argument)

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr == "migrate.cli.main migrate.cli.terminal False\n"


def test_every_command_is_listed_with_a_line_that_fits() -> None:
    """Each row names a command, and no line is broken on 80 columns."""
    context = click.Context(commands)

    listed = commands.get_help(context).partition("Commands:\n")[2].splitlines()

    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert all(commands.get_command(context, name) for name in COMMANDS)
