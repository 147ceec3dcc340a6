"""Cutting a file into frame, head and body, and the table of spellings."""

from __future__ import annotations

import pytest

from migrate.errors import RecordError
from migrate.syntax.frontmatter import DASHES, Fence, Frame, join, split
from migrate.syntax.spellings import SPELLINGS, handler

# name: (file, prefix, head, closing line, body, line of the head)
FILES = {
    "plain": (b"---\na: b\n---\ntext\n", b"", b"a: b\n", b"---\n", b"text\n", 2),
    "no body": (b"---\na: b\n---", b"", b"a: b\n", b"---", b"", 2),
    "empty head": (b"---\n---\n", b"", b"", b"---\n", b"", 2),
    "a blank in front of the body": (b"---\na: b\n---\n x", b"", b"a: b\n", b"---\n", b" x", 2),
    "a mark and blank lines first": (
        b"\xef\xbb\xbf\n \r\n---\na: b\n---\n", b"\xef\xbb\xbf\n \r\n", b"a: b\n", b"---\n", b"", 4,
    ),
    "blanks behind the marks": (b"--- \na: b\n---\t\nx", b"", b"a: b\n", b"---\t\n", b"x", 2),
    "CRLF": (b"---\r\na: b\r\n---\r\nx\r\n", b"", b"a: b\n", b"---\r\n", b"x\r\n", 2),
    "mixed line ends": (b"---\r\na: b\nc: d\r\n---\n", b"", b"a: b\nc: d\r\n", b"---\n", b"", 2),
    "dashes at a line's end": (b"---\na: b---\n---\n", b"", b"a: b---\n", b"---\n", b"", 2),
    "an indented mark": (b"---\na: >\n  ---\n---\n", b"", b"a: >\n  ---\n", b"---\n", b"", 2),
    "the first closing line counts": (b"---\n---\nx\n---\n", b"", b"", b"---\n", b"x\n---\n", 2),
    "no UTF-8": (b"---\n\xe9: \xff\n---\n\xfe", b"", b"\xe9: \xff\n", b"---\n", b"\xfe", 2),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES.values(), ids=FILES)
def test_split(case: tuple[bytes, bytes, bytes, bytes, bytes, int]) -> None:
    """A file falls into the expected parts, and they make the same file again."""
    data, prefix, head, closing, body, line = case
    parts = split(data)
    assert parts is not None
    frame = parts[0]
    actual = (frame.prefix, parts[1], frame.closing, parts[2], frame.head_line)
    assert (prefix, head, closing, body, line) == actual
    assert data == join(*parts)


@pytest.mark.parametrize(
    "data",
    [b"", b"text\n", b"----\n---\n", b"--- a\n---\n", b"x\n---\na: b\n---\n", b" ---\n---\n"],
)
def test_no_front_matter(data: bytes) -> None:
    """A file that doesn't begin with a line `---` has no front matter."""
    assert split(data) is None


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"---\na: b\n", 1), (b"\n\n---\n...\n", 3), (b"---", 1), (b"---\n----\n", 1)],
)
def test_unclosed(data: bytes, line: int) -> None:
    """Front matter without a closing line is an error at its opening line."""
    with pytest.raises(RecordError) as caught:
        split(data)
    assert (caught.value.code, caught.value.line) == ("source-front-matter-unclosed", line)


def test_notes() -> None:
    """The frame knows of a byte order mark, blank lines before it, and how its lines end."""
    parts = split(b"\xef\xbb\xbf\n\n---\r\na: b\r\n---\r\n")
    assert parts is not None
    frame = parts[0]
    assert (frame.has_byte_order_mark, frame.blank_lines, frame.newline) == (True, 2, b"\r\n")


def test_changed_head_keeps_line_ends() -> None:
    """A new head gets the line ends of the one that it stands for."""
    parts = split(b"---\r\na: b\r\n---\r\nx\n")
    assert parts is not None
    assert join(parts[0], b"a: c\nd: e\n", parts[2]) == b"---\r\na: c\r\nd: e\r\n---\r\nx\n"


def test_other_fences() -> None:
    """Other dialects bring their own marks; the frame says which one stood there."""
    fences = (
        Fence(b"---", (b"---", b"...")),
        Fence(b"+++", (b"+++",)),
        Fence(b"---json", (b"---",)),
    )
    files = [b"---\na: b\n...\nx", b"+++\na = 1\n---\n+++\nx", b"---json\n{}\n---\nx"]
    frames = [parts[0] for data in files if (parts := split(data, fences))]
    assert [(frame.fence, frame.closing) for frame in frames] == [
        (b"---", b"...\n"),
        (b"+++", b"+++\n"),
        (b"---json", b"---\n"),
    ]


def test_frame_of_a_new_file() -> None:
    """A file that had no frame yet is put together from one made by hand."""
    mark = DASHES.opening + b"\n"
    frame = Frame(prefix=b"", opening=mark, closing=mark, newline=b"\n", head_line=2)
    assert join(frame, b"a: b\n", b"x") == b"---\na: b\n---\nx"


def test_handler() -> None:
    """A spelling's handler reads and writes heads, and is made once."""
    spyc = handler("spyc")
    assert spyc.load("a: b\nc: 'd: e'\n") == {"a": "b", "c": "d: e"}
    assert spyc.export({"a": "100 %"}, variant="2.0") == "a: '100 %'\n"
    assert spyc is handler("spyc")


def test_unknown_spelling() -> None:
    """A spelling that isn't in the table is a KeyError."""
    with pytest.raises(KeyError):
        handler("markdown")
    assert "markdown" not in SPELLINGS
