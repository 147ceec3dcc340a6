"""Whatever happens on the way to the site, it holds in the end what it would have held without."""

from __future__ import annotations

import os
import random
from collections import Counter
from typing import Any

import pytest

from migrate.live.http import limits
from migrate.model.finding import Finding
from migrate.model.post import Post, TermRef
from tests.conftest import LONG
from tests.wordpress.fault_proxy import FAULTS, PASS, FaultProxy, InTurn, behind
from tests.wordpress.importing import imported, plan, record, stored, target, write_requests
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(1200)]

POSTS = 120 if LONG else 50
SILENCE = 30 if LONG else 6  # seconds
SMALL_BATCHES = "add_filter( 'rest_get_max_batch_size', fn() => 5 );"
TIMEOUT = 20.0 if LONG else 4.0


def source() -> list[Post]:
    """Posts with and without slug, drafts, trashed ones and pages, with terms that are new."""
    return [
        record(
            f"{n:03}.md",
            title=f"Number {n}",
            content=f"The body of {n}.".encode(),
            type="page" if n % 10 == 3 else "post",
            status="trash" if n % 25 == 4 else "draft" if n % 5 == 0 else "publish",
            slug=f"number-{n}" if n % 3 else None,
            date=f"2016-07-{n % 28 + 1:02} 00:22:22",
            terms=[] if n % 10 == 3 else [TermRef("post_tag", f"Tag {n % 3}")],
        )
        for n in range(POSTS)
    ]


def held(site: Site) -> Counter[tuple[Any, ...]]:
    """What the site's posts are, but for their numbers and what WordPress counts itself."""
    names = ("post_title", "post_content", "post_status", "post_type", "post_date")
    return Counter((*(row[name] for name in names), *row["post_tag"]) for row in stored(site))


def asked(post: Post) -> tuple[Any, ...]:
    """The same of a record."""
    tags = [term.name for term in post.terms or ()]
    text = (post.content or b"").decode()
    return (post.title, text, post.status, post.type, post.date, *tags)


@one_flavour("wp61-mariadb")
def test_every_fault(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each kind of fault, in any order: every post and term once, and a finding for each fault."""
    seed = int(os.environ.get("WPMIGRATE_FAULT_SEED", random.randrange(2**32)))
    print(f"repeat with WPMIGRATE_FAULT_SEED={seed}")
    happening = [*FAULTS, *([PASS] * 3)] * (3 if LONG else 1)
    random.Random(seed).shuffle(happening)
    monkeypatch.setattr(limits, "READ_TIMEOUT", TIMEOUT)
    posts, findings, faults = source(), list[Finding](), InTurn(*happening)

    with (
        FaultProxy(site.url, faults, SILENCE) as proxy,
        behind(site, proxy, SMALL_BATCHES),
        target(site, findings) as live,
    ):
        decisions = [decision for _, decision in plan(live, posts)]
        done = list(live.apply(zip(posts, decisions, strict=True)))

    assert [action for action in done if action.verb != "create"] == []
    assert [action.path for action in done] == [post.provenance.path for post in posts]
    assert held(site) == Counter(asked(post) for post in posts)
    tags = site.php("return wp_count_terms( array( 'taxonomy' => 'post_tag' ) );")
    assert int(tags) == 3
    assert faults.left == []
    lost = [finding for finding in findings if finding.code == "target-answer-lost"]
    assert len(lost) >= sum(name != PASS for name in happening)
    sent = len(write_requests(site))
    assert imported(site, posts).verbs == ["unchanged"] * POSTS
    assert len(write_requests(site)) == sent
