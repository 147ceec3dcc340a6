"""One chunk of a run: handles become records, and these what the target needs of them."""

from migrate.chunk.one_by_one import Advised, Encode, Made, Result, keep, place, process
from migrate.chunk.side_by_side import AdvisedRows, Together
from migrate.chunk.side_by_side import process as process_rows

__all__ = [
    "Advised",
    "AdvisedRows",
    "Encode",
    "Made",
    "Result",
    "Together",
    "keep",
    "place",
    "process",
    "process_rows",
]
