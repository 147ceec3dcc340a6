"""Where `control-characters` looks, and what it leaves."""

from __future__ import annotations

import pytest

from migrate.model.post import Comment, Meta, Post, TermRef
from tests.rewritten_posts import rewrite


def test_every_text_of_a_post() -> None:
    """Title, excerpt, terms, custom fields and comments lose them, each by a finding."""
    post = Post(
        title="F\x01og",
        excerpt="\x02Calm",
        terms=[TermRef("category", "Tide"), TermRef("post_tag", "Qu\x03ay", "quay")],
        meta=[Meta("a", "b\x04"), Meta("c", "d\x05")],
        comments=[Comment(author="e", content="f\x06")],
    )
    found = rewrite("control-characters", post)

    assert post == Post(
        title="Fog",
        excerpt="Calm",
        terms=[TermRef("category", "Tide"), TermRef("post_tag", "Quay", "quay")],
        meta=[Meta("a", "b"), Meta("c", "d")],
        comments=[Comment(author="e", content="f")],
    )
    assert [one.field for one in found] == [
        *("title", "excerpt", "terms.1.name", "meta.0.value", "meta.1.value"),
        "comments.0.content",
    ]


def test_a_serialized_value_keeps_its_lengths() -> None:
    """A text whose length is stated is left and named."""
    value = 'a:1:{i:0;s:4:"fo\x01g";}'
    post = Post(meta=[Meta("tide", value)])
    found = rewrite("control-characters", post)

    assert post.meta == [Meta("tide", value)]
    assert [(one.code, one.field) for one in found] == [
        ("rewrite-control-characters-left", "meta.0.value")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x0cb", "a b"),
        ("a \x0cb\x0b", "a b"),
        ("東\x0b京", "東 京"),
        ("a\x00\x0c\x00b", "a b"),
        ("a\x00b", "ab"),
        ("a\ufffe\uffffb\ufffd", "ab\ufffd"),
        ("\t\r\n\x7f\x85\u2028", "\t\r\n\x7f\x85\u2028"),
    ],
)
def test_what_becomes_of_them(text: str, expected: str) -> None:
    """Body and title agree; white space that XML forbids keeps two words apart."""
    post = Post(title=text, content=text.encode())
    rewrite("control-characters", post)

    assert (post.title, post.content) == (expected, expected.encode())
