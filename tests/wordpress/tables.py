"""The tables of two sites held against each other, row by row as PHP reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.wordpress.php import SERVER_FILES
from tests.wordpress.site import Site

TABLES_FILE: Final = SERVER_FILES / "tables.php"
DOCUMENT: Final = Path(__file__).parent.parent.parent / "docs" / "companion.md"
OPTIONS: Final = (
    "blogname",
    "blogdescription",
    "page_for_posts",
    "page_on_front",
    "show_on_front",
    "site_icon",
    "sticky_posts",
    "timezone_string",
)

NAMED: Final = ("--site-options", ",".join(name for name in OPTIONS if name != "sticky_posts"))
"""What has them go along; which posts are sticky the posts say."""

Tables = dict[str, dict[str, Any]]
"""Table → name of a row → its columns, or the rows of a meta table that have an owner in common."""

_HEADING: Final = "## What differs after a move\n"
_ITEM: Final = re.compile(r"^- ((?:`[\w.]+`(?:, )?)+):", re.MULTILINE)


def tables(site: Site, options: Sequence[str] = ()) -> Tables:
    """Give the tables of a site with these of its options: see server/tables.php."""
    read = site.php("return require $file;", file=str(TABLES_FILE), options=list(options))
    return {name: dict(rows) if rows else {} for name, rows in read.items()}


def documented() -> set[str]:
    """The tables and `table.column`s of which docs/companion.md says that they differ."""
    section = DOCUMENT.read_text("utf-8").split(_HEADING)[1].split("\n## ")[0]
    return {name.strip("`") for item in _ITEM.findall(section) for name in item.split(", ")}


def differing(before: Tables, after: Tables) -> list[tuple[str, str, Any, Any]]:
    """`table.column`, name of the row and both values of all that differs undocumented."""
    allowed = documented()
    found = []
    for table, rows in before.items():
        for name in rows.keys() | after[table].keys():
            one, other = rows.get(name), after[table].get(name)
            if isinstance(one, dict) and isinstance(other, dict):
                columns = one.keys() | other.keys()
                found += [(f"{table}.{key}", name, one.get(key), other.get(key)) for key in columns]
            else:
                found.append((table, name, one, other))
    return [each for each in found if each[2] != each[3] and each[0] not in allowed]
