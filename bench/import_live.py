"""Posts a second into a live site, three ways in turn: `python -m bench.import_live`.

- loop: `wp_insert_post()` in PHP on the command line, with category and metas, without HTTP;
- one by one: a REST request for each post, with full answers, as plain scripts do it;
- wpmigrate: what an import does once its plan is made, reading back and journal included; once
  without metas, which REST doesn't take, and once with them.

Each round starts with an empty site and has every way in turn, so that only the ratios of one round
are compared: a machine that is busy makes all of them slow. Beside each rate stands what a post
took of the processor, in milliseconds, client, PHP and database together: two cores can't do more
than that allows.

Then a site is filled with posts, and an import of them is planned: once without a journal,
which compares contents, and once more with the journal of that, by listings alone. What the
processor does for us, reading the source apart, is told from what the site's answers take.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from bench import live_sites
from bench.posts import Post as Generated
from bench.posts import numbered
from bench.posts import posts as generated
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter
from migrate.live.http.client import Client
from migrate.model.finding import Finding
from migrate.model.post import Meta, Post, TermRef
from migrate.model.provenance import Provenance
from migrate.plan.decision import Wait
from migrate.plan.journal.journal import Journal
from migrate.run import CHUNK
from migrate.writers.rest.options import ImportOptions
from migrate.writers.site import open_site
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.importing import plan
from tests.wordpress.site import Site

_COUNTS: Final = {"wp61-mariadb": (2_000, 200), "wp67-sqlite": (400, 50)}
"""Posts of a round: by the loop and by us, and one by one."""
_COLUMNS: Final = (
    *("site", "round", "loop", "one by one", "import", "with metas"),
    *("import to loop", "import to one by one", "with metas to loop"),
)
_PLANNED: Final = "wp61-mariadb"
_PIECE: Final = 1_000


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.import_live", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--plan", type=int, default=20_000, help="posts of the plan, 0 for none")
    parser.add_argument("--flavours", nargs="*", default=list(_COUNTS), choices=list(FLAVOURS))
    asked = parser.parse_args()
    print("|", " | ".join(_COLUMNS), "|")
    print("|", " | ".join(["---"] * len(_COLUMNS)), "|")
    for name in asked.flavours:
        with Site(FLAVOURS[name]) as site:
            rounds = [_round(site, number, *_COUNTS[name]) for number in range(asked.rounds)]
        if rounds:
            _print(name, "median", [_median(paces) for paces in zip(*rounds, strict=True)])
    if asked.plan:
        with Site(FLAVOURS[_PLANNED]) as site:
            _plan_many(site, asked.plan)
    return 0


class _Pace(NamedTuple):
    """Posts a second, and the milliseconds of the processor that each took."""

    rate: float
    cost: float


def _median(paces: Sequence[_Pace]) -> _Pace:
    return _Pace(*(statistics.median(values) for values in zip(*paces, strict=True)))


def _round(site: Site, number: int, count: int, singles: int) -> list[_Pace]:
    """Run every way once."""
    chosen = list(islice(generated(count), count))
    ways: list[tuple[int, Callable[[], float]]] = [
        (count, lambda: live_sites.insert_in_a_loop(site, chosen)),
        (singles, lambda: _one_by_one(site, chosen[:singles])),
        (count, lambda: _import(site, [_record(post, metas=False) for post in chosen])),
        (count, lambda: _import(site, [_record(post, metas=True) for post in chosen])),
    ]
    paces = []
    for posts, way in ways:
        site.reset()
        before = live_sites.processor_time(site)
        rate = posts / way()
        spent = live_sites.processor_time(site) - before
        paces.append(_Pace(rate, 1_000 * spent / posts))
    _print(site.flavour.name, str(number + 1), paces)
    return paces


def _one_by_one(site: Site, posts: Sequence[Generated]) -> float:
    """Post each by itself; the category is made before."""
    with Client() as client:
        api = enter(client, site.url, Credentials(site.user, site.app_password)).api
        names = sorted({post.category for post in posts})
        terms = {name: api.post("wp/v2/categories", {"name": name})["id"] for name in names}
        start = time.perf_counter()
        for post in posts:
            body = {
                "title": post.title,
                "slug": post.slug,
                "content": post.body,
                "status": "publish",
                "date": f"{post.date:%Y-%m-%dT%H:%M:%S}",
                "categories": [terms[post.category]],
            }
            api.post("wp/v2/posts", body)
        return time.perf_counter() - start


def _import(site: Site, records: Sequence[Post]) -> float:
    """Import records; gives the seconds that applying took."""
    findings: list[Finding] = []
    known = Credentials(site.user, site.app_password)
    with (
        tempfile.TemporaryDirectory() as folder,
        Journal.open(Path(folder) / "journal.sqlite") as journal,
        open_site(site.url, known, ImportOptions(), findings.append, journal) as live,
    ):
        decisions = [decision for _, decision in plan(live, records)]
        start = time.perf_counter()
        done = list(live.apply(zip(records, decisions, strict=True)))
        done += live.finish()
        spent = time.perf_counter() - start
    failed = [action for action in done if action.verb != "create"]
    if failed:
        raise RuntimeError(f"{len(failed)} posts weren't made, the first: {failed[0].reason}")
    return spent


def _plan_many(site: Site, count: int) -> None:
    """Plan an import of posts that are there already."""
    for start in range(0, count, _PIECE):
        live_sites.fill(site, _some(start, count))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.sqlite"
        for name in ("contents compared", "by listings"):
            wall, cpu, first = _planned(site, count, path)
            share = f"{cpu:.1f} s of the processor, {100 * cpu / wall:.0f} %"
            alone = f"{100 * (wall - first) / wall:.0f} % of it after the first chunk"
            print(
                f"plan of {count} unchanged posts, {name}: {wall:.1f} s, {alone}; {share}",
                flush=True,
            )


def _planned(site: Site, count: int, path: Path) -> tuple[float, float, float]:
    """Plan once; gives seconds by the clock and of the processor, and those of the first chunk.

    Before that is decided about everything has been listed: by listings the rest is ours alone.
    """
    known = Credentials(site.user, site.app_password)
    wall = cpu = first = 0.0
    findings: list[Finding] = []
    with (
        Journal.open(path) as journal,
        open_site(site.url, known, ImportOptions(), findings.append, journal) as live,
    ):
        for start in range(0, count, CHUNK):
            records = [_record(post, metas=False) for post in _some(start, count, CHUNK)]
            for record in records:
                record.terms = None  # the site was filled without
            begun = time.perf_counter(), time.process_time()
            decided = live.decide(records, Wait.FOR_MORE)
            wall += time.perf_counter() - begun[0]
            cpu += time.process_time() - begun[1]
            first = first or wall
            if any(each is None or each[1].verb != "unchanged" for each in decided):
                raise RuntimeError("a post that is there isn't known again")
    return wall, cpu, first


def _some(start: int, count: int, size: int = _PIECE) -> list[Generated]:
    return [numbered(number + 1) for number in range(start, min(start + size, count))]


def _record(post: Generated, *, metas: bool) -> Post:
    return Post(
        type="post",
        status="publish",
        title=post.title,
        slug=post.slug,
        content=post.body.encode(),
        date=f"{post.date:%Y-%m-%d %H:%M:%S}",
        terms=[TermRef("category", post.category)],
        meta=[Meta(key, value) for key, value in post.metas.items()] if metas else None,
        provenance=Provenance(path=f"{post.slug}.md"),
    )


def _print(flavour: str, name: str, paces: Sequence[_Pace]) -> None:
    shown = [f"{pace.rate:.0f} ({pace.cost:.1f} ms)" for pace in paces]
    loop, one, ours, with_metas = (pace.rate for pace in paces)
    ratios = [f"{ratio:.2f}" for ratio in (ours / loop, ours / one, with_metas / loop)]
    print("|", " | ".join((flavour, name, *shown, *ratios)), "|", flush=True)


if __name__ == "__main__":
    sys.exit(main())
