"""Fuzzes every target for a time each: `python -m tests.fuzz --seconds 60 [TARGET …]`.

Inputs begin with samples/. One that ends a target is kept in tests/fuzz/found/TARGET, where a test
tries it from then on; the command ends with 1. `--runs` in the place of `--seconds` does the same
work on every machine.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.fuzz.targets import TARGETS

ROOT: Final = Path(__file__).parents[2]
FOUND: Final = Path(__file__).parent / "found"
LONGEST: Final = 20_000  # bytes of an input
# The clock says nothing where others have the processor; run.py counts its own time.
_BY_THE_CLOCK: Final = ("-timeout=1200", "-report_slow_units=1200")
LIMITS: Final = (*_BY_THE_CLOCK, "-rss_limit_mb=1024", f"-max_len={LONGEST}")
_SAMPLES: Final = {
    "front-matter": ("samples/**/*.md", "samples/**/*.html"),
    "wxr": ("samples/**/*.xml",),
    "mapping": ("mappings/*.yaml",),
    "rules": ("samples/**/*.md", "samples/**/*.html"),
    "php": (),
}
_PHP: Final = (b'a:1:{s:1:"a";i:1;}', b'a:2:{i:0;a:0:{}i:1;s:0:"";}', b's:3:"\xc3\xa9a";', b"b:1;")
_RUNS: Final = re.compile(r"Done (\d+) runs")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--runs", type=int, help="for each target, however long they take")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs that were worth keeping")
    parser.add_argument("--seed", type=int, default=random.randrange(2**31), help="of the chances")
    asked = parser.parse_args()
    until = f"-max_total_time={asked.seconds}" if asked.runs is None else f"-runs={asked.runs}"
    ended = [fuzzed(name, until, asked.seed, asked.keep) for name in asked.targets]
    return max(ended, default=0)


def fuzzed(name: str, until: str, seed: int, keep: Path | None = None) -> int:
    """Fuzz a target until libFuzzer's option says, and say how that went; 1 where it ended."""
    with tempfile.TemporaryDirectory(prefix="wpmigrate-fuzz-") as folder:
        corpus, bad = (keep or Path(folder, "corpus")) / name, Path(folder, "bad")
        corpus.mkdir(parents=True, exist_ok=True)
        bad.mkdir()
        for number, data in enumerate(seeds(name)):
            corpus.joinpath(str(number)).write_bytes(data)
        command = [sys.executable, "-m", "tests.fuzz.run", name, *LIMITS, str(corpus)]
        command += [until, f"-artifact_prefix={bad}/", f"-seed={seed}"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found = sorted(bad.iterdir())
        for path in found:
            (FOUND / name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, FOUND / name)
    runs = _RUNS.search(done.stderr)
    count = runs[1] if runs else "no"
    print(f"{name}: {count} runs with --seed {seed}, {len(found)} found", flush=True)
    if done.returncode:
        print(done.stderr[-3000:])
    return int(bool(done.returncode))


def seeds(name: str) -> list[bytes]:
    """Give the inputs that a target begins with."""
    paths = [path for pattern in _SAMPLES[name] for path in sorted(ROOT.glob(pattern))]
    found = [path.read_bytes() for path in paths if path.is_file()]
    if name == "rules":  # each is for another rule, and another format
        found = [bytes((at % 256, at // 256)) + data for at, data in enumerate(found)]
    return [*(_PHP if name == "php" else ()), *(data for data in found if len(data) <= LONGEST)]


if __name__ == "__main__":
    sys.exit(main())
