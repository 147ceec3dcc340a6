"""Settings: what a run was asked to do, as far as the stages inside a chunk need to know."""

from __future__ import annotations

from datetime import tzinfo
from typing import NamedTuple

from msgspec import Struct


class Settings(Struct, frozen=True):
    """Picklable, so that a chunk can be worked on in another process.

    `timezone` is the zone of dates that state none; `base_url` the site's address where the
    records don't tell it; `epoch` SOURCE_DATE_EPOCH in seconds, where it is set; `generator` the
    text that outputs name as their maker.
    """

    timezone: tzinfo | None = None
    base_url: str = ""
    provenance: bool = True
    epoch: int | None = None
    generator: str = ""


class Handle(NamedTuple):
    """A cheap name for one record of a source: a path below SOURCE, with `/`.

    `start` and `end` are bytes, where a file holds several records.
    """

    path: str
    start: int = 0
    end: int = 0
