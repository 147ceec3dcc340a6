"""Paragraphs are written out and taken back without a difference in what WordPress shows."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.post import Post
from migrate.syntax.autop import autop
from migrate.syntax.classic_blocks import to_blocks
from migrate.syntax.unautop import is_shaped, unautop
from tests.rewriting import rewritten

PIECES = [
    *("\n", "\n\n", " ", "a", "<p>", "</p>", "<br />", "<br />\n", "<div>", "</div>", "<li>"),
    *("<blockquote>", "</blockquote>", "<pre>", "</pre>", "<script>", "</script>", '<p class="a">'),
    *("<!--", "-->", "<em>", "</em>", "<x", ">", "\r\n", "<table>", "<hr>", "<figcaption>"),
]
bodies = st.lists(st.sampled_from(PIECES)).map("".join)


@given(bodies)
def test_unautop_shows_the_same(body: str) -> None:
    """What WordPress shows stays, and taking tags out again changes nothing more."""
    shorter = unautop(body)
    assert shorter == body or autop(shorter) in (body, autop(body))
    assert unautop(shorter) == shorter


@pytest.mark.parametrize("rule", ["autop", "unautop", "blocks", "unblocks"])
@given(body=bodies)
def test_twice_is_once(rule: str, body: str) -> None:
    """A rule changes nothing in its own outcome."""
    post = Post(content=body.encode(), content_format="html")
    rewritten(rule, post)
    once = post.content
    rewritten(rule, post)
    assert once == post.content


def test_a_quotation_is_shaped_once() -> None:
    """WordPress makes something else of its own quotations, which are left as they are."""
    shaped = autop("<blockquote>Fog.</blockquote>")
    assert shaped == "<blockquote><p>Fog.</p></blockquote>\n"
    assert autop(shaped) == "<blockquote>\n<p>Fog.</p>\n</blockquote>\n"
    assert is_shaped(shaped)


def test_pelicans_pair(corpus: Path) -> None:
    """Pelican's own pair has the same paragraphs; it adds no breaks, which WordPress does."""
    folder = corpus / "wxr/pelican/pelican/tests/content"
    encoded = (folder / "wordpress_content_encoded").read_bytes().decode()
    decoded = (folder / "wordpress_content_decoded").read_bytes().decode()
    shown = autop(encoded).replace("<br />\n", "\n").replace("\n</p></b", "</p></b")
    assert decoded.strip("\n") == shown.strip("\n")


@pytest.mark.parametrize("rule", ["autop", "unautop", "blocks", "unblocks"])
def test_a_body_that_is_unset_stays_unset(rule: str) -> None:
    """No rule states a body where the source states none."""
    post = Post(content=None, content_format="html")
    rewritten(rule, post)
    assert post.content is None


@pytest.mark.parametrize("piece", ["<div", "<p ", "<param", "<x <p><li", "<script", "\n ", "<br "])
def test_long_bodies_take_time_by_their_length(piece: str) -> None:
    """Four times the body takes nowhere near sixteen times the time."""
    short = _seconds(piece * (50_000 // len(piece)))
    long = _seconds(piece * (200_000 // len(piece)))
    assert long < 10 * short + 0.5


def _seconds(body: str) -> float:
    start = time.process_time()
    to_blocks(autop(unautop(body)).encode())
    return time.process_time() - start
