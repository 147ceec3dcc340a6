"""The lock and the journal as the command line has them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.wordpress.importing import stored, write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DRAFT = """---
post_title: A draft
layout: post
published: false
post_excerpt: ""
---
{body}
"""
LIVE = """---
post_title: A post
layout: post
published: true
post_date: 2016-07-16 00:22:22
post_excerpt: ""
permalink: https://old.example/a-post/
---
{body}
"""


def posts(folder: Path) -> Path:
    """A folder with a draft that has neither slug nor date, and a post."""
    folder.mkdir()
    (folder / "draft.md").write_text(DRAFT.format(body="Secret"), "utf-8")
    (folder / "post.md").write_text(LIVE.format(body="Text"), "utf-8")
    return folder


def run(site: Site, folder: Path, *arguments: str) -> tuple[int, str]:
    """Import with the journal beside the posts; gives exit status and what happened, in words."""
    journal = str(folder / ".wpmigrate/journal.sqlite")
    report = folder.parent / "report.json"
    asked = ("--site", site.url, "--yes", "--journal", journal, "--report", f"json={report}")
    done = wpmigrate(site, "import", str(folder), *asked, *arguments)
    assert "Traceback" not in done.stderr
    if done.returncode > 1:
        return done.returncode, done.stderr
    verbs = [action["action"] for action in json.loads(report.read_text())["actions"]]
    return done.returncode, " ".join(verbs)


def test_fresh_checkout(site: Site, tmp_path: Path) -> None:
    """With the lock alone an edited draft without slug and date is an update, not a new post."""
    lock = tmp_path / "wpmigrate.lock"
    folder = posts(tmp_path / "posts")
    assert run(site, folder, "--lock", str(lock)) == (0, "create create")
    assert lock.read_text() == (
        f"# wpmigrate lock 1: {site.url}\npost 1 draft.md\npost 2 post.md\n"
    )

    shutil.rmtree(folder / ".wpmigrate")
    (folder / "draft.md").write_text(DRAFT.format(body="Edited"), "utf-8")
    assert run(site, folder, "--lock", str(lock)) == (0, "unchanged update")
    assert [row["post_content"] for row in stored(site)] == ["Edited\n", "Text\n"]

    sent = len(write_requests(site))
    assert run(site, folder, "--lock", str(lock)) == (0, "unchanged unchanged")
    assert len(write_requests(site)) == sent


def test_another_sites_lock(site: Site, tmp_path: Path) -> None:
    """The lock of another site is refused before anything is sent, and stays as it is."""
    lock = tmp_path / "wpmigrate.lock"
    lock.write_text("# wpmigrate lock 1: https://staging.example\npost 1 draft.md\n")
    before = lock.read_text()
    status, said = run(site, posts(tmp_path / "posts"), "--lock", str(lock))
    assert (status, "the lock of https://staging.example" in said) == (2, True)
    assert (write_requests(site), lock.read_text()) == ([], before)


def test_dry_run_leaves_nothing_behind(site: Site, tmp_path: Path) -> None:
    """A dry run makes neither journal nor lock."""
    lock = tmp_path / "wpmigrate.lock"
    folder = posts(tmp_path / "posts")
    assert run(site, folder, "--dry-run", "--lock", str(lock)) == (0, "create create")
    assert [path.name for path in sorted(folder.iterdir())] == ["draft.md", "post.md"]
    assert not lock.exists()


def test_journal_show(site: Site, tmp_path: Path) -> None:
    """What past imports did is told in words; what stood there before only when asked for."""
    folder = posts(tmp_path / "posts")
    run(site, folder)
    (folder / "draft.md").write_text(DRAFT.format(body="Edited"), "utf-8")
    run(site, folder)

    told = wpmigrate(site, "journal", "show", str(folder))
    lines = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert lines[1:3] == ["create done post 1 draft.md", "create done post 2 post.md"]
    names = ("content", "date", "slug", "status")  # what an undo would have to know
    hidden = [f"{name} was (hidden)" for name in names]
    assert lines[5:] == ["update done post 1 draft.md", *hidden, ""]
    assert lines[0].endswith(f"{folder} → {site.url}")
    shown = wpmigrate(site, "journal", "show", str(folder), "--show-private")
    assert '"Secret\\n"' in shown.stdout


def test_wxr(site: Site, tmp_path: Path) -> None:
    """Records of a WXR file are known by its site, their type and their ID."""
    site.php(
        "foreach ( array( 'One', 'Two' ) as $title ) { wp_insert_post( array("
        " 'post_title' => $title, 'post_status' => 'draft', 'post_content' => 'Text' ) ); }"
    )
    xml, lock = tmp_path / "site.xml", tmp_path / "wpmigrate.lock"
    xml.write_bytes(site.export_wxr())
    site.reset()
    asked = ("import", str(xml), "--site", site.url, "--yes", "--lock", str(lock))
    assert "2 create" in wpmigrate(site, *asked).stdout
    assert [line.split(" ", 2)[2] for line in lock.read_text().splitlines()[1:]] == [
        f"{site.url} post 1",
        f"{site.url} post 2",
    ]
    sent = len(write_requests(site))
    assert "2 unchanged" in wpmigrate(site, *asked).stdout
    assert len(write_requests(site)) == sent
