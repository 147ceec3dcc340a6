"""Draft: a post in the hands of a rule. Every change goes through it, so every change is noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from migrate.model.addresses import Addresses
from migrate.model.finding import Finding, Note
from migrate.model.post import ContentFormat, Post
from migrate.rewrite.edits import Edit, changing, edited
from migrate.rewrite.publicity import is_public
from migrate.rewrite.quoting import Message, Quoting
from migrate.rewrite.source_lines import SourceLines
from migrate.syntax import plain_html
from migrate.syntax.code_in_text import may_hold_code
from migrate.syntax.html_markup import Markup, scan

LONGEST: Final = 500
"""How many characters of a changed text are kept for the reports."""

CONTEXT: Final = 100
"""How many of them stand before the first difference of a longer one."""


MOST_SHOWN: Final = 10_000
"""Changes of one rule in one body that are told one by one: a megabyte may need half a million."""


class Draft:
    """A post, and the name of the rule that is at work on it."""

    __slots__ = ("_is_plain", "_lines", "_markup", "_note", "addresses", "post", "rule")

    def __init__(
        self, post: Post, note: Note, rule: str, addresses: Addresses | None = None
    ) -> None:
        """Take the post itself: what a rule changes is changed there."""
        self.post = post
        self.rule = rule
        self.addresses = addresses
        self._note = note
        self._markup: Markup | None = None
        self._is_plain: bool | None = None
        self._lines = SourceLines()

    @property
    def body(self) -> bytes:
        """The body as it is now; empty where the post states none."""
        return self.post.content or b""

    @property
    def markup(self) -> Markup:
        """The tags of an HTML body, and the places in it whose text is no markup."""
        if self._markup is None:
            self._markup = scan(self.body, markdown=self.post.content_format == "markdown")
        return self._markup

    @property
    def is_plain(self) -> bool:
        """Whether the body is known for HTML whose tags can be told one by one (`plain_html`)."""
        if self._is_plain is None:
            self._is_plain = self.post.content_format == "html" and plain_html.is_plain(self.body)
        return self._is_plain

    def are_text(self, places: Sequence[int]) -> Iterable[bool]:
        """Tell for bytes of the body, in order, what `Markup.is_text` says of them."""
        if self.is_plain:
            return plain_html.are_text(self.body, places)
        return map(self.markup.is_text, places)

    def edit(
        self, edits: Iterable[Edit], message: Message = "", *, keeps_plain: bool = False
    ) -> None:
        """Change the body; `edits` are in order and don't overlap, their numbers count before.

        `keeps_plain` says that each of them takes and puts text and whole plain tags alone.
        """
        body = self.body
        made = changing(body, edits)
        if made:
            self._tell(body, made, message)
            self.post.content = edited(body, made)
            self._markup = None
            stays = keeps_plain and self._is_plain and not may_hold_code(self.post.content)
            self._is_plain = True if stays else None
            self._lines.edited(body, made)

    def _tell(self, body: bytes, made: Sequence[Edit], message: Message) -> None:
        code, public, note = f"rewrite-{self.rule}", is_public(self.post, "content"), self._note
        said, hidden = self._words(message, public=public)
        lines = self._lines.of_all(body, [edit.start for edit in made[: MOST_SHOWN + 1]])
        shown = made[:MOST_SHOWN]
        for (start, end, new), line in zip(shown, lines, strict=False):
            before, after = _shown(_text(body[start:end]), _text(new))
            note(
                Finding(
                    code,
                    said,
                    line=line,
                    field="content",
                    before=before,
                    after=after,
                    is_change=True,
                    public=public,
                    hidden=hidden,
                )
            )
        if (more := len(made) - MOST_SHOWN) > 0:
            told = f"{more:,} more in this body aren't shown one by one"
            note(Finding(code, told, line=lines[-1], field="content", is_change=True))

    def convert(self, body: bytes, content_format: ContentFormat, message: Message = "") -> None:
        """Put another body in the place of the whole one, in this or another format."""
        before = self.body
        if body == before and content_format == self.post.content_format:
            return
        self.post.content, self.post.content_format = body, content_format
        self._markup = self._is_plain = None
        self._lines.lose()
        self._say(self._change("content", (_text(before), _text(body))), message)

    def change(self, field: str, value: Any, texts: tuple[str, str], message: Message = "") -> None:
        """Give a field of the post another value; `texts` are the old and the new one for people.

        `field` is an attribute of Post; for one row of a list it goes on behind a dot, as in
        `meta.2.value`, and `value` is the whole new list.
        """
        finding = self._change(field, texts)
        finding.public = is_public(self.post, field)
        setattr(self.post, field.partition(".")[0], value)
        self._say(finding, message)

    def note(
        self, code: str, message: Message, *, at: int | None = None, field: str = "", fix: str = ""
    ) -> None:
        """Note something that was left as it is, at a byte of the body or in another field."""
        line = None if at is None else self._lines.of(self.body, at)
        field = field if at is None else "content"
        self._say(Finding(code, "", line=line, field=field, fix=fix), message)

    def note_too_much(self) -> None:
        """Note a body that was left, since it holds more markup than the rule takes on."""
        self.note("rewrite-body-large", f"too much markup for the rule {self.rule}")

    def _change(self, field: str, texts: tuple[str, str]) -> Finding:
        finding = Finding(f"rewrite-{self.rule}", "", field=field, is_change=True)
        finding.before, finding.after = _shown(*texts)
        return finding

    def _say(self, finding: Finding, message: Message) -> None:
        """Send a finding on with its message, and with what of it isn't for everybody's eyes."""
        finding.public = finding.public and is_public(self.post, finding.field)
        finding.message, finding.hidden = self._words(message, public=finding.public)
        self._note(finding)

    def _words(self, message: Message, *, public: bool) -> tuple[str, str]:
        """Give a message, and the one for those who may not see what it quotes."""
        if isinstance(message, Quoting):
            return message.shown, "" if public else message.hidden
        return message or f"changed by the rule {self.rule}", ""


def _text(piece: bytes) -> str:
    return piece.decode("utf-8", "replace")


def _shown(before: str, after: str) -> tuple[str, str]:
    """Give two texts as the reports show them: long ones round their first difference."""
    if len(before) <= LONGEST and len(after) <= LONGEST:
        return before, after
    same, differ = 0, min(len(before), len(after)) + 1
    while differ - same > 1:
        half = (same + differ) // 2
        same, differ = (half, differ) if before[:half] == after[:half] else (same, half)
    start = max(same - CONTEXT, 0)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    end = start + LONGEST
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
