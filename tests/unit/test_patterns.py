"""Patterns that are compiled late behave as those of `re`."""

from __future__ import annotations

import pickle
import re

from migrate import patterns


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    """Until then it knows its text; afterwards it finds what `re` finds."""
    late = patterns.pattern(r"(?P<word>[a-z]+)", re.IGNORECASE)
    assert vars(late)["_compiled"] is None
    assert late.pattern == r"(?P<word>[a-z]+)"
    assert vars(late)["_compiled"] is None
    found = late.search("12 Ab")
    assert found is not None
    assert (found["word"], late.groupindex, late.sub("-", "a1b")) == ("Ab", {"word": 1}, "-1-")


def test_a_pattern_can_go_to_another_process() -> None:
    """Used or not, it is the same pattern there."""
    late = patterns.pattern(rb"a+")
    fresh = pickle.loads(pickle.dumps(late))
    late.match(b"aa")
    used = pickle.loads(pickle.dumps(late))
    assert [each.fullmatch(b"aaa")[0] for each in (fresh, used)] == [b"aaa", b"aaa"]
