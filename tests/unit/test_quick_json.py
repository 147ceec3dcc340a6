"""JSON is read and written quickly, and as Python's own module does it."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate import quick_json

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def same(value: object) -> str:
    """A value with the types of its numbers, and a float that is none like another one."""
    return repr(value)


@given(JSON)
def test_values_stay(value: object) -> None:
    """Whatever JSON can say is the same value once it was written and read."""
    assert same(quick_json.loads(quick_json.dumps(value))) == same(value)


@given(JSON, st.booleans())
def test_reads_alike(value: object, ascii_only: bool) -> None:
    """A text that Python wrote is read as Python reads it."""
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert same(quick_json.loads(text)) == same(json.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        '"\\ud800"',
        '["a\\udc00b"]',
        "12345678901234567890123",
        "-18446744073709551617",
        "1e400",
        "NaN",
        '{"a": 1, "a": 2}',
        "-0",
        "-0.0",
        "1.0e+25",
        "[" * 600 + "]" * 600,
    ],
)
def test_odd_values(text: str) -> None:
    """Halves of pairs, numbers beyond 64 bits and what only Python takes are read as there."""
    for given_as in (text, text.encode()):
        assert same(quick_json.loads(given_as)) == same(json.loads(text))


@pytest.mark.parametrize("text", [b'"\xed\xa0\x80"', b"\xef\xbb\xbf[1]", "[1]".encode("utf-16")])
def test_odd_bytes(text: bytes) -> None:
    """Surrogates as bytes, a byte order mark and UTF-16 are read as Python reads them."""
    assert same(quick_json.loads(text)) == same(json.loads(text))


@pytest.mark.parametrize("text", ["", "[1", "[1]x", '{"a"}', b"\xff", "<p>"])
def test_no_json(text: str | bytes) -> None:
    """What is no JSON raises what Python raises: ValueError."""
    with pytest.raises(ValueError, match=r"."):
        quick_json.loads(text)


def test_half_a_pair_is_written() -> None:
    """Text that can't be UTF-8 is escaped."""
    assert quick_json.dumps(["\ud800é"]) == '["\\ud800\\u00e9"]'
    assert math.isinf(quick_json.loads("1e400"))
