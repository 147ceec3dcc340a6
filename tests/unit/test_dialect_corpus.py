"""Real posts of Jekyll, Eleventy and Pelican: read, written, and read again as the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.front_matter import read_all, stated, there_and_back
from tests.sources import SAMPLES

NO_HEAD = "no front matter"

# By folder: its dialect, how many posts it holds, and why the other files are none.
CORPUS: dict[str, tuple[str, int, dict[str, str]]] = {
    "frontmatter/cc-labs": ("jekyll", 222, {}),
    "frontmatter/ghost-migrate": ("jekyll", 13, {}),
    "frontmatter/jekyll": (
        "jekyll",
        168,
        {
            # `18:30:22 2023 -0800`: a year where seconds have ended
            "docs/_posts/2023-01-29-jekyll-3-9-3-released.markdown": "mapping-date",
            "test/source/_broken/bad_post.md": "source-yaml-syntax",
            "test/source/_encodings/Unicode16LECRLFandBOM.md": "source-encoding",
            "test/source/_methods/extensionless_static_file": NO_HEAD,
            "test/source/_methods/um_hi.md": NO_HEAD,  # the target of a link, as text
            "test/source/_posts/2009-06-22-no-yaml.markdown": NO_HEAD,
            "test/source/_posts/2013-08-01-mkdn-extension.mkdn": NO_HEAD,
            "test/source/_posts/include_relative/params.html": NO_HEAD,
            "test/source/_posts/include_relative/rel_include.html": NO_HEAD,
        },
    ),
    "frontmatter/eleventy": ("eleventy", 22, {}),
    "frontmatter/pelican": (
        "pelican",
        66,
        {
            "pelican/tests/content/empty.md": NO_HEAD,
            "pelican/tests/content/empty_with_bom.md": NO_HEAD,
            "pelican/tests/content/medium_post_content.txt": NO_HEAD,
            "samples/content/pages/jinja2_template.html": NO_HEAD,
            "samples/content/unwanted_file": NO_HEAD,
        },
    ),
}


@pytest.mark.parametrize("folder", CORPUS)
def test_real_posts_there_and_back(folder: str, corpus: Path, tmp_path: Path) -> None:
    """Each post that can be read gives the same record again; each other one is known by name."""
    dialect, count, others = CORPUS[folder]

    posts, refused = read_all(corpus / folder, dialect)

    assert others == refused
    assert count == len(posts)
    for post in posts:
        assert stated(post) == stated(there_and_back(post, tmp_path)), post.provenance.path


def test_the_dialect_need_not_be_named_where_the_folder_tells(corpus: Path) -> None:
    """In `_posts/` every post is told to be Jekyll's."""
    posts, refused = read_all(corpus / "frontmatter" / "cc-labs")

    assert refused == {}
    assert {post.provenance.dialect for post in posts} == {"jekyll"}


@pytest.mark.parametrize("dialect", ["jekyll", "hugo", "pelican", "eleventy"])
def test_samples_there_and_back(dialect: str, tmp_path: Path) -> None:
    """Each sample gives the same record again."""
    posts, refused = read_all(SAMPLES / dialect)

    assert refused == {}
    for post in posts:
        assert stated(post) == stated(there_and_back(post, tmp_path)), post.provenance.path
