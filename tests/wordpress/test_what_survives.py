"""docs/what-survives.md is what an import into a real site leaves of each field, by each way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from tests.sources import SAMPLES
from tests.wordpress import companion, rich
from tests.wordpress.importing import install_plugin
from tests.wordpress.php import SERVER_FILES
from tests.wordpress.site import Site
from tests.wordpress.test_companion_import import run

pytestmark = pytest.mark.wordpress

PAGE: Final = SAMPLES.parent / "docs" / "what-survives.md"
FILES: Final = SERVER_FILES / "survives"
REGISTER: Final = """
    add_action( 'init', function () {
        register_post_meta( 'post', 'registered', array(
            'type' => 'string', 'single' => true, 'show_in_rest' => true ) );
    } );
"""
NO_CALLS: Final = f"{REGISTER}add_filter( 'xmlrpc_enabled', '__return_false' );"
INTRODUCTION: Final = """\
# What survives

What of a site's fields another site holds after `wpmigrate export --site` and `wpmigrate import`,
by the way that the import takes: REST alone, REST with XML-RPC, or [the companion](companion.md).
The export went through the companion, into a WXR file.

The tests wrote this page: they fill a WordPress, move it by each way, and compare both databases.
`python -m pytest tests/wordpress/test_what_survives.py --accept` writes it again.
"""
NAMED: Final = ("--site-options", "blogdescription")
WAYS: Final = ("REST alone", "REST with XML-RPC", "companion")

Held = dict[str, dict[str, Any]]


def held(site: Site) -> Held:
    """What the site holds of each field, by group."""
    found: Held = site.php("return require $file;", file=str(FILES / "probe.php"))
    return found


def emptied(site: Site, plugin: str) -> None:
    """Empty the site, with the own types, the companion and a plugin of the test."""
    site.reset()
    rich.register_own_types(site, on=True)
    companion.install(site)
    install_plugin(site, plugin)


def moved(site: Site, source: Path, *options: str) -> tuple[Held, set[str]]:
    """What the site holds after an import, and the ways that its report names."""
    report = source.parent / "report.json"
    words = ("import", str(source), "--site", site.url, "--yes", "--create-authors")
    asked = (*words, "--media-dir", str(source.parent), "--report", f"json={report}")
    status, said = run(site, *asked, *options, *NAMED, "--fail-on", "never", "--quiet")
    assert status == 0, said
    return held(site), set(json.loads(report.read_text())["totals"]["ways"])


def page(expected: Held, found: dict[str, Held]) -> str:
    """The page: a table for each group, `yes` where a way leaves what there was."""
    parts = [INTRODUCTION]
    for group, fields in expected.items():
        rows = [
            [name, *("yes" if found[way][group][name] == value else "no" for way in WAYS)]
            for name, value in fields.items()
        ]
        table = [["", *WAYS], ["---"] * (1 + len(WAYS)), *rows]
        lines = "".join(f"| {' | '.join(cells)} |\n" for cells in table)
        parts.append(f"## {group}\n\n{lines}")
    return "\n".join(parts)


@pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
def test_the_page_is_what_sites_hold(site: Site, tmp_path: Path, golden: Any) -> None:
    """Each field is moved by each way; `--accept` writes the page again.

    Through the companion a second import finds nothing to do, and verify no difference in a post.
    """
    emptied(site, REGISTER)
    site.php("return require $file;", file=str(FILES / "fill.php"))
    expected = held(site)
    assert [name for fields in expected.values() for name in fields if not fields[name]] == []
    source = tmp_path / "site.xml"
    everything = ("--trash", "--spam", "--revisions", "--media", "originals", *NAMED)
    asked = ("export", "--site", site.url, "-o", str(source), "--media-dir", str(tmp_path))
    status, said = run(site, *asked, *everything)
    assert status == 0, said

    found: dict[str, Held] = {}
    for way, plugin, options, named in (
        (WAYS[0], NO_CALLS, ("--no-companion",), {"REST", "not sent"}),
        (WAYS[1], REGISTER, ("--no-companion",), {"REST", "XML-RPC", "not sent"}),
        (WAYS[2], REGISTER, (), {"companion"}),
    ):
        emptied(site, plugin)
        found[way], ways = moved(site, source, *options)
        assert ways == named

    words = (str(source), "--site", site.url)
    unknown = ("--journal", str(tmp_path / "another.sqlite"), "--no-media", "--dry-run")
    assert re.search("plan +17 unchanged\n", run(site, "import", *words, *unknown, *NAMED)[1])
    compared = run(site, "verify", *words, "--revisions", *NAMED)[1]
    assert re.search("needed +17 unchanged\n", compared)
    assert "options." not in compared
    golden(PAGE, page(expected, found).encode())
