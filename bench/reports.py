"""What reports cost: a dry run over posts that stay as they are, and how fast the HTML page opens.

`python -m bench.reports` prints both tables as Markdown. The dry run is held against reading and
parsing the same files alone; both are CPU seconds of this process, the best of some rounds.
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from math import inf
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from bench.folder import write_posts
from migrate import formats, pipeline
from migrate.mapping import load
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Bodies, Seen
from migrate.model.settings import Settings
from migrate.readers.posts import PostsReader
from migrate.report.discreet import Discreet
from migrate.report.totals import Summary, Totals
from migrate.run import Run
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter
from tests.browser import chromium

ROUNDS: Final = 3
REPORTS: Final = {
    "no report": "",
    "console": "console",
    "json": "json",
    "junit": "junit",
    "html": "html",
}
"""What the tables call a report → its format's name."""


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20_000, help="in the dry run")
    parser.add_argument("--shown", type=int, default=10_000, help="in the HTML page")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wpmigrate-bench-") as folder:
        _dry_runs(Path(folder), asked.posts)
        _page(Path(folder), asked.shown)


def _dry_runs(folder: Path, count: int) -> None:
    source, target = folder / "source", folder / "target"
    write_posts(source, count)
    _convert(source, target, "", dry_run=False)
    parsing, *others = _best(
        lambda: _parse(source),
        *(partial(_convert, source, target, name, dry_run=True) for name in REPORTS.values()),
    )
    print(f"\n{count:,} posts of 11 KB, unchanged; to read and parse them {parsing:.1f} CPU s\n")
    print("| dry run, reported as | CPU s | times reading and parsing |\n| --- | --- | --- |")
    for name, seconds in zip(REPORTS, others, strict=True):
        print(f"| {name} | {seconds:.1f} | {seconds / parsing:.2f} |", flush=True)


def _best(*works: Callable[[], None]) -> list[float]:
    """Do each in turn, for some rounds, and give the CPU seconds that each took at best."""
    best = [inf] * len(works)
    for _ in range(ROUNDS):
        for at, work in enumerate(works):
            start = time.process_time()
            work()
            best[at] = min(best[at], time.process_time() - start)
    return best


def _reader(source: Path) -> PostsReader:
    return PostsReader(source, load.detected(), False, "utf-8", Counter())


def _parse(source: Path) -> None:
    reader = _reader(source)
    for handle in reader.locate(_ignore):
        reader.read(handle, _ignore)


def _ignore(_finding: Finding) -> None:
    pass


def _convert(source: Path, target: Path, report: str, *, dry_run: bool) -> None:
    """Do what `wpmigrate export SOURCE -o TARGET/` does."""
    stream = io.StringIO()
    made = formats.find(formats.REPORTS, report, "report")(stream) if report else None
    reports = [Discreet(made)] if made else []
    totals = Totals()
    run = Run(_reader(source), reports, totals, lambda *_: None, dry_run=dry_run)
    options = PostsOptions(dry_run=dry_run)
    writer = PostsWriter(Settings(), load.load("wpghs"), options, tuple(run.head.authors))
    pipeline.export_folder(run, writer, target)
    if dry_run:
        assert totals.actions["unchanged"] == len(run.handles), totals.actions
    for one in reports:
        one.finish(Summary("export", str(source), str(target), dry_run, "1", totals))


def _page(folder: Path, count: int) -> None:
    """Time from the start of the load to the first rows; as many bodies as have room are in it."""
    path = folder / "report.html"
    with path.open("w", encoding="utf-8") as stream:
        _many(Discreet(formats.find(formats.REPORTS, "html", "report")(stream)), count)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.program(), args=list(chromium.SWITCHES[1:])
        )
        times = [_opening(browser.new_page(), path) for _ in range(ROUNDS)]
        browser.close()
    size = path.stat().st_size / 1e6
    print(f"\n{count:,} posts, an HTML report of {size:.1f} MB, best of {ROUNDS}\n")
    print("| opening in Chromium | seconds |\n| --- | --- |")
    print(f"| by the clock | {min(clock for clock, _ in times):.2f} |")
    print(f"| of the processor, on the page's thread | {min(cpu for _, cpu in times):.2f} |")


def _opening(page: Page, path: Path) -> tuple[float, float]:
    """Load a page until its first row is drawn; give seconds by the clock and of the processor."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    page.locator("#row-0").wait_for()
    seconds = time.perf_counter() - start
    metrics = session.send("Performance.getMetrics")["metrics"]
    page.close()
    return seconds, next(one["value"] for one in metrics if one["name"] == "ThreadTime")


def _many(report: Discreet, count: int) -> None:
    body = "<p>The quick brown fox jumps over the lazy dog again.</p>\n" * 190
    totals = Totals()
    for number in range(count):
        ref = RecordRef("post", str(number), f"post-{number}")
        path = f"_posts/{number}.md"
        report.finding(Finding("mapping-entities", "the title holds entities", path, 3, record=ref))
        bodies = Bodies(body, body.replace("fox", "cat", 3), "html", "html")
        report.record(Seen(path, ref, f"The post with the number {number}", bodies=bodies))
        report.action(Action("update", "post", path, None, ref.id, ref.slug, "The post"))
    totals.read["post"] = count
    report.finish(Summary("import", "posts", "https://example.org", True, "1", totals))


if __name__ == "__main__":
    main()
