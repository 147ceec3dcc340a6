"""Placed: a record whose references lead to the site it goes to."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from migrate.model.post import Post
from migrate.writers.rest.media.item import Item

__all__ = ["Placed"]


class Placed(Struct):
    """A copy of a record, and more of its fields; `items` are the files that it names."""

    post: Post
    fields: dict[str, Any] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
