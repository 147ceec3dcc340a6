"""Refused fields: what of a post a site's error is about, if the post can do without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from migrate.errors import AnswerError
from migrate.plan.compare import META

__all__ = ["refused_fields"]

_ESSENTIAL: Final = frozenset(
    {"title", "content", "excerpt", "slug", "status", "date", "date_gmt", "password"}
)
_BY_CODE: Final = {
    "rest_invalid_author": "author",
    "rest_cannot_assign_sticky": "sticky",
    "rest_invalid_field": "sticky",  # with a password
}
"""Errors of the handler, which names no parameter."""


def refused_fields(error: AnswerError, fields: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that an error names, with its reason; none if one of them is essential."""
    if error.code in _BY_CODE:
        field = _BY_CODE[error.code]
        return {field: error.message} if field in fields else {}
    named = error.data.get("params")
    if error.code != "rest_invalid_param" or not isinstance(named, dict):
        return {}
    refused: dict[str, str] = {}
    for parameter, reason in named.items():
        held = [n for n in fields if n == parameter or (parameter == "meta" and n[:5] == META)]
        if not held or parameter in _ESSENTIAL:
            return {}
        refused |= dict.fromkeys(held, str(reason))
    return refused
