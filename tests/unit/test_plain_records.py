"""Records as plain lists and maps: what people may have written there by hand."""

from __future__ import annotations

import pytest

from migrate.errors import RecordError
from migrate.syntax.plain_records import post
from migrate.syntax.values import Value


@pytest.mark.parametrize("name", ["date", "date_gmt", "modified", "modified_gmt"])
@pytest.mark.parametrize("text", ["2016-07-16 00:22:22", "0001-01-01 00:00:00", ""])
def test_a_date_is_read(name: str, text: str) -> None:
    """A date is MySQL's text, and empty where it is stated to be none."""
    assert getattr(post({name: text}), name) == text


NO_DATE = "a date such as 2016-07-16 00:22:22 belongs here"
NO_ROW = "`meta`: each row is one key with its value"
NO_TERM = "`terms`: a term has a taxonomy, and may have a name, a slug and ancestors"


@pytest.mark.parametrize(
    ("values", "field", "message"),
    [
        ({"date": "yesterday"}, "date", f"`date`: {NO_DATE}"),
        ({"modified": "2016-07-16"}, "modified", f"`modified`: {NO_DATE}"),
        ({"date_gmt": "2016-99-16 00:22:22"}, "date_gmt", "`date_gmt`: no calendar has this date"),
        ({"comments": [{"date": "never"}]}, "comments", f"`date`: {NO_DATE}"),
        ({"meta": [{}]}, "meta", NO_ROW),
        ({"meta": [{"a": "b", "c": "d"}]}, "meta", NO_ROW),
        ({"terms": [{"name": "x"}]}, "terms", NO_TERM),
        ({"terms": [{"taxonomy": "x", "y": "z"}]}, "terms", NO_TERM),
    ],
)
def test_what_cannot_be_is_named(values: dict[str, Value], field: str, message: str) -> None:
    """The message says what belongs there, and the field by which its line is found."""
    with pytest.raises(RecordError) as refused:
        post(values)

    assert (refused.value.field, refused.value.message) == (field, message)
