"""Comments as WordPress and this program write them, read with one pattern."""

from __future__ import annotations

from typing import Final

from migrate.model.post import Comment
from migrate.readers.wxr.item_patterns import COMMENT, COMMENT_META, END
from migrate.readers.wxr.usual_texts import Odd, date_in, meta_in, texts_in

_NUMBERS: Final = ("id", "parent", "user_id")
_DATES: Final = ("date", "date_gmt")


def read(text: str) -> list[Comment]:
    """Read comments that stand upto an item's end; raises Odd where item.py has to."""
    comments: list[Comment] = []
    at = 0
    while found := COMMENT.pattern.match(text, at):
        at = found.end()
        texts = texts_in(found, COMMENT)
        metas = COMMENT_META.findall(texts.pop("meta"))
        for name in _NUMBERS:
            texts[name] = int(texts[name])
        for name in _DATES:
            texts[name] = date_in(texts[name])
        comments.append(
            Comment(**texts, meta=[meta_in(key or plain, value) for key, plain, value in metas])
        )
    if text[at:] != END:
        raise Odd
    return comments
