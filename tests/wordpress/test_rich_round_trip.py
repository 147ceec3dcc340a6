"""Core's export of the rich site → posts → WXR says the same, in every dialect and spelling."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from migrate.mapping import load
from tests.identity.conversions import differences, to_posts, to_wxr
from tests.posts_folders import files
from tests.wordpress.flavours import Flavour
from tests.wordpress.rich import Variant, rich_wxr

SPELLINGS: Final = [
    ("wpghs", "1.7"),
    ("wpghs", "2.0"),
    ("hugo", "toml"),
    ("hugo", "json"),
    ("pelican", "dashed-key-value"),
    ("eleventy", "dashed-toml"),
    ("eleventy", "dashed-json"),
]
"""Each dialect's other generations and syntaxes."""


def differences_after(source: Path, folder: Path, dialect: str, variant: str = "") -> list[str]:
    """Convert an export into posts and back; give what verify says, in both directions."""
    again = folder / "again.xml"
    to_posts(source, folder / "posts", dialect, variant)
    to_wxr(folder / "posts", again, dialect)
    return differences(source, again) + differences(again, source)


def exported(flavour: Flavour, folder: Path, variant: Variant) -> Path:
    """Give core's export of the rich site as a file."""
    path = folder / "site.xml"
    path.write_bytes(rich_wxr(flavour, variant))
    return path


@pytest.mark.parametrize("dialect", load.names())
def test_every_dialect_holds_it_all(flavour: Flavour, tmp_path: Path, dialect: str) -> None:
    """verify finds no difference in either direction."""
    source = exported(flavour, tmp_path, "plain")

    assert differences_after(source, tmp_path, dialect) == []


@pytest.mark.parametrize("dialect", load.names())
def test_control_characters_come_back(flavour: Flavour, tmp_path: Path, dialect: str) -> None:
    """The same for an export that is ill-formed."""
    source = exported(flavour, tmp_path, "control")

    assert differences_after(source, tmp_path, dialect) == []


@pytest.mark.parametrize("variant", ["revisions", "unregistered"])
def test_what_no_dialect_has_a_place_for(
    flavour: Flavour, tmp_path: Path, variant: Variant
) -> None:
    """The same for revisions, and for terms of taxonomies that nobody registers any more."""
    source = exported(flavour, tmp_path, variant)

    assert differences_after(source, tmp_path, "wpghs") == []


@pytest.mark.parametrize(("dialect", "spelling"), SPELLINGS)
def test_every_spelling_holds_it_all(
    flavour: Flavour, tmp_path: Path, dialect: str, spelling: str
) -> None:
    """The same for each other generation of a dialect, and each other syntax that it has."""
    source = exported(flavour, tmp_path, "plain")

    assert differences_after(source, tmp_path, dialect, spelling) == []


@pytest.mark.parametrize(("spelling", "mark"), [("toml", b"+++"), ("json", b"{")])
def test_the_spelling_is_the_wanted_one(
    flavour: Flavour, tmp_path: Path, spelling: str, mark: bytes
) -> None:
    """Every file of the folder begins as front matter in that syntax does."""
    to_posts(exported(flavour, tmp_path, "plain"), tmp_path / "posts", "hugo", spelling)
    posts = [data for path, data in files(tmp_path / "posts").items() if path[0] != "."]

    assert {mark} == {data[: len(mark)] for data in posts}
