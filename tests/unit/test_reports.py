"""Reports say everything once, hide what is private, and are what their schema says."""

from __future__ import annotations

import io
import json
from importlib import resources
from typing import Any

import jsonschema
import pytest

from migrate.model.action import Action, Change
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.report.console import ConsoleReport
from migrate.report.json import JsonReport
from migrate.report.totals import Summary

SCHEMA = json.loads(resources.files("migrate.report").joinpath("schema.json").read_text())


def summary(**changes: Any) -> Summary:
    """Make the summary of a run that read something."""
    made = Summary("import", "posts", "http://127.0.0.1", dry_run=False, version="1")
    made.totals.read["post"] = 3
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def private() -> Action:
    """Make an action on a record that isn't public."""
    changes = [Change("title", "old secret", "new secret")]
    return Action("update", "post", "a.md", title="secret", public=False, changes=changes)


def reported(report: Any, *said: Action | Finding) -> None:
    """Send a report what it is to say."""
    for thing in said:
        (report.action if isinstance(thing, Action) else report.finding)(thing)
    report.finish(summary())


def as_json(*said: Action | Finding, **options: Any) -> Any:
    """Give a JSON report, checked against its schema."""
    stream = io.StringIO()
    reported(JsonReport(stream, **options), *said)
    document = json.loads(stream.getvalue())
    jsonschema.validate(document, SCHEMA)
    return document


def as_text(*said: Action | Finding, **options: Any) -> str:
    """Give a console report."""
    stream = io.StringIO()
    reported(ConsoleReport(stream, **options), *said)
    return stream.getvalue()


def test_json_hides_a_field_that_no_visitor_sees() -> None:
    """Of a public record the other changes are shown, and all of them with --show-private."""
    changes = [Change("title", "old", "new"), Change("password", "a", "b", public=False)]
    action = Action("update", "post", "a.md", title="T", changes=changes)

    def shown(**options: Any) -> list[str]:
        return [change["after"] for change in as_json(action, **options)["actions"][0]["changes"]]

    assert shown() == ["new", "(hidden)"]
    assert shown(show_private=True) == ["new", "b"]


def test_the_schema_is_one() -> None:
    """schema.json is valid JSON Schema."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_json_holds_every_action_and_finding() -> None:
    """Nothing is grouped or cut there."""
    finding = Finding("source-crlf", "m", "a.md", 1, record=RecordRef("post", "1", "a"))
    document = as_json(Action("create", "post", "a.md", title="A"), finding, finding)

    assert [a["title"] for a in document["actions"]] == ["A"]
    assert [f["code"] for f in document["findings"]] == ["source-crlf", "source-crlf"]


def test_json_hides_the_text_of_what_is_not_public() -> None:
    """Title and values are hidden; that they changed is said."""
    (action,) = as_json(private())["actions"]

    assert action["title"] == "(hidden)"
    assert action["changes"] == [
        {"field": "title", "before": "(hidden)", "after": "(hidden)", "cut": False}
    ]


def test_show_private_shows_it() -> None:
    """Whoever asks for it sees the text."""
    assert as_json(private(), show_private=True)["actions"][0]["title"] == "secret"


def test_the_console_hides_it_too() -> None:
    """No word of a private title, the changed field is named."""
    text = as_text(private())

    assert "secret" not in text
    assert "(hidden)  [title]" in text


def test_a_finding_that_repeats_is_shown_with_its_first_places() -> None:
    """Three places and a count; --verbose shows them all."""
    many = [Finding("source-crlf", "m", f"{n}.md", 1, fix="f") for n in range(5)]

    assert "source-crlf (5 times)" in as_text(*many)
    assert "… and 2 more" in as_text(*many)
    assert "4.md:1" in as_text(*many, verbose=True)


def test_a_path_that_is_not_utf8_stays_json() -> None:
    """A file name of undecodable bytes comes through."""
    assert as_json(Finding("source-crlf", "m", "caf\udce9.md"))["findings"][0]["path"]


@pytest.mark.parametrize("code", CODES)
def test_codes_are_explained(code: str) -> None:
    """Each code has a family, a severity and a text that says what to do."""
    assert code.partition("-")[0] in ("source", "mapping", "rewrite", "loss", "target")
    assert CODES[code].severity in ("error", "warning", "note")
    assert CODES[code].explanation.endswith(".")


@pytest.mark.parametrize(
    ("fail_on", "code", "status"),
    [
        ("error", "source-encoding", 1),
        ("error", "loss-character", 0),
        ("warning", "loss-character", 1),
        ("warning", "source-crlf", 0),
        ("loss", "loss-character", 1),
        ("loss", "mapping-slug-taken", 0),
        ("loss", "source-encoding", 1),
        ("never", "source-encoding", 0),
    ],
)
def test_fail_on_decides_the_status(fail_on: str, code: str, status: int) -> None:
    """A warning counts from `warning` on, a loss from `loss` on, an error but for `never`."""
    totals = summary().totals
    totals.count_finding(Finding(code, "m"))

    assert totals.exit_status(fail_on) == status


@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_a_failed_item_is_an_incomplete_run(fail_on: str) -> None:
    """What failed at the site is done by running again, whatever was found."""
    totals = summary().totals
    totals.count_finding(Finding("source-encoding", "m"))
    totals.count_action(Action("failed", "post"))

    assert totals.exit_status(fail_on) == 3


def test_the_console_cuts_a_long_title() -> None:
    """A title of 70,000 characters takes one line, like any other."""
    assert f"  “{'x' * 100}…”\n" in as_text(Action("create", "post", "a.md", title="x" * 70_000))
