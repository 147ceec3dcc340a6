"""`wpmigrate mappings`: which dialects there are, what they say, and what they can't bring back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from migrate.cli.terminal import complain, err, out
from migrate.errors import DONE, FINDINGS, USAGE, MappingError, UsageError

if TYPE_CHECKING:
    from migrate.mapping.check import Problem


@click.group()
def mappings() -> None:
    """Show and check the mapping files, one for each front matter dialect.

    Example: wpmigrate mappings list
    """


@mappings.command("list")
def list_() -> None:
    """List the built-in mappings: name, title, and what each extends.

    Example: wpmigrate mappings list
    """
    from migrate.mapping.load import names, resolve  # noqa: PLC0415 - start-up is kept short

    width = max(map(len, names()), default=0)
    for name in names():
        data = resolve(name).document.data
        extends = f" (extends {data['extends']})" if "extends" in data else ""
        out(f"{name:{width}}  {data['title']}{extends}")


@mappings.command()
@click.argument("name")
@click.pass_context
def show(context: click.Context, name: str) -> None:
    """Show the mapping NAME, or that of a file, with all that it takes from others.

    Example: wpmigrate mappings show wpghs
    """
    from migrate.mapping.load import resolve  # noqa: PLC0415 - start-up is kept short
    from migrate.mapping.show import as_yaml  # noqa: PLC0415

    try:
        mapping = resolve(name)
    except MappingError as error:
        complain(error)
        context.exit(USAGE)
    out(f"# {mapping.document.path}\n{as_yaml(mapping)}")


@mappings.command()
@click.argument("names", nargs=-1, metavar="[NAME|FILE]...")
@click.pass_context
def check(context: click.Context, names: tuple[str, ...]) -> None:
    """Check mappings, all built-in ones by default, and say which fields can't come back.

    The exit status is 0 when nothing would be lost, 1 when a key loses something without being
    declared one-way, and 2 when a file is wrong.

    Example: wpmigrate mappings check my-dialect.yaml
    """
    from migrate.mapping import load  # noqa: PLC0415 - start-up is kept short

    context.exit(max((_check(name) for name in names or load.names()), default=DONE))


def _check(name: str) -> int:
    """Print what is wrong with one mapping; give the exit status for it."""
    from migrate import rewriting  # noqa: PLC0415 - start-up is kept short
    from migrate.mapping.check import check as problems_of  # noqa: PLC0415
    from migrate.mapping.load import load  # noqa: PLC0415

    try:
        dialect = load(name)
        rewriting.try_out(dialect)
        problems = problems_of(dialect)
    except UsageError as error:
        complain(error)
        return USAGE
    lost = [problem for problem in problems if problem.lost]
    out(f"{name}: {'not ok' if lost else 'ok'}")
    for problem in problems:
        if not problem.lost:
            out(f"  {problem}")
    for problem in lost:
        _complain_about(name, problem)
    return FINDINGS if lost else DONE


def _complain_about(name: str, problem: Problem) -> None:
    err(f"{name}: {problem}. Change the rule, or declare it `one_way: true`")
