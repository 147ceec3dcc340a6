"""The program is told by its text, not by its version alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from migrate import program


def test_another_text_is_another_program(tmp_path: Path) -> None:
    """A changed line, a new module and a moved one are each told."""
    (tmp_path / "a.py").write_text("x = 1\n")
    seen = [program.digest.__wrapped__(tmp_path)]
    (tmp_path / "a.py").write_text("x = 2\n")
    seen.append(program.digest.__wrapped__(tmp_path))
    (tmp_path / "b.py").touch()
    seen.append(program.digest.__wrapped__(tmp_path))
    (tmp_path / "b.py").rename(tmp_path / "c.py")
    seen.append(program.digest.__wrapped__(tmp_path))

    assert len(set(seen)) == len(seen)


def test_another_version_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the modules' text isn't there, the version is all there is."""
    nowhere = Path("/nowhere")
    before = program.digest.__wrapped__(nowhere)
    monkeypatch.setattr(program, "__version__", "99")

    assert program.digest.__wrapped__(nowhere) != before


def test_another_version_of_what_reads_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another PyYAML, or another Python, may read the same front matter otherwise."""
    nowhere = Path("/nowhere")
    seen = [program.digest.__wrapped__(nowhere)]
    monkeypatch.setattr(yaml, "__version__", "99")
    seen.append(program.digest.__wrapped__(nowhere))
    monkeypatch.setattr(sys, "version_info", (99, 0, 0))
    seen.append(program.digest.__wrapped__(nowhere))

    assert len(set(seen)) == len(seen)
