"""`blocks`: classic HTML becomes the blocks of WordPress's editor."""

from __future__ import annotations

from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule
from migrate.syntax.autop import autop
from migrate.syntax.blocks import OPENING
from migrate.syntax.classic_blocks import to_blocks
from migrate.syntax.measures import has_too_many_tags


class Blocks(Rule):
    """Turns a classic body into blocks; what no block can say becomes one of custom HTML."""

    looks_for = "classic bodies"
    does = (
        "writes them as blocks that the editor accepts; what has no block of its own keeps its "
        "bytes in a block of custom HTML"
    )
    way_back = "`unblocks`, which leaves the classes that blocks have"
    mends = False
    is_too_much = staticmethod(has_too_many_tags)

    def rewrite(self, draft: Draft) -> None:
        """Write the paragraphs out as WordPress does, then each as its block."""
        if not draft.body or OPENING in draft.body:
            return
        shown = autop(draft.body.decode("utf-8", "surrogateescape"))
        made = to_blocks(shown.encode("utf-8", "surrogateescape"))
        if made:
            draft.convert(made, "html", "made blocks")
