"""Records written to folders of posts and read again, for the tests."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from migrate.errors import RecordError
from migrate.mapping import load
from migrate.model.action import Action
from migrate.model.finding import Finding, from_error
from migrate.model.post import Post
from migrate.model.settings import Settings
from migrate.model.site import Head
from migrate.readers.posts import PostsReader
from migrate.writers.posts.options import PostsOptions
from migrate.writers.posts.writer import PostsWriter


def writer(settings: Settings | None = None, dialect: str = "wpghs", **options: Any) -> PostsWriter:
    """Make a writer of posts in a dialect."""
    return PostsWriter(settings or Settings(), load.load(dialect), PostsOptions(**options))


def write(
    posts: list[Post], out: Path, head: Head | None = None, made_by: PostsWriter | None = None
) -> tuple[list[Action], list[Finding]]:
    """Write posts below a folder; give the actions and the findings."""
    made_by = made_by or writer()
    if head:
        authors = tuple(head.authors)
        made_by = PostsWriter(made_by.settings, made_by.dialect, made_by.options, authors)
    findings: list[Finding] = []
    with made_by.joiner(out, head or Head()) as joiner:
        actions = [
            joiner.add(made_by.encode(post, findings.append), findings.append) for post in posts
        ]
        actions += joiner.finish(findings.append)
    return actions, findings


def files(out: Path) -> dict[str, bytes]:
    """Give each file below a folder but the manifest, by its path."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "manifest.jsonl"
    }


def reader(root: Path, dialect: str = "wpghs") -> PostsReader:
    """Make a reader of posts in a dialect."""
    return PostsReader(root, (load.load(dialect),), True, "utf-8", Counter())


def read(root: Path, dialect: str = "wpghs") -> tuple[list[Post], list[Finding]]:
    """Read every record of a folder; one that can't be read is a finding."""
    made = reader(root, dialect)
    posts: list[Post] = []
    findings: list[Finding] = []
    for handle in made.locate(findings.append):
        try:
            post = made.read(handle, findings.append).post
        except RecordError as error:
            findings.append(from_error(error, handle.path))
        else:
            posts += [post] if post else []
    return posts, findings
