"""The only room that writes files: one file replaced whole, or a folder file by file."""

from migrate.output.in_place import can_be_in_place, replacing_in_place
from migrate.output.replacement import Outcome, Replacement, appending, is_stream, replacing, spool
from migrate.output.standing_in import standing_in

__all__ = [
    "Outcome",
    "Replacement",
    "appending",
    "can_be_in_place",
    "is_stream",
    "replacing",
    "replacing_in_place",
    "spool",
    "standing_in",
]
