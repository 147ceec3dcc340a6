"""Placed: a record whose references lead to the site it goes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from migrate.model.post import Post
from migrate.writers.rest.media.item import Item

__all__ = ["Placed"]


@dataclass(slots=True)
class Placed:
    """A copy of a record, and more of its fields; `items` are the files that it names."""

    post: Post
    fields: dict[str, Any] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
