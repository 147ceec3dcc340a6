"""What marks elements as a feed's leftovers: ids and classes that only their origin's pages used.

Patterns are the shell's, compared without regard to case.
"""

from __future__ import annotations

from typing import Final

IDS: Final = (
    "midArticle_*",  # Reuters: where an advertisement could stand between two paragraphs
    "articleText",  # Reuters: the box round the article
)
CLASSES: Final = (
    "*-article-divide",  # Reuters: first-, second-, third-article-divide, for its own scripts
    "feedflare",  # FeedBurner: the box round its buttons
    "mf-viral",  # feedsportal: the box round its buttons
)
