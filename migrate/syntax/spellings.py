"""The spellings in which a head can stand between its fences, by the name a mapping gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from frontmatter.default_handlers import BaseHandler

from migrate.syntax.spyc_dump import dump
from migrate.syntax.spyc_load import load


class SpycHandler(BaseHandler):
    """The YAML of WordPress GitHub Sync.

    Only `load` and `export` are meant to be used: python-frontmatter's own ways to cut a file and
    to put it together strip the body and turn CRLF into LF. syntax/frontmatter.py does both.
    """

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load(self, fm: str) -> dict[str, Any]:
        """Give the values of a head; see `spyc_load.load`."""
        return load(fm)

    def export(self, metadata: dict[str, Any], **kwargs: object) -> str:
        """Give the head for `metadata` as the plugin's release `variant` writes it."""
        return dump(metadata, str(kwargs.get("variant", "1.0")))


SPELLINGS: Final[Mapping[str, type[BaseHandler]]] = {"spyc": SpycHandler}


@cache
def handler(name: str) -> BaseHandler:
    """The handler of a spelling, made when it is first asked for; `KeyError` for another name."""
    return SPELLINGS[name]()
