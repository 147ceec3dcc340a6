"""Both directions of a mapping agree, whatever front matter and records hold."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from migrate.errors import RecordError
from migrate.mapping import check
from migrate.mapping.load import load, names
from migrate.mapping.term_lists import TermPaths
from migrate.model.finding import Finding
from migrate.model.post import Meta, Post
from migrate.model.provenance import Provenance
from migrate.syntax.values import Plain, Value

DIALECTS = {name: load(name) for name in names()}
KEYS = [
    (name, rule.key)
    for name, dialect in DIALECTS.items()
    for rule in dialect.rules
    if not (rule.one_way or rule.derived)
]

texts = st.text() | st.text("\\/ ,:#'\"\n[]{}&;0123456789-TZ+aé東", max_size=12)
scalars = texts | texts.map(Plain) | st.sampled_from([Plain("true"), "2016-07-16 00:22:22"])
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
rows_of_text = cast("st.SearchStrategy[Value]", st.lists(texts, max_size=3))


def ignore(_finding: Finding) -> None:
    """Drop a finding."""


@pytest.mark.parametrize(("name", "key"), KEYS)
@given(value=values)
def test_no_value_is_lost(name: str, key: str, value: Value) -> None:
    """What a key's value states comes back, as it stood and without provenance."""
    assert check.lost(DIALECTS[name], key, value) == ""


@given(
    keys=st.lists(
        st.sampled_from([key for _, key in KEYS] + ["other", "_hidden", ""]), unique=True
    ),
    path=st.sampled_from(["a.md", "_posts/2016-07-16-a.md", "_drafts/a.md", "_pages/a.md"]),
    data=st.data(),
)
def test_front_matter_comes_back(keys: list[str], path: str, data: st.DataObject) -> None:
    """Any front matter that can be read is written as it stood, in its order."""
    dialect = DIALECTS["wpghs"]
    stated: dict[str, Value] = {key: data.draw(scalars | rows_of_text) for key in keys}
    try:
        post = dialect.decode(stated, path, ignore)
    except RecordError:
        return
    post.provenance = Provenance(**json.loads(json.dumps(post.provenance.as_json())))

    expected = stated | ({"published": "false"} if _overruled(stated, path) else {})
    assert list(dialect.encode(post).items()) == list(expected.items())


def _overruled(stated: dict[str, Any], path: str) -> bool:
    """Tell whether the folder makes a draft of what the key calls published."""
    in_drafts = DIALECTS["wpghs"].decode({}, path, ignore).status == "draft"
    if not in_drafts or "published" not in stated:
        return False
    key_alone = {"published": stated["published"]}
    return DIALECTS["wpghs"].decode(key_alone, "", ignore).status == "publish"


@given(rows=st.lists(st.builds(Meta, st.sampled_from(["a", "b", "_c"]), texts), max_size=6))
def test_every_row_of_meta_is_said_or_named(rows: list[Meta]) -> None:
    """Metas come back row by row, or `unsaid` names them."""
    post = Post(meta=rows)
    dialect = DIALECTS["wpghs"]

    back = dialect.decode(dialect.encode(post), "", ignore)

    assert dialect.unsaid(post) == ([] if rows == (back.meta or []) and rows else ["meta"])


@given(path=st.lists(st.text(min_size=1), min_size=1, max_size=4).map(tuple))
def test_term_paths_come_back(path: tuple[str, ...]) -> None:
    """Any names, slashes and backslashes included, come back from a path."""
    assert TermPaths().decode(TermPaths().encode([path])) == [path]


@given(title=texts, post_id=st.none() | st.integers(1, 2**63 - 1), excerpt=st.none() | texts)
def test_a_record_comes_back(title: str, post_id: int | None, excerpt: str | None) -> None:
    """Fields that the dialect has keys for come back from a record that it never read."""
    post = Post(title=title, id=post_id, excerpt=excerpt)
    dialect = DIALECTS["wpghs"]

    back = dialect.decode(dialect.encode(post), "", ignore)

    assert (title, post_id, excerpt or "") == (back.title, back.id, back.excerpt)
    assert dialect.unsaid(replace(post, password="x")) == ["password"]
