"""A disk that is full, read-only, forbidden or broken leaves every output whole or as it was."""

from __future__ import annotations

import random
import shutil
import signal
from pathlib import Path
from typing import Final

import pytest

from migrate.cli import main
from tests.conftest import LONG
from tests.refusing_disk import TROUBLES, RefusingDisk, Trouble
from tests.test_killed_export import files

SAMPLES: Final = Path(__file__).parent.parent / "samples" / "wpghs"
POINTS: Final = 25 if LONG else 1
"""How many of a command's changes are refused, one a run, by each trouble and beginning."""

EXPORT: Final = ("export", "{source}", "-j", "1", "-o")
COMMANDS: Final = {
    "a file": (*EXPORT, "{out}/site.xml"),
    "a packed file": (*EXPORT, "{out}/site.xml.gz"),
    "parts": (*EXPORT, "{out}/site.xml", "--split", "12KB"),
    "a folder": (*EXPORT, "{out}/posts", "--to", "wpghs"),
    "a folder and what is gone": (*EXPORT, "{out}/posts", "--to", "hugo", "--prune"),
    "posts alone": (*EXPORT, "{out}/posts", "--to", "jekyll", "--only-posts"),
    "redirects": (*EXPORT, "{spare}/site.xml", "--redirects", "{out}/moved.csv"),
    "a report": ("check", "{source}", "--report", "json={out}/made/report.json"),
    "a page": ("check", "{source}", "--report", "html={out}/report.html"),
    "a baseline": ("check", "{source}", "--baseline", "{out}/known.json", "--write-baseline"),
    "the plugin": ("companion", "-o", "{out}/wpmigrate.php"),
    "settings": ("init", "{source}"),
}


class Desk:
    """A source in two states, and a folder that commands write into, under any disk."""

    def __init__(self, folder: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.out = folder / "out"
        self._capture = capture
        self._places = {
            "source": str(folder / "source"),
            "out": str(self.out),
            "spare": str(folder / "spare"),
        }
        self.out.mkdir()
        (folder / "spare").mkdir()
        (folder / "source").mkdir()
        posts = sorted(path for path in SAMPLES.rglob("*.md") if "_drafts" not in path.parts)
        for path in posts[::6]:
            shutil.copy(path, folder / "source")
        self._posts = sorted((folder / "source").iterdir())

    def grow(self) -> None:
        """Let the source become another: a post less, and one with another text."""
        self._posts[0].unlink()
        self._posts[1].write_bytes(self._posts[1].read_bytes() + b"More.\n")

    def lay_out(self, held: dict[str, bytes]) -> None:
        """Make the folder hold this and nothing else."""
        shutil.rmtree(self.out)
        self.out.mkdir()
        for path, data in held.items():
            (self.out / path).parent.mkdir(parents=True, exist_ok=True)
            (self.out / path).write_bytes(data)

    def run(self, command: tuple[str, ...], disk: RefusingDisk | None = None) -> tuple[int, str]:
        """Run a command; give its exit status and what it said on standard error."""
        before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
        self._capture.readouterr()
        try:
            with pytest.MonkeyPatch.context() as patch:
                patch.chdir(self.out)
                asked = [word.format(**self._places) for word in command]
                patch.setattr("sys.argv", ["wpmigrate", *asked])
                patch.setattr("tempfile.tempdir", self._places["spare"])
                if disk:
                    disk.lay(patch)
                with pytest.raises(SystemExit) as ended:
                    main.main()
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
        return int(ended.value.code or 0), self._capture.readouterr().err


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    """Give a source and an empty folder to write into."""
    return Desk(tmp_path, capsys)


def whole(held: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what lies beside its place until it is whole."""
    return {path: data for path, data in held.items() if not path.endswith(".part")}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("what", COMMANDS)
def test_refused_at_any_change(
    desk: Desk, what: str, trouble: str, request: pytest.FixtureRequest
) -> None:
    """Each file is the old or the new one, the run says so with 3, and the next makes it whole."""
    print(f"repeat with --hypothesis-seed={request.config.getoption('hypothesis_seed')}")
    chosen = random.Random(f"{request.config.getoption('hypothesis_seed')} {what} {trouble}")
    beginnings: list[dict[str, bytes]] = [{}]
    if what != "settings":  # it never replaces any
        desk.run(COMMANDS[what])
        beginnings.append(files(desk.out))
    desk.grow()
    for held in beginnings if LONG else chosen.sample(beginnings, 1):
        _refuse(desk, COMMANDS[what], TROUBLES[trouble], held, chosen)


def _refuse(
    desk: Desk,
    command: tuple[str, ...],
    trouble: Trouble,
    held: dict[str, bytes],
    chosen: random.Random,
) -> None:
    counting = RefusingDisk(desk.out, trouble, 0)
    desk.lay_out(held)
    status, _ = desk.run(command, counting)
    new = files(desk.out)
    points = range(1, counting.changes + 1)
    for point in chosen.sample(points, min(POINTS, len(points))):
        desk.lay_out(held)
        refused, said = desk.run(command, RefusingDisk(desk.out, trouble, point))
        left = whole(files(desk.out))

        if refused != status or left != new:  # else only litter couldn't be removed
            assert (refused, f"can't be written: {trouble.words}" in said) == (3, True), said
        odd = {path for path, data in left.items() if data not in (held.get(path), new.get(path))}
        assert odd == set()
        assert desk.run(command)[0] == status
        assert whole(files(desk.out)) == new
