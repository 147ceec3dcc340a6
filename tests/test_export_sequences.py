"""A folder exported, killed, edited on either side and exported again, in any order, by a model.

The model says after each step what the output should hold: the user's own files and edits as they
are, ours as the source says, and nothing half.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from migrate.cli.main import commands
from tests.conftest import LONG
from tests.forked import Done, forked
from tests.refusing_disk import NAMES_OF_CALLS, RefusingDisk, Trouble

pytestmark = pytest.mark.timeout(3600 if LONG else 300)

EXAMPLES: Final = 1_000 if LONG else 6
STEPS: Final = 30 if LONG else 15
NAMES: Final = ("one", "two", "three", "four")
POST: Final = """---
post_title: {name} {letter}
layout: post
published: true
permalink: https://old.example/{name}/
post_date: 2016-07-16 00:22:22
---
The body {letter} of {name}
"""
PLACE: Final = "_posts/2016-07-16-{}.html"
MOST_CALLS: Final = 40


class _Killing(RefusingDisk):
    """Kills the process at its n-th change to the output."""

    def change(self, call: str, place: str) -> None:
        """Count a call that changes something, and end at the chosen one."""
        try:
            super().change(call, place)
        except OSError:
            os.kill(os.getpid(), signal.SIGKILL)


def killing(out: Path, point: int) -> Callable[[], None]:
    """Give what kills a process at one of its changes below a folder."""
    trouble = Trouble(0, NAMES_OF_CALLS | {"write", "fsync"})

    def lay() -> None:
        _Killing(out, trouble, point).lay(pytest.MonkeyPatch())

    return lay


def written(folder: Path, name: str, letter: str) -> None:
    """Write a post of the source."""
    (folder / f"{name}.md").write_text(POST.format(name=name, letter=letter), "utf-8")


def exported(source: Path, out: Path, *options: str) -> Done:
    """Export, in a process of its own."""
    words = ("export", str(source), "-o", str(out), "-j", "1", "--quiet", *options)
    return forked(words, {}, lambda: None)


@cache
def alone(name: str, letter: str) -> bytes:
    """Give the file that a post becomes, whatever stands beside it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "source").mkdir()
        written(Path(folder) / "source", name, letter)
        out = Path(folder) / "out"
        assert exported(Path(folder) / "source", out, "--to", "jekyll").status == 0
        return (out / PLACE.format(name)).read_bytes()


