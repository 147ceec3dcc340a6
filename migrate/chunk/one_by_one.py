"""One chunk of a run: handles become records, and these what the target needs of them.

`process` is pure and its arguments are picklable, so it matters to nobody which process runs it;
what only the whole source knows is left to whoever joins the results.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from msgspec import Struct, field

from migrate.errors import RecordError
from migrate.mapping.advice import advise
from migrate.model.finding import Finding, Note, from_error
from migrate.model.post import Post, RecordRef
from migrate.model.reading import Reading
from migrate.model.seen import Bodies, Seen
from migrate.model.settings import Handle
from migrate.rewrite.publicity import is_public
from migrate.stages import Asked, Memory

Made = TypeVar("Made")
Encode = Callable[[Post, Note], Made]


class Result(Struct, Generic[Made]):
    """What came of one handle: something made, or the reason why not; and what was found.

    `seen` is the record as the reports show it.
    """

    handle: Handle
    seen: Seen
    made: Made | None = None
    ref: RecordRef | None = None
    passed_over: str = ""
    left_out: str = ""
    findings: list[Finding] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The record's post type, WordPress's default where it states none."""
        return self.ref.type or "post" if self.ref else "post"


class _Begun(NamedTuple):
    """A result on its way: the record to encode, if there is one, and what tells its lines.

    `state` is the one in which it was read, where a memory wants to know.
    """

    result: Result[Any]
    post: Post | None = None
    line_of: Callable[[str], int | None] | None = None
    state: str = ""


class Reads(Protocol):
    """What a chunk asks of a source."""

    def state(self, handle: Handle) -> str:
        """Give what stands for all on which `read` depends."""

    def read(self, handle: Handle, note: Note) -> Reading:
        """Read one record; RecordError where it can't be."""


def process(
    reader: Reads,
    encode: Encode[Made],
    handles: Sequence[Handle],
    asked: Asked = Asked(),  # noqa: B008 - immutable
    memory: Memory | None = None,
) -> list[Result[Made]]:
    """Turn a chunk of handles into results: pure, and the same however the source is cut.

    What `memory` knows isn't read again, and has no bodies.
    """
    # All are read before any is encoded: in turn the two would push one another out of the
    # processor's caches, which costs a tenth of both.
    begun = [_begin(reader, handle, asked, memory) for handle in handles]
    begun.reverse()
    return [_finish(begun.pop(), encode, memory) for _ in handles]  # what is through is let go


def _begin(reader: Reads, handle: Handle, asked: Asked, memory: Memory | None) -> _Begun:
    """Recall what came of a handle, all but its bodies; else read its record."""
    state = reader.state(handle) if memory is not None else ""
    if memory is not None and state and (found := memory.recall(handle.path, state)):
        made, seen, findings = found
        return _Begun(Result(handle, seen, made, seen.ref, findings=findings))
    result: Result[Any] = Result(handle, Seen(handle.path))
    try:
        reading = reader.read(handle, result.findings.append)
    except RecordError as error:
        # The reader itself placed what it found.
        result.findings.append(from_error(error, handle.path))
        return _Begun(result)
    line_of = reading.line_of if asked.lines or state else _nobody_asks  # a memory keeps lines
    result.passed_over, result.left_out = reading.passed_over, reading.left_out
    post = reading.post
    if post is not None:
        result.ref = post.ref()
        if not result.left_out:
            _see(result, post, reading, bodies=asked.bodies)
    if result.left_out:
        result.findings.clear()  # nobody asked about this record
        post = None
    return _Begun(result, post, line_of, state)


def _finish(begun: _Begun, encode: Encode[Made], memory: Memory | None) -> Result[Made]:
    """Encode the record that was read, and say where what was found is."""
    result, post, line_of, state = begun
    if line_of is None:
        return result
    if post is not None:
        try:
            result.made = encode(post, result.findings.append)
        except RecordError as error:
            result.findings.append(from_error(error, result.handle.path))
    known = cache(line_of)  # each line end of a head is counted for it
    for finding in result.findings:
        place(finding, result, known)
        if post is not None and not is_public(post, finding.field):
            finding.hide_quotes()
    if memory is not None and state and result.made is not None:
        memory.keep(result.made, state, result.seen, result.findings)
    return result


def _see(result: Result[Any], post: Post, reading: Reading, *, bodies: bool) -> None:
    """Put into `seen` what the reports may show of a record."""
    seen, result.seen.ref = result.seen, result.ref
    seen.title, seen.public = post.title or "", is_public(post, "title")
    if bodies and seen.public:
        now = (post.content or b"", post.content_format)
        (before, was), (after, became) = reading.original or now, now
        seen.bodies = Bodies(_text(before), _text(after), was, became)


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _nobody_asks(_field: str) -> None:
    """Stand for lines of which no report will tell."""


def place(finding: Finding, result: Result[Any], line_of: Callable[[str], int | None]) -> None:
    """Say where a finding is; a stage that saw only the record counts lines within the field."""
    finding.path = finding.path or result.handle.path
    finding.record = finding.record or result.ref
    if finding.field and not finding.placed:
        start = line_of(finding.field)
        finding.line = start and start + (finding.line or 1) - 1
    finding.placed = True


class Advised(Struct, Generic[Made], frozen=True):
    """Encodes, and notes what a rewrite that nobody asked for would mend."""

    encode: Encode[Made]
    to_wordpress: bool = True

    def __call__(self, post: Post, note: Note) -> Made:
        """Look at the record, then encode it."""
        advise(post, note, to_wordpress=self.to_wordpress)
        return self.encode(post, note)


def keep(post: Post, note: Note) -> Post:
    """Encode for whoever wants the records themselves."""
    del note
    return post
