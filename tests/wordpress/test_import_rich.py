"""The rich site's own export, imported into an empty site by the command, compared through PHP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from migrate.model.post import Post
from migrate.model.site import Head
from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.records import records
from tests.wordpress.rich import register_own_types, rich_records, rich_wxr
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

Said = list[dict[str, Any]]
"""The findings of a JSON report."""


def imported(site: Site, folder: Path) -> Said:
    """Import the rich site's export twice; gives what was found at the first time."""
    source = folder / "rich.xml"
    source.write_bytes(rich_wxr(site.flavour))
    register_own_types(site, on=True)
    site.set_option("timezone_string", "Europe/Oslo")
    site.set_option("require_name_email", "")
    command = ("import", str(source), "--site", site.url, "--yes", "--create-authors")
    report = folder / "report.json"
    done = wpmigrate(site, *command, "--report", f"json={report}")
    assert "Traceback" not in done.stderr
    sent = len(write_requests(site))
    assert "Traceback" not in wpmigrate(site, *command).stderr
    assert write_requests(site)[sent:] == []
    said: Said = json.loads(report.read_text("utf-8"))["findings"]
    return said


def test_relations_arrive(site: Site, tmp_path: Path) -> None:
    """Pages keep their order, terms what they are; a second import sends nothing."""
    said = imported(site, tmp_path)
    before, posts = rich_records(site.flavour)
    after, held = records(site)
    assert orders(held) == orders(posts)
    lost = {finding["field"] for finding in said if finding["code"] == "loss-field-refused"}
    assert terms(after) == [term for term in terms(before) if term[0] not in lost]


def orders(posts: list[Post]) -> list[tuple[str | None, int | None]]:
    """Slug and order of each page."""
    return sorted((post.slug, post.menu_order) for post in posts if post.type == "page")


def terms(head: Head) -> list[tuple[str, ...]]:
    """Taxonomy, slug, name, parent and description of each term."""
    return sorted(
        (term.taxonomy, term.slug, term.name or "", term.parent or "", term.description or "")
        for term in head.terms
    )
