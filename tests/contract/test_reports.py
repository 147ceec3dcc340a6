"""What every report format promises: the same bytes twice, nothing private, nothing that breaks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from migrate import formats
from migrate.model.action import Action
from migrate.model.finding import Finding
from tests.reported import hostile, private, report
from tests.sources import SAMPLES

RULES = "mojibake,entities,self-closing,ad-markers"


def run(folder: Path, *reports: str, jobs: int = 1) -> dict[str, bytes]:
    """Run the command line over real posts in a folder, and give each report's bytes."""
    asked = [word for name in reports for word in ("--report", f"{name}={folder / name}")]
    command = [sys.executable, "-m", "migrate", "export", str(SAMPLES), "--dry-run"]
    command += ["-o", "site.xml", "--rewrite", RULES, "--fail-on", "never", *asked]
    command += ["--jobs", str(jobs)]
    summary = folder / "summary"
    environment = os.environ | {"GITHUB_STEP_SUMMARY": str(summary)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_run_says_the_same_twice(tmp_path: Path) -> None:
    """Each format has the same bytes however many processes work, and none tells the time."""
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()

    first, second = (
        run(folder, *formats.REPORTS, jobs=jobs) for jobs, folder in enumerate(folders, 1)
    )

    assert list(first) == sorted([*formats.REPORTS, "summary"])
    assert first == second
    today = datetime.now(UTC).date().isoformat()
    assert [name for name, said in first.items() if today in said.decode()] == []


def test_what_a_private_post_says_wrong_is_hidden(tmp_path: Path) -> None:
    """The value that keeps a draft from being read is shown nowhere, that of a public post is."""
    for name, published in (("draft", "false"), ("post", "true")):
        head = f"post_title: T\npost_date: s3cret-{name}\nID: s3cret-{name}\npublished: {published}"
        (tmp_path / f"{name}.md").write_text(f"---\n{head}\n---\nText\n")
    asked = [word for name in formats.REPORTS for word in ("--report", f"{name}={name}.out")]
    command = [sys.executable, "-m", "migrate", "check", str(tmp_path), *asked]

    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 1

    said = {path.stem: path.read_text() for path in tmp_path.glob("*.out")}
    assert sorted(said) == sorted(formats.REPORTS)
    assert [name for name, text in said.items() if "s3cret-draft" in text] == []
    assert [name for name, text in said.items() if "s3cret-post" not in text] == []


@pytest.mark.parametrize("name", formats.REPORTS)
class TestReport:
    """One class of promises, run on each format."""

    def test_what_is_private_is_hidden(self, name: str) -> None:
        """No text of a draft, nor of a password; that it changed is said where changes are."""
        text = report(name, *private())

        assert "s3cret" not in text
        assert "(hidden)" in text or name == "gitlab"

    def test_show_private_shows_it(self, name: str) -> None:
        """Whoever asks for it sees the text."""
        assert "s3cret" in report(name, *private(), show_private=True)

    def test_no_text_drives_a_terminal(self, name: str) -> None:
        """Escape sequences, other control characters and turned text are shown in words."""
        text = report(name, *hostile())

        assert re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text) == []

    def test_it_is_utf8(self, name: str) -> None:
        """Bytes of a file name that aren't UTF-8 can be written."""
        report(name, *hostile()).encode("utf-8")

    def test_a_run_that_found_nothing(self, name: str) -> None:
        """There is a report all the same."""
        assert report(name)

    def test_findings_about_nothing(self, name: str) -> None:
        """A finding without a place and an action without a path are no trouble."""
        assert report(name, Finding("source-crlf", "m"), Action("create", "category", title="T"))

    def test_an_earlier_report_is_known(self, name: str) -> None:
        """By its beginning or its end, whatever was said; no other format's, and no program, is."""
        mark = formats.find(formats.REPORTS, name, "report").mark
        others = {other: report(other, *hostile()) for other in formats.REPORTS if other != name}
        others["a program"] = "#!/bin/sh\nread 1\nwpmigrate: read\nfindings\n"

        for said in ((), hostile(), private()):
            text = report(name, *said)
            assert mark.search(text[:65536]) or mark.search(text[-65536:])
        assert [other for other, text in others.items() if mark.search(text)] == []
