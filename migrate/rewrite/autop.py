"""`autop`: the paragraphs and line breaks that WordPress makes of a classic body's line ends."""

from __future__ import annotations

from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule
from migrate.syntax.autop import autop
from migrate.syntax.measures import has_too_many_tags
from migrate.syntax.unautop import is_shaped


class Autop(Rule):
    """Writes into the body what WordPress adds when it shows it."""

    looks_for = "classic bodies, whose paragraphs are parted by blank lines"
    does = "writes the `<p>` and `<br />` that WordPress shows them with; bodies of blocks stay"
    way_back = "`unautop`"
    mends = False
    is_too_much = staticmethod(has_too_many_tags)

    def rewrite(self, draft: Draft) -> None:
        """Shape the body, unless it is one of blocks or has its shape already."""
        if not draft.body or b"<!-- wp:" in draft.body:
            return
        text = draft.body.decode("utf-8", "surrogateescape")
        shaped = autop(text)
        if shaped == text or is_shaped(text):
            return
        if autop(shaped) != shaped and not is_shaped(shaped):
            draft.note(
                "rewrite-autop-unstable",
                "WordPress makes something else of these paragraphs each time; they were left",
                at=0,
            )
            return
        draft.convert(shaped.encode("utf-8", "surrogateescape"), "html", "paragraphs written out")
