"""What is read beside SOURCE is a plain file of a measure; all else is refused in words."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.cli.settings_file import find
from migrate.errors import WpmigrateError
from migrate.mapping import author_map, load
from migrate.output import plain
from migrate.plan import saved
from migrate.plan.journal import lock
from migrate.report.baseline import Baseline


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(place))


def _device(place: Path) -> None:
    place.symlink_to("/dev/zero")


PLANTED: dict[str, Callable[[Path], None]] = {
    "pipe": os.mkfifo,
    "socket": _socket,
    "device": _device,
}

READERS: dict[str, Callable[[Path], object]] = {
    "a mapping": lambda path: load.load(str(path)),
    "an author map": author_map.load,
    "a baseline": Baseline.read,
    "a lock": lambda path: lock.read(path, "https://a.example"),
    "a plan": lambda path: saved.comparing(path, "https://a.example").__enter__(),
}


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("what", READERS)
def test_no_pipe_and_no_device_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, what: str
) -> None:
    """Neither is waited for, nor read without end."""
    monkeypatch.chdir(tmp_path)
    PLANTED[kind](tmp_path / "x.yaml")

    with pytest.raises(WpmigrateError, match="it is a pipe or a device, and no file"):
        READERS[what](tmp_path / "x.yaml")


@pytest.mark.parametrize("what", [name for name in READERS if name != "a plan"])
def test_a_file_without_measure_is_refused(tmp_path: Path, what: str) -> None:
    """One that would take all memory is known by its length before it is read."""
    with (tmp_path / "x.yaml").open("wb") as sparse:
        sparse.truncate(1 << 40)

    with pytest.raises(WpmigrateError, match=r"it holds more than [0-9]+ MB"):
        READERS[what](tmp_path / "x.yaml")


def test_settings_without_measure_are_refused(tmp_path: Path) -> None:
    """Whoever has a folder in which we stand names no such thing."""
    with (tmp_path / "wpmigrate.toml").open("wb") as sparse:
        sparse.truncate(1 << 40)

    with pytest.raises(WpmigrateError, match="it holds more than 16 MB"):
        find([tmp_path])


def test_a_file_is_read_up_to_its_measure(tmp_path: Path) -> None:
    """To the byte, a link where it may be one, and text with one kind of line ends."""
    (tmp_path / "a").write_bytes(b"a\r\nb\rc")
    (tmp_path / "b").symlink_to("a")

    assert plain.read(tmp_path / "a", 6) == b"a\r\nb\rc"
    with pytest.raises(OSError, match="it holds more than"):
        plain.read(tmp_path / "a", 5)
    assert plain.text(tmp_path / "b") == "a\nb\nc"
    with pytest.raises(plain.NotPlain, match="it is a link, which isn't followed"):
        plain.read(tmp_path / "b", follow=False)
    with pytest.raises(IsADirectoryError):
        plain.read(tmp_path)
