"""Every finding code, with its severity and the text that explains it; a module for each family.

A code is stable: scripts and baselines rest on it. Its first word is its family.
"""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code, Severity
from migrate.model.codes.loss import LOSS
from migrate.model.codes.mapping import MAPPING
from migrate.model.codes.rewrite import REWRITE
from migrate.model.codes.source import SOURCE
from migrate.model.codes.target import TARGET

__all__ = ["CODES", "Code", "Severity"]

CODES: Final[dict[str, Code]] = {**SOURCE, **MAPPING, **REWRITE, **LOSS, **TARGET}
