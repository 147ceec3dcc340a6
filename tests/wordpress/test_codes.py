"""Codes that only a site provokes: what a run against one says, with place and way out.

The cases are written as those of `tests/test_codes.py`; SITE stands for the site's address, FOLDER
for the case's folder. Those in `live/` leave a site as it was, so that they all share one. Those in
`edited/` have an empty one each, and their blocks are done one after the other: `php` is run inside
the site, `plugin` becomes a must-use plugin of it, `fault` names what happens to the requests that
write, in turn, and `run` may come several times; the last command is what it is about. One that
begins with `visitor` has no credentials. What changes a site can't be run again as it was,
so it is run once, with --fail-on never, and what each --fail-on would end it with is counted.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from migrate.cli.options import FAIL_ON
from migrate.model.finding import Finding
from migrate.report.totals import Totals
from tests import test_codes as codes
from tests.wordpress.fault_proxy import FaultProxy, InTurn, behind
from tests.wordpress.flavours import WORDPRESS67_SQLITE
from tests.wordpress.importing import install_plugin
from tests.wordpress.site import Site

pytestmark = [
    pytest.mark.wordpress,
    pytest.mark.parametrize("flavour", [WORDPRESS67_SQLITE.name], indirect=True),
]

LIVE = codes.FOLDER / "live"
EDITED = codes.FOLDER / "edited"
BLOCK = re.compile(
    r"^````(post|bytes|php|plugin|fault|run)(?: (\S+))?\n(.*?)^````$", re.MULTILINE | re.DOTALL
)
CREDENTIALS = ("WPMIGRATE_USER", "WPMIGRATE_APP_PASSWORD")


@pytest.fixture(autouse=True)
def account(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign in as the administrator, at a home without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for name, value in zip(CREDENTIALS, (site.user, site.app_password), strict=True):
        monkeypatch.setenv(name, value)


def seen(site: Site, case: Path, folder: Path) -> str:
    """Do what a case says; give it with what was found."""
    text = case.read_text(encoding="utf-8")
    folder.mkdir()
    said: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch, ExitStack() as until_the_end:
        patch.chdir(folder)
        for kind, path, block in BLOCK.findall(text):
            meant = block.replace("SITE", site.url).replace("FOLDER", str(folder))
            match kind:
                case "php":
                    site.php(meant)
                case "plugin":
                    install_plugin(site, meant)
                case "fault":
                    proxy = FaultProxy(site.url, InTurn(*meant.splitlines()))
                    until_the_end.enter_context(proxy)
                    until_the_end.enter_context(behind(site, proxy))
                case "run":
                    for line in meant.splitlines():
                        said = ran(line.removeprefix("$ "), folder / "report.json")
                case _:
                    codes.lay(folder, kind, path, meant)
        found = told(case.stem, said).replace(site.url, "SITE")
    return codes.FOUND.sub(lambda _: found, text)


def ran(command: str, report: Path) -> dict[str, Any]:
    """Run a command; give its report where it is the program."""
    program, *words = shlex.split(command)
    if program not in ("wpmigrate", "visitor"):
        subprocess.run(["bash", "-ec", command], check=True, env=os.environ | {"PATH": codes.PATH})
        return {}
    with pytest.MonkeyPatch.context() as patch:
        for name in CREDENTIALS if program == "visitor" else ():
            patch.delenv(name)
        status, said = codes.reported(words, "never", report)
    assert status == said["exit"]
    return said


def told(code: str, said: dict[str, Any]) -> str:
    """Give what a report says of a code, and how the run ends at each --fail-on."""
    totals = Totals()
    totals.actions["failed"] = said["totals"]["failed"]
    for one in said["findings"]:
        totals.count_finding(Finding(one["code"], one["message"]))
    statuses = {fail_on: totals.exit_status(fail_on) for fail_on in FAIL_ON}
    assert statuses["never"] == said["exit"]
    return codes.told(code, said["findings"], statuses)


def compare(actual: dict[str, str], folder: Path, request: pytest.FixtureRequest) -> None:
    """Hold what was seen against the cases of a folder, or accept it."""
    if request.config.getoption("--accept"):
        for name, text in actual.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
    expected = {name: (folder / f"{name}.md").read_text(encoding="utf-8") for name in actual}

    assert actual == expected
    assert [code for code, text in actual.items() if "````found\nnothing\n" in text] == []


def test_codes(site: Site, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each case's finding is what it says."""
    cases = sorted(LIVE.glob("*.md"))

    compare({case.stem: seen(site, case, tmp_path / case.stem) for case in cases}, LIVE, request)


@pytest.mark.parametrize("case", sorted(EDITED.glob("*.md")), ids=lambda path: path.stem)
def test_codes_of_an_edited_site(
    site: Site, case: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """The finding about a site that was edited, is of another make, or fails is what it says."""
    compare({case.stem: seen(site, case, tmp_path / case.stem)}, EDITED, request)
