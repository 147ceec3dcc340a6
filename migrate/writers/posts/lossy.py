"""What is lost where nothing but posts is written, and noted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

from migrate.model.finding import Finding
from migrate.model.rows import NoteRows
from migrate.syntax.plain_records import POST_FIELDS

ONLY_POSTS: Final = "Leave --only-posts out: .wordpress/ holds it"


def note_lost(lost: Sequence[Sequence[str]], note: NoteRows) -> None:
    """Note what each of many records has lost."""
    rows_of: dict[tuple[str, ...], list[int]] = {}
    for row, names in enumerate(map(tuple, lost)):
        rows_of.setdefault(names, []).append(row)
    for name in POST_FIELDS:
        if rows := sorted(chain(*(rows for names, rows in rows_of.items() if name in names))):
            note(loss(name), rows)


def loss(name: str) -> Finding:
    """Give what there is to say of a field that was lost."""
    message = f"front matter can't say {name} as it is, so it wasn't written"
    return Finding("loss-no-place", message, field=name, fix=ONLY_POSTS)
