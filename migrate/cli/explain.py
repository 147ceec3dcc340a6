"""`wpmigrate explain`: what the code of a finding means and what to do about it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import click

from migrate.cli.completion import codes
from migrate.cli.terminal import out
from migrate.errors import UsageError

if TYPE_CHECKING:
    from migrate.model.codes import Code

WIDTH: Final = 78


@click.command()
@click.argument("code", default="", required=False, shell_complete=codes)
def explain(code: str) -> None:
    """Say what the CODE of a finding means and what to do about it.

    Without CODE all are listed; with a family (source, mapping, rewrite, loss,
    target) those of it. docs/codes.md is the same list to read.

    \b
    Examples: wpmigrate explain loss-character
              wpmigrate explain loss
    """  # noqa: D301 - click looks for the character
    from migrate.model.codes import CODES  # noqa: PLC0415 - start-up is kept short

    code = code.strip().lower()
    if code in CODES:
        out("\n".join(_explained(code, CODES[code])))
        return
    family = {name: about for name, about in CODES.items() if _is_in(code, name)}
    if not family:
        raise _unknown(code, list(CODES))
    width = max(map(len, family))
    for name, about in family.items():
        out(f"{name:{width}}  {about.severity}")


def _is_in(family: str, name: str) -> bool:
    return not family or name.partition("-")[0] == family


def _explained(name: str, about: Code) -> Iterator[str]:
    yield f"{name} ({about.severity})"
    yield ""
    yield textwrap.fill(about.explanation, WIDTH)
    yield ""
    yield textwrap.fill(_failing(name, about), WIDTH)


def _failing(name: str, about: Code) -> str:
    """Say at which --fail-on a finding of this code ends a run with status 1."""
    if about.severity == "error":
        return "It ends a run with status 1, unless --fail-on is never."
    at = ["warning"] if about.severity == "warning" else []
    at += ["loss"] if name.startswith("loss-") else []
    if not at:
        return "It never ends a run with status 1."
    return f"It ends a run with status 1 where --fail-on is {' or '.join(at)}."


def _unknown(code: str, known: list[str]) -> UsageError:
    import difflib  # noqa: PLC0415 - start-up is kept short

    near = difflib.get_close_matches(code, known, n=3, cutoff=0.5)
    fix = f"Did you mean {' or '.join(near)}?" if near else "`wpmigrate explain` lists them"
    return UsageError(f"there is no code {code!r}", fix=fix)
