"""What a visitor is shown says the same as what a record holds, or it doesn't."""

from __future__ import annotations

import pytest

from migrate.plan.rendered import may_be_filled_in, same_text
from migrate.plan.visitor import seen_differing

SAME = [
    ("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n"),
    ("One\nTwo", "<p>One<br />\nTwo</p>"),
    ('He said "it\'s" -- so...', "<p>He said &#8220;it&#8217;s&#8221; &#8211; so&#8230;</p>"),
    ("Fish &amp; chips, 3x4", "<p>Fish &#038; chips, 3&#215;4</p>"),
    ('<img src="a.jpg">', '<p><img decoding="async" loading="lazy" src="a.jpg" /></p>'),
    ("<!-- wp:paragraph -->\n<p>x</p>\n<!-- /wp:paragraph -->", "\n<p>x</p>\n"),
    ("Made with Wordpress", "<p>Made with WordPress</p>"),
    ("a <b>b</b>c", "<p>a <b>b</b>c</p>"),
]
OTHER = [
    ("One", "<p>Two</p>"),
    ('<a href="/a">x</a>', '<p><a href="/b">x</a></p>'),
    ('<img src="a.jpg">', '<p><img src="b.jpg" /></p>'),
    ("<em>x</em>", "<p>x</p>"),
    ("One two", "<p>Onetwo</p>"),
    ("", "<p>One</p>"),
]


@pytest.mark.parametrize(("held", "shown"), SAME)
def test_what_wordpress_does_to_a_text_is_no_difference(held: str, shown: str) -> None:
    """Paragraphs, quotes, dashes, entities, attributes of its own and block comments."""
    assert same_text(held, shown)


@pytest.mark.parametrize(("held", "shown"), OTHER)
def test_what_a_text_says_is_one(held: str, shown: str) -> None:
    """Words, links, pictures and emphasis."""
    assert not same_text(held, shown)


@pytest.mark.parametrize(
    ("held", "is_filled"),
    [
        ("[gallery ids=1]", True),
        ("[ad_1] as it is", False),
        ("<!-- wp:latest-posts /-->", True),
        ('<!-- wp:query {"a":1} /-->', True),
        ("text\nhttps://video.example/1\ntext", True),
        ("well :) then", True),
        ("an array a[0], see https://example.org", False),
    ],
)
def test_what_is_filled_in_cant_be_compared(held: str, is_filled: bool) -> None:
    """Unless the site shows a shortcode as it is written, which then is none."""
    assert may_be_filled_in(held, "<p>[ad_1] as it is</p>") == is_filled


def test_a_visitor_says_which_fields_stay_unseen() -> None:
    """What the site doesn't tell is unseen, what it tells otherwise differs."""
    row = {
        "title": {"rendered": "A &#8220;title&#8221;"},
        "content": {"rendered": "<p>Text</p>", "protected": False},
        "excerpt": {"rendered": "<p>Text</p>", "protected": False},
        "status": "publish",
        "slug": "a",
        "meta": {"known": "1"},
    }
    wanted = {
        "title": 'A "title"',
        "content": "Other",
        "excerpt": "",
        "slug": "b",
        "author": 3,
        "meta.known": "1",
        "meta.unknown": "1",
        "custom_fields.x": ["1"],
    }

    found = seen_differing(wanted, row, None)

    assert found.differing == ["content", "slug"]
    assert found.unseen == ["excerpt", "author", "meta.unknown", "custom_fields.x"]


def test_a_protected_post_shows_nothing() -> None:
    """Its texts are unseen, and that it has a password is seen."""
    row = {"content": {"rendered": "", "protected": True}, "password": "(protected)"}

    found = seen_differing({"content": "x", "password": ""}, row, None)

    assert (found.differing, found.unseen) == (["password"], ["content"])
