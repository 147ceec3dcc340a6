"""Write generated posts: `python -m bench.generate 2000 OUT`; OUT ends in .xml or is a folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.folder import write_posts
from bench.wxr import write_wxr


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("posts", type=int, help="how many")
    parser.add_argument("out", type=Path, help="a file that ends in .xml, or a folder")
    asked = parser.parse_args()
    write = write_wxr if asked.out.suffix == ".xml" else write_posts
    write(asked.out, asked.posts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
