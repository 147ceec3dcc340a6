"""posts → WXR → posts gives the same bytes; WXR → posts → WXR says the same, in every dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.mapping import load
from tests.identity.conversions import differences, to_posts, to_wxr
from tests.posts_folders import files
from tests.sources import SAMPLES

WPGHS = {"wpghs/easyengine-docs": 399, "wpghs/gamajo-blog": 28, "../seed": 1}
EXPORTS = 27

DIALECTS = [dialect.name for dialect in load.detected()]
"""Those that are a tool's own; the others are there to change something."""


def posts_alone(folder: Path) -> dict[str, bytes]:
    """Give a folder's files without what lies in `.wordpress/`."""
    return {path: data for path, data in files(folder).items() if not path.startswith(".wordpress")}


def through_wxr(source: Path, tmp_path: Path, dialect: str) -> Path:
    """Convert a folder of posts into WXR and that into a folder again."""
    to_wxr(source, tmp_path / "site.xml", dialect)
    to_posts(tmp_path / "site.xml", tmp_path / "posts", dialect)
    return tmp_path / "posts"


@pytest.mark.parametrize("folder", WPGHS)
def test_real_wpghs_posts_come_back_byte_for_byte(
    corpus: Path, tmp_path: Path, folder: str
) -> None:
    """Same names, same bytes, for every post that the plugin wrote."""
    source = corpus / folder
    back = posts_alone(through_wxr(source, tmp_path, "wpghs"))

    print(f"{folder}: {len(back)} posts came back")
    assert len(back) == WPGHS[folder]
    assert posts_alone(source) == back


def test_sample_wpghs_posts_come_back_byte_for_byte(tmp_path: Path) -> None:
    """The odd ones too."""
    assert posts_alone(SAMPLES / "wpghs") == posts_alone(
        through_wxr(SAMPLES / "wpghs", tmp_path, "wpghs")
    )


def exports(corpus: Path) -> list[Path]:
    """Give the real WXR files."""
    found = sorted((corpus / "wxr").rglob("*.xml"))
    assert len(found) == EXPORTS
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("number", range(EXPORTS))
def test_real_exports_come_back_the_same(
    corpus: Path, tmp_path: Path, dialect: str, number: int
) -> None:
    """WXR → posts → WXR: verify finds no difference in either direction."""
    source = exports(corpus)[number]
    again = tmp_path / "again.xml"
    to_posts(source, tmp_path / "posts", dialect)
    to_wxr(tmp_path / "posts", again, dialect)

    assert differences(source, again) == []
    assert differences(again, source) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_sample_export_comes_back_the_same(tmp_path: Path, dialect: str) -> None:
    """The same for the samples, always."""
    source, again = SAMPLES / "wpghs.expected.xml", tmp_path / "again.xml"
    to_posts(source, tmp_path / "posts", dialect)
    to_wxr(tmp_path / "posts", again, dialect)

    assert differences(source, again) == []
    assert differences(again, source) == []
