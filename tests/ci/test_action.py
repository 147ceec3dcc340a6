"""The GitHub Action, its own file run step by step: what it shows, and how it ends."""

from __future__ import annotations

import json
import site
import subprocess
from pathlib import Path

import pytest

from tests.ci.action import Action, Outcome
from tests.ci.conftest import break_a_post, git, mend_the_post
from tests.sources import SAMPLES

ROOT = SAMPLES.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a runner's temporary folder in which the Action's own step has installed wpmigrate."""
    return tmp_path_factory.mktemp("runner")


@pytest.fixture
def action(repository: Path, environment: dict[str, str], installed: Path) -> Action:
    """Give the Action; it installs itself the first time, from this checkout, without network.

    What wpmigrate needs is here already, so pip finds it and asks nobody.
    """
    offline = {
        "PYTHONPATH": ":".join(site.getsitepackages()),
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",
    }
    is_there = (installed / "wpmigrate" / "bin" / "wpmigrate").exists()
    skip = frozenset({"Install wpmigrate"} if is_there else ())
    return Action(ROOT, repository, installed, environment | offline, skip)


def base(repository: Path) -> dict[str, object]:
    """Give the event of the pull request."""
    return {"pull_request": {"base": {"sha": git(repository, "rev-parse", "main")}}}


def left_out(outcome: Outcome) -> dict[str, int]:
    """Give what a run's JSON report counts as left out."""
    report = json.loads(Path(outcome.outputs["report"]).read_text())
    excluded: dict[str, int] = report["totals"]["excluded"]
    return excluded


def test_a_broken_post_fails_and_a_mended_one_passes(action: Action, repository: Path) -> None:
    """From a failing to a passing check of one pull request."""
    break_a_post(repository)
    failed = action.run(base(repository), source="posts")
    mend_the_post(repository)
    passed = action.run(base(repository), source="posts")

    assert (failed.status, failed.outputs["exit"], failed.outputs["errors"]) == (1, "1", "1")
    assert "::error file=posts/_pages/about.md,line=1" in failed.printed
    assert "source-front-matter-unclosed" in failed.summary
    assert (passed.status, passed.outputs["exit"], passed.outputs["errors"]) == (0, "0", "0")


def test_only_what_the_pull_request_touches_is_looked_at(action: Action, repository: Path) -> None:
    """Outside of pull requests all is."""
    post = repository / "posts" / "_pages" / "about.md"
    post.write_text(post.read_text() + "More.\n")
    git(repository, "commit", "-qam", "Say more")

    changed = left_out(action.run(base(repository), source="posts"))
    every = left_out(action.run(source="posts"))

    assert (changed, every) == ({"changed-since": 48}, {})


def test_the_findings_go_to_code_scanning(action: Action, repository: Path) -> None:
    """As SARIF, with paths of the repository; unless that isn't wanted."""
    break_a_post(repository)
    asked = action.run(base(repository), source="posts")
    unasked = action.run(base(repository), source="posts", upload_sarif="false")

    given = asked.used["github/codeql-action/upload-sarif"]
    sarif = json.loads(Path(given["sarif_file"]).read_text())
    place = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "posts/_pages/about.md"
    assert "github/codeql-action/upload-sarif" not in unasked.used


def test_the_settings_of_the_repository_count(action: Action, repository: Path) -> None:
    """Nothing needs to be said in the workflow that wpmigrate.toml says."""
    (repository / "wpmigrate.toml").write_text('source = "posts"\nfail-on = "warning"\n')

    outcome = action.run()

    assert (outcome.status, outcome.outputs["warnings"]) == (1, "1")
    assert action.run(fail_on="error").status == 0
    assert action.run(arguments="--ignore\nloss-character\n").status == 0


@pytest.mark.parametrize("evil", ["$(touch sprung)", "`touch sprung`", "'; touch sprung; '"])
def test_an_input_is_never_code(action: Action, repository: Path, evil: str) -> None:
    """Whatever a workflow passes on from a title or a branch, the shell runs none of it."""
    outcome = action.run(source=evil, arguments=evil, changed_since=evil, fail_on=evil)

    assert outcome.status == 2
    assert not list(repository.rglob("sprung"))


def test_wrong_usage_ends_with_2_and_no_report(action: Action) -> None:
    """The outputs say so, and nothing is uploaded."""
    outcome = action.run(source="nowhere")

    assert (outcome.status, outcome.outputs["exit"]) == (2, "2")
    assert "nowhere: doesn't exist" in outcome.printed


def test_the_action_pins_what_it_uses() -> None:
    """A major version at least: nothing changes under our feet."""
    text = (ROOT / "action.yml").read_text()
    uses = [line.partition("uses:")[2].strip() for line in text.splitlines() if "uses:" in line]

    assert [name for name in uses if "@v" not in name] == []


def test_an_unfetched_base_is_named(action: Action) -> None:
    """A shallow checkout lacks the commit; the message says which option of checkout mends it."""
    outcome = action.run({"pull_request": {"base": {"sha": "0" * 40}}}, source="posts")

    assert outcome.status == 2
    assert "fetch-depth: 0" in outcome.printed


def test_nothing_of_this_machine_is_left(installed: Path) -> None:
    """What was installed is the wheel of this checkout, not the checkout."""
    python = installed / "wpmigrate" / "bin" / "python"
    run = [str(python), "-c", "import migrate; print(migrate.__file__)"]
    place = subprocess.run(run, cwd=installed, capture_output=True, text=True, check=True).stdout

    assert Path(place.strip()).is_relative_to(installed)
