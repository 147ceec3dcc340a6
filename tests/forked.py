"""The command line in a forked process of its own, which can be killed at a chosen point.

It starts without the third of a second that an interpreter takes, and what is laid into it before
(`prepare`) ends with it.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, NoReturn

from migrate.cli import main

_BROKEN = 99
"""The exit status of an error that the program doesn't know."""


class Done(NamedTuple):
    """How a command ended: its exit status, negative for a signal's number, and what it said."""

    status: int
    said: str


def forked(
    words: Sequence[str], environment: Mapping[str, str], prepare: Callable[[], None]
) -> Done:
    """Run a command line to its end, or to that which `prepare` has laid."""
    with tempfile.TemporaryFile() as said:
        with warnings.catch_warnings():
            # From Python 3.12 on: the threads of whoever runs the tests hold nothing of ours.
            warnings.simplefilter("ignore", DeprecationWarning)
            process = os.fork()
        if process == 0:
            _run(words, environment, prepare, said.fileno())
        _, status = os.waitpid(process, 0)
        said.seek(0)
        return Done(os.waitstatus_to_exitcode(status), said.read().decode("utf-8", "replace"))


def _run(
    words: Sequence[str], environment: Mapping[str, str], prepare: Callable[[], None], said: int
) -> NoReturn:
    status = _BROKEN
    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        with open(os.devnull, encoding="utf-8") as nothing:  # noqa: PTH123 - as it is
            os.dup2(nothing.fileno(), 0)
        sys.stdin = io.TextIOWrapper(io.FileIO(0, closefd=False))
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), write_through=True)
        sys.stderr = sys.stdout
        os.environ.update(environment)
        sys.argv = ["wpmigrate", *words]
        prepare()
        main.main()
    except SystemExit as ended:
        status = int(ended.code or 0)
    except BaseException:  # noqa: BLE001 - this process ends here, whatever it was
        traceback.print_exc()
    finally:
        os._exit(status)
