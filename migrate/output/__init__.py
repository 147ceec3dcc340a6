"""The only room that writes files: one file replaced whole, or a folder file by file."""

from migrate.output.replacement import Outcome, Replacement, appending, is_stream, replacing, spool
from migrate.output.standing_in import standing_in

__all__ = ["Outcome", "Replacement", "appending", "is_stream", "replacing", "spool", "standing_in"]
