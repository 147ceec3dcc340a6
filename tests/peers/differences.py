"""Where a reader makes something else of our WXR than of the WXR that ours was made from.

Each is a fact about the reader and the original; nothing here is a loss.
"""

from typing import NamedTuple

from tests.conftest import LONG

OTHER_DATES = (
    "co-authors-plus.xml",  # the weekday is wrong
    "posts-only.xml",  # has none
    "stylish-press.xml",  # has none
    "theme-preview.xml",  # one item has none
    "themeunittestdata.wordpress.xml",  # changed by hand, "16 Jun 20081" among them
    "wordpressexport.xml",  # 1970-01-01 in each item
)
"""Exports whose pubDate isn't the post's; ours is made from post_date_gmt, as WordPress does."""

NO_GUIDS = (
    "co-authors-plus.xml",
    "feature-image-captions.xml",
    "pages-only.xml",
    "posts-only.xml",
    "sample-with-alt.xml",
)


class Difference(NamedTuple):
    """What is cut out of both outputs before they are compared; no `exports` means all."""

    peer: str
    pattern: str
    reason: str
    exports: tuple[str, ...] = ()


DIFFERENCES = (
    Difference(
        "wordpress-export-to-markdown",
        r"^date: .*\n",
        "it takes the date from pubDate",
        OTHER_DATES,
    ),
    Difference(
        "pelican-import",
        r"(?<=^Title: )(No title \[.*\]| )$",
        "an empty <title/> is no title to it, an empty CDATA section is one; WordPress writes that",
    ),
    Difference("feedparser", r'^ "published": .*\n', "it takes the date from pubDate", OTHER_DATES),
    Difference(
        "feedparser", r'^ "id": .*\n', "the original has no guid; ours has WordPress's", NO_GUIDS
    ),
    Difference(
        "feedparser",
        r'^   (null|"category"),$',
        "the original names no taxonomy; WordPress reads that as category",
        ("theme-preview.xml",),
    ),
    Difference(
        "feedparser",
        r"\\r(?=\\n)",
        "the original's CRs are raw, and every XML parser drops those; ours are written to be kept",
        ("theme-preview.xml",),
    ),
)

_NOT_WELL_FORMED = {
    "attachments-only.xml": "a bare & in an address",
    "sample-no-slug.xml": "a bare & in an address",
    "sample.xml": "a bare & in an address",
    "wordpress_qtranslate_item_modernized.xml": "an item alone",
    "wordpress_qtranslate_item_raw_export.xml": "an item alone",
}

GIVEN_UP = {
    "wordpress-export-to-markdown": {
        **_NOT_WELL_FORMED,
        "theme-preview.xml": "items without wp:post_id",
    },
    "pelican-import": {
        "feature-image-captions.xml": "items without wp:post_date",
        "pages-only.xml": "an item without wp:post_date",
        "sample-no-slug.xml": "an item without wp:post_date",
        "sample.xml": "an item without wp:post_date",
        "theme-preview.xml": "items without wp:post_name",
        "wordpress_qtranslate_item_modernized.xml": "an item alone",
        "wordpress_qtranslate_item_raw_export.xml": "an item alone",
    },
    "feedparser": {
        **_NOT_WELL_FORMED,
        "wordpress_unicode_export.xml": "a prefix that isn't declared",
    },
}
"""Originals of which a reader makes nothing, and why; what we write of them it reads."""

LARGE = ("wordpress.xml", "64-block-test-data.xml", "themeunittestdata.wordpress.xml")
"""Exports of over half a megabyte, which take most of the time; the full counts read them too."""

SAME = (
    {"wordpress-export-to-markdown": 440, "pelican-import": 493, "feedparser": 608}
    if LONG
    else {"wordpress-export-to-markdown": 76, "pelican-import": 77, "feedparser": 126}
)
"""How many posts of the corpus are compared."""
