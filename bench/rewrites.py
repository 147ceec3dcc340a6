"""What each rewrite rule costs a post: `python -m bench.rewrites`, which also writes RESULTS.md.

The rounds are interleaved, so that what else the machine does hits all rules alike; the time is
the processor's, of one thread.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, Final, NamedTuple

from bench.measured import CHECKOUT
from bench.republished import SIZE, concerned, unconcerned
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.site import Site
from migrate.rewrite import rules
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.rewrites import Rewrites

CHEAP: Final = (
    "control-characters",
    "entities",
    "ad-markers",
    "tracking-pixels",
    "self-closing",
    "duplicate-ids",
)
TARGETS: Final = {", ".join(CHEAP): 60, "mojibake": 300}
"""µs a post that may be spent."""

OPTIONS: Final[dict[str, dict[str, Any]]] = {"categories": {"table": {"topNews": "Top News"}}}
"""What a rule does nothing without."""

RESULTS: Final = CHECKOUT / "bench" / "RESULTS.md"
HEADING: Final = "## Cost of rewrite rules"


class Case(NamedTuple):
    """Rules to run, and the posts that they get."""

    rewrites: Rewrites
    posts: list[Post]

    def microseconds(self) -> float:
        """Run them over copies of the posts, once; give the time of one post."""
        copies = [copy(post) for post in self.posts]
        start = time.thread_time_ns()
        for post in copies:
            self.rewrites.rewrite(post, _ignore)
        return (time.thread_time_ns() - start) / 1000 / len(copies)

    def changes(self) -> int:
        """Say how many of the posts the rules change."""
        return sum(map(self._is_changed, self.posts))

    def _is_changed(self, post: Post) -> bool:
        found: list[Finding] = []
        self.rewrites.rewrite(copy(post), found.append)
        return any(finding.is_change for finding in found)


class Cost(NamedTuple):
    """Medians in µs a post; `unconcerned` is None where a rule changes every post that it reads."""

    rules: str
    concerned: float
    unconcerned: float | None


def measure(count: int, rounds: int, say: Callable[[str], None]) -> list[Cost]:
    """Measure every rule by itself, and the cheap ones together."""
    groups: list[tuple[str, ...]] = [(name,) for name in rules.RULES]
    groups += [tuple(name for name in CHEAP if name in rules.RULES)]
    cases = [_cases(group, count) for group in groups]
    times: list[tuple[list[float], list[float]]] = [([], []) for _ in cases]
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for pair, taken in zip(cases, times, strict=True):
            for case, seen in zip(pair, taken, strict=True):
                seen.append(case.microseconds())
    return [
        Cost(", ".join(group), statistics.median(first), _median(second, pair[1]))
        for group, pair, (first, second) in zip(groups, cases, times, strict=True)
    ]


def _cases(group: Sequence[str], count: int) -> tuple[Case, Case]:
    made = concerned(group[0] if len(group) == 1 else "duplicate-ids", count)
    addresses = AddressIndex(Site(url="https://wire.example.org"), "", relative=False)
    for post in made:
        addresses.add(post)
    chosen = Rewrites(
        rules.make({name: OPTIONS.get(name, {}) for name in group}), addresses=addresses
    )
    case = Case(chosen, made)
    if case.changes() < count:
        raise RuntimeError(f"{', '.join(group)} changed {case.changes()} of {count} posts")
    return case, Case(chosen, unconcerned(count))


def _median(times: list[float], case: Case) -> float | None:
    return None if case.changes() else statistics.median(times)


def _ignore(_finding: Finding) -> None:
    pass


def table(costs: Sequence[Cost]) -> str:
    """Give the costs as a table in Markdown."""
    rows = ["| rules | concerned | not concerned | target |", "| --- | --- | --- | --- |"]
    for cost in costs:
        clean = "" if cost.unconcerned is None else f"{cost.unconcerned:,.1f}"
        target = TARGETS.get(cost.rules, "")
        rows.append(f"| {cost.rules} | {cost.concerned:,.1f} | {clean} | {target} |")
    return "\n".join(rows)


def write(shown: str, count: int, rounds: int) -> None:
    """Put the table into the results, in the place of an earlier one."""
    section = (
        f"{HEADING}\n\n`python -m bench.rewrites`: µs of the processor a post, the median of "
        f"{rounds} interleaved rounds over {count} posts of {SIZE // 1000} KB, findings included. "
        "The posts of the second column hold nothing to mend; it is empty for rules that turn "
        f"every body that they read.\n\n{shown}\n"
    )
    text = RESULTS.read_text(encoding="utf-8")
    earlier = re.compile(rf"^{HEADING}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if earlier.search(text):
        text = earlier.sub(lambda _: f"{section}\n", text).rstrip("\n") + "\n"
    else:
        text = f"{text}\n{section}"
    RESULTS.write_text(text, encoding="utf-8")


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m bench.rewrites", description=__doc__)
    parser.add_argument("--posts", type=int, default=40, help="how many a round")
    parser.add_argument("--rounds", type=int, default=15, help="how often")
    parser.add_argument("--no-results", action="store_true", help="leave RESULTS.md as it is")
    asked = parser.parse_args()
    costs = measure(asked.posts, asked.rounds, lambda line: print(line, file=sys.stderr))
    print(table(costs))
    if not asked.no_results:
        write(table(costs), asked.posts, asked.rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
