"""The author map says which user of the site an author is."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import MappingError
from migrate.mapping import author_map
from migrate.model.post import Author


def loaded(folder: Path, text: str) -> author_map.AuthorMap:
    """The map of a file with this text."""
    path = folder / "authors.yaml"
    path.write_text(text, encoding="utf-8")
    return author_map.load(path)


def test_any_name_of_an_author(tmp_path: Path) -> None:
    """Login, e-mail and display name are looked for in this order, in any case."""
    known = loaded(tmp_path, "Jane Doe: jane\njoe@Old.example: joe@new.example\nold: 12\n")
    assert known.user(Author(display_name="jane doe")) == "jane"
    assert known.user(Author("OLD", "Jane Doe", "joe@old.example")) == "12"
    assert known.user(Author("other", "Jane Doe", "joe@old.example")) == "joe@new.example"
    assert known.user(Author(display_name="Nobody")) == known.user(Author()) == ""


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- jane\n", 1, "lines of `author: user`"),
        ("Jane: jane\nJoe:\n  - joe\n", 3, "one user"),
        ("Jane: jane\nJane: joe\n", 2, "Jane"),
    ],
)
def test_wrong_files(tmp_path: Path, text: str, line: int, said: str) -> None:
    """What is no map of names is refused with its line."""
    with pytest.raises(MappingError) as refused:
        loaded(tmp_path, text)
    assert (refused.value.line, said in str(refused.value)) == (line, True)


def test_no_file(tmp_path: Path) -> None:
    """A file that isn't there is named."""
    with pytest.raises(MappingError, match=r"missing\.yaml"):
        author_map.load(tmp_path / "missing.yaml")