class Exports(RuleBasedStateMachine):
    """A source, an output, and what the model says of it.

    `held` is what the output holds, `ours` what we have written at a place, by any run.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="wpmigrate-exports-"))
        self.source, self.out = self.folder / "source", self.folder / "out"
        self.file = self.folder / "file" / "site.xml"
        for made in (self.source, self.out, self.file.parent):
            made.mkdir()
        self.posts: dict[str, str] = {}
        self.held: dict[str, bytes] = {}
        self.ours: dict[str, set[bytes]] = {}

    def teardown(self) -> None:
        """Remove the files."""
        shutil.rmtree(self.folder)

    @rule(name=st.sampled_from(NAMES), letter=st.sampled_from("abc"))
    def write(self, name: str, letter: str) -> None:
        """Write a post of the source, or change it."""
        self.posts[name] = letter
        written(self.source, name, letter)

    @precondition(lambda self: len(self.posts) > 1)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Remove a post of the source."""
        name = data.draw(st.sampled_from(sorted(self.posts)))
        del self.posts[name]
        (self.source / f"{name}.md").unlink()

    @rule(name=st.sampled_from(NAMES), letter=st.sampled_from("xy"))
    def edit_there(self, name: str, letter: str) -> None:
        """Somebody writes a file where one of ours stands, or will."""
        place = self.out / PLACE.format(name)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"Theirs {letter}", "utf-8")
        self.held[PLACE.format(name)] = place.read_bytes()

    @precondition(lambda self: self.held)
    @rule(data=st.data())
    def remove_there(self, data: st.DataObject) -> None:
        """Somebody removes a file of the output."""
        path = data.draw(st.sampled_from(sorted(self.held)))
        del self.held[path]
        (self.out / path).unlink()

    @precondition(lambda self: self.posts)
    @rule(prune=st.booleans())
    def export(self, prune: bool) -> None:
        """Export; once more changes nothing, not even a file's date."""
        options = ("--to", "jekyll", *(["--prune"] if prune else []))
        wanted, conflicts = self._wanted(prune=prune)
        done = exported(self.source, self.out, *options)
        assert done.status == bool(conflicts), done.said
        self._settle(wanted, prune=prune)
        before = self._stamps()
        exported(self.source, self.out, *options)
        assert self._stamps() == before
        assert list(self.out.rglob("*.part")) == []

    @precondition(lambda self: self.posts)
    @rule(prune=st.booleans(), point=st.integers(1, MOST_CALLS))
    def export_killed(self, prune: bool, point: int) -> None:
        """Kill an export at one of its changes: each file is the old one or the new one."""
        words = ("export", str(self.source), "-o", str(self.out), "-j", "1", "--to", "jekyll")
        wanted, _ = self._wanted(prune=prune)
        done = forked([*words, *(["--prune"] if prune else [])], {}, killing(self.out, point))
        if done.status != -signal.SIGKILL:
            self._settle(wanted, prune=prune)
            return
        found = self._found()
        for path in {*wanted, *self.held}:
            assert found.get(path) in (self.held.get(path), wanted.get(path))
            if path in wanted and wanted[path] != self.held.get(path):
                self.ours.setdefault(path, set()).add(wanted[path])
        self.held = found

    @precondition(lambda self: self.posts)
    @rule(point=st.integers(1, MOST_CALLS))
    def export_a_file_killed(self, point: int) -> None:
        """Kill an export into one file: it is the old one, and the next run leaves just the new."""
        before = self.file.read_bytes() if self.file.exists() else None
        words = ("export", str(self.source), "-o", str(self.file), "-j", "1", "--quiet")
        done = forked(words, {}, killing(self.file.parent, point))
        if done.status == -signal.SIGKILL:
            assert (self.file.read_bytes() if self.file.exists() else None) == before
        assert exported(self.source, self.file).status == 0
        fresh = self.folder / "site.xml"
        assert exported(self.source, fresh).status == 0
        assert self.file.read_bytes() == fresh.read_bytes()
        assert list(self.file.parent.iterdir()) == [self.file]

    @invariant()
    def holds_what_it_should(self) -> None:
        """The output holds what the model says."""
        assert self._found() == self.held

    def _wanted(self, *, prune: bool) -> tuple[dict[str, bytes], list[str]]:
        """Give what an export leaves there, and the places in conflict."""
        wanted, conflicts = dict(self.held), []
        new = {PLACE.format(name): alone(name, letter) for name, letter in self.posts.items()}
        for path, data in new.items():
            held = self.held.get(path)
            if held is None or held == data or held in self.ours.get(path, ()):
                wanted[path] = data
            else:
                conflicts.append(path)
        if prune:
            for path in self.held.keys() - new.keys():
                if self.held[path] in self.ours.get(path, ()):
                    del wanted[path]
        return wanted, conflicts

    def _settle(self, wanted: dict[str, bytes], *, prune: bool) -> None:
        new = {PLACE.format(name): alone(name, letter) for name, letter in self.posts.items()}
        for path, data in new.items():
            if wanted.get(path) == data:
                self.ours[path] = {data}
        if prune:
            for path in self.ours.keys() - new.keys() - wanted.keys():
                del self.ours[path]
        self.held = wanted

    def _files(self) -> Iterator[Path]:
        return (path for path in self.out.rglob("*") if path.is_file())

    def _found(self) -> dict[str, bytes]:
        found = {path.relative_to(self.out).as_posix(): path for path in self._files()}
        return {
            name: path.read_bytes()
            for name, path in found.items()
            if not name.startswith(".wordpress/")
        }

    def _stamps(self) -> dict[Path, tuple[int, int]]:
        stats = {path: path.stat() for path in self._files()}
        return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats.items()}


@pytest.fixture
def _warm(tmp_path: Path) -> None:
    """Import here what an export takes, so that no process has to."""
    written(tmp_path, "one", "a")
    for target in ("out", "out.xml"):
        words = ["export", str(tmp_path), "-o", str(tmp_path / target), "--quiet"]
        assert CliRunner().invoke(commands, words).exit_code == 0


@pytest.mark.usefixtures("_warm")
def test_any_sequence() -> None:
    """Nothing is lost or half, no file or edit of somebody's is touched, and again is nothing."""
    run_state_machine_as_test(
        Exports,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            phases=[Phase.explicit, Phase.reuse, Phase.generate] + ([Phase.shrink] if LONG else []),
            suppress_health_check=list(HealthCheck),
            print_blob=True,
        ),
    )
