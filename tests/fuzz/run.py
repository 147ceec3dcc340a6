"""One target under libFuzzer: `python -m tests.fuzz.run TARGET [libFuzzer's options]`.

Atheris is libFuzzer for Python, with the coverage of the bytecode as its guide.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["migrate"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
