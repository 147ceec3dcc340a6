"""`wpmigrate completion`: what a shell needs to complete commands, options and their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem, get_completion_class

from migrate.cli.terminal import out

SHELLS = ("bash", "zsh", "fish")

Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the script with which SHELL completes wpmigrate's commands and options.

    \b
    Examples: eval "$(wpmigrate completion bash)"                  # in ~/.bashrc
              eval "$(wpmigrate completion zsh)"                   # in ~/.zshrc
              wpmigrate completion fish > ~/.config/fish/completions/wpmigrate.fish
    """  # noqa: D301 - click looks for the character
    from migrate.cli.main import commands  # noqa: PLC0415 - it holds this command

    made = get_completion_class(shell)
    assert made is not None  # click.Choice let only these pass
    out(made(commands, {}, "wpmigrate", "_WPMIGRATE_COMPLETE").source().strip("\n"))


def rules(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the last of a list of rewrite rules."""
    from migrate.rewrite.rules import RULES  # noqa: PLC0415 - start-up is kept short

    del context, param
    before, comma, last = incomplete.rpartition(",")
    return _items((f"{before}{comma}{name}" for name in RULES), f"{before}{comma}{last}")


def mappings(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a mapping's name, or the path of a file."""
    from migrate.mapping.load import names  # noqa: PLC0415 - start-up is kept short

    del context, param
    return [*_items(names(), incomplete), CompletionItem(incomplete, type="file")]


def reports(
    context: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Complete a report's format."""
    from migrate.formats import REPORTS  # noqa: PLC0415 - start-up is kept short

    del context, param
    return _items(REPORTS, incomplete)


def codes(context: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the code of a finding."""
    from migrate.model.codes import CODES  # noqa: PLC0415 - start-up is kept short

    del context, param
    return _items(CODES, incomplete)


def _items(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
