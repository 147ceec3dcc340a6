"""Values kept on disk are found again, also by another process."""

from __future__ import annotations

import tempfile

from migrate import parallel
from migrate.output.lines import Lines
from migrate.readers.rest.shelf import Shelf

VALUES = [None, "short", {"text": "a\nb" * 20_000}, ["日本", 1, {"deep": []}], "last"]


def test_a_value_is_found_where_it_was_put() -> None:
    """In any order, however long it is."""
    with tempfile.TemporaryFile() as spool:
        lines = Lines(spool)
        places = [lines.add(value) for value in VALUES]
        assert [lines.at(place) for place in reversed(places)] == VALUES[::-1]
        places.append(lines.add("more"))
        assert lines.at(places[-1]) == "more"


def test_forked_processes_read_as_well() -> None:
    """Each its own, side by side."""
    with tempfile.TemporaryFile() as spool:
        lines = Lines(spool)
        places = [lines.add(number) for number in range(200)]
        lines.flush()
        found = parallel.in_order(lambda number: lines.at(places[number]), len(places), 3)
        assert list(found) == list(range(200))


def test_a_shelf_gives_what_belongs_to_a_post() -> None:
    """In the order in which it was put there, whatever the order of the posts."""
    with tempfile.TemporaryFile() as spool:
        shelf = Shelf(Lines(spool))
        for post, row in ((7, "a"), (3, "b"), (7, "c")):
            shelf.add(post, row)
        assert [list(shelf.of(post)) for post in (3, 7, 8)] == [["b"], ["a", "c"], []]
