"""The options of an import about what it may do to the site, and about saving that as a plan."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Final, get_args

import click

from migrate.cli.site_options import names_options
from migrate.errors import UsageError
from migrate.plan import saved
from migrate.writers.rest.options import OnExisting

_FILE: Final = click.Path(path_type=Path)

_OPTIONS: Final = (
    click.option("--as-status", type=click.Choice(("draft", "pending", "private")), default=None,
                 help="Bring everything in under this status; an import without it sets the "
                      "true ones."),
    click.option("--on-existing", type=click.Choice(get_args(OnExisting)), default="update",
                 show_default=True, help="What becomes of a post that is there and differs."),
    click.option("--create-only", is_flag=True,
                 help="Leave whatever is there, and don't compare it."),
    click.option("--on-slug-taken", type=click.Choice(("conflict", "rename")), default="conflict",
                 show_default=True,
                 help="rename takes WordPress's number behind a slug that another post has."),
    click.option("--prune", is_flag=True,
                 help="Put posts into the trash that imports made and whose records are gone."),
    click.option("--quick/--full", default=False,
                 help="Ask only for posts that the site says were changed, or for all.  "
                      "[default: full]"),
    click.option("--companion/--no-companion", default=True, show_default=True,
                 help="Go through the site's companion, where it has that plugin."),
    click.option("--fast", is_flag=True,
                 help="Through the companion: run no hooks, so that no plugin notices a post."),
    names_options,
    click.option("--plan-out", type=_FILE, default=None, metavar="FILE",
                 help="Save the plan, and change nothing."),
    click.option("--plan", "planned", type=_FILE, default=None, metavar="FILE",
                 help="Do what this saved plan says, unless SOURCE or the site has moved on."),
)  # fmt: skip


def plan_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command these options."""
    for option in reversed(_OPTIONS):
        option(command)
    return command


def witness(
    out: Path | None, planned: Path | None, site: str, source: str
) -> AbstractContextManager[saved.Witness | None]:
    """Give who saves the plan, or holds it against a saved one; nobody where that isn't asked.

    Raises UsageError where both are asked.
    """
    if out and planned:
        raise UsageError("--plan and --plan-out can't be asked together", fix="Leave out one")
    if out:
        return saved.saving(out, site, source)
    return saved.comparing(planned, site) if planned else nullcontext()
