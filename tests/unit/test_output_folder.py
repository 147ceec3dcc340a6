"""A folder that is written again: our files are replaced, the user's are left, none outside."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from migrate.errors import OutputError, UsageError
from migrate.output import folder as output_folder
from migrate.output import manifest as manifests
from migrate.output import scratch
from migrate.output.content import digest
from migrate.output.folder import FolderOutput
from migrate.output.held import Held
from migrate.output.manifest import Entry
from migrate.output.new_files import NewFiles
from tests.refusing_disk import TROUBLES, RefusingDisk
from tests.unit.at_work import at_work

OWN = ".wordpress"


def put(root: Path, files: dict[str, bytes], *, dry_run: bool = False) -> dict[str, str]:
    """Write files in one run, whatever stands there; give what stood there by path."""
    with FolderOutput(root, OWN, dry_run=dry_run) as out:
        states = {path: out.state(path, data) for path, data in files.items()}
        for path, data in files.items():
            if states[path] != "blocked":
                out.put(Entry(path, f"post {path}", digest(data)), data, states[path])
        for entry, _ in out.left_over():
            out.keep(entry)
    return dict(states)


def touched(root: Path) -> dict[Path, tuple[int, int]]:
    """Give each file's inode and the time of its last change."""
    stats = {path: path.stat() for path in root.rglob("*") if path.is_file()}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats.items()}


def manifest(root: Path) -> list[str]:
    """Give the paths that the manifest names, in its order."""
    lines = (root / OWN / "manifest.jsonl").read_text().splitlines()
    return [json.loads(line)["path"] for line in lines]


def test_what_stands_at_a_path_is_told(tmp_path: Path) -> None:
    """Nothing, the same, ours, edited since, somebody else's, or a folder."""
    assert put(tmp_path, {"a/x.md": b"one", "y.md": b"two", "z.md": b"three"}) == {
        "a/x.md": "absent",
        "y.md": "absent",
        "z.md": "absent",
    }
    (tmp_path / "z.md").write_bytes(b"edited")
    (tmp_path / "mine.md").write_bytes(b"mine")
    (tmp_path / "folder.md").mkdir()

    with FolderOutput(tmp_path, OWN) as out:
        assert out.state("a/x.md", b"one") == "same"
        assert out.state("y.md", b"new") == "ours"
        assert out.state("z.md", b"three") == "edited"
        assert out.state("mine.md", b"x") == "foreign"
        assert out.state("mine.md", b"mine") == "same"
        assert out.state("folder.md", b"x") == "blocked"


def test_same_bytes_are_not_touched(tmp_path: Path) -> None:
    """The second run leaves every file's inode, the manifest's too."""
    put(tmp_path, {"a.md": b"one"})
    before = touched(tmp_path)

    assert put(tmp_path, {"a.md": b"one"}) == {"a.md": "same"}
    assert before == touched(tmp_path)


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """The new bytes come under the old mode."""
    put(tmp_path, {"a.md": b"one"})
    (tmp_path / "a.md").chmod(0o640)
    put(tmp_path, {"a.md": b"two"})

    assert (tmp_path / "a.md").read_bytes() == b"two"
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640


def test_a_dry_run_answers_and_writes_nothing(tmp_path: Path) -> None:
    """Not even the folder is made."""
    out = tmp_path / "out"

    assert put(out, {"a.md": b"one"}, dry_run=True) == {"a.md": "absent"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["link/x.md", "link/deeper/x.md"])
def test_no_link_leads_a_file_out(tmp_path: Path, path: str) -> None:
    """A folder that is a link is an obstacle, not a way."""
    root, outside = tmp_path / "out", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "link").symlink_to(outside)

    assert put(root, {path: b"x"}) == {path: "blocked"}
    assert list(outside.iterdir()) == []


def test_a_link_in_a_files_place_is_not_written_through(tmp_path: Path) -> None:
    """Written over, the link itself goes, and what it points to stays."""
    root, secret = tmp_path / "out", tmp_path / "secret"
    root.mkdir()
    secret.write_bytes(b"secret")
    (root / "a.md").symlink_to(secret)

    assert put(root, {"a.md": b"x"}) == {"a.md": "foreign"}
    assert secret.read_bytes() == b"secret"
    assert not (root / "a.md").is_symlink()


