"""Every code has a case that provokes it: message, place, way out, and the exit statuses.

A case is a Markdown file named after its code. Blocks `post PATH` and `bytes PATH` (with Python's
escapes) are files beside a link to samples/; `run` holds commands, of which the last is run once
for each --fail-on; `found` is the first finding of that code, and where it ends the run with 1.
`--accept` writes what was seen. Those in `live/` and `edited/` want a site: tests/wordpress runs
them, each with its own words for what is done to the site before.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.cli.options import FAIL_ON
from migrate.model.codes import CODES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests" / "cases" / "codes"
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
FILES = re.compile(r"^````(post|bytes) (\S+)\n(.*?)^````$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^````run\n(.*?)^````$", re.MULTILINE | re.DOTALL)
FOUND = re.compile(r"(?<=^````found\n).*?(?=^````$)", re.MULTILINE | re.DOTALL)


def made(case: str, folder: Path) -> list[str]:
    """Make a case's files and run its first commands; give the words of the last."""
    (folder / "samples").symlink_to(ROOT / "samples")
    for kind, path, text in FILES.findall(case):
        lay(folder, kind, path, text)
    (run,) = RUN.findall(case)
    *first, last = [line.removeprefix("$ ") for line in run.splitlines()]
    for command in first:
        subprocess.run(["bash", "-ec", command], cwd=folder, check=True, env={"PATH": PATH})
    program, *words = shlex.split(last)
    assert program == "wpmigrate"
    return words


def lay(folder: Path, kind: str, path: str, text: str) -> None:
    """Write one of a case's files."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    data = text.encode("utf-8")
    if kind == "bytes":
        data = data.rstrip(b"\n").decode("unicode_escape").encode("latin-1")
    (folder / path).write_bytes(data)


def reported(words: list[str], fail_on: str, report: Path) -> tuple[int, dict[str, Any]]:
    """Run the program; give its exit status and its report."""
    asked = [*words, "--fail-on", fail_on, "--report", f"json={report}"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)
    return done.exit_code, json.loads(report.read_text())


def told(code: str, findings: list[dict[str, Any]], statuses: dict[str, int]) -> str:
    """Give what a case says of the first finding with its code."""
    said = next((one for one in findings if one["code"] == code), None)
    if said is None:
        return "nothing\n"
    place = ":".join(str(part) for part in (said["path"], said["line"], said["column"]) if part)
    change = f": {said['before']!r} → {said['after']!r}" if "before" in said else ""
    lines = [f"{said['severity']} {place}".rstrip(), said["message"] + change]
    lines += [f"→ {said['fix']}"] if said["fix"] else []
    ends = ", ".join(f"{fail_on} {status}" for fail_on, status in statuses.items())
    text = "\n".join([*lines, f"exit status: {ends}", ""])
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@pytest.mark.parametrize("case", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_code(
    case: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """A case's finding is what it says, and so is the exit status at each --fail-on."""
    code, text = case.stem, case.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    words = made(text, tmp_path)
    statuses: dict[str, int] = {}
    said: dict[str, Any] = {}
    for fail_on in FAIL_ON:
        statuses[fail_on], said = reported(words, fail_on, tmp_path / "report.json")

    actual = FOUND.sub(lambda _: told(code, said["findings"], statuses), text)
    if request.config.getoption("--accept"):
        case.write_text(actual, encoding="utf-8")

    assert actual == case.read_text(encoding="utf-8")
    assert "````found\nnothing\n" not in actual


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_provoked(code: str) -> None:
    """A code has a case in tests/cases/codes/."""
    assert len(list(FOLDER.rglob(f"{code}.md"))) == 1


def test_every_case_is_of_a_code() -> None:
    """No case outlives its code."""
    assert {path.stem for path in FOLDER.rglob("*.md")} - set(CODES) == set()
