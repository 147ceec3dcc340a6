"""The GitHub Action over a real site, as a pull request from a fork runs it: without secrets."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.ci.action import Action, Outcome, plain_environment
from tests.wordpress.newspaper import ROOT, SAMPLES, ZONE, prepare, wpmigrate
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress


@pytest.fixture
def action(tmp_path: Path) -> Action:
    """Give the Action, already installed, over a folder of posts."""
    shutil.copytree(SAMPLES, tmp_path / "workspace" / "posts")
    tools = tmp_path / "runner" / "wpmigrate" / "bin"
    tools.mkdir(parents=True)
    (tools / "wpmigrate").symlink_to(Path(sys.executable).with_name("wpmigrate"))
    environment = plain_environment(f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    return Action(
        ROOT,
        tmp_path / "workspace",
        tmp_path / "runner",
        environment,
        frozenset({"Install wpmigrate"}),
    )


def run(action: Action, site: Site, **secrets: str) -> Outcome:
    """Run it with these secrets; a workflow passes on empty ones where there are none."""
    empty = {"WPMIGRATE_USER": "", "WPMIGRATE_APP_PASSWORD": ""}
    action.environment = {**action.environment, **empty, **secrets}
    arguments = f"--timezone\n{ZONE}\n--journal={action.runner / 'journal.sqlite'}\n"
    return action.run(source="posts", site=site.url, arguments=arguments)


@one_flavour("wp67-sqlite")
def test_without_secrets_it_makes_the_same_plan(site: Site, action: Action, tmp_path: Path) -> None:
    """For what is public, with one note more; the exit status comes from the findings."""
    prepare(site)
    posts = action.workspace / "posts"
    asked = ("--site", site.url, "--timezone", ZONE, "--yes", "--quiet")
    journal = ("--journal", str(tmp_path / "journal.sqlite"))
    assert wpmigrate(site, "import", str(posts), *asked, *journal).returncode == 0
    about = posts / "_pages" / "about.md"
    about.write_text(about.read_text().replace("About the", "All about the", 1))

    secrets = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    without = run(action, site)
    report = json.loads(Path(without.outputs["report"]).read_text())
    notes = [finding["code"] for finding in report["findings"]]
    having = run(action, site, **secrets)
    about.write_text("---\nnever: closed\n")
    broken = run(action, site)

    kept = ("exit", "create", "update", "conflict", "errors")
    assert {name: without.outputs[name] for name in kept} == {
        name: having.outputs[name] for name in kept
    }
    assert (without.status, without.outputs["update"]) == (0, "1")
    assert notes.count("target-seen-as-visitor") == 1
    assert site.app_password not in having.printed + having.summary
    assert (broken.status, broken.outputs["errors"]) == (1, "1")
