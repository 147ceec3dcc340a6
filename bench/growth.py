"""How time and memory grow with the number of posts: `python -m bench.growth`.

Each size is converted once in one process, posts to WXR and back into posts, on a memory file
system. Seconds are the processor's: what else the machine does hardly falls on them.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.folder import write_posts
from bench.measured import measure
from bench.speed import MEMORY

SIZES: Final = (2_000, 20_000, 200_000)


def rows(count: int) -> Iterator[str]:
    """Convert so many posts there and back; give a row of the table for each way."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        place = Path(folder)
        write_posts(place / "posts", count)
        for way, source, out in (
            ("posts to WXR", "posts", "site.xml"),
            ("WXR to posts", "site.xml", "back"),
        ):
            command = [sys.executable, "-m", "migrate", "export", "-q", "--jobs", "1"]
            took = measure([*command, str(place / source), "-o", str(place / out)], place)
            each = took.cpu / count * 1e6
            yield f"| {way} | {count:,} | {took.cpu:.1f} | {each:,.0f} | {took.peak / 1e6:.0f} |"
            if source == "posts":
                shutil.rmtree(place / source)


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    asked = parser.parse_args()
    print("| conversion | posts | CPU s | CPU µs a post | peak MB |")
    print("| --- | --- | --- | --- | --- |", flush=True)
    for count in asked.sizes:
        for row in rows(count):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
