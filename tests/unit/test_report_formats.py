"""Reports for other programs are read by readers that others wrote, and say there what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import junitparser
import pytest
from junitparser.xunit2 import JUnitXml
from markdown_it import MarkdownIt

from migrate.model.action import Action
from migrate.model.codes import CODES
from migrate.model.finding import Finding
from migrate.model.post import RecordRef
from migrate.model.seen import Seen
from migrate.report.harmless import on_one_line
from migrate.report.markdown import LONGEST
from tests.reported import HOSTILE, Said, hostile, report, summary

COMMAND = re.compile(
    r"^::(?P<name>[a-z-]+)(?: (?P<properties>[^:]*))?::(?P<data>.*)$"  # github.com/actions/toolkit
)
REF = RecordRef("post", "1", "a")


def posts() -> list[Said]:
    """Make what a run says of four posts: one is good, one bad, one lost something, one failed."""
    lost = RecordRef("post", "3", "c")
    return [
        Seen("a.md", REF, "A"),
        Finding("source-encoding", "byte 0xE9 is not UTF-8", "b.md", 3, 20, fix="Save it as UTF-8"),
        Seen("b.md"),
        Finding("loss-character", "U+000C taken out", "c.md", 9, record=lost),
        Seen("c.md", lost, "C"),
        Seen("d.md", RecordRef("page", "4", "d"), "D"),
        Action("create", "post", "a.md", None, "1", "a", "A"),
        Action("failed", "page", "d.md", None, "4", "d", "D", reason="the site said 500"),
        Action("skip", "post", "c.md", None, "3", "c", "C", reason="not confirmed"),
    ]


def junit(*said: Said, fail_on: str = "error") -> dict[str, Any]:
    """Give the cases of a JUnit report by name, as a library reads them."""
    suites = JUnitXml.fromstring(
        report("junit", *said, about=summary(*said, fail_on=fail_on)).encode()
    )
    return {case.name: case for suite in suites for case in suite}


def results(case: Any) -> list[tuple[str, str]]:
    """Give what a case came to: the kind of each result, and its message."""
    return [(type(one).__name__, one.message) for one in case.result]


def test_junit_has_a_case_for_each_post() -> None:
    """A finding that fails the run is a failure, a failed action an error, a skip is skipped."""
    cases = junit(*posts())

    assert {name: results(case) for name, case in cases.items()} == {
        "a.md (post 1)": [],
        "b.md": [("Failure", "byte 0xE9 is not UTF-8")],
        "c.md (post 3)": [("Skipped", "not confirmed")],
        "d.md (page 4)": [("Error", "the site said 500")],
    }
    assert cases["c.md (post 3)"].system_out.startswith("skip post C (not confirmed)\nc.md:9: ")


@pytest.mark.parametrize(("fail_on", "failures"), [("loss", 2), ("warning", 2), ("never", 0)])
def test_junit_fails_where_the_run_does(fail_on: str, failures: int) -> None:
    """What --fail-on asks for decides about each case; the counts of the suite agree."""
    said = [thing for thing in posts() if not isinstance(thing, Action)]

    cases = junit(*said, fail_on=fail_on)
    suites = JUnitXml.fromstring(
        report("junit", *said, about=summary(*said, fail_on=fail_on)).encode()
    )

    assert sum(isinstance(r, junitparser.Failure) for c in cases.values() for r in c.result) == (
        failures
    )
    assert (suites.tests, suites.failures, suites.errors) == (4, failures, 0)


def test_junit_puts_together_what_is_said_of_a_post() -> None:
    """What names the file alone belongs to the one record in it."""
    found = Finding("source-crlf", "m", "a.md", 1)

    assert list(junit(found, Seen("a.md", REF, "A"))) == ["a.md (post 1)"]


def test_junit_stays_xml() -> None:
    """Hostile text comes through as text."""
    assert "update" in junit(*hostile())["a.md (post 1)"].system_out


def commands(text: str) -> list[dict[str, Any]]:
    """Parse workflow commands as GitHub's documentation has them, with its escaping."""
    found = []
    for line in text.splitlines():
        if not (match := COMMAND.match(line)):
            continue
        pairs = [pair.partition("=") for pair in (match["properties"] or "").split(",")]
        said: dict[str, Any] = {key: unescaped(value) for key, _, value in pairs}
        found.append(said | {"name": match["name"], "text": unescaped(match["data"])})
    return found


