"""Outputs are replaced whole or not at all."""

from __future__ import annotations

import errno
import gzip
import os
import stat
from pathlib import Path

import pytest

from migrate import output
from migrate.errors import OutputError


def write(path: Path, data: bytes, *, dry_run: bool = False) -> output.Outcome:
    """Write a file and give the outcome."""
    with output.replacing(path, dry_run=dry_run) as replacement:
        replacement.stream.write(data)
    return replacement.outcome


def test_a_new_file_is_created(tmp_path: Path) -> None:
    """A path that doesn't exist gets the bytes, and no temporary file is left."""
    path = tmp_path / "site.xml"

    assert write(path, b"one") == "create"
    assert [path] == list(tmp_path.iterdir())
    assert path.read_bytes() == b"one"


def test_the_same_bytes_are_not_written_again(tmp_path: Path) -> None:
    """A file that would stay the same keeps its inode."""
    path = tmp_path / "site.xml"
    write(path, b"one")
    before = path.stat()

    assert write(path, b"one") == "unchanged"
    after = path.stat()  # reading it may change when it was read last
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_old_file_is_replaced_with_its_permissions(tmp_path: Path) -> None:
    """The new bytes come under the old mode."""
    path = tmp_path / "site.xml"
    path.write_bytes(b"one")
    path.chmod(0o640)

    assert write(path, b"two") == "update"
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run says what would happen and leaves the folder as it was."""
    path = tmp_path / "site.xml"

    assert write(path, b"one", dry_run=True) == "create"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, ValueError])
def test_what_ends_early_leaves_the_old_file(tmp_path: Path, trouble: type[BaseException]) -> None:
    """An interrupt or an error half way leaves the old bytes and no litter."""
    path = tmp_path / "site.xml"
    path.write_bytes(b"old")

    def half() -> None:
        with output.replacing(path) as replacement:
            replacement.stream.write(b"half")
            raise trouble

    with pytest.raises(trouble):
        half()

    assert [path] == list(tmp_path.iterdir())
    assert path.read_bytes() == b"old"


def test_a_full_disk_is_named_and_leaves_the_old_file(tmp_path: Path) -> None:
    """ENOSPC becomes an error with the path, and the old bytes stay."""
    path = tmp_path / "site.xml"
    path.write_bytes(b"old")

    with pytest.raises(OutputError) as caught, output.replacing(path):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert str(path) == caught.value.path
    assert caught.value.message == "can't be written: No space left on device"
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A path whose folder doesn't exist is refused before anything is made."""
    with pytest.raises(OutputError), output.replacing(tmp_path / "no" / "site.xml"):
        pytest.fail("the block must not be entered")


def test_gzip_bytes_depend_on_the_content_alone(tmp_path: Path) -> None:
    """A .gz output holds neither time nor name, so it is the same bytes each time."""
    write(tmp_path / "a.xml.gz", b"one")
    write(tmp_path / "b.xml.gz", b"one")
    first = (tmp_path / "a.xml.gz").read_bytes()

    assert first == (tmp_path / "b.xml.gz").read_bytes()
    assert gzip.decompress(first) == b"one"


def test_a_device_is_written_to_and_stays_one() -> None:
    """Nothing is renamed over /dev/null, whatever folder it stands in."""
    before = Path(os.devnull).stat()

    assert write(Path(os.devnull), b"one") == "update"
    assert Path(os.devnull).stat().st_rdev == before.st_rdev


def test_a_link_to_a_device_stays_a_link(tmp_path: Path) -> None:
    """What a symbolic link leads to is written to where it is a device."""
    link = tmp_path / "site.xml"
    link.symlink_to(os.devnull)

    assert write(link, b"one") == "update"
    assert link.is_char_device()


def test_a_pipe_gets_the_bytes(tmp_path: Path) -> None:
    """A FIFO is opened and written, so that its reader sees the file."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    write(path, b"one")

    assert os.read(reader, 10) == b"one"
    assert path.is_fifo()
    os.close(reader)


def test_a_dry_run_leaves_a_pipe_alone(tmp_path: Path) -> None:
    """A dry run doesn't even open a FIFO, which would wait for a reader."""
    path = tmp_path / "pipe"
    os.mkfifo(path)

    assert write(path, b"one", dry_run=True) == "update"
    assert [path] == list(tmp_path.iterdir())


def test_a_full_device_is_named() -> None:
    """An error of the device becomes an error with its path."""
    with pytest.raises(OutputError) as caught:
        write(Path("/dev/full"), b"one")

    said = "/dev/full: can't be written: No space left on device. Write elsewhere"
    assert str(caught.value) == said


def test_links_in_a_ring_are_named(tmp_path: Path) -> None:
    """Two links that lead to each other are no place to write to."""
    path = tmp_path / "a"
    path.symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    with pytest.raises(OutputError) as caught:
        write(path, b"one")

    assert str(path) == caught.value.path


def test_another_output_that_fails_is_not_blamed_on_the_spool() -> None:
    """Only the spool's own trouble names the temporary folder."""
    with pytest.raises(BrokenPipeError), output.spool():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_a_spool_gives_back_what_it_took() -> None:
    """What was written can be read from the start."""
    with output.spool() as stream:
        stream.write(b"one")
        stream.seek(0)

        assert stream.read() == b"one"


def test_a_full_temporary_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """ENOSPC at the spool names the folder and the way out."""
    monkeypatch.setattr(os, "dup", lambda _: os.open("/dev/full", os.O_RDWR))

    def written() -> None:
        with output.spool() as stream:
            stream.write(b"one")

    with pytest.raises(OutputError) as caught:
        written()

    assert caught.value.fix == "Make room there, or set TMPDIR to another folder"
