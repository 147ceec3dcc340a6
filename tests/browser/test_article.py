"""What a feed importer left, brought into a real site and opened in a browser, is an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.browser import chromium, frames
from tests.browser.frames import Element, Frame
from tests.sources import SAMPLES
from tests.wordpress.conftest import require
from tests.wordpress.flavours import WORDPRESS67_SQLITE
from tests.wordpress.newspaper import ZONE, prepare, wpmigrate
from tests.wordpress.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.wordpress, pytest.mark.usefixtures("browser")]

PICTURE: Final = SAMPLES.parent / "docs" / "syndicated.png"
SYNDICATED: Final = ("--mapping", "syndicated")
PERMALINKS: Final = """
    return array_map( 'get_permalink', get_posts(
        array( 'orderby' => 'ID', 'order' => 'ASC', 'numberposts' => -1 )
    ) );
"""
CRANE: Final = "http://www.tidings.example/business/2016/05/crane-bows-out"
MISREAD: Final = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]")
ENTITY: Final = re.compile(r"&#?\w+;")
SECTIONS: Final = frozenset({"div", "article", "section"})
"""What may stand round the paragraphs of an article."""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A running WordPress with a theme of today."""
    require(WORDPRESS67_SQLITE)
    with Site(WORDPRESS67_SQLITE) as running:
        yield running


def imported(site: Site, source: Path, *options: str) -> list[str]:
    """Import a source as a user would; give the addresses of its posts."""
    site.reset()
    prepare(site, ["staffwriter"])
    arguments = ["--site", site.url, "--timezone", ZONE, "--yes", *options]
    done = wpmigrate(site, "import", str(source), *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    addresses: list[str] = site.php(PERMALINKS)
    return addresses


def opened(site: Site, addresses: list[str]) -> list[Frame]:
    """Open pages of the site in the browser, as a visitor would."""
    (site.docroot / "frames.html").write_text(frames.of_addresses(addresses), encoding="utf-8")
    shown = chromium.frames(f"{site.url}/frames.html")
    assert [frame.address for frame in shown] == addresses
    return shown


def part(frame: Frame, name: str) -> Element:
    """Give the one element of the page that a block of the theme shows."""
    (found,) = (e for e in frame.body.all() if f"wp-block-post-{name}" in e.classes)
    return found


def paragraphs(element: Element, inside: tuple[str, ...] = ()) -> Iterator[tuple[str, Element]]:
    """Give each paragraph that says something, behind the names of the elements that it is in."""
    for child in element.elements:
        if child.name == "p" and child.text.strip():
            yield "/".join(inside), child
        yield from paragraphs(child, (*inside, child.name))


def faults(frame: Frame) -> list[str]:
    """Say what is wrong with a page of an article."""
    content = part(frame, "content")
    told = [text for e in content.all() for text in _own_text(e) if e.name not in ("pre", "code")]
    ids = Counter(e.attributes["id"] for e in content.all() if "id" in e.attributes)
    holders = {name for where, _ in paragraphs(content) for name in where.split("/") if name}
    sources = [e for e in content.all() if e.name == "p" and "source" in e.classes]
    wrong = {
        "a title with entities": bool(ENTITY.search(frame.title)),
        "a marker for advertisements": any("[ad_" in text for text in told),
        "misread characters": any(MISREAD.search(text) for text in told),
        "an id used twice": any(count > 1 for count in ids.values()),
        "swallowed paragraphs": not holders <= SECTIONS,
        "no source line": [e for _, e in paragraphs(content)][-1:] != sources,
    }
    return [what for what, is_so in wrong.items() if is_so]


def _own_text(element: Element) -> Iterator[str]:
    return (child for child in element.children if isinstance(child, str))


def source_line(frame: Frame) -> tuple[str, str, str]:
    """Give text, address and `rel` of the last paragraph."""
    _, last = list(paragraphs(part(frame, "content")))[-1]
    (link,) = (e for e in last.all() if e.name == "a")
    return last.text, link.attributes.get("href", ""), link.attributes.get("rel", "")


def test_without_rules_the_browser_shows_what_feeds_leave(site: Site) -> None:
    """What the rules are for is there to be seen, so that the next test means something."""
    first, second, third = opened(site, imported(site, SAMPLES / "syndicated"))
    always = ["a marker for advertisements", "misread characters"]

    assert faults(first) == [*always, "an id used twice", "swallowed paragraphs", "no source line"]
    assert faults(second) == [*always, "an id used twice", "swallowed paragraphs", "no source line"]
    assert faults(third) == [*always, "swallowed paragraphs", "no source line"]


def test_with_syndicated_each_is_an_article(
    site: Site, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Clean paragraphs, a clean title, and one line at the end that leads to the source."""
    addresses = imported(site, SAMPLES / "syndicated", *SYNDICATED)
    shown = opened(site, addresses)

    assert [faults(frame) for frame in shown] == [[], [], []]
    assert [part(frame, "title").text for frame in shown] == [
        "Fog closes the mole & the ferry waits: it\u2019s the third day",
        "A new lens for the lamp room",
        "The crane bows out: cafés on the quay mourn",
    ]
    assert [source_line(frame) for frame in shown] == [
        ("Source: reuters.com", "https://www.reuters.com/article/idTH0ZV3QA", "external"),
        (
            "Source: tidings.example",
            "http://tidings.example/science/lamp-room-lens.html",
            "external",
        ),
        ("Source: tidings.example", CRANE, "external"),
    ]

    picture = tmp_path / "syndicated.png"
    chromium.screenshot(addresses[0], picture, width=1000, height=740)
    if request.config.getoption("--accept"):
        PICTURE.write_bytes(picture.read_bytes())
    assert PICTURE.stat().st_size < 150_000


def test_with_syndicated_the_seed_is_an_article(site: Site, corpus: Path) -> None:
    """The post that it all began with: before, all that can be wrong is; after, nothing."""
    (before,) = opened(site, imported(site, corpus.parent / "seed"))
    (after,) = opened(site, imported(site, corpus.parent / "seed", *SYNDICATED))

    assert len(faults(before)) == 5
    assert faults(after) == []
