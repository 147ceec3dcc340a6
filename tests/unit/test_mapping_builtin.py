"""The built-in mappings are trusted when they are loaded: here they are held to the schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.mapping import check, load

MAPPINGS = Path(__file__).parent.parent.parent / "mappings"


@pytest.mark.parametrize("name", load.names())
def test_a_built_in_mapping_keeps_the_schema(name: str) -> None:
    """Loaded by its path, as a user's file is, it is checked and gives the same dialect."""
    dialect = load.load(str(MAPPINGS / f"{name}.yaml"))

    keys = [rule.key for rule in load.load(name).rules]
    assert (dialect.name, [rule.key for rule in dialect.rules]) == (name, keys)


@pytest.mark.parametrize("name", load.names())
def test_a_built_in_mapping_loses_nothing_unsaid(name: str) -> None:
    """What a rule can't bring back is at least named, so that the sidecar keeps it."""
    assert [str(problem) for problem in check.check(load.load(name)) if problem.lost] == []
