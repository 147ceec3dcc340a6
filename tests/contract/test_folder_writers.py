"""What every writer of a folder promises, whatever its format and dialect."""

from __future__ import annotations

import copy
import functools
import pickle
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from migrate import formats
from migrate.mapping import load
from migrate.model import canonical
from migrate.model.action import Action
from migrate.model.finding import Finding
from migrate.model.settings import Settings
from migrate.readers.posts import PostsReader
from migrate.stages import FolderWriter, Reader
from migrate.writers.posts.options import PostsOptions
from tests.newsroom import HEAD, RECORDS


def posts(dialect: str, **options: Any) -> FolderWriter:
    """Make a writer of posts from the table of formats."""
    made = formats.find(formats.FOLDER_WRITERS, "posts", "format")
    writer: FolderWriter = made(Settings(), load.load(dialect), PostsOptions(**options))
    return writer


def reader(dialect: str) -> Callable[[Path], Reader]:
    """Make what makes a reader of that dialect's folders."""
    return lambda root: PostsReader(root, (load.load(dialect),), True, "utf-8", Counter())


WRITERS: dict[str, Callable[..., FolderWriter]] = {
    name: functools.partial(posts, name) for name in load.names()
}
WRITERS |= {
    f"hugo {variant}": functools.partial(posts, "hugo", variant=variant)
    for variant in ("toml", "json")
}
READERS = {name: reader(name.partition(" ")[0]) for name in WRITERS}
SECRETS = (b"@lantern.example", b"sesame", b"192.0.2.7", b"Buy clocks")


def encoded(writer: FolderWriter) -> list[Any]:
    """Encode the newsroom's records."""
    return [writer.encode(post, lambda _: None) for post in RECORDS]


def write(writer: FolderWriter, drafts: list[Any], out: Path) -> tuple[list[Action], list[Finding]]:
    """Write drafts; give an action for each, and the findings."""
    findings: list[Finding] = []
    with writer.joiner(out, HEAD) as joiner:
        actions = [joiner.add(draft, findings.append) for draft in drafts]
        actions += joiner.finish(findings.append)
    return actions, findings


def tree(out: Path) -> dict[str, bytes]:
    """Give every file below a folder."""
    return {
        str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()
    }


def touched(out: Path) -> dict[Path, tuple[int, int]]:
    """Give each file's inode and the time of its last change."""
    stats = {path: path.stat() for path in out.rglob("*") if path.is_file()}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.mark.parametrize("name", WRITERS)
class TestFolderWriter:
    """One class of promises, run on each writer."""

    def test_two_runs_give_the_same_files(self, name: str, tmp_path: Path) -> None:
        """Same in, same out, the manifest included."""
        for out in ("a", "b"):
            write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path / out)

        assert tree(tmp_path / "a") == tree(tmp_path / "b")

    def test_drafts_can_come_from_another_process(self, name: str, tmp_path: Path) -> None:
        """Pickled writers and drafts give the same files."""
        drafts = encoded(pickle.loads(pickle.dumps(WRITERS[name]())))
        write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path / "a")
        write(WRITERS[name](), pickle.loads(pickle.dumps(drafts)), tmp_path / "b")

        assert tree(tmp_path / "a") == tree(tmp_path / "b")

    def test_encoding_leaves_the_record_as_it_is(self, name: str) -> None:
        """What is shown and what is kept is made on a copy."""
        records = copy.deepcopy(RECORDS)
        for record in records:
            WRITERS[name]().encode(record, lambda _: None)

        assert records == RECORDS

    def test_each_record_has_an_action(self, name: str, tmp_path: Path) -> None:
        """In source order, with the place that it got; one place for each file."""
        actions, _ = write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path)
        places = [a.target_url for a in actions if not a.target_url.startswith(".")]

        assert [(a.type, a.id, a.verb) for a in actions] == [
            (record.type, str(record.id), "create") for record in RECORDS
        ]
        assert len(places) == len(set(places))
        assert all((tmp_path / place).is_file() for place in places)

    def test_a_second_run_changes_nothing(self, name: str, tmp_path: Path) -> None:
        """Not even the times of the files."""
        write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path)
        before = touched(tmp_path)
        actions, _ = write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path)

        assert {a.verb for a in actions} == {"unchanged"}
        assert before == touched(tmp_path)

    def test_every_record_is_read_again(self, name: str, tmp_path: Path) -> None:
        """What a format has no place for has one beside it."""
        write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path)
        made = READERS[name](tmp_path)
        found: list[Finding] = []
        back = [made.read(handle, found.append).post for handle in made.locate(found.append)]

        assert {post.id: canonical.record(post) for post in back if post} == {
            record.id: canonical.record(record) for record in RECORDS
        }
        assert made.head(found.append) == HEAD
        assert found == []

    def test_nothing_private_leaves_the_hidden_folder(self, name: str, tmp_path: Path) -> None:
        """No e-mail, password, IP or comment stands where a site generator looks."""
        write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path)
        shown = [data for path, data in tree(tmp_path).items() if not path.startswith(".")]

        assert len(shown) == 10
        assert not [data for data in shown for secret in SECRETS if secret in data]

    def test_a_dry_run_writes_nothing(self, name: str, tmp_path: Path) -> None:
        """And says the same as a real one."""
        dry, _ = write(WRITERS[name](dry_run=True), encoded(WRITERS[name]()), tmp_path / "dry")
        real, _ = write(WRITERS[name](), encoded(WRITERS[name]()), tmp_path / "real")

        assert real == dry
        assert not (tmp_path / "dry").exists()

    def test_no_record_is_no_trouble(self, name: str, tmp_path: Path) -> None:
        """An empty source gives what stands beside its records."""
        actions, findings = write(WRITERS[name](), [], tmp_path)

        assert (actions, findings) == ([], [])
        assert sorted(tree(tmp_path)) == [
            ".wordpress/authors.yaml",
            ".wordpress/manifest.jsonl",
            ".wordpress/site.yaml",
            ".wordpress/terms.yaml",
        ]
