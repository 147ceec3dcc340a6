"""An import that is killed, again and again, brings everything in once."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from pathlib import Path

import pytest

from migrate.plan.journal.journal import Journal
from tests import ended
from tests.conftest import LONG
from tests.wordpress.importing import install_plugin, stored, write_requests
from tests.wordpress.killing import killed
from tests.wordpress.newspaper import journal_of, wpmigrate
from tests.wordpress.pictures import media, png, write
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(3600 if LONG else 600)]

POSTS = 400 if LONG else 40
SMALL_BATCHES = "add_filter( 'rest_get_max_batch_size', fn() => 4 );"
TERMS = """
return get_terms( array( 'taxonomy' => array( 'category', 'post_tag' ), 'hide_empty' => false,
    'fields' => 'names' ) );
"""
POST = """---
post_title: {title}
layout: {layout}
{slug}published: {published}
post_date: 2016-07-{day:02} 00:22:22
post_excerpt: ""
categories:
  - Town
  - Part {part}
tags:
  - Tag {part}
---
The body of {title}. <img src="images/{image}.png" alt="">
"""
IMAGES = POSTS // 4


def write_posts(folder: Path) -> None:
    """Posts and pages of every state; each third has no slug, each fifth is a draft."""
    folder.mkdir()
    for number in range(POSTS):
        text = POST.format(
            title=f"Number {number}",
            layout="page" if number % 7 == 0 else "post",
            slug=f"permalink: https://old.example/number-{number}/\n" if number % 3 else "",
            published="true" if number % 5 else "false",
            day=number % 28 + 1,
            part=number % 4,
            image=number % IMAGES,
        )
        (folder / f"{number:03}.md").write_text(text, "utf-8")
    write(folder, {f"images/{number}.png": png(3, 3, number) for number in range(IMAGES)})


def killed_import(site: Site, folder: Path, moment: random.Random) -> bool:
    """Start an import and kill it at a random moment; false if it had ended by itself."""
    writes = moment.randint(0, 3)
    pause = moment.random() * (0.1 if writes else 1)  # without a write: before the first one
    started = ("import", str(folder), "--yes")
    by = moment.choice(ended.BY)
    return killed(site, started, lambda: len(write_requests(site)), writes, pause, by)


@ended.KILLS
def test_killed_again_and_again(site: Site, tmp_path: Path, record_property: ended.Tell) -> None:
    """Killed at random moments and started again: every post, term and image once."""
    moment = ended.moments()
    folder = tmp_path / "posts"
    write_posts(folder)
    install_plugin(site, SMALL_BATCHES)

    kills, cut_off = 0, set()
    for _ in range(ended.IMPORT.times):
        kills += killed_import(site, folder, moment)
        with Journal.open(journal_of(site), dry_run=True) as readable:
            for run in readable.runs():
                steps = readable.steps(run.number)
                cut_off |= {(run.number, step.key) for step in steps if not step.outcome}
    done = wpmigrate(site, "import", str(folder), "--site", site.url, "--yes")
    print(f"{kills} kills, {len(cut_off)} requests cut off, then: {done.stdout[-300:]}")

    assert done.returncode == 0
    assert kills == ended.IMPORT.times
    record_property("kills", kills)
    titles = Counter(row["post_title"] for row in stored(site))
    assert titles == Counter(f"Number {number}" for number in range(POSTS))
    parts = [f"{name} {part}" for name in ("Part", "Tag") for part in range(4)]
    assert sorted(site.php(TERMS)) == sorted([*parts, "Town", "Uncategorized"])
    images = [hashlib.sha256(png(3, 3, number)).hexdigest() for number in range(IMAGES)]
    assert sorted(one["sha"] for one in media(site)) == sorted(images)
    sent = len(write_requests(site))
    again = wpmigrate(site, "import", str(folder), "--site", site.url, "--yes")
    assert (again.returncode, len(write_requests(site)) - sent) == (0, 0)
    assert f"{POSTS} unchanged" in again.stdout
