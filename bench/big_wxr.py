"""How much memory a WXR file of 5 GB takes: `python -m bench.big_wxr --folder /somewhere/large`.

Makes the file, converts it to a file, to a folder and back, and prints what each took. Everything
is made in a new folder inside `--folder` and removed at the end. `--posts N` makes it smaller.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.measured import Measured, measure
from bench.wxr import write_wxr

POSTS: Final = 500_000
POST_SIZE: Final = 11_000
_COPIES: Final = 4
"""How often all posts are on the disk at most: the source, the output before, the spool, the new
output; files of posts take whole blocks, which the margin covers."""
_MARGIN: Final = 1.25


class Step(NamedTuple):
    """One command of ours on files of this bench."""

    title: str
    source: str
    target: str


STEPS: Final = {
    "file": Step("WXR to WXR", "big.xml", "again.xml"),
    "folder": Step("WXR to posts", "big.xml", "posts"),
    "back": Step("posts to WXR", "posts", "back.xml"),
}


def run(folder: Path, posts: int, steps: Sequence[str]) -> Iterator[tuple[Step, Measured]]:
    """Make the file in a folder, and give each step with what it took; written files are removed.

    Temporary files are made in the same folder, so that no small /tmp decides.
    """
    write_wxr(folder / "big.xml", posts)
    for name in steps:
        step = STEPS[name]
        target = folder / step.target
        command = [sys.executable, "-m", "migrate", "export", str(folder / step.source)]
        yield step, measure([*command, "-o", str(target), "--fail-on", "never"], folder)
        if target.is_file():
            target.unlink()


def _refuse_small_disk(folder: Path, posts: int) -> str:
    """Give a sentence where the disk is too small, else nothing."""
    needed = int(posts * POST_SIZE * _COPIES * _MARGIN)
    free = shutil.disk_usage(folder).free
    if free >= needed:
        return ""
    return (
        f"{folder} has {free / 1e9:.1f} GB free and {needed / 1e9:.1f} GB are needed: "
        "name another --folder, or fewer --posts"
    )


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.big_wxr", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    steps_help = "which of the steps, in this order; back needs folder (default: all)"
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=list(STEPS), help=steps_help)
    asked = parser.parse_args()
    if refused := _refuse_small_disk(asked.folder, asked.posts):
        print(refused, file=sys.stderr)
        return 2
    print(f"{asked.posts} posts, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    print(f"{'step':14}{'seconds':>9}{'CPU s':>9}{'ms/post':>9}{'peak MB':>9}", flush=True)
    with tempfile.TemporaryDirectory(prefix="wpmigrate-bench-", dir=asked.folder) as scratch:
        for step, took in run(Path(scratch), asked.posts, asked.steps):
            each = took.seconds / asked.posts * 1000
            times = f"{took.seconds:9.1f}{took.cpu:9.1f}{each:9.2f}"
            print(f"{step.title:14}{times}{took.peak / 1e6:9.0f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
