"""`unblocks`: the delimiters of blocks go, their HTML stays."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.rule import Rule
from migrate.syntax.blocks import OPENING, Delimiter, delimiters
from migrate.syntax.html_markup import RAW


class Unblocks(Rule):
    """Takes the delimiters out; a block that is nothing but one stays and is named."""

    looks_for = "the comments that part a body into blocks"
    does = "takes them out with the attributes in them; blocks that WordPress fills itself stay"
    way_back = "`blocks`, which makes blocks anew"
    mends = False

    def rewrite(self, draft: Draft) -> None:
        """Take each delimiter out with its line end, and name each block that stays."""
        if OPENING not in draft.body:
            return
        draft.edit(list(_edits(draft.body, _found(draft))), "delimiter of a block taken out")
        for mark in _found(draft):
            if mark.is_void:
                said = (
                    f"the block {mark.name.decode()} holds no HTML, WordPress makes it; it stayed"
                )
                draft.note("rewrite-block-dynamic", said, at=mark.start)


def _found(draft: Draft) -> list[Delimiter]:
    """Give the delimiters that are comments, not text of code that shows one."""
    openers = {tag.end for tag in draft.markup.tags if tag.name in RAW and not tag.is_end}
    comments = {span for span in draft.markup.raw if span[0] not in openers}
    return [mark for mark in delimiters(draft.body) if (mark.start, mark.end) in comments]


def _edits(body: bytes, found: list[Delimiter]) -> Iterator[Edit]:
    """Yield what goes: each delimiter, with the line end that it has for itself."""
    for mark in found:
        if mark.is_void:
            continue
        alone = mark.start == 0 or body[mark.start - 1 : mark.start] == b"\n"
        line_end = next((e for e in (b"\r\n", b"\n") if body.startswith(e, mark.end)), b"")
        yield Edit(mark.start, mark.end + (len(line_end) if alone else 0), b"")
