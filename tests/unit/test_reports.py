"""Reports say everything once, hide what is private, and are what their schema says."""

from __future__ import annotations

import html
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
from migrate.report.console import SCREEN, ConsoleReport
from migrate.report.discreet import Discreet
from migrate.report.json import JsonReport
from migrate.report.totals import SiteReport, Summary
from tests.reported import report

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


def as_json(*said: Action | Finding, show_private: bool = False) -> Any:
    """Give a JSON report, checked against its schema."""
    stream = io.StringIO()
    report = JsonReport(stream)
    reported(report if show_private else Discreet(report), *said)
    document = json.loads(stream.getvalue())
    jsonschema.validate(document, SCHEMA)
    return document


def as_text(*said: Action | Finding, verbose: bool = False) -> str:
    """Give a console report."""
    stream = io.StringIO()
    reported(Discreet(ConsoleReport(stream, verbose=verbose)), *said)
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


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("'A secret' can't be: it isn't one", "(hidden) can't be: it isn't one"),
        ("`published` says `it's “so”`", "`published` says (hidden)"),
        ("""the item "don't" isn't “so” there""", "the item (hidden) isn't (hidden) there"),
        ("no quote, so it isn't hidden", "no quote, so it isn't hidden"),
    ],
)
def test_a_finding_can_hide_what_it_quotes(message: str, shown: str) -> None:
    """All quoted text but the field's name is hidden; apostrophes are no quotes."""
    finding = Finding("mapping-value", message, "a.md", field="published")
    finding.hide_quotes()

    assert [said["message"] for said in as_json(finding)["findings"]] == [shown]
    assert as_json(finding, show_private=True)["findings"][0]["message"] == message


def test_show_private_shows_it() -> None:
    """Whoever asks for it sees the text."""
    assert as_json(private(), show_private=True)["actions"][0]["title"] == "secret"


def test_the_console_hides_it_too() -> None:
    """No word of a private title, the changed field is named."""
    text = as_text(private())

    assert "secret" not in text
    assert "update    post     a.md  (hidden)  [title]" in text


def test_a_report_is_a_screenful() -> None:
    """Of 5,000 findings the first are shown, the others counted; --verbose shows them all."""
    many = [Finding("source-crlf", "m", f"{n}.md", 1, fix="mend it") for n in range(5000)]

    short = as_text(*many).splitlines()

    assert len(short) == SCREEN - 1  # a heading without a finding would fill the last
    assert "… and 4984 more (--verbose shows them all)" in short
    assert "note     source-crlf  5000  mend it" in short
    assert "4999.md" in as_text(*many, verbose=True)


def test_the_gravest_is_shown_where_not_all_can_be() -> None:
    """An error behind 5,000 notes is on the screen, and the totals stand last."""
    many = [Finding("source-crlf", "m", f"{n}.md", 1) for n in range(5000)]

    lines = as_text(*many, Finding("source-encoding", "no UTF-8", "last.md", 7, 2)).splitlines()

    assert lines[lines.index("last.md") + 1] == "  7:2  error    source-encoding  no UTF-8"
    assert lines[-1].startswith("findings ")


def test_what_is_said_of_a_file_stands_together() -> None:
    """Its action first, then its findings in the order of their lines, whenever they came."""
    first = Finding("mapping-date", "no such day", "a.md", 9)
    last = Finding("source-crlf", "lines end in CR LF", "a.md", 1)

    text = as_text(first, Action("create", "post", "b.md"), Action("create", "post", "a.md"), last)

    assert text.splitlines()[:4] == [
        "create    post     a.md",
        "  1  note     source-crlf   lines end in CR LF",
        "  9  error    mapping-date  no such day",
        "create    post     b.md",
    ]


class Paper(io.StringIO):
    """A stream that writes colours down as `<colour:text>`."""

    def paint(self, text: str, colour: int) -> None:
        """Write a text and its colour."""
        self.write(f"<{colour}:{text}>")


def test_the_console_is_in_colours_where_the_stream_has_them() -> None:
    """Verbs and severities are; nothing else but headings."""
    paper = Paper()
    reported(ConsoleReport(paper), Action("create", "post", "a.md"), Finding("source-crlf", "m"))

    assert paper.getvalue().splitlines()[0] == "<32:create   > post     a.md"
    assert "<36:note    > source-crlf  m" in paper.getvalue()


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


@pytest.mark.parametrize("name", ["console", "html", "markdown"])
def test_a_site_is_shown_to_people(name: str) -> None:
    """What `check --site` learns stands in every report for people, whatever the site is called."""
    site = SiteReport("<b>The\x1b[2J Lantern\n  address     http://127.0.0.1\n", {})
    about = summary(command="check", site=site)
    text = html.unescape(report(name, about=about))

    assert "<b>The\\x1b[2J Lantern\n  address     http://127.0.0.1\n" in text