@pytest.mark.parametrize("planted", [OWN, f"{OWN}/manifest.jsonl", f"{OWN}/manifest.jsonl.part"])
def test_a_planted_manifest_is_refused(tmp_path: Path, planted: str) -> None:
    """A link in the manifest's place, or in that of what a killed run noted, leads nowhere."""
    root, outside = tmp_path / "out", tmp_path / "outside"
    (root / planted).parent.mkdir(parents=True)
    outside.mkdir()
    (root / planted).symlink_to(outside)

    with pytest.raises(OutputError, match="a link, or no file at all, stands in its place"):
        put(root, {"a.md": b"x"})
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["manifest.jsonl", "manifest.jsonl.part"])
def test_a_pipe_in_the_place_of_the_manifest_is_refused(tmp_path: Path, name: str) -> None:
    """Nobody waits for whoever may write to it, whichever way the folder is looked at first."""
    (tmp_path / OWN).mkdir()
    os.mkfifo(tmp_path / OWN / name)

    with pytest.raises(OutputError, match="a link, or no file at all, stands in its place"):
        put(tmp_path, {"a.md": b"x"})
    with pytest.raises(OutputError, match="it is a pipe or a device"):
        Held(tmp_path, OWN, finished=True)


def test_a_manifest_is_one_of_short_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without end is no entry, and isn't held whole."""
    put(tmp_path, {"a.md": b"one", "b.md": b"one"})
    path = tmp_path / OWN / "manifest.jsonl"
    usual = path.read_bytes()
    path.write_bytes(b"x" * 10_001 + usual)
    monkeypatch.setattr(manifests, "_LONGEST_LINE", 1000)

    assert [entry.path for entry in manifests.read(path)] == ["b.md"]  # the first line is cut
    path.write_bytes(b"x" * 10_000 + b"\n" + usual)
    assert [entry.path for entry in manifests.read(path)] == ["a.md", "b.md"]


def test_planted_scratch_files_are_replaced(tmp_path: Path) -> None:
    """A link where a scratch file belongs is removed, not followed."""
    planted = "new.part"
    root, secret = tmp_path / "out", tmp_path / "secret"
    (root / OWN).mkdir(parents=True)
    secret.write_bytes(b"secret")
    (root / OWN / planted).symlink_to(secret)
    put(root, {"a.md": b"x"})

    assert secret.read_bytes() == b"secret"
    assert (root / "a.md").read_bytes() == b"x"


def test_a_killed_run_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the kill came before or after a rename, the next run knows the files as its own."""
    put(tmp_path, {"a.md": b"one", "b.md": b"one"})
    replace = os.replace

    def killed(path: str, target: str | Path) -> None:
        if str(target).endswith("/b.md"):
            raise KeyboardInterrupt
        replace(path, target)

    monkeypatch.setattr(os, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, {"a.md": b"two", "b.md": b"two"})
    monkeypatch.undo()

    assert put(tmp_path, {"a.md": b"two", "b.md": b"two"}) == {"a.md": "same", "b.md": "ours"}
    assert put(tmp_path, {"a.md": b"two", "b.md": b"two"}) == {"a.md": "same", "b.md": "same"}
    assert manifest(tmp_path) == ["a.md", "b.md"]
    assert [p.name for p in (tmp_path / OWN).iterdir()] == ["manifest.jsonl"]


def test_the_line_is_there_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As each comes into its place, the manifest already names it."""
    seen: list[bool] = []

    def looking(move: Callable[[str, str], None]) -> Callable[[str, str], None]:
        def looked(path: str, target: str) -> None:
            if str(target).endswith(".md"):
                lines = (tmp_path / OWN / "manifest.jsonl.part").read_text()
                seen.append(f'"path":"{Path(target).name}"' in lines)
            move(path, target)

        return looked

    monkeypatch.setattr(os, "replace", looking(os.replace))
    monkeypatch.setattr(os, "link", looking(os.link))
    put(tmp_path, {"a.md": b"one"})
    put(tmp_path, {"a.md": b"two", "b.md": b"two"})

    assert seen == [True, True, True]


@pytest.mark.parametrize("links", [True, False])
def test_what_comes_in_between_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    """Of two who write a file nobody has looked for since, ours is refused."""
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with FolderOutput(tmp_path, OWN) as out:
        for path in ("a.md", "new/b.md"):
            out.put(Entry(path, path, digest(b"ours")), b"ours", out.state(path, b"ours"))
        for path in ("c.md", "new/c.md"):
            state = out.state(path, b"ours")
            (tmp_path / path).write_bytes(b"theirs")
            with pytest.raises(OutputError, match="File exists"):
                out.put(Entry(path, path, digest(b"ours")), b"ours", state)

    held = {path.name: path.read_bytes() for path in tmp_path.rglob("*.md")}
    assert held == {"a.md": b"ours", "b.md": b"ours", "c.md": b"theirs"}
    assert (tmp_path / "new/c.md").read_bytes() == b"theirs"


