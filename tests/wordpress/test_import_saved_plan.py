"""A plan that is saved first and carried out later."""

from pathlib import Path

import pytest

from tests.wordpress.importing import stored, write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site
from tests.wordpress.test_import_journal import edit
from tests.wordpress.test_undo import POST

pytestmark = pytest.mark.wordpress


def test_saved_plan(site: Site, tmp_path: Path) -> None:
    """It is carried out as long as neither side has moved on, else refused with the reason."""
    folder, plan = tmp_path / "posts", tmp_path / "plan.jsonl"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(POST.format(title=name), "utf-8")
    options = (str(folder), "--site", site.url)

    saved = wpmigrate(site, "import", *options, "--plan-out", str(plan))
    assert (saved.returncode, write_requests(site)) == (0, [])
    assert wpmigrate(site, "import", *options, "--plan", str(plan)).returncode == 0
    assert len(stored(site)) == 2
    late = wpmigrate(site, "import", *options, "--plan", str(plan))
    assert late.returncode == 2
    assert "the site has moved on: create was planned, now it is unchanged" in late.stderr

    (folder / "two.md").write_text(POST.format(title="two") + "More.\n", "utf-8")
    assert wpmigrate(site, "import", *options, "--plan-out", str(plan)).returncode == 0
    edit(site, int(stored(site)[1]["ID"]), post_excerpt="Edited there")
    sent = len(write_requests(site))
    moved = wpmigrate(site, "import", *options, "--plan", str(plan))
    assert (moved.returncode, "two.md: the site has moved on" in moved.stderr) == (2, True)
    (folder / "three.md").write_text(POST.format(title="three"), "utf-8")
    moved = wpmigrate(site, "import", *options, "--plan", str(plan))
    assert (moved.returncode, "SOURCE has moved on" in moved.stderr) == (2, True)
    assert len(write_requests(site)) == sent
