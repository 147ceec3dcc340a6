"""What the addresses of posts show of the permalink structure."""

from typing import Any

import pytest

from migrate.live.sample import permalink_structure

HOME = "https://x.example/blog"
LINKED = {"author": [{"slug": "jane"}], "wp:term": [[{"slug": "news", "taxonomy": "category"}], []]}


@pytest.mark.parametrize(
    ("link", "structure"),
    [
        ("/a-post/", "/%postname%/"),
        ("/2016/07/08/a-post/", "/%year%/%monthnum%/%day%/%postname%/"),
        ("/2016/07/08/09/a-post", "/%year%/%monthnum%/%day%/%hour%/%postname%"),
        ("/archives/2016", "/archives/%year%"),
        ("/archives/77", "/archives/%post_id%"),
        ("/index.php/news/77.html", "/index.php/%category%/%post_id%.html"),
        ("/jane/a-post.html", "/%author%/%postname%.html"),
        ("/stories/about/a-post/", "/stories/about/%postname%/"),
    ],
)
def test_structures(link: str, structure: str) -> None:
    """Slug, number, date, author and category of a post become the tags that stand for them."""
    row: dict[str, Any] = {
        "id": 77,
        "date": "2016-07-08T09:10:11",
        "slug": "a-post",
        "link": HOME + link,
        "_embedded": LINKED,
    }
    assert permalink_structure(row, HOME + "/") == structure


def test_day_like_its_month() -> None:
    """Of a month and a day that are alike the month comes first, as it does in addresses."""
    row = {"id": 7, "date": "2016-07-07T07:07:07", "slug": "a", "link": f"{HOME}/2016/07/07/a/"}
    assert permalink_structure(row, HOME) == "/%year%/%monthnum%/%day%/%postname%/"


def test_template() -> None:
    """A template, which those see who may edit, says where the slug is."""
    row = {
        "id": 7,
        "date": "2016-07-07T00:00:00",
        "slug": "p",
        "permalink_template": f"{HOME}/p/2016/%postname%/",
    }
    assert permalink_structure(row, HOME) == "/p/%year%/%postname%/"


def test_what_could_not_be_embedded() -> None:
    """An author whom the site doesn't show costs no more than the tag."""
    row = {
        "id": 7,
        "date": "2016-07-07T00:00:00",
        "slug": "a",
        "link": f"{HOME}/jane/a/",
        "_embedded": {"author": [{"code": "rest_user_invalid_id"}]},
    }
    assert permalink_structure(row, HOME) == "/jane/%postname%/"
