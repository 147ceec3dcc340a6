"""What other people's readers make of the samples' WXR is what the posts themselves say."""

import html
import json
import re
from urllib.parse import unquote

import pytest

from migrate.model.post import Post
from migrate.model.sanitize import sanitize_user
from tests.peers.conftest import Read
from tests.sources import SAMPLES, read_all

pytestmark = pytest.mark.peers

WXR = SAMPLES / "wpghs.expected.xml"

C1 = (0x85, 0x91, 0x92, 0x93, 0x94)
UNLIKE_WXR = {0x0C: None} | {code: bytes([code]).decode("cp1252") for code in C1}
"""XML forbids a form feed, so it isn't there; feedparser takes C1 controls for Windows-1252."""

OTHER_LETTERS = {
    "how-to-read-the-weather-mast",  # tags inside <pre>, which the comparison takes out
    "a-new-look",  # block comments
}
"""Bodies whose Markdown has other letters than the HTML."""


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    """The posts that the WXR was made from, in its order."""
    read, _ = read_all(SAMPLES / "wpghs")
    return read


def body(post: Post) -> str:
    """The body of a post as text."""
    return (post.content or b"").decode()


def names(post: Post, taxonomy: str) -> list[str]:
    """The names of a post's terms."""
    return [term.name or "" for term in post.terms or () if term.taxonomy == taxonomy]


def login(post: Post) -> str:
    """The login under which the WXR names a post's author."""
    return sanitize_user((post.author and post.author.display_name) or "")


def letters(text: str) -> str:
    """What of a text every reader keeps: no tags, images, captions, addresses, marks or blanks."""
    images_and_addresses = r"!\[[^\]]*\]\([^)]*\)|(?<=\])\([^)]*\)"
    without = re.sub(rf"<[^>]*>|\[/?caption[^\]]*\]|{images_and_addresses}", "", text)
    return re.sub(r"\W|_", "", html.unescape(without))


@pytest.mark.parametrize("peer", ["feedparser"], indirect=True)
def test_feedparser(read: Read, posts: list[Post]) -> None:
    """Every post in order: title, address, author, terms, and each character of the body."""
    (output,) = read([WXR])
    entries = [json.loads(text) for text in (output or {}).values()]

    assert len(entries) == 49
    for post, entry in zip(posts, entries, strict=True):
        assert entry.get("title", "") == (post.title or "").strip()
        assert entry["link"] == post.link
        assert entry.get("author", "") == login(post)
        assert entry["tags"] == [[term.taxonomy, term.name] for term in post.terms or ()]
        assert "".join(entry["content"]) == body(post).strip().translate(UNLIKE_WXR)


@pytest.mark.parametrize("peer", ["pelican-import"], indirect=True)
def test_pelican_import(read: Read, posts: list[Post]) -> None:
    """Every post under its slug, with title, date, author, terms, status and all its words."""
    (output,) = read([WXR])
    left = dict(output or {})

    for post in posts:
        slug = post.slug or str(post.id)
        folder = {"post": "", "page": "pages/"}.get(post.type or "post", f"{post.type}/")
        head, _, text = left.pop(f"{folder}{slug.replace('%', '-')}.md").partition("\n\n")
        said = dict(line.split(": ", 1) for line in head.splitlines())
        assert said.pop("Title").strip() == html.unescape(post.title or "").strip()
        assert said.pop("Date", "") == (post.date or "")[:16]
        assert said.pop("Author").strip() == login(post)
        assert said.pop("Category", "") == ", ".join(names(post, "category"))
        assert said.pop("Tags", "") == ", ".join(names(post, "post_tag"))
        assert said == {"Slug": slug, "Status": (post.status or "").replace("publish", "published")}
        assert letters(text) == letters(body(post))
    assert left == {}


@pytest.mark.parametrize("peer", ["wordpress-export-to-markdown"], indirect=True)
def test_wordpress_export_to_markdown(read: Read, posts: list[Post]) -> None:
    """Every post but the drafts, under its slug, with title, date, all its terms and words."""
    (output,) = read([WXR])
    left = dict(output or {})

    for post in (post for post in posts if post.status != "draft"):
        slug = unquote(post.slug or "")
        head, _, text = left.pop(f"{post.type}/{slug}.md").partition("\n---\n\n")
        said = re.findall(r'^(title|date): "(.*)"$', head, re.MULTILINE)
        title = (post.title or "").strip().replace('"', '\\"')
        assert said == [("title", title), ("date", (post.date or "")[:10])]
        terms = [*names(post, "category"), *names(post, "post_tag")]
        assert head.count("\n  - ") == len(terms)
        if post.slug not in OTHER_LETTERS:
            assert letters(text) == letters(body(post))
    assert left == {}
