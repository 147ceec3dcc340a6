"""Sees every test of docs/security.md fail without its defence: `python -m tests.security.prove`.

In a copy of the project one defence after the other is taken out; its test has to fail then, and
to pass before. Words behind the command choose threats whose text holds one of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import checkout
from tests.security.threats import THREATS, Threat


def main(words: list[str]) -> int:
    """Run the command; 1 where a test doesn't notice."""
    with tempfile.TemporaryDirectory(prefix="wpmigrate-prove-") as folder:
        copy = Path(folder) / "project"
        _copy(copy)
        unnoticed = [
            threat
            for threats in THREATS.values()
            for threat in threats
            if not words or any(word in threat.what for word in words)
            if not _proven(copy, threat)
        ]
    return 1 if unnoticed else 0


def _copy(copy: Path) -> None:
    checkout.copied(copy)
    if (checkout.ROOT / ".cache").exists():
        (copy / ".cache").symlink_to((checkout.ROOT / ".cache").resolve())


def _proven(copy: Path, threat: Threat) -> bool:
    passes = _passes(copy, threat)
    whole = {cut.module: (copy / cut.module).read_text(encoding="utf-8") for cut in threat.without}
    for module, old, new in threat.without:
        text = (copy / module).read_text(encoding="utf-8")
        (copy / module).write_text(text.replace(old, new), encoding="utf-8")
    notices = not _passes(copy, threat)
    for module, text in whole.items():
        (copy / module).write_text(text, encoding="utf-8")
    said = "proven" if passes and notices else "UNNOTICED" if passes else "FAILS AS IT IS"
    print(f"{said:<15} {threat.what}  ({threat.test})", flush=True)
    return passes and notices


def _passes(copy: Path, threat: Threat) -> bool:
    tests = _run(
        copy, sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", threat.test
    )
    return tests.returncode == 0


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    known = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=folder, env=known, capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
