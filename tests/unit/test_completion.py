"""A shell completes commands, options and the values that are known."""

from __future__ import annotations

import subprocess
import sys

import pytest

COMPLETE = [
    (["ex"], ["export", "explain"]),
    (["check", "--inc"], ["--include"]),
    (["check", "--rewrite", "entities,moj"], ["entities,mojibake"]),
    (["check", "--mapping", "hu"], ["hugo"]),
    (["check", "--report", "js"], ["json"]),
    (["check", "--ignore", "loss-ch"], ["loss-character"]),
    (["explain", "loss-ch"], ["loss-character"]),
    (["check", "--fail-on", "w"], ["warning"]),
    (["completion", "z"], ["zsh"]),
]


@pytest.mark.parametrize(("words", "offered"), COMPLETE, ids=" ".join)
def test_what_is_begun_is_completed(words: list[str], offered: list[str]) -> None:
    """As bash asks: the words of the line, and which of them is being typed."""
    done = subprocess.run(
        [sys.executable, "-c", "from migrate.cli.main import main; main()"],
        env={
            "_WPMIGRATE_COMPLETE": "bash_complete",
            "COMP_WORDS": " ".join(["wpmigrate", *words]),
            "COMP_CWORD": str(len(words)),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    found = [line.partition(",")[2] for line in done.stdout.splitlines()]
    assert [name for name in found if name != words[-1]] == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str) -> None:
    """It is click's, for our command; where the shell is here it can read it."""
    run = [sys.executable, "-m", "migrate", "completion", shell]
    done = subprocess.run(run, capture_output=True, text=True, check=True)

    assert f"_WPMIGRATE_COMPLETE={shell}_complete" in done.stdout
    if shell == "bash":
        subprocess.run(["bash", "-n"], input=done.stdout, text=True, check=True)
