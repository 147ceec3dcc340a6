"""Which elements `self-closing` closes."""

from __future__ import annotations

import pytest

from migrate.model.post import Post
from migrate.syntax.html_markup import scan
from tests.rewritten_posts import rewrite

BODY = (
    b'<div id="news"><span id="part_0"/><p><i class="mark"/>The ferry sails again.</p>'
    b'<span id="part_1"/><p>High water at six.</p><iframe src="https://tide.example.org/"/>'
    b"<h2/><p>Calm.</p></div>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<a/><a/>", b"<a></a><a></a>"),
        (b"<i/>x</i><i/>", b"<i/>x</i><i></i>"),
        (b"<b><b/>x</b>", b"<b><b></b>x</b>"),
        (b"<script src=a />x<script></script>", b"<script src=a ></script>x<script></script>"),
        (b"<https://fog.example.org/>", b"<https://fog.example.org/>"),
        (b"<o:p/>", b"<o:p></o:p>"),
        (b"<plaintext/>", b"<plaintext/>"),
        (b"<p>x</p/>", b"<p>x</p/>"),
    ],
)
def test_which_are_closed(body: bytes, expected: bytes) -> None:
    """An end tag belongs to the last open element of its name; what has none gets one."""
    post = Post(content=body)
    rewrite("self-closing", post)

    assert expected == post.content


def test_none_is_left() -> None:
    """The scanner finds no element any more that is written as closing itself."""
    post = Post(content=BODY)
    rewrite("self-closing", post)

    assert [tag for tag in scan(post.content or b"").tags if tag.is_self_closing] == []