def unescaped(text: str) -> str:
    """Take back GitHub's escaping."""
    for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(code, character)
    return text.replace("%25", "%")


def test_github_annotates_the_lines() -> None:
    """File, line and column from the root of the repository, the code, message and way out."""
    assert commands(report("github", *posts())) == [
        {
            "name": "error",
            "file": "posts/b.md",
            "line": "3",
            "col": "20",
            "title": "source-encoding",
            "text": "byte 0xE9 is not UTF-8\nSave it as UTF-8",
        },
        {
            "name": "warning",
            "file": "posts/c.md",
            "line": "9",
            "title": "loss-character",
            "text": f"U+000C taken out\n{CODES['loss-character'].explanation}",
        },
    ]


def test_github_paths_count_from_the_workspace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A step that runs in a folder of the repository names files as the repository does."""
    (tmp_path / "site" / "posts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))

    said = commands(report("github", *posts()))

    assert [one["file"] for one in said] == ["site/posts/b.md", "site/posts/c.md"]


def test_github_takes_no_commands_from_posts() -> None:
    """A message that looks like a command is text of ours, and there is none beside ours."""
    assert [one["title"] for one in commands(report("github", *hostile()))] == [
        "source-encoding",
        "loss-character",
        "rewrite-entities",
    ]


@pytest.mark.parametrize("name", ["::stop-commands::x.md", " ##[group]x.md"])
def test_the_console_begins_no_line_with_a_command(name: str) -> None:
    """What GitHub's runner reads in an output is never a file's name alone."""
    said = report("console", Finding("source-unreadable", "it is empty", path=name))

    assert [line for line in said.splitlines() if line.lstrip().startswith(("::", "##["))] == []
    assert f"./{name.strip()}" in said


def test_github_gets_as_many_as_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten of a kind, losses first among the warnings; the rest is counted, and in the summary."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    many: list[Said] = [Finding("source-crlf", f"note {n}", f"{n}.md", 1) for n in range(30)]
    many += [Finding("mapping-status", f"warning {n}", f"{n}.md", 1) for n in range(30)]
    many += [Finding("loss-character", "a loss", "z.md", 1)]

    text = report("github", *many)

    said = commands(text)
    assert [one["name"] for one in said].count("notice") == 10
    assert [one["text"].split("\n")[0] for one in said if one["name"] == "warning"][:2] == [
        "a loss",
        "warning 0",
    ]
    assert "; 41 more findings are in the step's summary" in text.splitlines()[-1]
    assert "note 29" in (tmp_path / "summary.md").read_text()


def test_gitlab_has_an_issue_for_each_finding() -> None:
    """Each has what GitLab's documentation asks for, and a fingerprint of its own."""
    twice = Finding("source-crlf", "the same", "a.md", 1)
    issues = json.loads(report("gitlab", *posts(), twice, twice))

    assert issues[0] == {
        "description": "byte 0xE9 is not UTF-8. Save it as UTF-8",
        "check_name": "source-encoding",
        "fingerprint": issues[0]["fingerprint"],
        "severity": "critical",
        "location": {"path": "posts/b.md", "lines": {"begin": 3}},
    }
    assert [issue["severity"] for issue in issues] == ["critical", "major", "info", "info"]
    assert len({issue["fingerprint"] for issue in issues}) == 4


@pytest.mark.parametrize("name", ["gitlab", "sarif"])
def test_a_fingerprint_outlives_moved_lines(name: str) -> None:
    """The same finding some lines below is known again."""

    def fingerprints(line: int) -> list[str]:
        text = report(name, Finding("source-crlf", "lines end in CR LF", "a.md", line))
        return re.findall(r'"(?:fingerprint|wpmigrate/v1)":"(\w+)"', text)

    assert len(fingerprints(1)) == 1
    assert fingerprints(1) == fingerprints(12)


def sarif(*said: Said, source: str = "posts") -> Any:
    """Give the one run of a SARIF report."""
    about = summary(*said)
    about.source = source
    (run,) = json.loads(report("sarif", *said, about=about))["runs"]
    return run


def test_sarif_has_rules_with_help() -> None:
    """The codes that were found are rules, with the text that explains them."""
    run = sarif(*posts())

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [
        "source-encoding",
        "loss-character",
    ]
    assert (
        CODES["loss-character"].explanation
        in (run["tool"]["driver"]["rules"][1]["help"]["markdown"])
    )
    assert run["results"][0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "posts/b.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3, "startColumn": 20},
    }


