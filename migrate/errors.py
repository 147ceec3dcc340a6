"""Every failure that a user can meet, as one small family.

    WpmigrateError
    ├── RecordError      one record can't be read or mapped: it becomes a finding, the run goes on
    ├── UsageError       wrong options or arguments                                  (exit 2)
    │   ├── MappingError     a mapping file is wrong
    │   └── SourceError      SOURCE doesn't exist or holds no record
    ├── SiteError        the site can't be reached, isn't WordPress or refuses us    (exit 4)
    │   ├── AnswerError      one request was answered with an error; the run goes on
    │   └── SiteLost         the site went away after something was changed          (exit 3)
    └── OutputError      the output can't be written                                 (exit 3)

Each carries where it happened and the way out, so that printing it needs no more
knowledge.
"""

from __future__ import annotations

from typing import ClassVar, Final

DONE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
INCOMPLETE: Final = 3
UNREACHABLE: Final = 4
INTERRUPTED: Final = 130


class WpmigrateError(Exception):
    """A failure with a message for people: what is wrong, where, and what to do about it.

    `path` is a file or a URL; `line` and `column` count from 1.
    """

    exit_status: ClassVar[int] = INCOMPLETE

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int | None = None,
        column: int | None = None,
        fix: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.fix = fix

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}. {self.fix}" if self.fix else text


class RecordError(WpmigrateError):
    """One record can't be read; `code` names the finding that it becomes (model/codes/).

    `field` is the front matter key that it is about: the reader, who has the text, finds its line.
    Where `public` is set to False, reports leave out what the message quotes of the record.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        field: str = "",
        fix: str = "",
    ) -> None:
        super().__init__(message, line=line, column=column, fix=fix)
        self.code = code
        self.field = field
        self.public = True

    def __reduce__(self) -> tuple[type[RecordError], tuple[str, str], dict[str, object]]:
        return type(self), (self.code, self.message), self.__dict__


class UsageError(WpmigrateError):
    """What was asked for can't be done as asked; nothing was written."""

    exit_status = USAGE


class MappingError(UsageError):
    """A mapping file can't be used."""


class SourceError(UsageError):
    """SOURCE doesn't exist or holds no record at all."""


class OutputError(WpmigrateError):
    """The output couldn't be written (disk full, no permission); the old one is whole."""


class SiteError(WpmigrateError):
    """The site can't be reached, isn't WordPress or refuses us, and nothing was changed."""

    exit_status = UNREACHABLE


class AnswerError(SiteError):
    """WordPress answered one request with an error.

    `status` is the HTTP status, `code` WordPress's own word for the error (`rest_cannot_create`),
    `data` what came with it (`{"term_id": 3}` beside `term_exists`). `retry_after` is how many
    seconds the server asks to wait, 0 where it doesn't.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str,
        data: dict[str, object],
        path: str = "",
        retry_after: float = 0,
    ) -> None:
        super().__init__(message, path=path)
        self.status = status
        self.code = code
        self.data = data
        self.retry_after = retry_after


class SiteLost(SiteError):  # noqa: N818 - names a state, as its siblings name a part
    """The site stopped answering after something had been changed; running again goes on."""

    exit_status = INCOMPLETE
