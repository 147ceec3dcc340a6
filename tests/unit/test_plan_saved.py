"""Saved plans: what they hold, and what a later plan has to be like."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from migrate import plan
from migrate.errors import UsageError
from migrate.model.action import Action
from migrate.plan.decision import Decision
from migrate.plan.saved import Witness, comparing, saving

SITE = "https://example.org"
SCHEMA = json.loads((Path(plan.__file__).parent / "saved.schema.json").read_text("utf-8"))
NEW = Action("create", "post", path="a.md", title="Secret title"), Decision("create", b"\1" * 16)
OLD = (
    Action("update", "page", path="b.md"),
    Decision("update", b"\2" * 16, 7, ("title", "meta.mood"), state=b"\3" * 16),
)
TERM = Action("create", "category", title="Town / Part")
GONE = Action("delete", "post", path="gone.md"), Decision("delete", b"", 9, state=b"\4" * 16)


def show(witness: Witness, *seen: tuple[Action, Decision]) -> None:
    """Show a witness a whole plan: records, a term, and a post that is removed."""
    for action, decision in seen:
        witness.see(action, decision)
    witness.see_other(TERM)
    witness.see(*GONE)
    witness.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved plan of two records."""
    saved = tmp_path / "plan.jsonl"
    with saving(saved, SITE, "posts") as witness:
        show(witness, NEW, OLD)
    return saved


def test_what_it_holds(path: Path) -> None:
    """Each line is as the schema says; nobody else can read it, and there is no title in it."""
    text = path.read_text("utf-8")
    for line in text.splitlines():
        jsonschema.validate(json.loads(line), SCHEMA)
    assert len(text.splitlines()) == 6
    assert (path.stat().st_mode & 0o777, "Secret" in text) == (0o600, False)


def test_nothing_moved(path: Path) -> None:
    """A plan that is the same passes."""
    with comparing(path, SITE) as witness:
        show(witness, NEW, OLD)


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        ((NEW,), "SOURCE has moved on"),
        ((NEW, OLD, OLD), "SOURCE has moved on"),
        ((OLD, NEW), "SOURCE has moved on"),
        ((NEW, (OLD[0], OLD[1]._replace(mark=b"x" * 16))), "b.md: SOURCE has moved on"),
        ((NEW, (OLD[0], OLD[1]._replace(fields=("title",)))), "b.md: the site, or what is asked"),
        ((NEW, (OLD[0], OLD[1]._replace(state=b"x" * 16))), "b.md: the site, or what is asked"),
        (
            (NEW, (replace(OLD[0], verb="conflict"), OLD[1]._replace(verb="conflict"))),
            "b.md: the site has moved on: update was planned, now it is conflict",
        ),
    ],
)
def test_moved_on(path: Path, seen: tuple[tuple[Action, Decision], ...], reason: str) -> None:
    """What would be done otherwise by now is named, as wrong usage: nothing is sent."""
    with comparing(path, SITE) as witness, pytest.raises(UsageError, match=reason) as caught:
        show(witness, *seen)
    assert caught.value.exit_status == 2


def test_other_files(path: Path) -> None:
    """A plan for another site, a plan that was cut off, and other files are refused."""
    with pytest.raises(UsageError, match="this is a plan for https"):
        comparing(path, "https://other.example").__enter__()
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:3]))
    with comparing(path, SITE) as witness, pytest.raises(UsageError, match="cut off"):
        show(witness, NEW, OLD)
    path.write_text("{}\n")
    with pytest.raises(UsageError, match="no saved plan"):
        comparing(path, SITE).__enter__()
    with pytest.raises(UsageError, match="can't be read"):
        comparing(path / "none", SITE).__enter__()
