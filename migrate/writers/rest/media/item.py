"""Item: one file that posts of the source name, and what of it the site holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from migrate.live.api import Row
from migrate.model.action import Action
from migrate.plan.media.sizes import copied_size

__all__ = ["ATTACHMENT", "Item"]

ATTACHMENT = "attachment"


class Item(Struct, eq=False):
    """A file by where it is: `path` on this machine, else the first of `urls` that gives one.

    `key` is what the journal calls it, `fields` what its attachment is to say in REST's words. One
    that the source has as a record has a `source_id` there, and its `parent`'s.
    `row` is the attachment, empty as long as the site has none; then `problem` may say why. `made`
    tells that this run has uploaded it, `needed` that the plan wants it, `is_own` that it comes
    from the very site that it goes to.
    """

    key: str
    name: str
    action: Action
    path: Path | None = None
    urls: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    source_id: int = 0
    parent: int = 0
    is_record: bool = False
    row: Row = field(default_factory=dict)
    problem: str = ""
    made: bool = False
    needed: bool = False
    looked_up: bool = False
    is_own: bool = False

    @property
    def is_lacking(self) -> bool:
        """Tell whether the site hasn't the file, and nothing says where to get it."""
        return not (self.row or self.path or self.urls)

    @property
    def is_of_a_copy(self) -> bool:
        """Tell whether what the site has is a smaller copy: the whole one couldn't be fetched."""
        is_fetched = len(self.urls) > 1 and not self.is_record
        return is_fetched and bool(self.row) and copied_size(self.row) is not None

    @property
    def id(self) -> int:
        """Give the attachment's id, 0 without one."""
        return int(self.row.get("id", 0))
