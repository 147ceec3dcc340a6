"""docs/commands.md is what --help prints, for every command, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import click
import pytest

from migrate.cli.main import COMMANDS, commands, load
from tests.sources import SAMPLES

PAGE: Final = SAMPLES.parent / "docs" / "commands.md"
WIDTH: Final = 90

INTRODUCTION: Final = """\
# Commands

What `wpmigrate COMMAND --help` prints. Every option can stand in `wpmigrate.toml`, or in
`[tool.wpmigrate]` of pyproject.toml, under its long name (`base-url = "https://example.org"`);
SOURCE is `source` there, `-o` is `out`. A table with a command's name holds what only that command
is to know, and alone may hold what removes or replaces something (`overwrite`, `prune`, `force`).
Whom to trust (`--scheduler`, `--allow-private`) is said on the command line alone. What a
settings file names to be written has to lie below its folder, can't be hidden, and replaces only
what wpmigrate wrote.
The nearest file at or above SOURCE counts, else at or above the current folder; its paths are
relative to it; the command line wins. A SOURCE on the command line that lies outside the file's
`source` is read without its `from`, `mapping`, `encoding` and `out`, which speak of that.

Exit status: 0 done; 1 a finding at or above `--fail-on`; 2 wrong usage; 3 incomplete, run again to
go on; 4 the site can't be reached or refuses us, nothing was changed; 130 interrupted.
"""


def every_command() -> Iterator[tuple[str, click.Command]]:
    """Give each command with its whole name, sub-commands behind the one that holds them."""
    yield "wpmigrate", commands
    for name in COMMANDS:
        command = load(name)
        yield f"wpmigrate {name}", command
        if isinstance(command, click.Group):
            for each in command.commands.values():
                yield f"wpmigrate {name} {each.name}", each


EVERY: Final = dict(every_command())


def help_of(name: str) -> str:
    """Give a command's help text, without what depends on the terminal."""
    settings = commands.context_settings  # every command has them from the group
    context = click.Context(EVERY[name], info_name=name, terminal_width=WIDTH, **settings)
    return EVERY[name].get_help(context)


def test_the_page_is_what_help_prints(golden: Any) -> None:
    """It is fresh; `--accept` writes it again."""
    parts = [INTRODUCTION, *(f"## {name}\n\n```\n{help_of(name)}\n```\n" for name in EVERY)]

    golden(PAGE, "\n".join(parts).encode())


@pytest.mark.parametrize("name", list(EVERY)[1:])
def test_a_command_has_an_example(name: str) -> None:
    """Its help shows it as it is typed."""
    examples = help_of(name).partition("Example")[2]

    assert name in examples


@pytest.mark.parametrize("name", EVERY)
def test_every_option_is_explained(name: str) -> None:
    """Each has a sentence that ends in a full stop, a default or a bracket."""
    options = [param for param in EVERY[name].params if isinstance(param, click.Option)]
    missing = [o.name for o in options if not (o.help or "").rstrip().endswith((".", "]"))]

    assert missing == []
