"""What a home page tells of the site before REST is asked."""

import pytest

from migrate.live.answer import Answer
from migrate.live.home_page import HomePage

ASKED = "https://x.example/blog/"


def page(body: str, link: str = "", url: str = ASKED) -> HomePage:
    """A home page with this text."""
    return HomePage(Answer(url, 200, {"Link": link} if link else {}, body.encode()), ASKED)


@pytest.mark.parametrize(
    ("generators", "version"),
    [
        (["WordPress 6.7"], "6.7"),
        (["WordPress 6.7-alpha-58716"], "6.7-alpha-58716"),
        (["WordPress 6.1.9", "Shop 9.1"], "6.1.9"),
        (["Hugo 0.1"], ""),
        (["WordPress.com"], ""),
        ([], ""),
    ],
)
def test_version(generators: list[str], version: str) -> None:
    """The version is what the generator says, whatever plugins add after it."""
    metas = "".join(f'<meta name="generator" content="{said}">' for said in generators)
    assert page(metas).version == version


def test_roots() -> None:
    """The header's place comes first, then the page's, then the usual ones below the address."""
    body = '<link rel="https://api.w.org/" href="/api/">'
    link = '<https://x.example/rest/>; rel="https://api.w.org/"'
    assert list(page(body, link, "https://x.example/blog/en/").roots()) == [
        ("https://x.example/rest/", "its Link header"),
        ("https://x.example/api/", "a link in its home page"),
        ("https://x.example/blog/wp-json/", "its usual place"),
        ("https://x.example/blog/?rest_route=/", "its usual place"),
    ]


@pytest.mark.parametrize(
    ("body", "is_wordpress"),
    [
        ('<img src="/wp-content/uploads/a.png">', True),
        ('<a href="/wp-login.php">Log in</a>', True),
        ("<p>About wp-content</p>", False),
        ("<![foo bar[", False),
    ],
)
def test_is_wordpress(body: str, is_wordpress: bool) -> None:
    """WordPress leaves its traces in a page, broken or not."""
    assert page(body).is_wordpress is is_wordpress
