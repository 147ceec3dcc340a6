"""However an import through the companion is cut off, in the end the site holds everything once.

On engines with transactions and on MyISAM, which old hosts still have and which knows none.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.live.http import limits
from migrate.writers.companion import portion, sender
from tests import ended
from tests.conftest import LONG
from tests.wordpress import companion
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.fault_proxy import FAULTS, PASS, FaultProxy, InTurn, behind
from tests.wordpress.importing import write_requests
from tests.wordpress.killing import killed
from tests.wordpress.newspaper import journal_of, wpmigrate
from tests.wordpress.site import Site

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.timeout(3600 if LONG else 600),
    pytest.mark.parametrize(
        ("flavour", "engine"),
        [("wp61-mariadb", "InnoDB"), ("wp61-mariadb", "MyISAM"), ("wp67-sqlite", "SQLite")],
        indirect=["flavour"],
    ),
]

POSTS: Final = 600 if LONG else 130
MYISAM: Final = """
    foreach ( $wpdb->get_col( 'SHOW TABLES' ) as $table ) {
        $wpdb->query( "ALTER TABLE $table ENGINE=MyISAM" );
    }
"""
DIES: Final = """<?php
    add_action( 'save_post', function ( $id, $post ) {
        $died = WP_CONTENT_DIR . '/uploads/died';
        if ( preg_match( '/[37]$/', $post->post_title ) && ! file_exists( $died . $id ) ) {
            file_put_contents( $died . $id, '.' );
            exit;
        }
    }, 10, 2 );
"""
POST: Final = """---
title: Number {number}
tags: [sea, "Tag {part}"]
place: Pier {part}
---
The body of {number}
"""


@pytest.fixture
def ready(site: Site, engine: str) -> Site:
    """An empty site with the companion, on the engine."""
    prepare(site, engine)
    return site


def prepare(site: Site, engine: str) -> None:
    """Give an empty site the companion, and the engine."""
    companion.install(site)
    if engine == "MyISAM":
        site.php(MYISAM)


def written(folder: Path, count: int) -> Path:
    """A folder of posts, each with two tags and a meta."""
    (folder / "_posts").mkdir(parents=True)
    for number in range(count):
        path = folder / f"_posts/2018-03-{number % 28 + 1:02}-number-{number}.md"
        path.write_text(POST.format(number=number, part=number % 4))
    return folder


def whole(site: Site) -> Counter[tuple[Any, ...]]:
    """What the posts are that the site holds."""
    posts = [line["record"] for line in companion.read(site, "snapshot") if line["kind"] == "post"]
    return Counter(
        (
            post["title"],
            re.sub("<.*?>", "", post["content"]).strip(),
            *(term["name"] for term in post["terms"]),
            *((row["key"], row["value"]) for row in post["meta"]),
        )
        for post in posts
    )


def expected(count: int) -> Counter[tuple[Any, ...]]:
    """The same of the folder."""
    return Counter(
        (
            f"Number {number}",
            f"The body of {number}",
            "sea",
            f"Tag {number % 4}",
            ("place", f"Pier {number % 4}"),
        )
        for number in range(count)
    )


def brought(site: Site, source: Path) -> str:
    """Import a folder within this process; gives what the command says."""
    asked = ("import", str(source), "--site", site.url, "--yes")
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    done = CliRunner().invoke(commands, asked, env=known, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_php_that_dies(ready: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts on which PHP broke off half-way come in whole, each with all that hangs on it."""
    monkeypatch.setattr(sender, "_PAUSES", (0.1,) * 5)
    (ready.docroot / MUST_USE / "dies.php").write_text(DIES)
    source = written(tmp_path / "posts", 12)

    brought(ready, source)

    assert whole(ready) == expected(12)
    assert "12 unchanged" in brought(ready, source)


def test_every_fault(ready: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that don't arrive, and answers that don't: everything once, each fault named."""
    seed = int(os.environ.get("WPMIGRATE_FAULT_SEED", random.randrange(2**32)))
    print(f"repeat with WPMIGRATE_FAULT_SEED={seed}")
    silent = [name for name, fault in FAULTS.items() if fault.silent]
    happening = [name for name in FAULTS if LONG or name not in silent] + [PASS] * 3
    random.Random(seed).shuffle(happening)
    for name in ("_FIRST", "_LEAST", "_MOST"):
        monkeypatch.setattr(portion, name, 3)
    monkeypatch.setattr(sender, "_PAUSES", (0.1,) * 3)
    monkeypatch.setattr(limits, "READ_TIMEOUT", 10.0)
    source, faults = written(tmp_path / "posts", 60), InTurn(*happening)

    with FaultProxy(ready.url, faults, 15) as proxy, behind(ready, proxy):
        said = brought(ready, source)

    assert faults.left == []
    assert whole(ready) == expected(60)
    assert "target-answer-lost" in said
    assert "60 unchanged" in brought(ready, source)


@ended.KILLS
def test_killed_again_and_again(
    ready: Site, engine: str, tmp_path: Path, record_property: ended.Tell
) -> None:
    """Killed at random moments and started again: everything once, and nothing is left to send.

    Where an import ended before it was killed, the next one begins with an empty site.
    """
    moment = ended.moments()
    source = written(tmp_path / "posts", POSTS)

    kills = 0
    while kills < ended.IMPORT_THROUGH_THE_COMPANION.times:
        writes = moment.randint(0, 2)
        pause = moment.random() * (0.3 if writes else 2)  # without a write: before the first one
        started = ("import", str(source), "--yes")
        if killed(ready, started, lambda: len(write_requests(ready)), writes, pause):
            kills += 1
            continue
        assert whole(ready) == expected(POSTS)
        ready.reset()
        prepare(ready, engine)
    done = wpmigrate(ready, "import", str(source), "--site", ready.url, "--yes")
    print(f"{kills} kills, then: {done.stdout[-200:]}")
    record_property("kills", kills)

    assert done.returncode == 0, done.stderr
    assert journal_of(ready).exists()
    assert whole(ready) == expected(POSTS)
    sent = len(write_requests(ready))
    again = wpmigrate(ready, "import", str(source), "--site", ready.url, "--yes")
    assert f"{POSTS} unchanged" in again.stdout
    assert len(write_requests(ready)) == sent
