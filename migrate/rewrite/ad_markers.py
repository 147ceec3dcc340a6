"""`ad-markers`: the `[ad_1]`, `[ad_2]` that feed importers leave for advertisements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from migrate.rewrite.draft import Draft, Edit
from migrate.rewrite.rule import ANY_BODY, Rule

_MARKER: Final = re.compile(rb"\[ad_\d{1,3}\]")


class AdMarkers(Rule):
    """Takes the markers out, with the blanks and line breaks that stand only because of them."""

    looks_for = "`[ad_1]`, `[ad_2]` …, which feed importers leave for advertisements"
    does = "takes them out"
    bodies = ANY_BODY

    def rewrite(self, draft: Draft) -> None:
        """Take the markers out of the text of the body."""
        if b"[ad_" in draft.body:
            draft.edit(self._edits(draft), "advertisement marker taken out")

    def _edits(self, draft: Draft) -> Iterator[Edit]:
        for found in _MARKER.finditer(draft.body):
            if draft.markup.is_text(found.start()):
                yield Edit(*found.span(), b"")
