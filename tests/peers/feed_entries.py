"""Prints as JSON what feedparser reads of each file; run with feedparser in PYTHONPATH.

What counts is what a feed says of an entry. A file that isn't well-formed XML is null: feedparser
then guesses.
"""

import json
import sys
from pathlib import Path
from typing import Any

import feedparser  # type: ignore[import-not-found]  # it lies outside of this environment

FIELDS = ("title", "link", "id", "author", "published", "excerpt_encoded")


def entries(path: str) -> list[dict[str, Any]] | None:
    """Give the entries of one file, or nothing where it isn't well-formed."""
    data = Path(path).read_bytes()
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        return None
    return [
        {
            **{name: entry[name] for name in FIELDS if entry.get(name)},
            "tags": [[tag.scheme, tag.term] for tag in entry.get("tags", ())],
            "content": [content.value for content in entry.get("content", ()) if content.value],
        }
        for entry in feed.entries
    ]


print(json.dumps([entries(path) for path in sys.argv[1:]]))