def change(before: str, after: str, line: int) -> Finding:
    """Make the finding of a rewrite in a body."""
    made = Finding("rewrite-entities", "changed", "a.md", line, field="content", is_change=True)
    made.before, made.after = before, after
    return made


def fixed(text: str, result: Any) -> str:
    """Make the change that a fix of SARIF describes."""
    ((replacement,),) = [
        change["replacements"] for fix in result["fixes"] for change in fix["artifactChanges"]
    ]
    region = replacement["deletedRegion"]
    lines = text.split("\n")

    def at(line: int, column: int) -> int:
        return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1

    start = at(region["startLine"], region["startColumn"])
    end = at(region["endLine"], region["endColumn"])
    inserted: str = replacement["insertedContent"]["text"]
    return text[:start] + inserted + text[end:]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("&amp;", "&", "---\n---\nΩ \U0001f642 one & <br/>\ntwo\n"),
        ("<br/>\ntwo", "", "---\n---\nΩ \U0001f642 one &amp; \n"),
    ],
)
def test_sarif_shows_the_fix(tmp_path: Path, before: str, after: str, expected: str) -> None:
    """Where a rewrite's text stands once on its line, the fix does to the file what it did."""
    text = "---\n---\nΩ \U0001f642 one &amp; <br/>\ntwo\n"
    (tmp_path / "a.md").write_text(text)

    (result,) = sarif(change(before, after, 3), source=str(tmp_path))["results"]

    assert fixed(text, result) == expected


@pytest.mark.parametrize(
    ("before", "line"),
    [("&", 3), ("gone", 3), ("", 3), ("two", 3), ("…&amp;", 3), ("&amp;", 99)],
)
def test_sarif_guesses_no_fix(tmp_path: Path, before: str, line: int) -> None:
    """Text that stands there twice, elsewhere or not at all, or that was cut, makes none."""
    (tmp_path / "a.md").write_text("---\n---\none &amp;&amp; …\ntwo\n")

    (result,) = sarif(change(before, "x", line), source=str(tmp_path))["results"]

    assert "fixes" not in result


def cells(text: str) -> list[list[str]]:
    """Give the rows of all tables as a library reads them, each cell as its text."""
    reader = MarkdownIt("gfm-like", {"linkify": False})
    rows: list[list[str]] = []
    for token in reader.parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level > 2:
            kept = [one for one in token.children or () if one.type != "html_inline"]
            assert {one.type for one in kept} <= {"text", "text_special"}
            rows[-1].append("".join(one.content for one in kept))
    return rows


def test_markdown_is_tables() -> None:
    """What failed first, then losses, then what happens to posts."""
    rows = cells(report("markdown", *posts()))

    assert ["b.md:3", "source-encoding", "byte 0xE9 is not UTF-8→ Save it as UTF-8"] in (rows)
    assert [row[0] for row in rows if row[0] in ("b.md:3", "failed", "c.md:9", "create")] == [
        "b.md:3",
        "failed",
        "c.md:9",
        "create",
    ]


def test_markdown_shows_hostile_text_as_text() -> None:
    """No cell has markup of the text's own, and each row has as many cells as its head."""
    text = report("markdown", *hostile())
    rows = cells(text)

    assert {len(row) for row in rows} == {2, 3, 5}
    shown = on_one_line(HOSTILE).replace("@", "@\u200b").replace("#1", "#\u200b1")
    assert any(shown in cell for row in rows for cell in row)
    assert "<script" not in MarkdownIt("gfm-like", {"linkify": False}).render(text)


@pytest.mark.parametrize("length", [10, 3000])
def test_markdown_fits_into_a_comment(length: int) -> None:
    """Under 65,000 characters with the rest counted, however long what is said."""
    many: list[Said] = [Finding("source-encoding", "x" * length, f"{n}.md", 1) for n in range(5000)]
    many += [Action("create", "post", f"{n}.md", title="T" * 500) for n in range(5000)]

    text = report("markdown", *many)

    shown = sum("source-encoding" in row for row in cells(text))
    assert len(text) < LONGEST
    assert f"… and {5000 - shown} more, which have no room here." in text
    assert "### Posts (5000)" in text
