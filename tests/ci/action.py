"""Runs the steps of action.yml as GitHub does; what they use from others is only taken down.

https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax says what is in the
file, .../contexts what `${{ }}` may name. A `run` step is a script for `bash -eo pipefail`; what it
appends to GITHUB_OUTPUT are its outputs.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from msgspec import Struct, field

EXPRESSION: Final = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
TERM: Final = re.compile(r"'([^']*)'|([A-Za-z_][\w.-]*)")


class Outcome(Struct):
    """What came of a run: the exit status, each output, and what was printed and used."""

    status: int = 0
    outputs: dict[str, str] = field(default_factory=dict)
    printed: str = ""
    summary: str = ""
    used: dict[str, dict[str, str]] = field(default_factory=dict)


class Action(Struct):
    """The action in a folder, run in `workspace`; `runner` is the runner's temporary folder."""

    folder: Path
    workspace: Path
    runner: Path
    environment: Mapping[str, str]
    skip: frozenset[str] = frozenset()

    def run(self, event: Mapping[str, Any] | None = None, **inputs: str) -> Outcome:
        """Run its steps in order, up to the first that fails."""
        said = yaml.safe_load((self.folder / "action.yml").read_text(encoding="utf-8"))
        outcome = Outcome()
        known: dict[str, Any] = {
            "github": {"event": event or {}, "action_path": str(self.folder)},
            "runner": {"temp": str(self.runner)},
            "steps": {},
        }
        defaults = {name: each.get("default", "") for name, each in said["inputs"].items()}
        unknown = inputs.keys() - {name.replace("-", "_") for name in defaults}
        assert not unknown, f"the action has no such inputs: {unknown}"
        known["inputs"] = {
            name: inputs.get(name.replace("-", "_"), filled(default, known))
            for name, default in defaults.items()
        }
        for step in said["runs"]["steps"]:
            if outcome.status == 0 and holds(step.get("if", ""), known):
                self._step(step, known, outcome)
        outcome.outputs = {
            name: filled(each["value"], known) for name, each in said["outputs"].items()
        }
        return outcome

    def _step(self, step: dict[str, Any], known: dict[str, Any], outcome: Outcome) -> None:
        if "uses" in step:
            given = {name: filled(value, known) for name, value in step.get("with", {}).items()}
            outcome.used[step["uses"].partition("@")[0]] = given
            return
        if step["name"] in self.skip:
            return
        written = self.runner / "output"
        written.write_text("")
        summary = self.runner / "summary"
        summary.touch()
        stated = {name: filled(value, known) for name, value in step.get("env", {}).items()}
        files = {"GITHUB_OUTPUT": str(written), "GITHUB_STEP_SUMMARY": str(summary)}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env={**self.environment, **stated, **files, "GITHUB_ACTIONS": "true", "CI": "true"},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        outcome.printed += (done.stdout + done.stderr).decode()
        outcome.summary = summary.read_text(encoding="utf-8")
        outcome.status = done.returncode
        pairs = (line.partition("=") for line in written.read_text().splitlines())
        if "id" in step:
            known["steps"][step["id"]] = {"outputs": {name: value for name, _, value in pairs}}


def filled(text: str, known: Mapping[str, Any]) -> str:
    """Give a text with its expressions replaced; what isn't there is empty, as on GitHub."""
    return EXPRESSION.sub(lambda found: value(found[1], known), str(text))


def value(term: str, known: Mapping[str, Any]) -> str:
    """Give what a name like `steps.plan.outputs.exit`, or a text in quotes, stands for."""
    found = TERM.fullmatch(term)
    assert found, f"an expression that isn't a name: {term}"
    if found[2] is None:
        return found[1]
    here: Any = known
    for part in term.split("."):
        here = here.get(part, "") if isinstance(here, Mapping) else ""
    return str(here)


def holds(condition: str, known: Mapping[str, Any]) -> bool:
    """Tell whether a step's `if` holds: comparisons with `==` and `!=`, joined by `&&`."""
    for part in filter(None, condition.split("&&")):
        left, sign, right = re.split(r"\s*(==|!=)\s*", part.strip())
        if (value(left, known) == value(right, known)) != (sign == "=="):
            return False
    return True


def plain_environment(path: str) -> dict[str, str]:
    """Give an environment as a runner has it, without what this machine's user set."""
    home = os.environ.get("HOME", "/")
    return {"PATH": path, "HOME": home, "LANG": "C.UTF-8", "GIT_CONFIG_GLOBAL": "/dev/null"}
