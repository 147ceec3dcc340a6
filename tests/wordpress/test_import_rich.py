"""The rich site's own export, imported into an empty site by the command, compared through PHP."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.records import records
from tests.wordpress.rich import register_own_types, rich_records, rich_wxr
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress


def test_relations_arrive(site: Site, tmp_path: Path) -> None:
    """Pages keep slugs and order below their parents; a second import sends nothing."""
    source = tmp_path / "rich.xml"
    source.write_bytes(rich_wxr(site.flavour))
    register_own_types(site, on=True)
    site.set_option("timezone_string", "Europe/Oslo")
    site.set_option("require_name_email", "")
    command = ("import", str(source), "--site", site.url, "--yes", "--create-authors")
    assert "Traceback" not in wpmigrate(site, *command).stderr
    _, before = rich_records(site.flavour)
    _, after = records(site)
    orders = [
        sorted((post.slug, post.menu_order) for post in posts if post.type == "page")
        for posts in (before, after)
    ]
    assert orders[1] == orders[0]
    sent = len(write_requests(site))
    assert "Traceback" not in wpmigrate(site, *command).stderr
    assert write_requests(site)[sent:] == []
