"""How long conversions take, beside what people would use instead: `make bench`.

Makes its inputs, runs whole processes in turn (A B C, A B C …) on a memory file system, each into a
new folder that is removed outside the clock, and writes medians and ratios into RESULTS.md. A
ratio is the median of those within each round, so that what else the machine does falls on both
sides; processor seconds are told beside those of the clock.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from bench import export_live, peers
from bench.folder import write_posts
from bench.measured import CHECKOUT, Measured, measure
from bench.wxr import write_wxr

RESULTS: Final = CHECKOUT / "bench" / "RESULTS.md"
HEADING: Final = "## Speed of files to files"
MEMORY: Final = Path("/dev/shm")
FEW: Final = 500
"""Posts for programs that take tens of milliseconds for each."""

_PYTHON: Final = sys.executable
_OURS: Final = (_PYTHON, "-m", "migrate", "export", "SOURCE", "-q", "-o")


_NAMED: Final = re.compile(r"\bOUT\.xml\b|\bOUT\b|\bSOURCE\b")


class Runner(NamedTuple):
    """One command; SOURCE and OUT in it are replaced. Others' programs get FEW posts."""

    name: str
    command: tuple[str, ...]
    is_slow: bool = False


def _ours(name: str, target: str, jobs: str) -> Runner:
    return Runner(name, (*_OURS, target, "--jobs", jobs))


def _to_markdown(jobs: str) -> Runner:
    asked = ("--body", "markdown", "--fail-on", "never")
    return Runner(f"wpmigrate --jobs {jobs}", (*_OURS, "OUT", "--jobs", jobs, *asked))


TO_WXR: Final = (
    Runner(
        "floor: read, split, CSafeLoader, write",
        (_PYTHON, "-m", "bench.floors", "parse-posts", "SOURCE", "OUT"),
    ),
    Runner("copy: read all, write one", (_PYTHON, "-m", "bench.floors", "copy", "SOURCE", "OUT")),
    Runner("plain.py (python-frontmatter, lxml)", (_PYTHON, "-m", "bench.plain", "SOURCE", "OUT")),
    _ours("wpmigrate --jobs 1", "OUT.xml", "1"),
    _ours("wpmigrate --jobs 2", "OUT.xml", "2"),
)
TO_POSTS: Final = (
    Runner(
        "floor: lxml iterparse, write files",
        (_PYTHON, "-m", "bench.floors", "parse-wxr", "SOURCE", "OUT"),
    ),
    Runner("plain.py (lxml, python-frontmatter)", (_PYTHON, "-m", "bench.plain", "SOURCE", "OUT")),
    _ours("wpmigrate --jobs 1", "OUT", "1"),
    _ours("wpmigrate --jobs 2", "OUT", "2"),
)
FROM_WORDPRESS: Final = (
    TO_POSTS[0],
    *(
        Runner(f"wpmigrate --jobs {jobs}{said}", (*_OURS, "OUT", "--jobs", jobs, *asked))
        for asked, said in ((("--only-posts",), " --only-posts"), ((), ""))
        for jobs in ("1", "2")
    ),
)
TO_MARKDOWN: Final = (
    Runner("wordpress-export-to-markdown", peers.TO_MARKDOWN, is_slow=True),
    Runner("pelican-import, pandoc", peers.PELICAN, is_slow=True),
    _to_markdown("1"),
    _to_markdown("2"),
)
"""The first of each is what the others are held against."""


def rounds(
    runners: Sequence[Runner], source: Path, count: int, few: Path | None = None
) -> Iterator[list[Measured]]:
    """Run all commands in turn, so many times; give what each took, round by round."""
    for _ in range(count):
        yield [_run(runner, (runner.is_slow and few) or source) for runner in runners]


def _run(runner: Runner, source: Path) -> Measured:
    with tempfile.TemporaryDirectory(prefix="wpmigrate-bench-", dir=source.parent) as scratch:
        names = {"OUT.xml": f"{scratch}/out.xml", "OUT": f"{scratch}/out", "SOURCE": str(source)}
        command = [_NAMED.sub(lambda found: names[found[0]], word) for word in runner.command]
        return measure(command, Path(scratch), peers.environment() if runner.is_slow else None)


