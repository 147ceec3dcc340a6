"""A session ends every run with the exit status that was promised, however it ends."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from migrate.cli import main
from migrate.cli.options import Common
from migrate.cli.session import Session


def session(report: Path) -> Session:
    """Make a session with a JSON report."""
    common = Common(
        mapping=None,
        timezone=None,
        encoding=None,
        source_format=None,
        report=(f"json={report}",),
        fail_on="error",
        dry_run=False,
        quiet=False,
        verbose=False,
        progress=False,
        show_private=False,
    )
    return Session("export", "posts", "site.xml", common)


def raising(error: BaseException) -> Callable[[], None]:
    """Make a command that ends with an error."""

    def body() -> None:
        raise error

    return body


def exit_status(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Any:
    """Run the whole command line and give how the process ends."""
    monkeypatch.setattr("sys.argv", ["wpmigrate", *arguments])
    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        with pytest.raises(SystemExit) as caught:
            main.main()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    return caught.value.code


def test_a_run_that_could_not_begin_is_no_clean_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A SOURCE that isn't there is an error in the annotations and in the step's summary."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))

    assert exit_status(monkeypatch, "check", "nowhere", "--report", "github") == 2

    failure = "nowhere: doesn't exist. Name a folder of posts or a single post"
    assert f"::error::{failure}\n" in capsys.readouterr().out
    assert f"🔴 Ended before its time: {failure}\n" in summary.read_text()
    assert "Nothing was found" not in summary.read_text()


def test_a_report_replaces_no_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report named like a post of SOURCE is wrong usage, one like an earlier report isn't."""
    post, note = tmp_path / "a.md", tmp_path / "report.md"
    post.write_text("---\ntitle: A\ndate: 2016-01-02 03:04:05\n---\nText\n")

    def asked(report: Path) -> Any:
        return exit_status(monkeypatch, "check", str(tmp_path), "--report", f"markdown={report}")

    assert [asked(note), asked(note), asked(post)] == [0, 0, 2]
    assert f"{post}: the report would replace it." in capsys.readouterr().err
    assert post.read_text().endswith("---\nText\n")


def test_a_dash_is_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in -o, on the command line and in the settings; no file is called so."""
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("---\ntitle: A\ndate: 2016-01-02 03:04:05\n---\nText\n")

    assert exit_status(monkeypatch, "check", "--report", "json=-") == 0
    assert json.loads(capsys.readouterr().out)["command"] == "check"
    Path("wpmigrate.toml").write_text('report = "json=-"\n')
    assert exit_status(monkeypatch, "check") == 0
    assert json.loads(capsys.readouterr().out)["command"] == "check"
    assert not Path("-").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_an_interrupted_run_finishes_its_report(tmp_path: Path, error: BaseException) -> None:
    """Ctrl-C in the middle and at a question end with 130, which the report says too."""
    report = tmp_path / "r.json"

    assert session(report).run(raising(error)) == 130
    assert json.loads(report.read_text())["exit"] == 130


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError(), click.Abort()])
def test_an_interrupt_outside_the_run_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    """Wherever it is met, an interrupt is said in our words."""
    monkeypatch.setattr(Session, "run", lambda *_, **__: raising(error)())

    assert exit_status(monkeypatch, "verify", "a", "b") == 130
    said = capsys.readouterr().err.strip()
    assert said == "wpmigrate: interrupted; running the same command again is safe"


@pytest.mark.parametrize(
    ("arguments", "status"), [(["--version"], 0), (["--help"], 0), (["--no"], 2), (["no"], 2)]
)
def test_wrong_usage_ends_with_2(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int
) -> None:
    """What only asks ends with 0."""
    assert exit_status(monkeypatch, *arguments) == status
