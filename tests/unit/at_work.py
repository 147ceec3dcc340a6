"""Another process that is at work while a test looks on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def at_work(program: str, place: Path) -> subprocess.Popen[str]:
    """Start a program that is told a place, and prints "ready" once it is at work there."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process
