"""Addresses are unwrapped where they say themselves where they lead, and nothing else changes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from migrate.model.post import Meta, Post
from migrate.rewrite.feed_links import FeedLinks
from migrate.rewrite.proxies import HIDDEN, step
from migrate.rewrite.trackers import without_trackers
from tests.rewriting import rewritten

BITS = (
    "http://news.google.com/news/url?sa=t&url=", "https://l.facebook.com/l.php?u=", "http%3A%2F%2F",
    "/c/1/f/2/s/a/l/0L0S", "/story01.htm", "http://feeds.reuters.com/~r/a/~3/x/", "idUSKCN0AB1CD",
    "x.example", "/", "?", "&amp;", "&#038;", "&", "utm_a=1", "q=", "url=", "#", "0B", "(", ")",
    "https://", "http://us.rd.yahoo.com/a/*http%3A//", '"', "'", " ", "%", "\udcff", "é", "<a ",
    'href="', "src=", ">", "](", "]: ", "<!--", "<pre>",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(BITS), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (
            "http://rss.a.example/c/1/f/2/s/3a0f/sc/1/l/0L0Sexample0N0C20A140Ca0Ib0Ec0Bhtml0Dp0F10A/story01.htm",
            "http://www.example.com/2014/a_b-c.html?p=10",
        ),
        (
            "http://example.feedsportal.com/c/1/f/2/s/3/l/0Mexample0O0Ccaf0JC30JA90Hx0Py/story01.htm",
            "https://example.co.uk/caf%C3%A9,x;y",
        ),
        ("http://example.feedsportal.com/c/1/f/2/s/3/l/0L0Sexample0N0Zx/story01.htm", HIDDEN),
        ("http://example.feedsportal.com/fy/8av2EvY0ZbXKa2NA/story01.htm", HIDDEN),
        (
            "http://feeds.reuters.com/~r/reuters/topNews/~3/Zx8/us-fog-idUSKCN0ZV3QA20160715",
            "https://www.reuters.com/article/idUSKCN0ZV3QA20160715",
        ),
        (
            "http://feedproxy.google.com/~r/reuters/UKTopNews/~3/Zx8/uk-fog-idUKKCN0ZV3QA/",
            "https://www.reuters.com/article/idUKKCN0ZV3QA",
        ),
        ("http://feedproxy.google.com/~r/tidings/~3/Zx8/us-fog-idUSKCN0ZV3QA", HIDDEN),
        ("http://feeds.feedburner.com/~r/tidings/~3/Zx8/", HIDDEN),
        ("http://feeds.feedburner.com/~r/tidings/~4/Zx8", None),
        ("http://feeds.feedburner.com/tidings", None),
        ("https://www.google.co.uk/url?q=https%3A%2F%2Fa.example%2F%22x&sa=D", "https://a.example/%22x"),
        ("https://www.google.com/url?q=fog+bell", None),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        ("https://www.google.com/url?q=http://user:word@a.example/", HIDDEN),
        ("https://www.youtube.com/redirect?q=http%3A%2F%2Fa.example&v=1#t", "http://a.example#t"),
        ("http://us.rd.yahoo.com/news/SIG=1/*http%3A//a.example/b", "http://a.example/b"),
        ("http://news.google.com/news/url?url=http://a.example/?b=1&utm_source=x", "http://a.example/?b=1"),
        ("https://share.example/?url=https%3A%2F%2Fa.example", None),
    ],
)  # fmt: skip
def test_where_an_address_leads(address: str, target: str | None) -> None:
    """A known proxy's address gives its target, hides it, or is nobody's business."""
    assert step(address) == target


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://a.example/?utm_source=b", "https://a.example/"),
        ("https://a.example/?utm_source=b#c", "https://a.example/#c"),
        ("/b?c=1&#038;utm_source=b&amp;d", "/b?c=1&amp;d"),
        ("/b?gclid=1&c=&&d=é", "/b?c=&&d=é"),
        ("/b?a=utm_source&source=1", "/b?a=utm_source&source=1"),
    ],
)
def test_trackers_go(address: str, clean: str) -> None:
    """What counts readers is taken out with one `&`, and all else keeps its bytes."""
    assert without_trackers(address) == clean


def test_markdown_links() -> None:
    """In Markdown the links are unwrapped, with no parenthesis that would end one."""
    text = (
        b"[A](https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fb_%28c%29%26d 'e'), "
        b"`[B](/?utm_a=1)`\n"
        b"\n[c]: <https://a.example/?utm_a=1&b=2>\n"
    )
    post = Post(content=text, content_format="markdown")
    rewritten("feed-links", post)

    assert post.content == (
        b"[A](https://a.example/b_%28c%29&amp;d 'e'), `[B](/?utm_a=1)`\n"
        b"\n[c]: <https://a.example/?b=2>\n"
    )


def test_an_address_with_other_references_stays() -> None:
    """Where `&eacute;` in an address can't be told from a parameter, the address is left."""
    text = b'<a href="https://www.google.com/url?q=http://a.example/caf&eacute;">A</a>'
    post = Post(content=text)

    assert (rewritten("feed-links", post), post.content) == ([], text)


def test_the_blanks_round_a_meta_stay() -> None:
    """A meta keeps what stands round its address; one that holds more than an address stays."""
    post = Post(
        meta=[
            Meta("original_link", "https://a.example/?utm_a=1\n"),
            Meta("canonical_url", "see https://a.example/?utm_a=1"),
            Meta("other", "https://a.example/?utm_a=1"),
        ]
    )
    found = rewritten("feed-links", post)

    assert [meta.value for meta in post.meta or ()] == [
        "https://a.example/\n",
        "see https://a.example/?utm_a=1",
        "https://a.example/?utm_a=1",
    ]
    assert [(f.field, f.before) for f in found] == [
        ("meta.0.value", "https://a.example/?utm_a=1\n")
    ]


@example(
    '<a href="https://l.facebook.com/l.php?u=http://l.facebook.com/l.php?u=http%3A%2F%2Fx.example'
)
@given(TEXTS)
def test_twice_is_once(text: str) -> None:
    """What came out is left alone, in a body of either kind and in a meta; no text is too odd."""
    for kind in ("html", "markdown"):
        body = f'<a href="{text}">x</a> [x]({text}) {text}'.encode("utf-8", "surrogateescape")
        post = Post(content=body, meta=[Meta("original_link", text)])
        post.content_format = "markdown" if kind == "markdown" else "html"
        rewritten("feed-links", post)

        assert [f for f in rewritten("feed-links", post) if f.is_change] == []


def test_it_pickles() -> None:
    """The rule goes to other processes with its options."""
    rule = pickle.loads(pickle.dumps(FeedLinks(parameters=["partner"])))

    assert rule.__dict__ == FeedLinks(parameters=["partner"]).__dict__


@pytest.mark.parametrize(
    "piece",
    [
        '<a href="http://feeds.reuters.com/~r/a/~3/x/y">', "?utm_a=", "&utm_a=1", "http://a/~r/",
        '<a href="?utm_a', "[](https://a.example/?utm_a=1 ", "https://www.google.com/url?q=http%3A",
    ],
)  # fmt: skip
def test_a_big_body_takes_no_longer_a_piece(piece: str) -> None:
    """A megabyte of the worst is done within the time limit of a test."""
    body = ('<a href="' + piece * (1_000_000 // len(piece))).encode()
    post = Post(content=body + b'">', meta=[Meta("original_link", piece * 100_000)])
    rewritten("feed-links", post)

    assert post.content is not None
