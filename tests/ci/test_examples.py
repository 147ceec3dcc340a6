"""What docs/ci.md and the hook tell others to write is run as it stands there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.ci.conftest import break_a_post, git
from tests.sources import SAMPLES

ROOT: Final = SAMPLES.parent
GUIDE: Final = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCK: Final = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def block(heading: str, language: str) -> str:
    """Give the first block of a language below a heading of the guide."""
    part = f"\n{GUIDE}".partition(f"\n{heading}\n")[2]
    found: list[tuple[str, str]] = BLOCK.findall(part)
    return next(text for name, text in found if name == language)


def shell(
    script: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a script as CI systems do: it ends at the first command that fails."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("is_broken", [True, False], ids=["broken", "whole"])
def test_the_gitlab_job_runs(
    repository: Path, environment: dict[str, str], is_broken: bool
) -> None:
    """Its script ends by the findings, and leaves the artifacts that the job names."""
    job: dict[str, Any] = yaml.safe_load(block("## GitLab", "yaml"))["posts"]
    sha = git(repository, "rev-parse", "main")
    if is_broken:
        break_a_post(repository)

    done = shell(
        "\n".join(job["script"]), repository, environment | {"CI_MERGE_REQUEST_DIFF_BASE_SHA": sha}
    )

    assert done.returncode == int(is_broken), done.stderr
    kept = job["artifacts"]["reports"]
    assert all((repository / name).is_file() for name in kept.values())
    assert len(json.loads((repository / kept["codequality"]).read_text())) == int(is_broken)


@pytest.mark.parametrize("is_broken", [True, False], ids=["broken", "whole"])
def test_the_plain_shell_runs(
    repository: Path, environment: dict[str, str], is_broken: bool
) -> None:
    """The same in two lines, which write the comment too."""
    if is_broken:
        break_a_post(repository)

    done = shell(block("## Any other", "sh"), repository, environment)

    assert done.returncode == int(is_broken), done.stderr
    assert ("source-front-matter-unclosed" in (repository / "comment.md").read_text()) == is_broken


def test_a_baseline_is_kept_as_the_guide_says(
    repository: Path, environment: dict[str, str]
) -> None:
    """What was there when it was written fails nothing."""
    break_a_post(repository)

    assert shell(block("# wpmigrate in CI", "sh"), repository, environment).returncode == 0
    assert (repository / "known-findings.json").is_file()


def test_the_github_workflow_names_inputs_that_there_are() -> None:
    """And only secrets that wpmigrate reads."""
    workflow: dict[str, Any] = yaml.safe_load(block("## GitHub Actions", "yaml"))
    step = workflow["jobs"]["posts"]["steps"][-1]
    action = yaml.safe_load((ROOT / "action.yml").read_text())

    assert step["with"].keys() <= action["inputs"].keys()
    assert sorted(step["env"]) == [
        "WPMIGRATE_APP_PASSWORD",
        "WPMIGRATE_SITE",
        "WPMIGRATE_USER",
    ]


@pytest.mark.parametrize("is_broken", [True, False], ids=["broken", "whole"])
def test_the_hook_judges_what_is_to_be_committed(
    repository: Path, environment: dict[str, str], is_broken: bool
) -> None:
    """Its entry with the arguments of the guide, on a change that isn't committed."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (used,) = yaml.safe_load(block("## Before a commit", "yaml"))["repos"][0]["hooks"]
    post = repository / "posts" / "_posts" / "new.md"
    head = "---\npost_title: New\nlayout: post\npublished: true\n"
    post.write_text(head if is_broken else f"{head}---\n")
    git(repository, "add", ".")

    done = shell(shlex.join([*shlex.split(hook["entry"]), *used["args"]]), repository, environment)

    assert used["id"] == hook["id"]
    assert done.returncode == int(is_broken), done.stderr
