"""What findings of rewrite rules keep to themselves where nobody sees the post."""

from __future__ import annotations

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Comment, Meta, Post
from tests.rewriting import rewritten

_LINK = b'<p>T</p><p>Source: <a href="https://secret.example/a">A</a></p>'


def said(rule: str, post: Post) -> list[str]:
    """Give the messages of a rule as reports show them to everybody."""
    return [finding.said() for finding in rewritten(rule, post)]


@pytest.mark.parametrize(
    ("rule", "post", "message"),
    [
        (
            "source-attribution",
            Post(content=_LINK, meta=[Meta("original_link", "https://other.example/b")]),
            "the line names (hidden) as the source, but the custom fields (hidden)",
        ),
        ("source-attribution", Post(content=_LINK), "source line written for (hidden)"),
        (
            "categories",
            Post(meta=[Meta("original_cats", "secret")]),
            "(hidden) is in no table of the rule",
        ),
        (
            "duplicate-ids",
            Post(content=b'<i id="secret"></i><i id="secret"></i><a href="#secret">x</a>'),
            "the id (hidden) stands more than once, and something refers to it",
        ),
        (
            "feed-links",
            Post(content=b'<a href="https://feeds.feedburner.com/~r/secret/~3/x">x</a>'),
            "only the proxy knows where (hidden) leads",
        ),
        (
            "entities",
            Post(title="secret &amp;eacute;"),
            "(hidden) would become another reference, and stays",
        ),
        ("markdown", Post(content=b"{{ secret }}", content_format="markdown"), "`(hidden)` stayed"),
        ("rst", Post(content=b".. secret::\n", content_format="rst"), "(hidden)"),
    ],
)
def test_a_message_quotes_nothing_of_a_draft(rule: str, post: Post, message: str) -> None:
    """What it says without the quoted text is enough to find the place."""
    post.status = "draft"

    assert said(rule, post)[0].startswith(message)


def test_the_text_can_be_asked_for() -> None:
    """Whoever may see the post sees what the message quotes."""
    post = Post(status="private", meta=[Meta("original_cats", "tides")])

    found = rewritten("categories", post)

    assert [one.said(show_private=True) for one in found] == ["tides is in no table of the rule"]


def test_a_message_quotes_a_published_post() -> None:
    """Everybody has seen that one already."""
    post = Post(status="publish", meta=[Meta("original_cats", "tides")])

    assert said("categories", post) == ["tides is in no table of the rule"]


def changed(rule: str, post: Post) -> list[Finding]:
    """Give the changes that a rule made."""
    return [finding for finding in rewritten(rule, post) if finding.is_change]


def test_a_protected_meta_stays_hidden_in_a_published_post() -> None:
    """No visitor sees such a row; the one beside it is shown."""
    metas = [Meta("_hidden", "a\x01"), Meta("mood", "b\x01")]

    found = changed("control-characters", Post(status="publish", meta=metas))

    assert [(one.field, one.public) for one in found] == [
        ("meta.0.value", False),
        ("meta.1.value", True),
    ]


def test_a_meta_that_a_rule_adds_is_judged_by_its_name() -> None:
    """Yoast's field is protected."""
    post = Post(status="publish", meta=[Meta("canonical_url", "https://a.example/b")])

    assert [one.public for one in changed("canonical", post)] == [False]


def test_a_comment_that_waits_for_approval_stays_hidden() -> None:
    """No visitor sees it beside the post."""
    comments = [Comment(content="a\x01", approved="0"), Comment(content="b\x01", approved="1")]

    found = changed("control-characters", Post(status="publish", comments=comments))

    assert [one.public for one in found] == [False, True]
