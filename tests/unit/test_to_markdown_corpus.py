"""Real bodies keep their words as Markdown, and most of them all their elements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from migrate.errors import WpmigrateError
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.readers.posts import PostsReader
from migrate.readers.wxr.reader import WxrReader
from migrate.stages import Reader
from migrate.syntax.autop import autop
from migrate.syntax.html_canonical import visible_text
from migrate.syntax.markdown_html import to_html
from migrate.syntax.markdown_text import to_markdown
from tests.conftest import LONG

EACH = 1 if LONG else 10
"""One body of so many is turned."""


def readers(corpus: Path) -> Iterator[Reader]:
    """Give a reader for each source with HTML bodies."""
    for path in sorted((corpus / "wxr").rglob("*.xml")):
        yield WxrReader(path)
    for folder in ("easyengine-docs", "gamajo-blog"):
        dialects = (load.load("wpghs"),)
        yield PostsReader(corpus / "wpghs" / folder, dialects, True, "utf-8", Counter())


def bodies(corpus: Path) -> Iterator[str]:
    """Give each HTML body as WordPress shows it."""
    for reader in readers(corpus):
        for handle in reader.locate(_ignore):
            try:
                post = reader.read(handle, _ignore).post
            except WpmigrateError:
                continue
            if post and post.content:
                text = post.content.decode()
                yield text if "<!-- wp:" in text else autop(text)


def _ignore(_finding: Finding) -> None:
    pass


def test_real_bodies_keep_their_words(corpus: Path) -> None:
    """Whatever becomes Markdown is read with the same words; two in a thousand stay HTML."""
    counts: Counter[str] = Counter()
    for html in list(bodies(corpus))[::EACH]:
        made = to_markdown(html.encode())
        if made is None:
            counts["left"] += 1
            continue
        counts["whole" if not made.kept else "with HTML in them"] += 1
        back = to_html(made.text)
        assert back is not None
        assert visible_text(html.encode()) == visible_text(back.html)

    print(dict(counts))
    assert counts["left"] <= 2
    assert counts["whole"] > counts["with HTML in them"]
