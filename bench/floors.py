"""Bare loops that do less than any converter must: `python -m bench.floors LOOP SOURCE OUT`.

- `copy` reads every file and writes one.
- `parse-posts` reads, decodes, splits, loads each head with libyaml and writes one file of strings.
- `parse-wxr` walks a file with lxml and writes a file for each item.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_CONTENT: Final = "{http://purl.org/rss/1.0/modules/content/}encoded"
_NAME: Final = "{http://wordpress.org/export/1.2/}post_name"


def copy(source: Path, out: Path) -> None:
    """Write the bytes of all files into one."""
    with out.open("wb") as target:
        for path in sorted(source.rglob("*.md")):
            target.write(path.read_bytes())


def parse_posts(source: Path, out: Path) -> None:
    """Write what PyYAML's C loader makes of each head, and each body."""
    import yaml  # noqa: PLC0415 - the other loops shouldn't pay for it

    with out.open("w", encoding="utf-8") as target:
        for path in sorted(source.rglob("*.md")):
            _, head, body = path.read_bytes().decode("utf-8").split("---\n", 2)
            values = yaml.load(head, yaml.CSafeLoader)
            target.write(str(values))
            target.write(body)


def parse_wxr(source: Path, out: Path) -> None:
    """Write the body of each item into a file of the item's name."""
    from lxml import etree  # noqa: PLC0415 - the other loops shouldn't pay for it

    out.mkdir()
    for _, item in etree.iterparse(source, tag="item", huge_tree=True):
        name, body = item.findtext(_NAME), item.findtext(_CONTENT)
        (out / f"{name}.html").write_text(body, encoding="utf-8")
        item.clear()
        while item.getprevious() is not None:
            del item.getparent()[0]


LOOPS: Final[dict[str, Callable[[Path, Path], None]]] = {
    "copy": copy,
    "parse-posts": parse_posts,
    "parse-wxr": parse_wxr,
}


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.floors", description=__doc__)
    parser.add_argument("loop", choices=LOOPS)
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    asked = parser.parse_args()
    LOOPS[asked.loop](asked.source, asked.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
