"""posts → WXR → posts says the same in files of the same names, for real posts of each dialect."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.identity.conversions import differences, opened, to_posts, to_wxr
from tests.posts_folders import files


class Folder(NamedTuple):
    """Real posts: how many can be read, and why the others can't."""

    dialect: str
    posts: int
    unreadable: dict[str, str] = {}  # noqa: RUF012 - nobody changes it


FOLDERS = {
    "cc-labs": Folder("jekyll", 222),
    "eleventy": Folder("eleventy", 22),
    "ghost-migrate": Folder("jekyll", 13),
    "jekyll/docs/_posts": Folder(
        "jekyll",
        101,
        # The year stands twice, the second time where the zone belongs.
        {"2023-01-29-jekyll-3-9-3-released.markdown": "mapping-date"},
    ),
    "jekyll/test/source": Folder(
        "jekyll",
        67,
        {
            "_broken/bad_post.md": "source-yaml-syntax",
            "_encodings/Unicode16LECRLFandBOM.md": "source-encoding",
        },
    ),
    "pelican/pelican/tests/content": Folder("pelican", 47),
    "pelican/samples/content": Folder("pelican", 19),
}


ODD_ONES = {
    "jekyll": {
        # A draft that states its date in its name alone.
        "_posts/2020-01-02-held-back.md": "---\ntitle: Held back\npublished: false\n---\nText\n",
        # More of an author than an item of WXR has room for, and less.
        "_posts/2020-01-03-signed.md": "---\nauthor:\n  login: ann\n  name: Ann\n---\nText\n",
        "_posts/2020-01-04-signed-too.md": '---\nauthor:\n  email: ""\n  login: ann\n---\nText\n',
        "_posts/2020-01-05-by-name.md": "---\nauthor: Ann\n---\nText\n",
    },
    "pelican": {
        "2020-01-02_named.md": "Title: Dated by its name\n\nText\n",
        # Neither slug nor date: the titles tell them apart.
        "first.md": "Title: First\n\nText\n",
        "second.md": "Title: Second\n\nOther text\n",
    },
}


@pytest.mark.parametrize("dialect", ODD_ONES)
def test_odd_posts_come_back_byte_for_byte(tmp_path: Path, dialect: str) -> None:
    """Same names, same bytes, and verify finds no difference."""
    source, back = tmp_path / "source", tmp_path / "posts"
    for path, text in ODD_ONES[dialect].items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, "utf-8")
    to_wxr(source, tmp_path / "site.xml", dialect)
    to_posts(tmp_path / "site.xml", back, dialect)
    written = {path: data.decode() for path, data in files(back).items() if path[0] != "."}

    assert ODD_ONES[dialect] == written
    assert differences(source, back, dialect) == []
    assert differences(back, source, dialect) == []


@pytest.fixture(params=FOLDERS)
def folder(request: pytest.FixtureRequest) -> str:
    """Each folder in turn."""
    name: str = request.param
    return name


def test_real_posts_come_back_the_same(corpus: Path, tmp_path: Path, folder: str) -> None:
    """Same names, and verify finds no difference in either direction; no other is unreadable."""
    source, back = corpus / "frontmatter" / folder, tmp_path / "posts"
    dialect, count, unreadable = FOLDERS[folder]
    said = to_wxr(source, tmp_path / "site.xml", dialect)
    to_posts(tmp_path / "site.xml", back, dialect)
    written = {path for path in files(back) if not path.startswith(".wordpress/")}

    assert unreadable == {f.path: f.code for f in said.findings if f.severity == "error"}
    assert paths_read(source, dialect) == written
    assert count == len(written)
    assert differences(source, back, dialect, unreadable) == []
    assert differences(back, source, dialect, unreadable) == []


def paths_read(source: Path, dialect: str) -> set[str]:
    """Give the paths of all posts that can be read."""
    run, _ = opened(source, dialect)
    return {post.provenance.path for post in run.each()}
