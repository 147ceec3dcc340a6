"""An output of one file that is written from the beginning of a long run on, in any order."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from migrate.output.replacement import (
    SPOOL_BUFFER,
    UNTOUCHED,
    ExplainedFile,
    Replacement,
    explaining,
    outcome_of,
    settle,
)
from migrate.output.temporary import remove_left, temporary


def can_be_in_place(path: str) -> bool:
    """Tell whether a file of this name is written as it stands: one that isn't compressed."""
    return not path.endswith(".gz")


@contextlib.contextmanager
def replacing_in_place(path: Path) -> Iterator[Replacement]:
    """Write `path`, which is no stream, through a temporary file, as `replacing` does.

    The replacement's stream can be read and written anywhere; it may be dropped. Errors of the
    system in the block pass as they are, but for those of writing, which are OutputErrors.
    """
    explained = partial(explaining, path, UNTOUCHED)
    with contextlib.ExitStack() as stack:
        with explained():
            place = path.resolve()
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            remove_left(place)
            descriptor, scratch = stack.enter_context(temporary(place, place.parent))
            stack.callback(_remove, scratch, explained)
        raw = ExplainedFile(descriptor, "w+b", explained)
        with io.BufferedRandom(raw, SPOOL_BUFFER) as stream:
            replacement = Replacement(cast("BinaryIO", stream))
            yield replacement
        if not replacement.is_kept:
            return
        with explained():
            replacement.outcome = outcome_of(scratch, place)
            if replacement.outcome != "unchanged":
                settle(scratch, place)


def _remove(scratch: Path, explained: Callable[[], explaining]) -> None:
    with explained():
        scratch.unlink(missing_ok=True)
