"""Whose front matter a file holds: told by its keys, by the folder, or guessed and said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import RecordError
from migrate.model.finding import Finding
from migrate.model.settings import Handle
from tests.front_matter import reader
from tests.sources import SAMPLES


def told(folder: Path, path: str, text: str) -> tuple[str, list[str]]:
    """Write a file, read it, and give its dialect with the codes of what was noted."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    found: list[Finding] = []
    post = reader(folder).read(Handle(path), found.append).post
    return post.provenance.dialect if post else "", [finding.code for finding in found]


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("---\nID: 7\npost_title: T\ntags: [a]\n---\n", "wpghs"),
        ("---\ntitle: T\nredirect_from: /a/\n---\n", "jekyll"),
        ("---\ntitle: T\nlastmod: 2020-01-01\n---\n", "hugo"),
        ("---\ntitle: T\neleventyNavigation: {key: a}\n---\n", "eleventy"),
        ("+++\nanything = 1\n+++\n", "hugo"),
        ('{"anything": 1}\n', "hugo"),
        ("---json\n{}\n---\n", "eleventy"),
        ("---toml\na = 1\n---\n", "eleventy"),
        ("Title: T\nDate: 2020-01-01\n\nText\n", "pelican"),
    ],
)
def test_keys_and_marks_tell(text: str, dialect: str, tmp_path: Path) -> None:
    """A key or a mark of one tool alone is enough, and no guess."""
    assert told(tmp_path, "a.md", text) == (dialect, [])


@pytest.mark.parametrize(
    ("file", "dialect"),
    [
        ("_config.yml", "jekyll"),
        ("hugo.toml", "hugo"),
        ("config.toml", "hugo"),
        (".eleventy.js", "eleventy"),
        ("eleventy.config.mjs", "eleventy"),
        ("pelicanconf.py", "pelican"),
    ],
)
def test_the_site_around_tells(file: str, dialect: str, tmp_path: Path) -> None:
    """The nearest folder with a tool's own file says whose the posts below are."""
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / file).touch()
    (tmp_path / "hugo.yaml").touch()

    found = told(tmp_path, "blog/content/a.md", "---\ntitle: T\n---\n")

    assert found == (dialect, [])


def test_a_site_above_source_counts(tmp_path: Path) -> None:
    """SOURCE may be the folder of posts inside a site."""
    (tmp_path / "hugo.toml").touch()

    assert told(tmp_path / "content" / "posts", "a.md", "---\ntitle: T\n---\n") == ("hugo", [])


def test_the_root_of_a_repository_ends_the_search(tmp_path: Path) -> None:
    """What lies above a repository is none of its business."""
    (tmp_path / "hugo.toml").touch()
    (tmp_path / "repository" / ".git").mkdir(parents=True)

    found = told(tmp_path / "repository", "a.md", "---\ntitle: T\n---\n")

    assert found == ("jekyll", ["mapping-dialect-guessed"])


def test_a_folder_of_posts_tells(tmp_path: Path) -> None:
    """Nobody but Jekyll calls a folder `_posts`; a head without keys is read there."""
    assert told(tmp_path, "_posts/2020-01-01-a.md", "---\n---\nText\n") == ("jekyll", [])


def test_keys_win_over_the_folder(tmp_path: Path) -> None:
    """Posts of WordPress GitHub Sync often lie in a repository that Jekyll publishes."""
    (tmp_path / "_config.yml").touch()

    assert told(tmp_path, "_posts/a.md", "---\nID: 7\npost_title: T\n---\n") == ("wpghs", [])


@pytest.mark.parametrize(
    ("keys", "dialect"),
    [
        ("title: T\ndate: 2020-01-01\ntags: [a]", "jekyll"),
        ("layout: post\ntitle: T\ncategories: a", "jekyll"),
        ("title: T\nslug: t\nsummary: S\nweight: 1", "hugo"),
        ("title: T\ndraft: true", "hugo"),
        ("title: T\ndescription: D\npermalink: /a/\ndraft: true", "eleventy"),
    ],
)
def test_a_guess_is_said(keys: str, dialect: str, tmp_path: Path) -> None:
    """The dialect that knows most of the keys is taken, and a note says how to mend it."""
    expected = (dialect, ["mapping-dialect-guessed"])

    assert expected == told(tmp_path, "a.md", f"---\n{keys}\n---\n")


def test_keys_that_nobody_knows(tmp_path: Path) -> None:
    """Nothing is made of front matter of which no key is known."""
    with pytest.raises(RecordError) as caught:
        told(tmp_path, "a.md", "---\nheadline: x\n---\n")

    assert (caught.value.code, caught.value.line) == ("mapping-dialect-unknown", 2)


def test_a_head_that_nobody_can_read(tmp_path: Path) -> None:
    """Broken YAML is named as that, not as an unknown dialect."""
    with pytest.raises(RecordError) as caught:
        told(tmp_path, "a.md", "---\nbad yaml: [\n---\n")

    assert (caught.value.code, caught.value.line) == ("source-yaml-syntax", 3)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("page.html", "<html><head><title>T</title><meta name=author content=x></head></html>"),
        ("index.html", "<!doctype html>\n<html>\n<head><meta name=viewport content=y></head>"),
        ("guide.rst", "A guide\n=======\n\nText.\n"),
        ("notes.txt", "Date: today\nText.\n"),
        ("template.md", "{% include x %}\n"),
        ("table.md", "Note: this is text.\n"),
    ],
)  # fmt: skip
def test_what_is_nobodys(path: str, text: str, tmp_path: Path) -> None:
    """A page, a manual or a letter isn't taken for a post because Pelican could read it."""
    assert told(tmp_path, path, text)[0] == ""


def test_pelicans_own_folder_reads_more(tmp_path: Path) -> None:
    """There a title alone is a post, and lines between `---` are Pelican's."""
    (tmp_path / "pelicanconf.py").touch()

    assert told(tmp_path, "content/a.rst", "A guide\n=======\n\nText.\n") == ("pelican", [])
    assert told(tmp_path, "content/a.md", "---\nTitle: T: x\n---\n") == ("pelican", [])


@pytest.mark.parametrize(
    ("folder", "count"), [("jekyll", 9), ("hugo", 7), ("pelican", 9), ("eleventy", 8)]
)
def test_samples_are_told(folder: str, count: int) -> None:
    """Every sample is read in its own dialect, without a guess, also among all the others."""
    made = reader(SAMPLES)
    found: list[Finding] = []
    handles = [h for h in made.locate(found.append) if h.path.startswith(f"{folder}/")]
    found.clear()
    posts = [made.read(handle, found.append).post for handle in handles]

    assert [post.provenance.dialect for post in posts if post] == [folder] * count
    assert [f for f in found if f.code == "mapping-dialect-guessed"] == []


def test_a_tools_own_folders_are_passed_over(tmp_path: Path) -> None:
    """`themes/` holds no posts beside `hugo.toml`, and may hold some elsewhere."""
    for path in ("site/hugo.toml", "site/themes/a.md", "site/content/b.md", "themes/c.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    made = reader(tmp_path)

    assert [h.path for h in made.locate(lambda _: None)] == ["site/content/b.md", "themes/c.md"]
    assert made.passed_over["the tool's own folders"] == 1
