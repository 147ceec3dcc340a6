"""The options that choose among the records of a source; they mean the same in every command."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

import click

from migrate.cli.option_types import Names
from migrate.selection import Selection

_SHAPE: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?)?")


LAST: Final = "last"
"""What --since says for: since the folder was exported from the site."""


class Since(click.ParamType[str]):
    """A date, or a date and a time, as MySQL's text, or LAST."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give it as `YYYY-MM-DD HH:MM:SS`; wrong usage where there is no such day or time."""
        if value == LAST:
            return LAST
        moment = _moment(value)
        if moment is None:
            self.fail(f"{value!r} is no date: write 2024-05-31 or '2024-05-31 18:00'", param, ctx)
        return moment.isoformat(" ", "seconds")


class GitRef(click.ParamType[str]):
    """A commit or branch that Git knows by this name."""

    name = "GITREF"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give it; wrong usage where none is named, as by a variable that nobody set.

        To take everything then could send a whole site where a branch was meant.
        """
        if not value.strip():
            self.fail("no commit or branch is named; without the option all is taken", param, ctx)
        return str(value)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _SHAPE.fullmatch(text) else None
    except ValueError:
        return None


OPTIONS: Final = (
    click.option("--include", multiple=True, metavar="GLOB",
                 help="Take only what fits: a path below SOURCE, as in .gitignore. Repeatable."),
    click.option("--exclude", multiple=True, metavar="GLOB",
                 help="Leave out what fits. Repeatable."),
    click.option("--type", "types", type=Names(), default=(), metavar="TYPE[,TYPE…]",
                 help="Take only records of these types, as post,page."),
    click.option("--status", "statuses", type=Names(), default=(), metavar="STATUS[,STATUS…]",
                 help="Take only records with these statuses, as publish,future."),
    click.option("--since", type=Since(), default=None, metavar="DATE|last",
                 help="Take only what was changed, or else dated, on that day or later; last "
                      "brings the folder of an earlier export of a site up to date."),
    click.option("--changed-since", type=GitRef(), default=None, metavar="GITREF",
                 help="Take only what this branch changed since it left GITREF, as origin/main; "
                      "posts that it deleted are named."),
    click.option("--limit", type=click.IntRange(min=1), default=None, metavar="N",
                 help="Take only the first N of the records that nothing else leaves out."),
)  # fmt: skip


def selection(given: dict[str, Any]) -> Selection:
    """Take these options out of what click gave, and give what they mean."""
    names = ("include", "exclude", "types", "statuses", "since", "changed_since", "limit")
    for name in ("since", "changed_since"):
        given[name] = given[name] or ""
    return Selection(**{name: given.pop(name) for name in names})
