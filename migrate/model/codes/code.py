"""Code: what the code of a finding means and what to do about it."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Code(NamedTuple):
    """How grave a finding of this code is, and the text that explains it."""

    severity: Severity
    explanation: str
