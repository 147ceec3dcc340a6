"""A folder that we wrote knows its dialect; files of other tools may lie in it all the same."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Meta, Post, TermRef
from migrate.model.settings import Handle
from migrate.readers.written import Written
from tests.posts_folders import write, writer
from tests.sources import posts_reader

OTHERS = ["jekyll", "hugo", "eleventy", "pelican"]


def post(**fields: object) -> Post:
    """Make a post of whose keys no tool could say that they are its own."""
    made = Post(
        id=7, type="post", status="publish", slug="t", title="T", date="2020-01-02 00:00:00"
    )
    made.terms = [TermRef("category", "News"), TermRef("post_tag", "bell")]
    made.content = b"Text\n"
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def told(source: Path, path: str) -> tuple[str, list[str]]:
    """Give the dialect of a file of SOURCE, with the codes of what was noted."""
    found: list[Finding] = []
    made = posts_reader(source).read(Handle(path), found.append).post
    return made.provenance.dialect if made else "", [finding.code for finding in found]


def only_path(folder: Path) -> str:
    """Give the path of the one post in a folder."""
    (file,) = [p for p in folder.rglob("*") if p.is_file() and ".w" not in str(p)]
    return file.relative_to(folder).as_posix()


@pytest.mark.parametrize("dialect", [*OTHERS, "wpghs"])
@pytest.mark.parametrize("only_posts", [False, True])
def test_what_we_wrote_is_no_guess(dialect: str, only_posts: bool, tmp_path: Path) -> None:
    """The manifest names the dialect, and no note comes."""
    write([post()], tmp_path, made_by=writer(dialect=dialect, only_posts=only_posts))

    assert told(tmp_path, only_path(tmp_path)) == (dialect, [])


@pytest.mark.parametrize("dialect", OTHERS)
def test_a_single_file_of_such_a_folder(dialect: str, tmp_path: Path) -> None:
    """The manifest is looked for above a file, too, that is SOURCE itself."""
    write([post()], tmp_path, made_by=writer(dialect=dialect))
    file = tmp_path / only_path(tmp_path)

    assert told(file, file.name) == (dialect, [])


@pytest.mark.parametrize("key", ["lastmod", "eleventyNavigation"])
def test_a_meta_named_like_another_tools_key(key: str, tmp_path: Path) -> None:
    """A file that we wrote stays what it was, whatever keys its metas gave it."""
    write([post(meta=[Meta(key, "2020")])], tmp_path, made_by=writer(dialect="jekyll"))

    assert told(tmp_path, only_path(tmp_path)) == ("jekyll", [])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("title: A\ndate: 2020-01-01\ndescription: D", ("hugo", [])),
        ("title: A\nheadline: x", ("hugo", [])),
        ("title: A\nredirect_from: /a/", ("jekyll", [])),
        ("post_title: A\nID: 9", ("wpghs", [])),
    ],
)
def test_a_file_that_came_later(keys: str, expected: object, tmp_path: Path) -> None:
    """Another file has the folder's dialect, unless a key of its own tool stands in it."""
    write([post()], tmp_path, made_by=writer(dialect="hugo"))
    (tmp_path / "later.md").write_text(f"---\n{keys}\n---\nText\n")

    assert told(tmp_path, "later.md") == expected


def test_keys_that_mean_nothing_in_the_folders_dialect(tmp_path: Path) -> None:
    """A post most of whose keys the folder's dialect doesn't know is told as anywhere else."""
    write([post()], tmp_path, made_by=writer(dialect="wpghs"))
    keys = "layout: post\ntitle: A\ndate: 2020-01-01\ncategories: a"
    (tmp_path / "later.md").write_text(f"---\n{keys}\n---\nText\n")

    assert told(tmp_path, "later.md") == ("jekyll", ["mapping-dialect-guessed"])


def test_the_last_run_counts(tmp_path: Path) -> None:
    """A folder that was written in another dialect since is of that one."""
    write([post()], tmp_path, made_by=writer(dialect="hugo"))
    write([post()], tmp_path, made_by=writer(dialect="eleventy", prune=True))

    assert Written([tmp_path]).dialect == "eleventy"


@pytest.mark.parametrize(
    "text", ["", "[]\n", '{"dialect":7}\n', "[" * 5000, '{"path":"a"}\n', "\0\n"]
)
def test_a_manifest_that_names_none(text: str, tmp_path: Path) -> None:
    """Whatever stands in the manifest, nothing worse happens than a guess."""
    (tmp_path / ".wordpress").mkdir()
    (tmp_path / ".wordpress" / "manifest.jsonl").write_text(text)

    written = Written([tmp_path])

    assert (written.dialect, written.has(tmp_path / "a")) == ("", False)


def test_it_can_be_pickled(tmp_path: Path) -> None:
    """A reader goes to other processes, and says the same there."""
    write([post()], tmp_path, made_by=writer(dialect="jekyll"))
    written = Written([tmp_path])
    file = tmp_path / only_path(tmp_path)
    expected = (written.dialect, written.has(file))

    again = pickle.loads(pickle.dumps(written))

    assert expected == (again.dialect, again.has(file)) == ("jekyll", True)


def test_a_second_run_leaves_the_manifest_as_it_is(tmp_path: Path) -> None:
    """Its first line names the dialect, once, and the same source gives the same bytes."""
    write([post()], tmp_path, made_by=writer(dialect="jekyll"))
    manifest = tmp_path / ".wordpress" / "manifest.jsonl"
    before = manifest.read_bytes()
    write([post()], tmp_path, made_by=writer(dialect="jekyll"))

    assert manifest.read_bytes() == before
    assert json.loads(before.splitlines()[0]) == {"dialect": "jekyll"}
