"""Shortcodes become what they stand for, in HTML and in Markdown; what isn't known is left."""

from __future__ import annotations

import pytest

from migrate.model.post import ContentFormat, Post
from tests.rewritten_posts import rewrite

FIGURE = (
    '<figure style="width: 9px" class="wp-caption alignnone"><img src="a.jpg"/>'
    '<figcaption class="wp-caption-text">Fog</figcaption></figure>'
)
CAPTION = '[caption width="9"]<img src="a.jpg"/> Fog[/caption]'


def worked_out(body: str, content_format: ContentFormat) -> tuple[str, list[str]]:
    """Run the rule over a body; give what it is then, and the codes of what was left or lost."""
    post = Post(content=body.encode(), content_format=content_format)
    found = rewrite("shortcodes", post)
    return (post.content or b"").decode(), [one.code for one in found if not one.is_change]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{CAPTION}\nThe *ferry*", f"{FIGURE}\n\nThe *ferry*"),
        (f"{CAPTION} The ferry", f"{FIGURE}\n\n The ferry"),
        (f"{CAPTION}\n\nThe ferry", f"{FIGURE}\n\nThe ferry"),
        ("See [embed]https://a.example/?b&amp;c[/embed].", "See <https://a.example/?b&c>."),
        ("a\n[code lang=c]\nx &lt; 1\n[/code]\nb", "a\n\n```c\nx < 1\n```\n\nb"),
        ("[code]\n```\n[/code]", "````\n```\n````"),
        ("a\r\n\r\n[code]x[/code]\r\nb", "a\r\n\r\n```\r\nx\r\n```\r\n\r\nb"),
    ],
)
def test_markdown(body: str, expected: str) -> None:
    """In Markdown, what begins a line is kept from the lines behind it."""
    assert worked_out(body, "markdown") == (expected, [])


@pytest.mark.parametrize(
    "body",
    [
        "[video](quay.mp4) ![gallery][1] [audio]: /horn.mp3",
        "`[gallery]` and\n\n    [audio mp3=/horn.mp3]\n",
        "[embedding] [Captions] [1] [x] [^1] [code sprint] [a](b)",
    ],
)
def test_links_and_code_of_markdown(body: str) -> None:
    """A link that is called like a shortcode is none, and code is nobody's business."""
    assert worked_out(body, "markdown") == (body, [])


@pytest.mark.parametrize(
    ("body", "content_format"),
    [
        ('[caption width="9"]<img src="a.jpg"/> The *mole*[/caption]', "markdown"),
        ('[caption width="9"]![Fog](fog.jpg) Fog[/caption]', "markdown"),
        ("The tide: [code]x[/code]", "markdown"),
        ("[audio mp3='javascript:a.mp3']", "html"),
        ("[playlist ids=1]", "html"),
        ("[caption width=9 /]", "html"),
        ("\\[audio mp3=/horn.mp3]", "html"),
    ],
)
def test_what_stays(body: str, content_format: ContentFormat) -> None:
    """What can't be said, or isn't known, stays and is named."""
    assert worked_out(body, content_format) == (body, ["rewrite-shortcode-left"])


def test_a_shortcode_in_a_caption() -> None:
    """What a caption encloses is replaced with it; what it lost is named."""
    body = '[caption width="9"]<img src="a.jpg"/> [audio mp3=/a.mp3 volume=3][/caption]'
    after, left = worked_out(body, "html")

    assert '<figcaption class="wp-caption-text"><audio controls src="/a.mp3"></audio><' in after
    assert left == ["rewrite-shortcode-attribute"]


def test_each_name_is_told_once() -> None:
    """A shortcode of a plugin is named once in a post, however often it stands there."""
    body = "[tide at=1] [tide at=2] [box]a[/box]"

    assert worked_out(body, "html") == (body, ["rewrite-shortcode-unknown"] * 2)


def test_addresses_are_escaped() -> None:
    """A quotation mark in an attribute ends none in the HTML."""
    body = "[audio mp3=/a.mp3 class='x\" onplay=\"y']"

    assert worked_out(body, "html") == (
        '<audio controls class="x&quot; onplay=&quot;y" src="/a.mp3"></audio>',
        [],
    )
