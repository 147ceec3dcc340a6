"""The rewrite rules as people see them: each case is a Markdown file that is documentation too.

A case is named after its rule. Each of its sections has a block `before`, a body or a whole post of
WordPress GitHub Sync, then `after`, what `wpmigrate export` with the rule makes of it, then
`found`, what it says about that. A block `yaml` before them holds the rule's options. `--accept`
writes what was seen.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.rewrite.rules import rule_class

CASES = sorted((Path(__file__).parent / "cases" / "rewrite").glob("*.md"))
SECTION = re.compile(
    r"(?:```yaml\n(?P<options>.*?)^```\n+)?"
    r"(?P<head>````before\n)(?P<before>.*?)(?P<middle>^````\n+````after\n).*?"
    r"(?P<next>^````\n+````found\n).*?(?P<end>^````)",
    re.MULTILINE | re.DOTALL,
)
HEAD = "---\nID: 1\npost_title: A post\nlayout: post\npublished: true\n---\n"
NAME = "1999-12-31-a-post.md"


def body_of(rule: str) -> str:
    """Give what the bodies of a rule's cases are: HTML if it reads that."""
    bodies = rule_class(rule).bodies
    return "html" if "html" in bodies else min(bodies)


def rewritten(rule: str, options: str, before: str, folder: Path) -> tuple[str, str]:
    """Run the program over one post; give the post as it is written and what was found."""
    (folder / "in" / "_posts").mkdir(parents=True, exist_ok=True)
    whole = before.startswith("---\n")
    (folder / "in" / "_posts" / NAME).write_bytes((before if whole else HEAD + before).encode())
    switched_on = "".join(f"    {line}\n" for line in options.splitlines()) or "    {}\n"
    (folder / "own.yaml").write_text(
        f"name: own\ntitle: Own\nextends: wpghs\nbody: {body_of(rule)}\n"
        f"rewrite:\n  {rule}:\n{switched_on}"
    )
    report = folder / "report.json"
    asked = ["export", str(folder / "in"), "-o", str(folder / "out"), "--to", "wpghs"]
    asked += ["--from", str(folder / "own.yaml"), "--overwrite", f"--report=json={report}"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    after = next((folder / "out").rglob("*.md")).read_bytes().decode()
    found = [_line(said) for said in json.loads(report.read_text())["findings"]]
    return after if whole else after.split("---\n", 2)[2], "".join(sorted(found))


def _line(said: dict[str, str]) -> str:
    change = f": {said['before']!r} → {said['after']!r}" if "before" in said else ""
    return f"{said['severity']} {said['code']} line {said['line']}: {said['message']}{change}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Each rule makes of each section what stands there, and says what stands there."""
    text = case.read_bytes().decode()

    def seen(section: re.Match[str]) -> str:
        folder = tmp_path / str(section.start())
        folder.mkdir()
        after, found = rewritten(case.stem, section["options"] or "", section["before"], folder)
        options = f"```yaml\n{section['options']}```\n\n" if section["options"] else ""
        parts = ["head", "before", "middle"]
        kept = "".join(section[part] for part in parts)
        return f"{options}{kept}{after}{section['next']}{found}{section['end']}"

    actual = SECTION.sub(seen, text)
    if request.config.getoption("--accept"):
        case.write_bytes(actual.encode())

    assert case.read_bytes().decode() == actual
