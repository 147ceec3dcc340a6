"""Finding: one thing that a run has to say about a record, with its place and the way out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from migrate.errors import RecordError
from migrate.model.action import HIDDEN
from migrate.model.codes import CODES, Severity
from migrate.model.post import RecordRef
from migrate.patterns import pattern

_QUOTED: Final = pattern(
    r"""(?<!\w)(?:`[^`]*`|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|“[^”]*”)(?!\w)"""
)
"""What messages quote, in each of the ways in which they do."""

_LONGEST: Final = 10_000
"""Characters of a message whose quotes are looked for one by one; of a longer one all is hidden."""


class Finding(Struct):
    """What was found, where, and what to do about it.

    `code` is a key of `codes.CODES`; `path` a file below SOURCE or a URL; `line` and `column` count
    from 1; `field` names the record's field or the front matter key that it is about. Until it is
    `placed`, a line counts within that field, which is all that a stage knows who has no file.
    Where it names a change that was made, `is_change` is true, and `before` and `after` are what
    was there and what is, cut where that is long; reports hide them where `public` is false.
    `hidden` is the message without what it quotes of a record that isn't public, else empty.
    """

    code: str
    message: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    record: RecordRef | None = None
    field: str = ""
    fix: str = ""
    before: str = ""
    after: str = ""

    is_change: bool = False
    public: bool = True
    hidden: str = ""
    placed: bool = False

    @property
    def severity(self) -> Severity:
        """`error`, `warning` or `note`: fixed by the code."""
        return CODES[self.code].severity

    @property
    def family(self) -> str:
        """`source`, `mapping`, `rewrite`, `loss` or `target`: the first word of the code."""
        return family_of(self.code)

    @property
    def way_out(self) -> str:
        """What to do about it, else what the code means; nothing for a wanted change."""
        return self.fix or ("" if self.is_change else CODES[self.code].explanation)

    def said(self, *, show_private: bool = False) -> str:
        """Give the message, without texts that aren't public unless they are asked for."""
        return self.message if show_private or not self.hidden else self.hidden

    def hide_quotes(self) -> None:
        """Keep the record's own words out of `hidden`: all that the message quotes but the key."""

        def veiled(quoted: re.Match[str]) -> str:
            return quoted[0] if quoted[0] == f"`{self.field}`" else HIDDEN

        is_short = len(self.message) <= _LONGEST
        veiled_message = _QUOTED.sub(veiled, self.message) if is_short else HIDDEN
        if not self.hidden and veiled_message != self.message:
            self.hidden = veiled_message

    def as_json(self) -> dict[str, Any]:
        """Give the finding as the JSON report holds it, without its count."""
        changed = {"before": self.before, "after": self.after} if self.is_change else {}
        return {
            "code": self.code,
            "severity": self.severity,
            "family": self.family,
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "record": self.record._asdict() if self.record else None,
            "field": self.field,
            "fix": self.fix,
            **changed,
        }


def family_of(code: str) -> str:
    """Give the family of a code, its first word."""
    return code.partition("-")[0]


Note = Callable[[Finding], None]
"""Where a stage sends what it finds."""


def from_error(error: RecordError, path: str) -> Finding:
    """Turn the error of a record that can't be read into the finding that names it."""
    finding = Finding(
        error.code,
        error.message,
        path=error.path or path,
        line=error.line,
        column=error.column,
        field=error.field,
        fix=error.fix,
    )
    if not error.public:
        finding.hide_quotes()
    return finding
