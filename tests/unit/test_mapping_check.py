"""`mappings check` and its siblings: what can't come back is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrate.cli.mappings import mappings
from migrate.mapping.check import check
from migrate.mapping.load import load, names

REFUSED = """\
name: small
title: A small dialect
spelling: spyc
body: html
recognised_by: [heading]
always: [state]
fields:
  heading: {field: title}
  state: {field: status, as: choice, choices: {publish: [live]}}
"""


def run(*arguments: str) -> Result:
    """Run `wpmigrate mappings` with arguments."""
    return CliRunner().invoke(mappings, arguments, catch_exceptions=False)


@pytest.mark.parametrize("name", names())
def test_the_built_in_mappings_lose_nothing(name: str) -> None:
    """Whatever a built-in mapping reads comes back, or the sidecar keeps it."""
    assert [str(problem) for problem in check(load(name)) if problem.lost] == []


def test_what_goes_to_the_sidecar_is_named() -> None:
    """Values that a key can't say and fields without a key are listed."""
    said = [str(problem) for problem in check(load("wpghs"))]

    assert "parent: no key; goes to the sidecar" in said
    assert "comments: no key; goes to the sidecar" in said
    assert "slug: only the permalink and the file's name state it; goes to the sidecar" in said
    assert (
        "published (status): 'pending', 'private', 'future', 'trash', 'inherit', …: values without "
        "a text of their own are taken for another; goes to the sidecar"
    ) in said


def test_list() -> None:
    """`list` gives name and title of each built-in mapping."""
    result = run("list")

    assert result.exit_code == 0
    assert "wpghs       WordPress GitHub Sync" in result.stdout.splitlines()


def test_show() -> None:
    """`show` gives the resolved mapping behind the path that it came from."""
    first, *others = run("show", "wpghs").stdout.splitlines()

    assert first.startswith("# ")
    assert first.endswith("wpghs.yaml")
    assert others[:2] == ["name: wpghs", "title: WordPress GitHub Sync"]


def test_check_is_fine_with_the_built_in_mappings() -> None:
    """`check` alone looks at every built-in mapping and ends with 0."""
    result = run("check")

    assert result.exit_code == 0
    assert [f"{name}: ok" for name in names()] == [
        line for line in result.stdout.splitlines() if not line.startswith(" ")
    ]


def test_check_finds_a_rule_that_loses(tmp_path: Path) -> None:
    """A key that would be written as something that can't be read again ends it with 1."""
    path = tmp_path / "small.yaml"
    path.write_text(REFUSED, encoding="utf-8")

    result = run("check", str(path))

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path}: not ok\n")
    assert "what is written then is refused at `state`" in result.stderr


@pytest.mark.parametrize("command", ["show", "check"])
def test_a_bad_file_is_wrong_usage(tmp_path: Path, command: str) -> None:
    """A mapping that can't be used is one message on standard error and ends with 2."""
    path = tmp_path / "small.yaml"
    path.write_text("name: small\n", encoding="utf-8")

    result = run(command, str(path))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"wpmigrate: {path}:1:1: `title` is missing: add it\n"


def test_check_tries_the_rewrite_rules(tmp_path: Path) -> None:
    """Options that no run could use end it with 2, whatever the rule is `for`."""
    path = tmp_path / "small.yaml"
    rule = "rewrite:\n  categories: {for: posts, table: {tides: /Tides}}\n"
    path.write_text(f"name: small\ntitle: Small\nextends: wpghs\n{rule}", encoding="utf-8")

    result = run("check", str(path))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(
        "wpmigrate: the rule categories: '/Tides' has an empty name in it. Write `Parent/Child`"
    )


def test_a_table_of_something_else_is_told_what_to_be(tmp_path: Path) -> None:
    """The message says what may stand there, not which rule of the schema was broken."""
    path = tmp_path / "small.yaml"
    rule = "rewrite:\n  categories: {table: {tides: 1}}\n"
    path.write_text(f"name: small\ntitle: Small\nextends: wpghs\n{rule}", encoding="utf-8")

    said = "this must be text, or a list of texts, with something in each"
    assert run("check", str(path)).stderr == f"wpmigrate: {path}:5:31: {said}\n"


@pytest.mark.parametrize("command", [(), ("list",), ("show",), ("check",)])
def test_every_help_text_has_an_example(command: tuple[str, ...]) -> None:
    """Each command says how it is used."""
    assert "Example: wpmigrate mappings" in run(*command, "--help").stdout


def test_options_of_a_rule_are_named_with_their_place(tmp_path: Path) -> None:
    """What a rewrite rule can't use is said with the file that says so, its own or a parent's."""
    parent, child = tmp_path / "parent.yaml", tmp_path / "child.yaml"
    template = 'rewrite:\n  source-attribution:\n    template: "{{ nmae }}"\n'
    parent.write_text(f"name: parent\ntitle: A parent\nextends: wpghs\n{template}")
    child.write_text("name: child\ntitle: A child\nextends: ./parent.yaml\n")

    done = run("check", str(child))

    assert done.exit_code == 2
    assert f"{parent}:5: source-attribution: the template can't be used" in done.stderr