def test_a_file_killed_between_its_two_names_has_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run removes the other, though it has nothing to write."""
    unlink = os.unlink

    def killed(path: str | Path) -> None:
        if Path(path).name == "new.part" and Path(path).exists():
            raise KeyboardInterrupt
        unlink(path)

    monkeypatch.setattr(os, "unlink", killed)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, {"a.md": b"one"})
    monkeypatch.undo()
    assert (tmp_path / "a.md").stat().st_nlink == 2

    assert put(tmp_path, {"a.md": b"one"}) == {"a.md": "same"}
    assert (tmp_path / "a.md").stat().st_nlink == 1
    assert [p.name for p in (tmp_path / OWN).iterdir()] == ["manifest.jsonl"]


def no_links(*_: object, **_named: object) -> None:
    """Refuse as a drive does on which no file has two names."""
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


def test_a_drive_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come into their places whole all the same."""
    monkeypatch.setattr(os, "link", no_links)

    assert put(tmp_path, {"a/x.md": b"one", "y.md": b"two"}).keys() == {"a/x.md", "y.md"}
    assert (tmp_path / "a/x.md").read_bytes() == b"one"
    assert [p.name for p in (tmp_path / OWN).iterdir()] == ["manifest.jsonl"]


def test_a_folder_in_a_new_one_is_seen(tmp_path: Path) -> None:
    """One that this run has made holds nothing else only as long as that is so."""
    with FolderOutput(tmp_path, OWN) as out:
        for path in ("a/x.md", "a/y.md/z/x.md"):
            assert out.state(path, b"one") == "absent"
            out.put(Entry(path, path, digest(b"one")), b"one", "absent")
        assert out.state("a/y.md", b"one") == "blocked"
        assert out.state("a/y.md/z", b"one") == "blocked"
        assert out.state("a/y.md/z/y.md", b"one") == "absent"


