"""`rst`: reStructuredText bodies become HTML as WordPress stores it."""

from __future__ import annotations

from typing import ClassVar

from migrate.model.post import ContentFormat
from migrate.rewrite.draft import Draft
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import Rule
from migrate.syntax.measures import is_too_much_rst


class Rst(Rule):
    """Turns whole bodies; what docutils can't read stays in them as it is written, and is named."""

    looks_for = "bodies in reStructuredText"
    does = "turns them into HTML that WordPress shows as it is"
    bodies: ClassVar[frozenset[ContentFormat]] = frozenset({"rst"})
    mends = False
    is_too_much = staticmethod(is_too_much_rst)

    def rewrite(self, draft: Draft) -> None:
        """Turn the body into HTML, and name what stayed text."""
        if draft.post.content is None:
            return
        from migrate.syntax.rst_html import to_html  # noqa: PLC0415 - start-up is kept short

        try:
            rendered = to_html(draft.body.decode("utf-8"))
        except UnicodeDecodeError:
            return
        if rendered is None:
            draft.note("rewrite-body-deep", "its parts lie in each other too deep to be turned")
            return
        lines = _Lines(draft.body)
        for trouble in rendered.troubles:
            said = quoting("{}", trouble.message)  # docutils quotes what it can't read
            draft.note("rewrite-rst-unread", said, at=lines.start(trouble.line or 1))
        draft.convert(rendered.html, "html", "reStructuredText became HTML")


class _Lines:
    """Where the lines of a body start."""

    def __init__(self, body: bytes) -> None:
        self._starts = [0]
        for line in body.split(b"\n")[:-1]:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def start(self, line: int) -> int:
        return self._starts[min(line, len(self._starts)) - 1]
