"""The set-up of the readers says in one sentence what it lacks."""

from pathlib import Path

import pytest

from tests.peers import install, packages


def test_no_npm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without npm it ends with 1, says so, and leaves nothing half made."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WPMIGRATE_CACHE", str(tmp_path / "cache"))

    assert install.main() == 1
    assert capsys.readouterr().err.splitlines()[1] == (
        "wordpress-export-to-markdown@2.2.2 needs npm, which isn't here: install it, or let "
        "`python -m tests.wordpress.install` do so."
    )
    assert not (tmp_path / "cache").exists()


def test_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a bare machine Node and every package are missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WPMIGRATE_CACHE", str(tmp_path / "cache"))

    assert packages.missing() == [
        "node",
        packages.NPM_PACKAGE,
        packages.SARIF_PACKAGE,
        *packages.PYTHON_PACKAGES,
    ]
