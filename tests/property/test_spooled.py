"""A file that is its own spool becomes what is written piece by piece into another one."""

from __future__ import annotations

import io
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.model.progress import unwatched
from migrate.writers.wxr import spooled
from migrate.writers.wxr.holes import Hole
from migrate.writers.wxr.spooled import Spooled

HEADS = st.integers(0, 40).map(lambda length: b"H" * length)
HOLES = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 9)), max_size=3)
ITEMS = st.lists(st.tuples(st.binary(min_size=2, max_size=30), HOLES), max_size=12)


def filled(hole: Hole) -> bytes:
    """Give what is put into a hole."""
    return b"<%d>" % hole.number if hole.number else b""


@given(ITEMS, st.integers(0, 40), HEADS, st.sampled_from([1, 7, 64, 1 << 20]))
def test_a_file_in_place_is_the_file_that_is_copied(
    items: list[tuple[bytes, list[tuple[int, int]]]], guess: int, head: bytes, block: int
) -> None:
    """Whether the head got longer or shorter than was thought, and whatever the holes hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spooled, "BLOCK", block)
        here, there, out = io.BytesIO(), io.BytesIO(), io.BytesIO()
        spools = [Spooled(file, lambda: guess) for file in (here, there)]
        expected = head
        for data, holes in items:
            at = 0
            for offset, number in sorted(holes):
                place = min(offset, len(data) - 1)
                for spool in spools:
                    spool.add_hole(Hole(spool.size + place, "id", number, ""))
                expected += data[at:place] + filled(Hole(0, "id", number, ""))
                at = place
            expected += data[at:]
            for spool in spools:
                spool.add([data])
        spools[0].become_file(head, b"tail", filled, unwatched)
        ends = [spools[1].size]
        spools[1].copy(lambda _: nullcontext(out), (head, b"tail"), ends, filled, unwatched)
    assert here.getvalue() == expected + b"tail"
    assert here.getvalue() == out.getvalue()
