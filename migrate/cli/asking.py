"""Asking, once, before a live site is changed."""

from __future__ import annotations

import sys

import click

from migrate.cli.terminal import err
from migrate.report.harmless import harmless


def may_change(site: str, *, ask: bool) -> bool:
    """Ask whether a site may be changed; without a terminal nothing is asked and everything may.

    Raises click.Abort where the user interrupts the question.
    """
    if not ask or not sys.stdin.isatty():
        return True
    wanted = click.confirm(harmless(f"Change {site}?"), err=True)
    if not wanted:
        err("Nothing was changed.")
    return wanted
