"""Outputs are replaced whole or not at all."""

from __future__ import annotations

import errno
import gzip
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
    assert before == path.stat()


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