def table(runners: Sequence[Runner], taken: Sequence[list[Measured]], posts: int) -> str:
    """Give the medians, µs a post, and the ratios to the first command."""
    rows = [
        "| command | clock µs | CPU µs | clock ratio | CPU ratio | peak MB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for at, runner in enumerate(runners):
        mine = [each[at] for each in taken]
        rows.append(
            f"| {runner.name} | {_median(mine, _clock) / posts:,.0f} "
            f"| {_median(mine, _cpu) / posts:,.0f} | {_ratio(taken, at, _clock):.2f} "
            f"| {_ratio(taken, at, _cpu):.2f} | {max(m.peak for m in mine) / 1e6:.0f} |"
        )
    return "\n".join(rows)


def table_of_peers(runners: Sequence[Runner], taken: Sequence[list[Measured]], posts: int) -> str:
    """Give posts a second and the processor's time of a post, as medians and beside the first's."""
    counts = [FEW if runner.is_slow else posts for runner in runners]
    each = [
        [Measured(m.seconds / n, m.cpu / n, m.peak) for m, n in zip(one, counts, strict=True)]
        for one in taken
    ]
    rows = [
        "| command | posts | posts/s | times the first's | CPU µs a post | CPU to the first's |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for at, runner in enumerate(runners):
        mine = [one[at] for one in each]
        rows.append(
            f"| {runner.name} | {counts[at]:,} | {1e6 / _median(mine, _clock):,.0f} "
            f"| {1 / _ratio(each, at, _clock):,.1f} | {_median(mine, _cpu):,.0f} "
            f"| {_ratio(each, at, _cpu):.2f} |"
        )
    return "\n".join(rows)


def _clock(took: Measured) -> float:
    return took.seconds * 1e6


def _cpu(took: Measured) -> float:
    return took.cpu * 1e6


def _median(taken: Sequence[Measured], of: Callable[[Measured], float]) -> float:
    return statistics.median(map(of, taken))


def _ratio(taken: Sequence[list[Measured]], at: int, of: Callable[[Measured], float]) -> float:
    return statistics.median(of(each[at]) / of(each[0]) for each in taken)


def section(shown: Sequence[str], posts: int, on_site: int, count: int) -> str:
    """Give what stands in RESULTS.md."""
    load = ", ".join(f"{number:.1f}" for number in os.getloadavg())
    libraries = ", ".join(f"{name} {version(name)}" for name in ("lxml", "PyYAML"))
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {libraries}; load {load} at the end"
    )
    return (
        f"{HEADING}\n\n`make bench`: {posts:,} posts of 11 KB, medians of {count} rounds, whole "
        f"processes with their start, on a memory file system. {machine}.\n\n"
        f"Posts to WXR:\n\n{shown[0]}\n\nWXR (ours, with provenance) to posts:\n\n{shown[1]}\n\n"
        f"WXR of WordPress's own to posts, with a sidecar for each or without:\n\n{shown[2]}\n\n"
        f"WXR to Markdown, with WordPress's paragraphs (`--body markdown`):\n\n{shown[3]}\n\n"
        f"A site of {on_site:,} posts on MariaDB to WXR, beside WordPress's own export in PHP's "
        f"command line:\n\n{shown[4]}\n"
    )


def write(text: str) -> None:
    """Put the section into the results, in the place of an earlier one."""
    held = RESULTS.read_text(encoding="utf-8")
    earlier = re.compile(rf"^{HEADING}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if earlier.search(held):
        held = earlier.sub(lambda _: f"{text}\n", held).rstrip("\n") + "\n"
    else:
        held = f"{held}\n{text}"
    RESULTS.write_text(held, encoding="utf-8")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000)
    parser.add_argument("--on-site", type=int, default=2_000, help="posts of the site")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    peers.install()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        posts, wxr = Path(folder) / "posts", Path(folder) / "site.xml"
        write_posts(posts, asked.posts)
        ours = [*_OURS[:4], str(posts), *_OURS[5:], str(wxr)]
        measure(ours, Path(folder))
        shown = []
        foreign = Path(folder) / "foreign.xml"
        write_wxr(foreign, asked.posts)
        sources = ((TO_WXR, posts), (TO_POSTS, wxr), (FROM_WORDPRESS, foreign))
        for runners, source in sources:
            taken = list(rounds(runners, source, asked.rounds))
            shown.append(table(runners, taken, asked.posts))
            print(shown[-1], flush=True)
        shutil.rmtree(posts)
        foreign.unlink()
        few = Path(folder) / "few.xml"
        write_wxr(few, FEW)
        taken = list(rounds(TO_MARKDOWN, wxr, asked.rounds, few))
        shown.append(table_of_peers(TO_MARKDOWN, taken, asked.posts))
        print(shown[-1], flush=True)
    taken_on_site = list(export_live.measured(asked.on_site, asked.rounds))
    shown.append(export_live.table(taken_on_site, asked.on_site))
    print(shown[-1], flush=True)
    write(section(shown, asked.posts, asked.on_site, asked.rounds))
    return 0


if __name__ == "__main__":
    sys.exit(main())
