"""The command line as people see it: each case is a Markdown file that is documentation too.

A case holds `console` blocks. A line that begins with `$ ` is run in a folder of its own beside a
copy of samples/; what it prints follows, standard error behind `2> `, then `=> N` where the exit
status isn't 0. `--accept` writes what was seen.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUIDES = [ROOT / "README.md", ROOT / "docs" / "rewriting.md"]
CASES = [*sorted((ROOT / "tests" / "cases" / "cli").glob("*.md")), *GUIDES]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)$", re.MULTILINE)


def run(command: str, folder: Path) -> str:
    """Run one command line and give it with what it printed, as a case holds it."""
    shell = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            "TMPDIR": str(folder),
        },
    )
    lines = shell.stdout.decode().splitlines()
    lines += [f"2> {line}" for line in shell.stderr.decode().splitlines()]
    lines += [f"=> {shell.returncode}"] if shell.returncode else []
    shown = (line.rstrip().replace(str(folder), "FOLDER") for line in lines)
    return "\n".join([f"$ {command}", *shown, ""])


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each command prints what the case says and ends with the status that it names."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    text = case.read_text(encoding="utf-8")

    def seen(block: re.Match[str]) -> str:
        outputs = [run(command, tmp_path) for command in COMMAND.findall(block[1])]
        return "```console\n" + "".join(outputs) + "```"

    actual = BLOCK.sub(seen, text)
    if request.config.getoption("--accept"):
        case.write_text(actual, encoding="utf-8")

    assert case.read_text(encoding="utf-8") == actual
