"""How long a command takes and how much memory it has at most.

A child's peak as the kernel counts it includes that of whoever started it. So a small process of
its own stands between: `python -m bench.measured COMMAND …` runs a command and prints what it saw.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

CHECKOUT: Final = Path(__file__).parent.parent
_UNIT: Final = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


class Measured(NamedTuple):
    """What a command took: seconds by the clock and of the processor, bytes at its peak."""

    seconds: float
    cpu: float
    peak: int


def measure(
    command: Sequence[str], temporary: Path, variables: Mapping[str, str] | None = None
) -> Measured:
    """Run a command that makes its temporary files in a folder, with these variables as well.

    Raises RuntimeError with what it said where it fails.
    """
    named = [f"{name}={value}" for name, value in (variables or {}).items()]
    between = [
        sys.executable,
        "-m",
        "bench.measured",
        *(["env", *named] if named else []),
        *command,
    ]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users have their modules compiled
    done = subprocess.run(
        between, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return Measured(*json.loads(done.stdout))


def main() -> int:
    """Run the command, and print as JSON what it took."""
    start = time.perf_counter()
    status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False).returncode
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps(Measured(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT)))
    return status


if __name__ == "__main__":
    sys.exit(main())
