"""Records out of their canonical form (`model/canonical.py`), which the companion sends as well.

It differs from what stands in `.wordpress/` (`plain_records.py`) in its metas: key and value have
names here. A zero date in part, which MySQL takes, is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from migrate.model.post import Author, Post
from migrate.model.site import Site, Term
from migrate.syntax import plain_records

__all__ = ["author", "post", "site", "term"]

Values = dict[str, Any]

_DATES: Final = ("date", "date_gmt", "modified", "modified_gmt")
_NO_YEAR: Final = "0000"


def post(values: Values) -> Post:
    """Give the record; RecordError with the field that can't be what it must be."""
    said = _with_metas(_with_dates(values))
    if "comments" in said:
        said["comments"] = [_with_metas(_with_dates(each)) for each in said["comments"]]
    return plain_records.post(said)


def term(values: Values) -> Term:
    """Give the term; RecordError as `post`."""
    return plain_records.term(_with_metas(values))


author: Final[Callable[[Any], Author]] = plain_records.author
site: Final[Callable[[Any], Site]] = plain_records.site


def _with_metas(values: Values) -> Values:
    if "meta" not in values:
        return values
    return values | {"meta": [{row["key"]: row["value"]} for row in _rows(values["meta"])]}


def _rows(value: Any) -> Iterable[Values]:
    return value if isinstance(value, list) else ()


def _with_dates(values: Values) -> Values:
    zero = [name for name in _DATES if str(values.get(name, "")).startswith(_NO_YEAR)]
    return values | dict.fromkeys(zero, "")
