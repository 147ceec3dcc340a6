"""Fuzzes every target for a time each: `python -m tests.fuzz --seconds 60 [TARGET …]`.

Inputs begin with samples/. One that ends a target is kept in tests/fuzz/found/TARGET, where a test
tries it from then on; the command ends with 1.
"""

from __future__ import annotations

import argparse
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
LIMITS: Final = ("-timeout=5", "-rss_limit_mb=1024", f"-max_len={LONGEST}")
_SEEDS: Final = {
    "front-matter": ("samples/**/*.md", "samples/**/*.html"),
    "wxr": ("samples/**/*.xml",),
    "mapping": ("mappings/*.yaml",),
    "rules": ("samples/**/*.md",),
    "php": (),
}
_RUNS: Final = re.compile(r"Done (\d+) runs")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    asked = parser.parse_args()
    return max([_fuzzed(name, asked.seconds) for name in asked.targets], default=0)


def _fuzzed(name: str, seconds: int) -> int:
    with tempfile.TemporaryDirectory(prefix="wpmigrate-fuzz-") as folder:
        corpus, bad = Path(folder, "corpus"), Path(folder, "bad")
        corpus.mkdir()
        bad.mkdir()
        for number, seed in enumerate(_seeds(name)):
            corpus.joinpath(str(number)).write_bytes(seed)
        command = [sys.executable, "-m", "tests.fuzz.run", name, *LIMITS, str(corpus)]
        command += [f"-max_total_time={seconds}", f"-artifact_prefix={bad}/"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        found = sorted(bad.iterdir())
        for path in found:
            (FOUND / name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, FOUND / name)
    runs = _RUNS.search(done.stderr)
    print(f"{name}: {runs[1] if runs else 'no'} runs, {len(found)} found", flush=True)
    if done.returncode:
        print(done.stderr[-3000:])
    return int(bool(done.returncode))


def _seeds(name: str) -> list[bytes]:
    paths = [path for pattern in _SEEDS[name] for path in sorted(ROOT.glob(pattern))]
    found = [path.read_bytes() for path in paths if path.is_file()]
    return [data for data in found if len(data) <= LONGEST]


if __name__ == "__main__":
    sys.exit(main())
