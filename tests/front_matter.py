"""Front matter read and written again as the command line does it, for the dialects' tests."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.mapping.load import detected, load, names
from migrate.mapping.said import file_text, own_provenance, say
from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.model.provenance import Provenance
from migrate.model.settings import Handle
from migrate.readers.posts import PostsReader

DIALECTS = {name: load(name) for name in names()}
DETECTED = detected()


def reader(source: Path, dialect: str = "") -> PostsReader:
    """Make a reader of a source, in the dialect that is named or in any."""
    dialects = (DIALECTS[dialect],) if dialect else DETECTED
    return PostsReader(source, dialects, bool(dialect), "utf-8", Counter())


def read(source: Path, path: str, dialect: str = "") -> Post | None:
    """Read one file of a folder; None where it is no post."""
    return reader(source, dialect).read(Handle(path), _ignore).post


def read_text(tmp_path: Path, text: str, path: str = "a.md", dialect: str = "") -> Post:
    """Write a file and read it."""
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    post = read(tmp_path, path, dialect)
    assert post is not None
    return post


def read_all(source: Path, dialect: str = "") -> tuple[list[Post], dict[str, str]]:
    """Read every file: the posts, and why the others can't be read, by path."""
    made = reader(source, dialect)
    posts: list[Post] = []
    refused: dict[str, str] = {}
    for handle in made.locate(_ignore):
        try:
            reading = made.read(handle, _ignore)
        except RecordError as error:
            refused[handle.path] = error.code
            continue
        if reading.post is None:
            refused[handle.path] = reading.passed_over
        else:
            posts.append(reading.post)
    return posts, refused


def written(post: Post, dialect: Dialect) -> bytes:
    """Give the bytes of a post's file, from the record as another format would have kept it."""
    post.provenance = Provenance(**json.loads(json.dumps(post.provenance.as_json())))
    own = own_provenance(post, dialect)
    return file_text(dialect, say(dialect, post, own), post.content or b"", own)


def stated(post: Post) -> dict[str, Any]:
    """Give all that a record states, without where it comes from."""
    return {
        name: held
        for name in Post.__struct_fields__
        if name != "provenance" and (held := getattr(post, name)) is not None
    }


def there_and_back(post: Post, folder: Path) -> Post:
    """Write a post under the path that it came from, and read it in its dialect."""
    path, name = post.provenance.path, post.provenance.dialect
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written(post, DIALECTS[name]))
    back = read(folder, path, name)
    assert back is not None
    return back


def _ignore(_finding: Finding) -> None:
    pass
