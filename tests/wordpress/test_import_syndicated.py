"""samples/syndicated, imported with its mapping, is in the database as the rules leave it."""

from __future__ import annotations

import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.rewriting import read_rewritten
from tests.sources import SAMPLES
from tests.wordpress.newspaper import ZONE, prepare
from tests.wordpress.site import Site
from tests.wordpress.test_import_samples import compare, report, stored

TERMS = "categories:\n  - 'Sea &#038; Sky/Caf&eacute;s'\ntags:\n  - 'Nets &amp; ropes'\n"


def test_what_the_rules_leave_is_stored(site: Site, tmp_path: Path) -> None:
    """Every field in the database; a second import finds the same terms and sends no change."""
    prepare(site, ["staffwriter"])
    source = tmp_path / "syndicated"
    shutil.copytree(SAMPLES / "syndicated", source)
    first_post = min(source.rglob("*.md"))
    text = first_post.read_text("utf-8").replace("original_cats:", f"{TERMS}original_cats:", 1)
    first_post.write_text(text, "utf-8", newline="")
    posts, _ = read_rewritten(source, "syndicated")
    asked = "import", str(source), "-m", "syndicated", "--timezone", ZONE, "--yes"

    status, first = report(site, tmp_path, *asked)
    assert (status, first["totals"]["create"]) == (0, 3)
    assert [term.name for term in posts[0].terms or ()] == ["Cafés", "Nets & ropes", "Top News"]
    compare(posts, stored(site), ZoneInfo(ZONE))

    status, second = report(site, tmp_path, *asked)
    assert (status, second["totals"]["unchanged"]) == (0, 3)
