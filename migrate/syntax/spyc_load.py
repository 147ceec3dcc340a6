"""Reads front matter in the spelling of Spyc, the YAML library inside the plugin."""

from __future__ import annotations

from migrate.syntax import spyc_exact, spyc_fast
from migrate.syntax.values import Value


def load(head: str) -> dict[str, Value]:
    """The values of a head: the text between the `---` lines, with LF as line end.

    A leaf is the text as written, `Plain` where it stood without quotes and could be a number, a
    truth value or null. Raises `RecordError` with the line in the head and the column.
    """
    values = spyc_fast.read(head)
    return spyc_exact.read(head)[0] if values is None else values
