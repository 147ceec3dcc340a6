"""Where a finding about a rewritten body stands in the file that was read."""

from __future__ import annotations

from migrate.model.finding import Finding
from migrate.model.post import Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit

BODY = b"one\ntwo\n\n\nfive\nsix\n"


def test_lines_are_those_of_the_body_as_it_was_read() -> None:
    """Edits that take or add lines don't move what is said about later ones."""
    found: list[Finding] = []
    draft = Draft(Post(content=BODY), found.append, "ad-markers")

    draft.edit([Edit(8, 10, b""), Edit(15, 15, b"more\nand more\n")])
    draft.edit([Edit(0, 4, b"")])
    at = draft.body.index(b"six")
    draft.edit([Edit(at, at + 3, b"6")])
    draft.note("rewrite-link-broken", "a note", at=draft.body.index(b"five"))

    assert draft.body == b"two\nfive\nmore\nand more\n6\n"
    assert [one.line for one in found] == [3, 6, 1, 6, 5]


def test_a_converted_body_has_no_lines() -> None:
    """What is found in the new body is said of the body as a whole."""
    found: list[Finding] = []
    draft = Draft(Post(content=BODY), found.append, "markdown")

    draft.convert(b"<p>one</p>\n<p>two</p>\n", "html")
    draft.note("rewrite-link-broken", "a note", at=12)

    assert [(one.field, one.line) for one in found] == [("content", None), ("content", None)]
