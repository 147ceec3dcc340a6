"""Whole imports taken back: media, comments and authors too, and an undo that is killed."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import ended
from tests.conftest import LONG
from tests.wordpress import rich
from tests.wordpress.importing import write_requests
from tests.wordpress.killing import killed
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site
from tests.wordpress.state import differing, state
from tests.wordpress.test_import_killed import write_posts

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(1800 if LONG else 300)]


def exported(site: Site, folder: Path) -> tuple[Path, Path]:
    """The rich site's own export and a copy of its uploads; the site is empty again then."""
    rich.fill(site)
    export, uploads = folder / "rich.xml", folder / "uploads"
    export.write_bytes(site.export_wxr())
    shutil.copytree(site.docroot / "wp-content" / "uploads", uploads)
    site.reset()
    rich.register_own_types(site, on=True)
    return export, uploads


def files(site: Site) -> list[str]:
    """The files among the site's uploads, the journal's aside."""
    uploads = site.docroot / "wp-content" / "uploads"
    found = (path.relative_to(uploads).as_posix() for path in uploads.rglob("*") if path.is_file())
    return sorted(path for path in found if not path.startswith("journal.sqlite"))


def is_of_a_format(row: Any) -> bool:
    """Whether a row is the term that WordPress makes of a post format, which REST can't delete."""
    return isinstance(row, dict) and (row.get("taxonomy"), row.get("count")) == ("post_format", "0")


def test_an_export_with_everything(site: Site, tmp_path: Path) -> None:
    """A forced undo of an export with media, comments and authors leaves database and files."""
    export, uploads = exported(site, tmp_path)
    before, files_before = state(site), files(site)
    asked = ("--site", site.url, "--yes", "--create-authors", "--media-dir", str(uploads))
    done = wpmigrate(site, "import", str(export), *asked)
    assert done.returncode in {0, 1}, done.stderr
    between = state(site)
    changed = {table for table, _, _ in differing(between, before)}
    assert changed >= {"posts", "comments", "terms", "users"}
    assert files(site) != files_before
    undone = wpmigrate(site, "undo", str(export), "--site", site.url, "--yes", "--force")
    assert undone.returncode == 0, undone.stdout + undone.stderr
    left = [row for _, row, _ in differing(state(site), before)]
    assert [row for row in left if not is_of_a_format(row)] == []
    assert files(site) == files_before


def killed_undo(site: Site, folder: Path, moment: random.Random, writes: int) -> bool:
    """Start an undo and kill it after about so many requests; false if it had ended by itself."""
    started = ("undo", str(folder), "--force")
    pause = moment.random() * 0.1
    by = moment.choice(ended.BY)
    return killed(site, started, lambda: len(write_requests(site)), writes, pause, by)


@ended.KILLS
@one_flavour("wp61-mariadb")
def test_killed_again_and_again(site: Site, tmp_path: Path, record_property: ended.Tell) -> None:
    """Killed at random moments and started again, an undo ends as one that wasn't."""
    moment = ended.moments()
    folder = tmp_path / "posts"
    write_posts(folder)
    before: dict[str, Any] = state(site)
    done = wpmigrate(site, "import", str(folder), "--site", site.url, "--yes")
    assert done.returncode == 0, done.stderr
    assert differing(state(site), before) != []
    due, times = len(write_requests(site)), ended.UNDO.times
    kills = sum(
        killed_undo(site, folder, moment, moment.randint(1, due // times)) for _ in range(times)
    )
    record_property("kills", kills)
    undone = wpmigrate(site, "undo", str(folder), "--site", site.url, "--force")
    assert (undone.returncode, kills >= 1) == (0, True), undone.stdout + undone.stderr
    assert differing(state(site), before) == []
    sent = len(write_requests(site))
    again = wpmigrate(site, "undo", str(folder), "--site", site.url, "--force")
    assert (again.returncode, len(write_requests(site)) - sent) == (0, 0)
