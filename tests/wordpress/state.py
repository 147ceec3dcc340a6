"""What a site's database holds, but for what WordPress owns itself, to be compared as a whole."""

from typing import Any

from tests.wordpress.php import SERVER_FILES
from tests.wordpress.site import Site

STATE_FILE = SERVER_FILES / "state.php"


def state(site: Site) -> dict[str, Any]:
    """Every table's rows, in words and an order that depend on no ID: see server/state.php."""
    found: dict[str, Any] = site.php("return require $file;", file=str(STATE_FILE))
    return found


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Table and row of each row that only one of two states has, whichever it is."""
    found: list[tuple[str, Any, Any]] = []
    for table, rows in one.items():
        here, there = _rows(rows), _rows(other[table])
        found += [(table, row, None) for row in here if row not in there]
        found += [(table, None, row) for row in there if row not in here]
        if not found and here != there:
            found.append((table, here, there))
    return found


def _rows(table: Any) -> list[Any]:
    return list(table.items()) if isinstance(table, dict) else list(table)
