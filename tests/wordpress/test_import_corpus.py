"""Real exports, imported into a live site: whatever the site then holds otherwise was named."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.conftest import LONG
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.timeout(3600 if LONG else 300)]

CORPUS = Path(os.environ.get("WPMIGRATE_CORPUS", "/nonexistent")) / "wxr"
SMALL = 20_000  # bytes; an everyday run takes the smallest file of each project, if it is smaller
FAMILIES = ("loss-", "target-")


class Named(NamedTuple):
    """What an import said: codes with the fields that they are about, and each record's verb."""

    fields: set[tuple[str, str]]
    refused: set[tuple[str, str]]

    @property
    def codes(self) -> set[str]:
        """Give the codes alone."""
        return {code for code, _ in self.fields}


def files() -> list[Path]:
    """Give the exports of the corpus, all of them in a long run."""
    found = [path for path in sorted(CORPUS.rglob("*.xml")) if "<rss" in head(path)]
    if LONG:
        return found
    small = [path for path in found if path.stat().st_size < SMALL]
    by_size = sorted(small, key=lambda path: path.stat().st_size, reverse=True)
    return sorted({path.relative_to(CORPUS).parts[0]: path for path in by_size}.values())


def head(path: Path) -> str:
    """Give the start of a file."""
    with path.open("rb") as stream:
        return stream.read(1000).decode("utf-8", "replace")


def report(site: Site, folder: Path, *arguments: str) -> dict[str, Any]:
    """Run a command and give its report."""
    path = folder / "report.json"
    done = wpmigrate(site, *arguments, "--show-private", "--quiet", "--report", f"json={path}")
    assert done.returncode in {0, 1}, done.stderr
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def named(report: dict[str, Any]) -> Named:
    """Give what an import named."""
    kept = ("create", "update", "unchanged")
    return Named(
        {
            (finding["code"], finding["field"])
            for finding in report["findings"]
            if finding["code"].startswith(FAMILIES)
        },
        {
            (action["type"], action["title"])
            for action in report["actions"]
            if action["action"] not in kept and action["reason"]
        },
    )


def unnamed(actions: Iterable[dict[str, Any]], said: Named) -> Iterator[str]:
    """Give each difference between an export and the site's that the import said nothing of."""
    for action in actions:
        record = f"{action['type']} “{action['title']}”"
        if (action["type"], action["title"]) in said.refused:
            continue  # what the site then holds under its slug is another record
        if action["action"] == "create":
            yield f"{record} is missing"
        for change in action["changes"] if action["action"] == "update" else ():
            if not is_named(change, said):
                said_here = f"{change['after']!r} here, {change['before']!r} there"
                yield f"{record}: {change['field']}: {said_here}"


def is_named(change: dict[str, Any], said: Named) -> bool:
    """Tell whether an import named a field, or can't but change it on a site of its own address."""
    field = change["field"]
    refused = {named.removeprefix("meta.") for _, named in said.fields}
    if not change["after"] and field in {"slug", "link"}:
        return True  # what is published has both, whatever its source says
    if field == "link":
        here, there = (urlsplit(change[side]).path.strip("/") for side in ("after", "before"))
        by_number = "=" in urlsplit(change["after"]).query and "loss-id" in said.codes
        return here == there or by_number or "target-link-differs" in said.codes
    if field.startswith("author."):
        return "loss-author-unknown" in said.codes
    if field == "date_gmt":
        return "target-timezone-differs" in said.codes or field in refused
    if field.startswith("modified"):
        zone = field == "modified_gmt" and "target-timezone-differs" in said.codes
        return "modified" in refused or zone
    if field.startswith("comments"):
        return "comments" in refused
    if field.startswith(("meta.", "terms.")):
        key = field.partition(".")[2]
        is_none = key == "_wp_page_template" and change["after"] in {"", "default"}
        return key in refused or field in refused or key in OF_WORDPRESS or is_none
    return field in refused


OF_WORDPRESS = {"_pingme", "_encloseme", "_wp_old_slug"}
"""Metas that WordPress makes by itself when a post is published."""


@pytest.mark.skipif(not CORPUS.is_dir(), reason="WPMIGRATE_CORPUS names no folder with wxr/")
def test_every_difference_was_named(site: Site, tmp_path: Path) -> None:
    """All exports go into one site; its own export differs only where a finding had said so."""
    said: dict[Path, Named] = {}
    for path in files():
        said[path] = named(report(site, tmp_path, "import", str(path), "--site", site.url, "--yes"))
    exported = tmp_path / "exported.xml"
    exported.write_bytes(site.export_wxr())
    silent: list[str] = []
    for path, findings in said.items():
        compared = report(site, tmp_path, "verify", str(path), str(exported))
        silent += [f"{path.name}: {text}" for text in unnamed(compared["actions"], findings)]
    assert said
    assert silent == []
