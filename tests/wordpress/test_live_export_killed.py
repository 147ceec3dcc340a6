"""An export of a site that is killed goes on where it stopped, and ends the same to the byte."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests import ended
from tests.conftest import LONG
from tests.test_killed_export import files
from tests.wordpress.newspaper import command
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(1800 if LONG else 300)]

POSTS = 600 if LONG else 150
FILL = """
    $wpdb->query( 'START TRANSACTION' );
    for ( $number = 1; $number <= $count; $number++ ) {
        $wpdb->insert( $wpdb->posts, array(
            'ID' => $number, 'post_title' => "Post $number", 'post_name' => "post-$number",
            'post_author' => 1, 'post_date' => '2018-03-01 08:00:00',
            'post_date_gmt' => '2018-03-01 08:00:00', 'post_content' => "Text $number",
            'post_excerpt' => '', 'to_ping' => '', 'pinged' => '', 'post_content_filtered' => '',
            'comment_status' => $number % 3 ? 'open' : 'closed',
        ) );
        add_post_meta( $number, 'number', $number );
    }
    $wpdb->query( 'COMMIT' );
"""


def start(site: Site, out: Path) -> subprocess.Popen[bytes]:
    """Begin an export in a process of its own."""
    asked = ("export", "--site", site.url, "-o", str(out), "--media", "none", "-q")
    line, environment = command(site, *asked)
    return subprocess.Popen(line, env=environment, stdin=subprocess.DEVNULL)


def fetched(site: Site) -> set[int]:
    """Which posts the last run asked for with their texts.

    A run begins with the home page. What a killed one had asked for, and hadn't got, may be logged
    behind that: those posts aren't written, and the last run asks for them too.
    """
    requests = site.requests()
    begins = len(requests) - requests[::-1].index("GET /")
    asked = [parse_qs(urlsplit(line).query) for line in requests[begins:] if "/posts?" in line]
    lists = [each["include"][0].split(",") for each in asked if "include" in each]
    return {int(number) for numbers in lists for number in numbers}


@ended.KILLS
@one_flavour("wp67-sqlite")
def test_killed_at_any_moment(site: Site, tmp_path: Path, record_property: ended.Tell) -> None:
    """Nothing that was written is fetched again, and no half file is left."""
    site.php(FILL, count=POSTS)
    assert start(site, tmp_path / "whole").wait() == 0
    whole = files(tmp_path / "whole")
    assert fetched(site) == set(range(1, POSTS + 1))
    kills = 0
    moments = ended.moments().sample(range(POSTS), ended.EXPORT_OF_A_SITE.times)
    for number, wanted in enumerate(moments):
        out = tmp_path / str(number)
        running = start(site, out)
        while running.poll() is None and len(list(out.glob("_posts/*"))) < wanted:
            time.sleep(0.01)
        running.kill()
        kills += running.wait() == -signal.SIGKILL
        is_killed = (out / ".wordpress/manifest.jsonl.part").is_file()  # else it was through
        left = {path: data for path, data in files(out).items() if not path.endswith(".part")}
        assert {path: data for path, data in left.items() if data != whole.get(path)} == {}
        assert start(site, out).wait() == 0

        done = len([path for path in left if path.startswith("_posts/")])
        assert files(out) == whole
        spared = max(done - 1, 0) // 100 * 100 if is_killed else 0
        assert fetched(site).isdisjoint(range(1, spared + 1))
    record_property("kills", kills)