def test_the_disk_is_flushed_once_before_the_manifest_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files were written; and not at all where none was."""
    flushed: list[bool] = []
    monkeypatch.setattr(
        output_folder,
        "_flush_disk",
        lambda _folder: flushed.append((tmp_path / OWN / "manifest.jsonl").exists()),
    )
    put(tmp_path, {"a.md": b"one", "b.md": b"two"})
    put(tmp_path, {"a.md": b"one", "b.md": b"two"})

    assert flushed == [False]


def test_only_our_own_unedited_files_are_removed(tmp_path: Path) -> None:
    """An edited one stays, a removed one is no trouble, and empty folders go."""
    put(tmp_path, {"a/b/x.md": b"one", "y.md": b"one", "z.md": b"one"})
    (tmp_path / "y.md").write_bytes(b"edited")
    (tmp_path / "z.md").unlink()

    with FolderOutput(tmp_path, OWN) as out:
        removed = {entry.path: out.remove(entry) for entry, _ in out.left_over()}

    assert removed == {"a/b/x.md": True, "y.md": False, "z.md": True}
    assert sorted(p.name for p in tmp_path.iterdir()) == [OWN, "y.md"]


def test_a_torn_or_foreign_line_is_no_line(tmp_path: Path) -> None:
    """A manifest that was cut off is read as far as it goes."""
    put(tmp_path, {"a.md": b"one"})
    with (tmp_path / OWN / "manifest.jsonl").open("ab") as lines:
        lines.write(b'[1]\n{"path":"../x","key":1,"sha256":"0"}\n{"path":"b.md","ke')

    assert put(tmp_path, {"a.md": b"two"}) == {"a.md": "ours"}
    assert manifest(tmp_path) == ["a.md"]


def test_a_manifest_never_leads_out(tmp_path: Path) -> None:
    """Whatever path a line names, nothing outside is removed."""
    root, outside = tmp_path / "out", tmp_path / "x.md"
    put(root, {"a.md": b"one"})
    outside.write_bytes(b"one")
    sha = json.loads((root / OWN / "manifest.jsonl").read_text())["sha256"]
    with (root / OWN / "manifest.jsonl").open("ab") as lines:
        lines.writelines(
            Entry(path, "post 9", sha).line() for path in ("../x.md", str(outside), "a/../../x.md")
        )

    with FolderOutput(root, OWN) as out:
        removed = {entry.path: out.remove(entry) for entry, _ in out.left_over()}

    assert removed == {
        "a.md": True,
        "../x.md": False,
        str(outside): False,
        "a/../../x.md": False,
    }
    assert outside.read_bytes() == b"one"


def test_an_output_that_is_a_file_is_named(tmp_path: Path) -> None:
    """The path and the reason, no traceback."""
    (tmp_path / "out").write_bytes(b"")

    with pytest.raises(OutputError, match="Not a directory"):
        put(tmp_path / "out", {"a.md": b"x"})


AT_WORK = """
import sys
from pathlib import Path
from migrate.output.content import digest
from migrate.output.folder import FolderOutput
from migrate.output.manifest import Entry
from migrate.output.new_files import NewFiles
with FolderOutput(Path(sys.argv[1]), ".wordpress") as out:
    out.put(Entry("a.md", "post 1", digest(b"theirs")), b"theirs", out.state("a.md", b"theirs"))
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def another(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has written a file into a folder and is still at work there."""
    with at_work(AT_WORK, tmp_path / "out") as process:
        yield process
        process.kill()


def test_one_process_at_a_time(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """A second one is told which is at work, and writes nothing; a dry run goes on."""
    out = tmp_path / "out"

    with pytest.raises(UsageError) as caught:
        put(out, {"b.md": b"ours"})

    said = f"another wpmigrate is writing there (process {another.pid})"
    assert (caught.value.message, caught.value.path) == (said, str(out))
    assert put(out, {"b.md": b"ours"}, dry_run=True) == {"b.md": "absent"}
    another.communicate()
    assert put(out, {"a.md": b"theirs", "b.md": b"ours"}) == {"a.md": "same", "b.md": "absent"}
    assert [p.name for p in (out / OWN).iterdir()] == ["manifest.jsonl"]


def test_a_killed_process_holds_nobody_up(tmp_path: Path, another: subprocess.Popen[str]) -> None:
    """What its lock's file says is of no account: the next one takes it over and removes it."""
    out = tmp_path / "out"
    another.kill()
    another.wait()
    assert (out / OWN / "lock.part").read_text() == f"{another.pid}\n"

    assert put(out, {"a.md": b"ours"}) == {"a.md": "ours"}
    assert [p.name for p in (out / OWN).iterdir()] == ["manifest.jsonl"]


def test_who_began_before_another_is_told(tmp_path: Path) -> None:
    """A run that began when nothing was there writes nothing into what another has made since."""
    with FolderOutput(tmp_path, OWN) as out:
        put(tmp_path, {"a.md": b"theirs"})
        with pytest.raises(UsageError, match="has written there since this one began"):
            out.put(Entry("b.md", "post 2", digest(b"ours")), b"ours", "absent")

    assert manifest(tmp_path) == ["a.md"]
    assert not (tmp_path / "b.md").exists()


def test_a_link_in_the_locks_place_is_not_followed(tmp_path: Path) -> None:
    """What a link there leads to is neither emptied nor written."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tmp_path / OWN).mkdir()
    (tmp_path / OWN / "lock.part").symlink_to(secret)

    with pytest.raises(OutputError, match="can't be written"):
        put(tmp_path, {"a.md": b"x"})
    assert secret.read_bytes() == b"secret"


def test_lines_in_order_are_replaced_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when the lines are sorted leaves them as they were, for the next run."""
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if b"sha256" in data:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, data)

    with FolderOutput(tmp_path, OWN, in_order=True) as out:
        out.put(Entry("a.md", "post 1", digest(b"one")), b"one", "absent")
    with pytest.raises(OutputError, match="No space left"):  # noqa: PT012, SIM117 - all of it
        with FolderOutput(tmp_path, OWN, in_order=True) as out:
            out.put(Entry("b.md", "post 2", digest(b"two")), b"two", "absent")
            out.put(Entry("a.md", "post 1", digest(b"two")), b"two", "ours")
            monkeypatch.setattr(os, "write", full)
    monkeypatch.undo()

    assert put(tmp_path, {"a.md": b"two", "b.md": b"two"}) == {"a.md": "same", "b.md": "same"}
    assert manifest(tmp_path) == ["a.md", "b.md"]


def new_files(*paths: str) -> NewFiles:
    """Give files that each hold their path."""
    data = [path.encode() for path in paths]
    keys = [f"post {number}" for number in range(len(paths))]
    return NewFiles(paths, keys, list(map(digest, data)), ["made"] * len(paths), data)


def lack(patch: pytest.MonkeyPatch, what: str) -> None:
    """Let the system lack something."""
    if what == "links":
        patch.setattr(os, "link", no_links)
    elif what == "open folders":
        patch.setattr(scratch, "_IN_FOLDERS", False)


