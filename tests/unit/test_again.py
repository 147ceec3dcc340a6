"""A record of which the file stands is not encoded again, and no report tells the difference."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from migrate import program
from migrate.errors import RecordError
from migrate.model.settings import Settings
from migrate.writers.posts.encode import Encoder
from tests.exported_again import PLACE, Case, edit, newsroom, without_made
from tests.posts_folders import files

MAPPING = "name: own\ntitle: Own\nextends: wpghs\n"
DROPPED = "drop:\n  - post_excerpt\n"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The newsroom and some plain posts, exported once."""
    return newsroom(tmp_path_factory.mktemp("exported"))


@pytest.fixture
def case(exported: Case, tmp_path: Path) -> Case:
    """What was exported, to do with it what one likes."""
    return exported.copied(tmp_path)


def own_mapping(case: Case, more: str) -> None:
    """Export with a mapping of one's own, then change what that says."""
    path = case.source.parent / "own.yaml"
    path.write_text(MAPPING)
    case.dialect = str(path)
    case.options["overwrite"] = True
    case.export()
    path.write_text(MAPPING + more)


def linked(case: Case) -> None:
    """Put a link where a file was, to the same bytes."""
    place = case.out / PLACE.format(number=2)
    place.rename(case.out.parent / "elsewhere.md")
    place.symlink_to(case.out.parent / "elsewhere.md")


def linked_folder(case: Case) -> None:
    """Put a link where the posts' folder was."""
    (case.out / "_posts").rename(case.out.parent / "elsewhere")
    (case.out / "_posts").symlink_to(case.out.parent / "elsewhere")


def settle(case: Case, **values: Any) -> None:
    """Set fields of the case."""
    for name, value in values.items():
        setattr(case, name, value)


def first(case: Case) -> Path:
    """Give a plain post of the source."""
    return case.source / PLACE.format(number=1)


def target(case: Case) -> Path:
    """Give a plain post of the output."""
    return case.out / PLACE.format(number=2)


def without_first(case: Case) -> Case:
    """Take a record away."""
    first(case).unlink()
    return case


def edited(case: Case) -> Case:
    """Edit a post in the output."""
    edit(target(case), "Body 2", "Mine")
    return case


CHANGES: dict[str, Callable[[Case], object]] = {
    "nothing": lambda case: case,
    "a body": lambda case: edit(first(case), "Body 1", "Bodies"),
    "a body that grows in front": lambda case: edit(first(case), "Body 1", "A body 1"),
    "a body that shrinks in front": lambda case: edit(first(case), "Body 1", "1"),
    "a title": lambda case: edit(first(case), "part 1", "one &amp; all"),
    "a date": lambda case: edit(first(case), "2020-01-01 10", "2020-01-03 10"),
    "a record that is another now": lambda case: edit(first(case), "ID: 1\n", "ID: 2\n"),
    "a broken record": lambda case: edit(first(case), "ID: 1\n", "ID: [\n"),
    "a record is gone": without_first,
    "a record's file is renamed": lambda case: first(case).rename(
        first(case).with_name("2020-01-01-lights.md")
    ),
    "the target was edited": edited,
    "the target was edited, and is overwritten": lambda case: settle(
        edited(case), options={"overwrite": True}
    ),
    "the target is gone": lambda case: target(case).unlink(),
    "the target is a link": linked,
    "the target's folder is a link": linked_folder,
    "another dialect": lambda case: settle(case, dialect="jekyll", options={"overwrite": True}),
    "another mapping": lambda case: own_mapping(case, DROPPED),
    "the same mapping": lambda case: own_mapping(case, ""),
    "another variant": lambda case: settle(case, options={"variant": "1.0"}),
    "no provenance": lambda case: settle(case, settings=Settings(provenance=False)),
    "several processes": lambda case: settle(case, jobs=3),
    "a prune": lambda case: settle(without_first(case), options={"prune": True}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_report_tells_whether_a_record_was_encoded_again(case: Case, change: str) -> None:
    """Dry and in earnest, the files and the manifest included, whatever was changed before."""
    CHANGES[change](case)
    twin = case.forgetful()

    assert case.export(dry_run=True) == twin.export(dry_run=True)
    assert case.export() == twin.export()
    assert files(case.out) == files(twin.out)
    assert without_made(case) == without_made(twin)


def plain_posts(case: Case) -> Case:
    """Leave plain posts alone in the source and the output."""
    shutil.rmtree(case.out)
    shutil.rmtree(case.source / ".wordpress")
    for path in case.source.rglob("*.md"):
        if "lamps-" not in path.name:
            path.unlink()
    case.export()
    return case


def test_what_stands_is_not_encoded(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain posts of an earlier run are taken from their files."""
    plain_posts(case)
    monkeypatch.delattr(Encoder, "draft")

    assert json.loads(case.export(dry_run=True))["totals"]["unchanged"] == 5


@pytest.mark.parametrize("what", ["program", "timezone", "dialect", "variant"])
def test_another_run_encodes_anew(case: Case, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Where the program, the settings, the mapping or an option isn't the same."""
    plain_posts(case)
    match what:
        case "program":
            monkeypatch.setattr(program, "digest", lambda: "another")
        case "timezone":
            case.settings = Settings(base_url="https://other.example")
        case "dialect":
            case.dialect = "syndicated"
        case "variant":
            case.options["variant"] = "1.0"

    def refused(*_: object) -> None:
        raise RecordError("mapping-value", "it was encoded")

    monkeypatch.setattr(Encoder, "draft", refused)

    assert json.loads(case.export(dry_run=True))["totals"]["unreadable"] == 5


def test_a_manifest_comes_to_be_the_same(case: Case) -> None:
    """Whatever it knew before, and however many processes encoded the records."""
    before = case.manifest.read_bytes()
    twin = replace(case.forgetful(), jobs=2)
    case.export()
    twin.export()

    assert case.manifest.read_bytes() == before
    assert twin.manifest.read_bytes() == before


def test_what_is_found_is_found_again(case: Case) -> None:
    """A file whose making gave a finding, or that isn't all of its record, is never marked."""
    said = [json.loads(line) for line in case.manifest.read_text().splitlines()[1:]]
    sidecars = {line["key"] for line in said if "/posts/" in line.get("path", "")}
    marked = {line["key"] for line in said if "made" in line}

    assert {f"post {number}" for number in range(1, 6)} <= marked
    assert not sidecars & marked
