"""Many posts of the kind that news sites republish: all of each arrives, and once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bench.folder import write_posts
from bench.posts import Post, posts
from bench.words import AUTHORS
from tests.conftest import LONG
from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(1800)]

POSTS = 2_000 if LONG else 200
ASKED = "POST /xmlrpc.php"
"""Whether it takes our calls: such questions are POSTs, too."""

HELD = """
$held = array();
foreach ( get_posts( array( 'numberposts' => -1, 'post_status' => 'any' ) ) as $post ) {
    $metas = array();
    foreach ( $keys as $key ) {
        $metas[ $key ] = get_post_meta( $post->ID, $key );
    }
    $held[ $post->post_name ] = array(
        'title'   => $post->post_title,
        'body'    => hash( 'sha256', $post->post_content ),
        'date'    => $post->post_date,
        'status'  => $post->post_status,
        'author'  => get_userdata( $post->post_author )->display_name,
        'metas'   => $metas,
    );
}
return $held;
"""


def expected(post: Post) -> dict[str, Any]:
    """What the site should hold of a generated post."""
    return {
        "title": post.title,
        "body": hashlib.sha256(post.body.encode()).hexdigest(),
        "date": f"{post.date:%Y-%m-%d %H:%M:%S}",
        "status": "publish",
        "author": post.author,
        "metas": {key: [value] for key, value in post.metas.items()},
    }


def edited(path: Path, before: bytes, after: bytes) -> str:
    """Change a file in one place; gives its name."""
    text = path.read_bytes()
    assert text.count(before) >= 1
    path.write_bytes(text.replace(before, after, 1))
    return path.name


def test_many_posts(site: Site, tmp_path: Path) -> None:
    """Each arrives whole; again changes nothing; three edits are three updates of one field."""
    folder, report = tmp_path / "posts", tmp_path / "report.json"
    write_posts(folder, POSTS)
    for number, name in enumerate(AUTHORS):
        site.create_user("author", f"writer{number}", name)
    asked = ("import", str(folder), "--site", site.url, "--yes", "--report", f"json={report}")

    done = wpmigrate(site, *asked)
    assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
    keys = list(next(posts(1)).metas)
    assert site.php(HELD, keys=keys) == {post.slug: expected(post) for post in posts(POSTS)}

    sent = len(write_requests(site))
    assert wpmigrate(site, *asked).returncode == 0
    assert write_requests(site)[sent:] == []
    assert json.loads(report.read_text())["totals"]["unchanged"] == POSTS

    files = sorted((folder / "_posts").iterdir())
    names = {
        edited(files[1], b": what", b": so what"): ["title"],
        edited(files[POSTS // 2], b"</div>", b"<p>One more.</p></div>"): ["content"],
        edited(files[-1], b'post_excerpt: ""', b"post_excerpt: Short"): ["excerpt"],
    }
    assert wpmigrate(site, *asked).returncode == 0
    actions = json.loads(report.read_text())["actions"]
    changed = [action for action in actions if action["action"] != "unchanged"]
    assert {action["action"] for action in changed} == {"update"}
    assert {
        Path(action["path"]).name: [change["field"] for change in action["changes"]]
        for action in changed
    } == names
    rest = [line for line in write_requests(site)[sent:] if line != ASKED]
    assert len(rest) <= len(names)
