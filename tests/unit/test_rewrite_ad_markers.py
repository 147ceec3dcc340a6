"""`ad-markers`: what looks like one and is part of Markdown."""

from __future__ import annotations

import pytest

from migrate.model.post import Post
from tests.rewriting import rewritten


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"[ad_1]\n\nFog.\n", b"\nFog.\n"),
        (b"See [ad_1](/fog/) and [ad_2][fog].\n", b"See [ad_1](/fog/) and [ad_2][fog].\n"),
        (b"[ad_1]: https://tidings.example/fog\n", b"[ad_1]: https://tidings.example/fog\n"),
    ],
)
def test_a_link_s_text_is_no_marker(before: bytes, after: bytes) -> None:
    """Without it nothing would lead there any more."""
    post = Post(content=before, content_format="markdown")

    rewritten("ad-markers", post)

    assert post.content == after
