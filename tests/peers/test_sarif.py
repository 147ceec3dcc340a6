"""SARIF as those who made it check it: the standard's schema, and Microsoft's validator."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.contract.test_reports import run
from tests.peers import packages
from tests.reported import hostile, report

pytestmark = [pytest.mark.peers, pytest.mark.usefixtures("installed")]

MODULES = Path("node_modules", "@microsoft", "sarif-multitool-linux")
KNOWN = {"SARIF2005"}
"""What it warns of and we can't mend: the project has no address of its own to name."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A report about real posts."""
    run(tmp_path, "sarif")
    return (tmp_path / "sarif").rename(tmp_path / "log.sarif")


def validated(log: Path, folder: Path) -> list[tuple[str, str]]:
    """Give what the validator says of a log, as pairs of rule and level; notes are left out."""
    program = folder / "validator"
    shutil.copyfile(packages.sarif_folder() / MODULES / "Sarif.Multitool", program)
    program.chmod(0o700)
    out = folder / "out.sarif"
    command = [str(program), "validate", str(log), "--output", str(out), "--log", "ForceOverwrite"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert out.exists(), done.stdout + done.stderr
    (said,) = json.loads(out.read_text(encoding="utf-8-sig"))["runs"]
    levels = [(one["ruleId"], one.get("level", "warning")) for one in said["results"]]
    return [(rule, level) for rule, level in levels if level != "note"]


def schema() -> Any:
    """Give the schema of SARIF 2.1.0 that comes with the validator."""
    path = packages.sarif_folder() / MODULES / "sarif-2.1.0.json"
    return json.loads(path.read_text(encoding="utf-8-sig"))


def test_the_validator_finds_nothing(log: Path, tmp_path: Path) -> None:
    """A report about real posts, with fixes, is without an error."""
    assert '"fixes"' in log.read_text()
    assert {rule for rule, _ in validated(log, tmp_path)} <= KNOWN


@pytest.mark.parametrize("text", ["real", "hostile", "empty"])
def test_the_schema_holds(log: Path, text: str) -> None:
    """Reports about real posts, about hostile text and about nothing are valid."""
    said = {"hostile": hostile(), "empty": []}.get(text)
    document = json.loads(log.read_text() if said is None else report("sarif", *said))

    jsonschema.validate(document, schema())
