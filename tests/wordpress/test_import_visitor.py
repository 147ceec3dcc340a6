"""A dry run without credentials makes the plan that one with them makes, for what is public."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.wordpress.newspaper import SAMPLES, ZONE, command, ended, prepare, wpmigrate
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

Edit = Callable[[str], str]

EDITS: dict[str, tuple[str, Edit]] = {
    "title": ("_pages/about.md", lambda text: text.replace("About the", "All about the", 1)),
    "word": ("_pages/contact.md", lambda text: text.replace(" the ", " this ", 1)),
    "emphasis": ("_pages/history.md", lambda text: text + "\n<em>More of it.</em>\n"),
    "paragraphs": ("_posts/2016-01-30-tide-clock.md", lambda text: text + "\n\nAnd so on.\n"),
    "slug": (
        "_notices/dogs-on-the-beach.md",
        lambda text: text.replace("/dogs-on-the-beach/", "/cats/", 1),
    ),
}


def planned(site: Site, source: Path, *, visitor: bool) -> Any:
    """Plan an import of a folder, as the site's administrator or as a visitor; gives the report."""
    report = source.parent / "report.json"
    line, environment = command(
        *(site, "import", str(source), "--site", site.url, "--dry-run"),
        *("--timezone", ZONE, "--report", f"json={report}"),
    )
    if visitor:
        environment = {k: v for k, v in environment.items() if not k.startswith("WPMIGRATE_")}
        environment |= {k: v for k, v in os.environ.items() if k == "WPMIGRATE_CORPUS"}
    done = ended(line, environment)
    assert done.returncode == 0, done.stderr
    return json.loads(report.read_text())


def decided(report: Any, paths: set[str]) -> dict[str, tuple[str, list[str]]]:
    """Give what is planned for each of these records: the verb and the fields that change."""
    return {
        action["path"]: (action["action"], [change["field"] for change in action["changes"]])
        for action in report["actions"]
        if action["path"] in paths
    }


def assert_says_once(report: Any) -> None:
    """One note names what a visitor couldn't see, and each record that isn't public is left out."""
    said = [f for f in report["findings"] if f["code"] == "target-seen-as-visitor"]
    drafts = [a for a in report["actions"] if a["path"].startswith("_drafts/")]
    assert [finding["severity"] for finding in said] == ["note"]
    assert "not public, so left out:" in said[0]["message"]
    assert {action["action"] for action in drafts} == {"skip"}


@pytest.fixture
def source(site: Site, tmp_path: Path) -> Path:
    """Give a folder of posts that the site holds."""
    prepare(site)
    folder = tmp_path / "posts"
    shutil.copytree(SAMPLES, folder)
    asked = ("--site", site.url, "--timezone", ZONE, "--yes", "--quiet")
    assert wpmigrate(site, "import", str(folder), *asked).returncode == 0
    return folder


def test_a_visitor_makes_the_plan_of_who_has_an_account(site: Site, source: Path) -> None:
    """Record for record, unchanged and edited: the same verbs and the same fields.

    Nothing is asked of the site but to read.
    """
    before = len(site.requests())
    held = planned(site, source, visitor=True)
    sent = [line for line in site.requests()[before:] if "/xmlrpc.php" not in line]
    assert {line.split()[0] for line in sent} <= {"GET", "OPTIONS", "HEAD"}
    assert_says_once(held)
    public = {a["path"] for a in held["actions"] if a["action"] != "skip"}
    verbs = [verb for verb, _ in decided(held, public).values()]
    for path, edit in EDITS.values():
        text = (source / path).read_text(encoding="utf-8")
        assert edit(text) != text
        (source / path).write_text(edit(text), encoding="utf-8")
    (source / "_pages" / "new.md").write_text(
        "---\npost_title: New\nlayout: page\npublished: true\n---\nHello\n"
    )
    public.add("_pages/new.md")

    ours, theirs = planned(site, source, visitor=False), planned(site, source, visitor=True)

    assert verbs == ["unchanged"] * len(verbs)
    assert len(public) > 40
    assert decided(theirs, public) == decided(ours, public)
    assert decided(theirs, public)["_pages/new.md"][0] == "create"
