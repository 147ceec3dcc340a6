"""What a folder keeps of a record tells every other body from the one that the file was made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from migrate.model.post import Post
from migrate.writers.posts.again import with_body

PIECES = st.lists(st.sampled_from([b"a", b"b", b"aa", b"\n", b"-"]), max_size=4).map(b"".join)


@given(PIECES, PIECES, PIECES, st.none() | PIECES)
def test_another_body_of_the_same_length_is_told(
    head: bytes, body: bytes, tail: bytes, other: bytes | None
) -> None:
    """Whether the file ends in the body or holds it before something else."""
    data = head + body + tail
    other = body[::-1] if other is None else other[: len(body)].ljust(len(body), b"a")
    said, again = (with_body("mark", Post(content=each), data) for each in (body, other))

    assert (said == again) == (body == other)
