"""The dialects of site generators: front matter and records come back, and nothing leaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate.errors import RecordError
from migrate.mapping.said import heard, own_provenance, say
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.syntax.values import Plain, Value
from tests.front_matter import DIALECTS, read, stated, written

NAMES = ("jekyll", "hugo", "pelican", "eleventy")
STATUSES = ("publish", "draft", "pending", "private", "future", "trash", "of-a-plugin")
PATHS = (
    "a.md",
    "_posts/2016-07-16-a.md",
    "_drafts/a.md",
    "content/posts/a/index.md",
    "pages/a.html",
)

texts = st.text("\\/ ,:;#'\"\n[]{}&0123456789-TZ+aé東", max_size=12)
scalars = texts | texts.map(Plain) | st.sampled_from([Plain("true"), Plain("false"), "2016-07-16"])
values: st.SearchStrategy[Value] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=4,
)
names = texts.filter(lambda name: name.strip() == name != "")
dates = st.sampled_from(["2016-07-16 00:22:22", "0001-01-01 00:00:00", "9999-12-31 23:59:59"])
terms = st.lists(st.builds(TermRef, st.sampled_from(["category", "post_tag"]), names), max_size=3)
metas = st.lists(
    st.builds(
        Meta,
        st.sampled_from(
            ["mood", "draft", "Draft", "DRAFT", "published", "status", "permalink", "_x"]
        ),
        texts,
    ),
    max_size=3,
)
posts = st.builds(
    Post,
    title=texts,
    type=st.sampled_from(["post", "page", "product"]),
    status=st.sampled_from(STATUSES),
    slug=st.sampled_from(["a", "a-b", "2016", ""]),
    date=dates,
    excerpt=st.none() | texts,
    link=st.none()
    | st.sampled_from(["/a/b/", "https://example.org/a/", "https://example.org/?p=1"]),
    author=st.none() | st.builds(Author, display_name=names),
    password=st.sampled_from([None, "secret"]),
    terms=st.none() | terms,
    meta=st.none() | metas,
    content=st.just(b"Text\n"),
    content_format=st.sampled_from(["html", "markdown"]),
)


def ignore(_finding: Finding) -> None:
    """Drop a finding."""


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), path=st.sampled_from(PATHS))
def test_front_matter_comes_back(name: str, data: st.DataObject, path: str) -> None:
    """Front matter that was read gives the same record after it was written.

    A key that is needed for its field can't hold nonsense as well: that is known to be unsaid.
    """
    dialect = DIALECTS[name]
    known = [rule.key for rule in dialect.rules] + sorted(dialect.manner.status.names)
    keys = data.draw(st.lists(st.sampled_from([*known, "other", "_hidden"]), unique=True))
    front = {key: data.draw(values) for key in keys}
    try:
        post = dialect.decode(front, path, ignore)
    except RecordError:
        return

    again = dialect.decode(dialect.encode(post), path, ignore)

    differing = {field for field, held in stated(post).items() if held != getattr(again, field)}
    assert differing <= {"meta"}
    assert differing == set(dialect.unsaid(post, path))


@pytest.mark.parametrize("name", NAMES)
@given(post=posts)
def test_what_is_not_said_is_named(name: str, post: Post) -> None:
    """A field of a record comes back from the file that is written, or is known to be unsaid."""
    dialect = DIALECTS[name]
    path = dialect.path_for(post)

    back = heard(dialect, dialect.encode(post), path)

    unsaid = dialect.unsaid(post, path)
    for field, held in stated(post).items():
        if field not in (*unsaid, "content", "content_format"):
            assert held == getattr(back, field)


@pytest.mark.parametrize("name", NAMES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(post=posts)
def test_nothing_private_is_published(name: str, post: Post, tmp_path: Path) -> None:
    """The file of a post that isn't public holds the keys that keep its tool from showing it."""
    dialect = DIALECTS[name]
    path = f"a.{'html' if post.content_format == 'html' else 'md'}"
    (tmp_path / path).write_bytes(written(post, dialect))

    back = read(tmp_path, path, name)

    assert back is not None
    is_public = post.status == "publish" and not post.password
    assert is_public == (back.status == "publish")
    assert is_public or _is_held_back(name, _front(name, post))


def _front(name: str, post: Post) -> dict[str, Any]:
    """Give the front matter of a post as it is written."""
    dialect = DIALECTS[name]
    return say(dialect, post, own_provenance(post, dialect))


def _is_held_back(name: str, front: dict[str, Any]) -> bool:
    """Tell whether the tool publishes nothing, by its own rules."""
    match name:
        case "jekyll":
            return front["published"] == "false" and isinstance(front["published"], Plain)
        case "hugo":
            drafts = [value for key, value in front.items() if key.lower() == "draft"]
            return drafts == ["true"]
        case "pelican":
            return front["status"] in ("draft", "skip")
    keys = ("permalink", "eleventyExcludeFromCollections")
    return [front[key] for key in keys] == ["false", "true"] and isinstance(
        front["permalink"], Plain
    )