WITHOUT = ["nothing", "links", "open folders"]


@pytest.mark.parametrize("without", WITHOUT)
def test_new_files_are_what_each_of_them_would_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    """The manifest too, and text that JSON escapes; whatever a system hasn't."""
    lack(monkeypatch, without)
    files = new_files("a/x.md", "a/y.md", "z.md", 'a/"é".md')
    with FolderOutput(tmp_path / "rows", OWN) as out:
        assert out.is_free_for(files)
        out.put_new(files)
    with FolderOutput(tmp_path / "singly", OWN) as out:
        for path, key, sha256, made, data in zip(
            files.paths, files.keys, files.digests, files.made, files.contents, strict=True
        ):
            out.put(Entry(path, key, sha256, made=made), data, "absent")
    assert held(tmp_path / "rows") == held(tmp_path / "singly")


@pytest.mark.parametrize("without", WITHOUT)
def test_what_comes_in_between_new_files_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    """It is named, and those before it are whole."""
    lack(monkeypatch, without)
    files = new_files("a/x.md", "a/y.md", "a/z.md")
    with FolderOutput(tmp_path, OWN) as out:
        assert out.is_free_for(files)
        (tmp_path / "a").mkdir()
        (tmp_path / "a/y.md").write_bytes(b"theirs")
        with pytest.raises(OutputError, match="File exists") as raised:
            out.put_new(files)
    assert raised.value.path == str(tmp_path / "a/y.md")
    there = {path.name: path.read_bytes() for path in tmp_path.rglob("*.md")}
    assert there == {"x.md": b"a/x.md", "y.md": b"theirs"}


def put_new(root: Path, files: NewFiles) -> None:
    """Write new files in one run."""
    with FolderOutput(root, OWN) as out:
        out.put_new(files)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_new_files_are_whole_on_a_disk_that_refuses(
    trouble: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each that stands has its line, and another run takes all of them for its own."""
    files = new_files("a/x.md", "a/y.md", "z.md")
    for first in range(1, 9):
        root = tmp_path / str(first)
        (root / OWN).mkdir(parents=True)
        with monkeypatch.context() as patch:
            RefusingDisk(root, TROUBLES[trouble], first).lay(patch)
            with pytest.raises(OutputError, match="can't be written"):
                put_new(root, files)
        there = {path.relative_to(root).as_posix(): path for path in root.rglob("*.md")}
        assert all(file.read_bytes() == path.encode() for path, file in there.items())
        states = put(root, {path: path.encode() for path in files.paths})
        assert {path for path, state in states.items() if state == "same"} == there.keys()
        assert {*states.values()} <= {"same", "absent"}


def held(root: Path) -> dict[str, bytes]:
    """Give every file below a folder."""
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def a_file(root: Path) -> None:
    """Put a file where another is to be."""
    (root / "a").mkdir()
    (root / "a/y.md").write_bytes(b"a/y.md")


def a_link(root: Path) -> None:
    """Put a link where the folder is to be."""
    (root.parent / "elsewhere").mkdir()
    (root / "a").symlink_to(root.parent / "elsewhere")


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "a file": a_file,
    "a folder": lambda root: (root / "a/y.md").mkdir(parents=True),
    "a link": a_link,
    "an earlier run": lambda root: put(root, {"b.md": b"b"}),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
def test_a_folder_is_not_free_for_files_where_something_stands(what: str, tmp_path: Path) -> None:
    """Nor where an earlier run wrote, of whose files somebody has to think."""
    root = tmp_path / "out"
    root.mkdir()
    IN_THE_WAY[what](root)
    with FolderOutput(root, OWN) as out:
        assert not out.is_free_for(new_files("a/x.md", "a/y.md"))


@pytest.mark.parametrize("path", ["../x.md", "/x.md", "a/../../x.md", ".a/x.md", "x\n.md"])
def test_a_folder_is_never_free_outside_of_it(path: str, tmp_path: Path) -> None:
    """Whatever a path says."""
    with FolderOutput(tmp_path / "out", OWN) as out:
        assert not out.is_free_for(new_files("x.md", path))


def test_what_is_free_in_a_dry_run_is_not_written(tmp_path: Path) -> None:
    """But is said to be."""
    with FolderOutput(tmp_path / "out", OWN, dry_run=True) as out:
        assert out.is_free_for(new_files("a/x.md"))
        out.put_new(new_files("a/x.md"))
    assert not (tmp_path / "out").exists()
