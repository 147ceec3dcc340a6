"""`unautop`: the tags that WordPress adds by itself become line ends again."""

from __future__ import annotations

from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import Rule
from migrate.syntax.measures import has_too_many_tags
from migrate.syntax.unautop import could_shorten, unautop


class Unautop(Rule):
    """Takes `<p>` and `<br />` out of a body where WordPress makes the same of line ends."""

    looks_for = "`<p>`, `</p>` and `<br />` in classic bodies, which WordPress adds by itself"
    does = "makes line ends of them where WordPress shows the same to the byte"
    way_back = "`autop`"
    mends = False
    is_too_much = staticmethod(has_too_many_tags)

    def rewrite(self, draft: Draft) -> None:
        """Shorten the body, and say where something had to stay."""
        body = draft.body
        if (b"<p>" not in body and b"<br" not in body) or b"<!-- wp:" in body:
            return
        text = body.decode("utf-8", "surrogateescape")
        shorter = unautop(text)
        draft.convert(shorter.encode("utf-8", "surrogateescape"), "html", "tags made line ends")
        if could_shorten(shorter):
            draft.note(
                "rewrite-unautop-left",
                "WordPress wouldn't make the same of line ends: `<p>` or `<br />` stayed",
                at=0,
            )
