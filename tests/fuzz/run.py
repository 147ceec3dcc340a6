"""One target under libFuzzer: `python -m tests.fuzz.run TARGET [libFuzzer's options]`.

Atheris is libFuzzer for Python, with the coverage of the bytecode as its guide. libFuzzer's own
`-timeout` goes by the clock, which says little on a busy machine; here the processor's time counts.
"""

from __future__ import annotations

import signal
import sys
from typing import Final, NoReturn

import atheris

with atheris.instrument_imports(include=["migrate"]):
    from tests.fuzz.targets import TARGETS

LONGEST: Final = 2.0
"""Seconds of the processor that one input may take, with the coverage being counted."""


class HangError(BaseException):
    """One that no part of the program takes for its own."""


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    name, *options = sys.argv[1:]
    target = TARGETS[name]
    signal.signal(signal.SIGVTALRM, _hangs)

    def timed(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
        target(data)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    atheris.Setup([sys.argv[0], *options], timed)
    atheris.Fuzz()


def _hangs(*_: object) -> NoReturn:
    raise HangError(f"one input took over {LONGEST:g} s of the processor")


if __name__ == "__main__":
    main()
