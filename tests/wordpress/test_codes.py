"""Codes that only a site provokes: what a dry run against one says, with place and way out.

The cases are written as those of `tests/test_codes.py`; SITE stands for the site's address. A dry
run leaves a site as it was, so that they all share one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.cli.options import FAIL_ON
from migrate.model.finding import Finding
from migrate.report.totals import Totals
from tests import test_codes as codes
from tests.wordpress.flavours import WORDPRESS67_SQLITE
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

FOLDER = codes.FOLDER / "live"


def seen(site: Site, case: Path, folder: Path) -> str:
    """Run a case; give it with what was found."""
    text = case.read_text(encoding="utf-8")
    folder.mkdir()
    words = [site.url if word == "SITE" else word for word in codes.made(text, folder)]
    words[1] = str(folder / words[1])
    _, findings = codes.reported(words, "never", folder / "report.json")
    totals = Totals()
    for said in findings:
        totals.count_finding(Finding(said["code"], said["message"]))
    statuses = {fail_on: totals.exit_status(fail_on) for fail_on in FAIL_ON}
    told = codes.told(case.stem, findings, statuses).replace(site.url, "SITE")
    return codes.FOUND.sub(lambda _: told, text)


@pytest.mark.parametrize("flavour", [WORDPRESS67_SQLITE.name], indirect=True)
def test_codes(
    site: Site,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Each case's finding is what it says."""
    monkeypatch.setenv("WPMIGRATE_USER", site.user)
    monkeypatch.setenv("WPMIGRATE_APP_PASSWORD", site.app_password)
    cases = sorted(FOLDER.glob("*.md"))
    actual = {case.stem: seen(site, case, tmp_path / case.stem) for case in cases}
    if request.config.getoption("--accept"):
        for case in cases:
            case.write_text(actual[case.stem], encoding="utf-8")

    assert actual == {case.stem: case.read_text(encoding="utf-8") for case in cases}
    assert [code for code, text in actual.items() if "````found\nnothing\n" in text] == []
