"""Counts the instructions of fixed small jobs: `make bench-check` holds them against a baseline.

Seconds differ by half from one run to the next where other programs run; what valgrind's callgrind
counts differs by a thousandth. A job that needs more than 5 % more than `bench/instructions.json`
says is named, and ends the command with status 1. `--write` takes what is counted for the new
baseline: commit it with the reason. Counts are those of one Python, so the file names its version.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bench.folder import write_posts
from bench.measured import CHECKOUT

BASELINE: Final = CHECKOUT / "bench" / "instructions.json"
MOST: Final = 1.05
"""How many times the baseline a job may need."""

FEW: Final = 10
KNOWN: Final = 192
MANY: Final = 448
"""What a post more takes is told once its shape is known: by four chunks behind three."""
_COLLECTED: Final = re.compile(r"Collected : ([0-9]+)")


def count(arguments: list[str]) -> int:
    """Give how many instructions wpmigrate needs for this; RuntimeError where it fails."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # users have their modules compiled
    command = [sys.executable, "-m", "migrate", *arguments]
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    done = subprocess.run(
        valgrind, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False
    )
    found = _COLLECTED.search(done.stderr)
    if done.returncode or not found:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    return int(found[1])


def counts(folder: Path) -> dict[str, int]:
    """Give the instructions of each job; those of a post are what each post more takes."""
    sizes = (FEW, KNOWN, MANY)
    for size in sizes:
        write_posts(folder / str(size), size)
    jobs = {"--version": count(["--version"]), "--help": count(["--help"])}
    for name, source, ending in (("posts to WXR", "", ".xml"), ("WXR to posts", ".xml", "")):
        needed = []
        for posts in (folder / str(size) for size in sizes):
            out = f"{posts}-out{ending}"
            needed.append(count(["export", f"{posts}{source}", "-q", "-j", "1", "-o", out]))
            if ending:
                Path(out).rename(f"{posts}.xml")
        jobs[f"{name}, {FEW} posts"] = needed[0]
        jobs[f"{name}, a post"] = (needed[2] - needed[1]) // (MANY - KNOWN)
    return jobs


def table(now: Mapping[str, int], before: Mapping[str, int]) -> str:
    """Give the counts, beside those of the baseline."""
    rows = ["| job | thousand instructions | baseline | ratio |", "| --- | --- | --- | --- |"]
    for job, needed in now.items():
        old = before.get(job)
        ratio = f"{needed / old:.3f}" if old else ""
        held = f"{old / 1000:,.0f}" if old else ""
        rows.append(f"| {job} | {needed / 1000:,.0f} | {held} | {ratio} |")
    return "\n".join(rows)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.instructions", description=__doc__)
    parser.add_argument("--write", action="store_true", help="take the counts for the baseline")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        print("valgrind isn't installed: apt-get install valgrind", file=sys.stderr)
        return 2
    subprocess.run([sys.executable, "-m", "compileall", "-q", "migrate"], cwd=CHECKOUT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        now = counts(Path(folder))
    held = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    before = held.get("instructions", {})
    print(table(now, before))
    if asked.write:
        made = {"python": platform.python_version(), "instructions": now}
        BASELINE.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")
        return 0
    if held.get("python") != platform.python_version():
        print(f"the baseline is of Python {held.get('python')}", file=sys.stderr)
        return 2
    slower = [job for job, needed in now.items() if needed > MOST * before.get(job, needed)]
    if slower:
        print(f"more than {MOST - 1:.0%} above the baseline: {'; '.join(slower)}", file=sys.stderr)
    return 1 if slower else 0


if __name__ == "__main__":
    sys.exit(main())
