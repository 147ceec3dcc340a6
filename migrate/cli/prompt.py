"""Prompt: how the user's name and password are asked for, on a terminal alone."""

from __future__ import annotations

import sys

import click

from migrate.live.credentials import Prompt
from migrate.report.harmless import harmless


def prompt() -> Prompt | None:
    """Give the way to ask; None where nobody sits at standard input."""
    if not sys.stdin.isatty():
        return None

    def ask(question: str, hidden: bool) -> str:
        answer: str = click.prompt(harmless(question), hide_input=hidden, err=True)
        return answer

    return ask
