"""What a feed importer left, brought into a real site and opened in a browser, is an article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final

import pytest

from tests.browser import chromium, frames
from tests.browser.frames import Element, Frame
from tests.sources import SAMPLES
from tests.wordpress.conftest import require
from tests.wordpress.flavours import WORDPRESS67_SQLITE
from tests.wordpress.newspaper import ZONE, wpmigrate
from tests.wordpress.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.wordpress, pytest.mark.usefixtures("browser")]

DOCS: Final = SAMPLES.parent / "docs"
MISREAD: Final = re.compile("[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]")
ENTITY: Final = re.compile(r"&#?\w+;")
PERMALINKS: Final = """
    return array_map( 'get_permalink',
        get_posts( array( 'orderby' => 'ID', 'order' => 'ASC', 'numberposts' => -1 ) ) );
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A running WordPress with a theme of today."""
    require(WORDPRESS67_SQLITE)
    with Site(WORDPRESS67_SQLITE) as running:
        yield running


def permalinks(site: Site, source: Path, *options: str) -> list[str]:
    """Import a source as a user would and give the addresses of its posts."""
    site.reset()
    done = wpmigrate(
        site, "import", str(source), "--site", site.url, "--timezone", ZONE, "--yes", *options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found: list[str] = site.php(PERMALINKS)
    return found


def opened(site: Site, addresses: list[str]) -> list[Frame]:
    """Open pages of the site in the browser."""
    (site.docroot / "frames.html").write_text(frames.of_addresses(addresses), encoding="utf-8")
    return chromium.frames(f"{site.url}/frames.html")


def article(frame: Frame) -> Element:
    """Give the element in which the theme shows the body of a post."""
    (content,) = (e for e in frame.body.all() if "wp-block-post-content" in e.classes)
    return content
