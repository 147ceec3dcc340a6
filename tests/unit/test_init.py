"""What `wpmigrate init` writes names all posts, and can be read again."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from migrate import first_look
from migrate.cli.init import init
from migrate.errors import SourceError

POST = "---\nlayout: post\ntitle: A\n---\nBody\n"
BROKEN = "---\nlayout: post\ntitle: [\n---\nBody\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, **posts: str) -> str:
    """Give the source that the settings name for posts, each in a folder of its own."""
    for place, text in posts.items():
        path = Path(name, place, "post.md")
        path.parent.mkdir(parents=True)
        path.write_text(text)
    init.main([name], standalone_mode=False)
    return str(tomllib.loads(Path("wpmigrate.toml").read_text())["source"])


def test_a_folder_inside_is_named_only_if_all_posts_lie_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those that weren't looked at any more, and those that can't be read, included."""
    assert written("one", a=POST) == "one/a"
    Path("wpmigrate.toml").unlink()
    assert written("two", a=POST, b=BROKEN) == "two"
    Path("wpmigrate.toml").unlink()
    monkeypatch.setattr(first_look, "ENOUGH", 1)
    assert written("three", a=POST, b=POST) == "three"


@pytest.mark.parametrize("name", ['q"uote', "back\\slash", "de\x7fl", "ümläut", "tab\t"])
def test_any_name_can_be_read_again(name: str) -> None:
    """As TOML has it."""
    assert written(name, a=POST) == f"{name}/a"


def test_a_name_that_no_settings_can_hold_is_refused() -> None:
    """And no half of them is written."""
    with pytest.raises(SourceError) as caught:
        written(os.fsdecode(b"caf\xe9"), a=POST)

    assert "is not UTF-8" in str(caught.value)
    assert not Path("wpmigrate.toml").exists()


def test_posts_that_are_all_broken_are_not_said_to_be_none() -> None:
    """The next command is named that tells what is wrong."""
    with pytest.raises(SourceError) as caught:
        written("my posts", a=BROKEN)

    assert caught.value.message == "holds no post that can be read"
    assert caught.value.fix == "`wpmigrate check 'my posts'` says what is wrong with each"
