"""A disk that is full under the journal stops an import before anything goes that isn't noted."""

from __future__ import annotations

import resource
from collections import Counter
from pathlib import Path

import pytest

from migrate.errors import INCOMPLETE
from tests.conftest import LONG
from tests.forked import forked
from tests.wordpress.importing import install_plugin, stored, write_requests
from tests.wordpress.newspaper import command, wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

POSTS = 12
ROOMS = (60_000, 90_000, 120_000) if LONG else (90_000,)
POST = """---
post_title: Number {0}
layout: post
published: true
permalink: https://old.example/number-{0}/
post_date: 2016-07-16 00:22:22
---
The body of {0}.
"""


@one_flavour("wp67-sqlite")
@pytest.mark.parametrize("room", ROOMS)
def test_no_room_for_the_journal(site: Site, tmp_path: Path, room: int) -> None:
    """The run says so with 3; the next one, with room, brings in the rest, and nothing twice."""
    for number in range(POSTS):
        (tmp_path / f"{number}.md").write_text(POST.format(number), "utf-8")
    install_plugin(site, "add_filter( 'rest_get_max_batch_size', fn() => 2 );")
    line, environment = command(site, "import", str(tmp_path), "--site", site.url, "--yes")

    full = forked(
        line[1:], environment, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    )
    sent = len(write_requests(site))
    done = wpmigrate(site, "import", str(tmp_path), "--site", site.url, "--yes")

    assert (full.status, "the journal can't be opened or written" in full.said) == (
        INCOMPLETE,
        True,
    )
    assert "Traceback" not in full.said
    assert (done.returncode, sent < POSTS / 2) == (0, True), done.stdout + done.stderr
    titles = Counter(row["post_title"] for row in stored(site))
    assert titles == Counter(f"Number {number}" for number in range(POSTS))
