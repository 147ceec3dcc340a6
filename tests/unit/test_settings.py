"""Every option can stand in a settings file, and what is wrong there is named with its place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
import pytest
from click.core import ParameterSource

from migrate import formats
from migrate.cli.main import COMMANDS, commands, load
from migrate.cli.settings_file import SettingsError, find
from migrate.cli.settled import OWN_SITE, OWN_TABLE, Settled, in_settings
from migrate.cli.settled_places import is_written

SETTLED = [name for name in COMMANDS if isinstance(load(name), Settled)]


def context(command: str, *arguments: str) -> click.Context:
    """Parse a command line as `wpmigrate` does, without running anything."""
    settings = commands.context_settings  # click keeps the first --help that it makes
    return load(command).make_context(command, list(arguments), **settings)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the folder of a repository with posts."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "posts" / "2016").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def value_for(param: click.Parameter) -> str:
    """Give some value in TOML that an option takes."""
    if isinstance(param, click.Option) and param.is_flag:
        return "true"
    if isinstance(param.type, click.Choice):
        return f'"{param.type.choices[0]}"'
    known = {
        "timezone": '"Europe/Oslo"',
        "base_url": '"https://example.org"',
        "encoding": '"latin-1"',
        "since": '"2024-05-31"',
        "split": '"10MB"',
        "media_dir": '"posts"',
        "ignore": '["loss-id", "loss-character"]',
    }
    return known.get(str(param.name), "3" if isinstance(param.type, click.IntRange) else '"some"')


@pytest.mark.parametrize("command", SETTLED)
def test_every_option_can_stand_in_the_settings(folder: Path, command: str) -> None:
    """One after the other, at the top and in the command's table, SOURCE included."""
    params = dict(in_settings(load(command)))
    for name, param in params.items():
        needed = "".join(
            f"{other} = {value_for(params[other])}\n"
            for other in ("source", "other", "site")
            if other in params and params[other].required and other != name
        )
        line = f"{name} = {value_for(param)}\n"
        is_own = name in OWN_TABLE or (name == "site" and command in OWN_SITE)
        at_the_top = [] if is_own else [needed + line]
        for text in (*at_the_top, f"{needed}[{command}]\n{line}"):
            (folder / "wpmigrate.toml").write_text(text)

            source = context(command).get_parameter_source(str(param.name))
            assert (text, source) == (text, ParameterSource.DEFAULT_MAP)


def test_the_command_line_wins(folder: Path) -> None:
    """What is typed goes before what the file says."""
    (folder / "wpmigrate.toml").write_text('source = "posts"\nfail-on = "never"\ntype = "page"\n')

    found = context("check", "--fail-on", "loss", "--type", "post,notice")

    assert found.params["fail_on"] == "loss"
    assert found.params["types"] == ("post", "notice")
    assert found.params["source"] == "posts"


def test_a_commands_own_table_goes_before_the_rest(folder: Path) -> None:
    """What differs from command to command stands there."""
    (folder / "wpmigrate.toml").write_text('fail-on = "loss"\n[check]\nfail-on = "warning"\n')

    assert context("check").params["fail_on"] == "warning"
    assert context("export").params["fail_on"] == "loss"


def test_a_site_beside_a_source_is_for_those_who_need_both(folder: Path) -> None:
    """A check of posts must not ask the network because an import knows its site."""
    (folder / "wpmigrate.toml").write_text('source = "posts"\nsite = "https://example.org"\n')

    assert context("check").params["site"] is None
    assert context("import").params["site"] == "https://example.org"


def test_another_source_is_read_without_what_is_said_of_the_files(folder: Path) -> None:
    """Nobody's export is overwritten, or read in a wrong dialect, for the sake of a setting."""
    (folder / "wpmigrate.toml").write_text(
        'source = "posts"\nout = "site.xml"\nfrom = "wpghs"\ntimezone = "+02:00"\n'
    )

    asked = {name: context("export", *name) for name in ((), ("posts/2016",), ("other",))}
    assert [found.params["out"] for found in asked.values()] == ["site.xml", "site.xml", None]
    assert [found.params["source_format"] for found in asked.values()] == ["wpghs", "wpghs", None]
    assert all(found.params["timezone"] for found in asked.values())


def test_the_nearest_file_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At or above SOURCE, else at or above the current folder; paths are relative to it."""
    (folder / "wpmigrate.toml").write_text('baseline = "ci/known.json"\n')
    (folder / "pyproject.toml").write_text("[tool.other]\nlimit = 1\n")
    (folder / "posts" / "pyproject.toml").write_text("[tool.wpmigrate]\nlimit = 7\n")

    assert context("check", "posts/2016").params["limit"] == 7
    assert context("check").params["limit"] is None
    monkeypatch.chdir(folder / "posts" / "2016")
    assert context("check").params["limit"] == 7
    monkeypatch.chdir(folder / "posts")
    (folder / "posts" / "pyproject.toml").unlink()
    assert context("check").params["baseline"] == folder / "ci" / "known.json"


def test_the_search_ends_at_the_top_of_the_repository(folder: Path) -> None:
    """What lies above it is another's."""
    (folder / "posts" / ".git").mkdir()
    (folder / "wpmigrate.toml").write_text("limit = 1\n")

    assert find([folder / "posts"]) is None


def test_a_broken_pyproject_of_others_is_theirs(folder: Path) -> None:
    """Only one that speaks of wpmigrate has to be TOML."""
    (folder / "pyproject.toml").write_text("[tool.other\n")

    assert find([folder]) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\n", "wpmigrate.toml:1:1: there is no option 'a' here"),
        ("\n# no\n  inclde = 'x'\n", "wpmigrate.toml:3:3: there is no option 'inclde' here"),
        ("[check]\nout = 'x'\n", "wpmigrate.toml:2:1: there is no option 'out' here"),
        ("[chck]\n", "wpmigrate.toml:1:2: there is no command 'chck'"),
        ("quiet = 1\n", "wpmigrate.toml:1:1: quiet is true or false"),
        ("type = [\n 'a',\n 3.5,\n]\n", "wpmigrate.toml:1:1: type is a text"),
        ("limit = [3]\n", "wpmigrate.toml:1:1: limit is one value, not a list"),
        ("prune = true\n", "wpmigrate.toml:1:1: prune takes away another thing in each command"),
        ("limit = 0\n", "wpmigrate.toml:1:1: limit: 0 is not in the range x>=1"),
        ("fail-on = 'x'\n", "wpmigrate.toml:1:1: fail-on: 'x' is not one of"),
        ("ignore = ['x']\n", "wpmigrate.toml:1:1: ignore: there is no code 'x'"),
        ("limit = \n", "wpmigrate.toml:1:9: isn't TOML: Invalid value"),
        ("limit", "wpmigrate.toml:1"),
        ("a = " + "[" * 9999, "wpmigrate.toml:1:1: lists or tables are nested too deeply"),
        ("a." * 999 + "a = 1", "wpmigrate.toml:1:1: lists or tables are nested too deeply"),
        (f"limit = {'1' * 5000}", "wpmigrate.toml:1:9: isn't TOML: A number has thousands of"),
        (f"limit = 0x{'f' * 5000}", "wpmigrate.toml:1:11: isn't TOML: A number has thousands"),
        ("source = 'a'\nbaseline = \"a\\u0000\"\n", "wpmigrate.toml:2:1: baseline holds a NUL"),
        ("per-path-ignores = 1\n", "wpmigrate.toml:1:1: per-path-ignores is a table of patterns"),
        ("yes = true\n", "wpmigrate.toml:1:1: there is no option 'yes' here"),
        ("scheduler = 'tcp://a.example:1'\n", "wpmigrate.toml:1:1: there is no option 'sched"),
        ("allow-private = true\n", "wpmigrate.toml:1:1: there is no option 'allow-pr"),
        ("[check]\nTOKEN = 'x'\n", "wpmigrate.toml:2:1: TOKEN: who we are on a site"),
    ],
)
def test_what_is_wrong_has_a_place(folder: Path, text: str, said: str) -> None:
    """File, line and column, in our words."""
    (folder / "wpmigrate.toml").write_text(text)

    with pytest.raises(SettingsError) as caught:
        context("check")

    assert str(caught.value).startswith(said)


def test_what_isnt_utf_8_is_named(folder: Path) -> None:
    """Nothing is guessed."""
    (folder / "wpmigrate.toml").write_bytes(b"# caf\xe9\n")

    with pytest.raises(SettingsError) as caught:
        context("check")

    assert str(caught.value) == "wpmigrate.toml: isn't UTF-8. Save it as UTF-8"


def test_ignores_by_path_reach_the_command(folder: Path) -> None:
    """They have a table of their own."""
    (folder / "wpmigrate.toml").write_text(
        '[per-path-ignores]\n"old/" = ["loss-id"]\n"*.txt" = "loss-character"\n'
    )
    meta: dict[str, Any] = context("check").meta

    assert meta["per-path-ignores"] == (("old/", ("loss-id",)), ("*.txt", ("loss-character",)))


READ = {"author_map", "journal", "mapping", "media_dir", "other", "source"}
"""Options that name a file, or a folder, which no run writes."""

PLACES = [
    ("out", "export"),
    ("redirects", "export"),
    ("report", "check"),
    ("baseline", "check"),
    ("journal", "import"),
    ("lock", "undo"),
    ("media-dir", "export"),
]


def says(folder: Path, name: str, place: str | Path, *typed: str) -> None:
    """Have the settings name a place that is written, and run the command that writes there."""
    said = f"json={place}" if name == "report" else str(place)
    text = f"site = 'https://a.example'\n[{dict(PLACES)[name]}]\n{name} = '{said}'\n"
    (folder / "wpmigrate.toml").write_text(text)
    new = ("--write-baseline",) if name == "baseline" else ()
    context(dict(PLACES)[name], *new, *typed)


@pytest.mark.parametrize("name", dict(PLACES))
@pytest.mark.parametrize("place", ["../b.map", "posts/../../b.map", "/b.map", "~/b.map", "away/b"])
def test_nothing_is_written_outside_the_folder_of_the_settings(
    folder: Path, name: str, place: str
) -> None:
    """Not by a step up, not from the root, not through a link; file, line and way out are named."""
    (folder / "away").symlink_to(folder.parent)

    with pytest.raises(SettingsError, match="leads out of the folder of these settings") as caught:
        says(folder, name, place)

    assert str(caught.value).startswith("wpmigrate.toml:3:1: ")
    assert "Name it on the command line, with --" in str(caught.value)


@pytest.mark.parametrize("name", dict(PLACES))
@pytest.mark.parametrize("place", [".git/hooks/x.map", ".bashrc", "posts/.github/x.map"])
def test_nothing_hidden_is_written_for_the_settings(folder: Path, name: str, place: str) -> None:
    """Where hooks of Git's, workflows and what a shell runs at its start lie."""
    with pytest.raises(SettingsError, match="is hidden, or lies in a hidden folder"):
        says(folder, name, place)


@pytest.mark.parametrize("name", ["out", "redirects", "report", "baseline"])
def test_nothing_of_the_users_is_replaced_for_the_settings(folder: Path, name: str) -> None:
    """What stands there and isn't an earlier one of ours is left, whatever its ending."""
    (folder / "x.map").write_text("all:\n\tmake wpmigrate\n")

    with pytest.raises(SettingsError, match="is there already, and wpmigrate didn't write it"):
        says(folder, name, "x.map")


def test_a_pipe_is_not_written_for_the_settings(folder: Path) -> None:
    """Whoever reads from it may be a program."""
    os.mkfifo(folder / "x.map")

    with pytest.raises(SettingsError, match="is a pipe or a device"):
        says(folder, "report", "x.map")


def test_what_a_run_wrote_is_replaced_by_the_next(folder: Path) -> None:
    """Each kind of file that settings can name is known again."""
    (folder / "posts" / "a.md").write_text("---\ntitle: A\nlayout: post\n---\nText\n")
    lines = [f"'{name}=reports/{name}'" for name in formats.REPORTS]
    (folder / "wpmigrate.toml").write_text(
        f"source = 'posts'\nbaseline = 'known.json'\nreport = [{', '.join(lines)}]\n"
        "[export]\nout = 'site.xml.gz'\nredirects = 'public/.htaccess'\n"
    )
    (folder / "public").mkdir()
    with pytest.raises(SystemExit, match="0"):
        commands.main(["export", "--write-baseline"], standalone_mode=False)
    written = [path for path in folder.rglob("*") if path.is_file()]

    assert len(written) == len(formats.REPORTS) + 5
    assert context("export").params["redirects_to"] == "public/.htaccess"
    assert context("check").params["baseline"] == Path("known.json")


def test_what_is_typed_may_lie_anywhere(folder: Path) -> None:
    """The command line's own place counts, and that of the settings isn't looked at."""
    says(folder, "out", "../b.xml", "-o", "../c.xml")
    says(folder, "report", "../b.json", "--report", "json=../c.json")


def test_places_that_are_read_may_lie_anywhere(folder: Path) -> None:
    """A copy of the uploads, for one, is looked at where it is, and a baseline that stays."""
    (folder / "wpmigrate.toml").write_text("baseline = '.github/known.json'\n")
    assert context("check").params["baseline"] == Path(".github/known.json")
    (folder / "wpmigrate.toml").write_text(
        f"source = '..'\nsite = 'https://a.example'\nmedia-dir = '{folder.parent}'\n"
    )

    assert context("import").params["media_dir"] == folder.parent


@pytest.mark.parametrize("command", SETTLED)
def test_each_option_that_names_a_file_is_read_or_looked_at(command: str) -> None:
    """A new one has to say which: in settled_places.py, or above."""
    for _, param in in_settings(load(command)):
        metavar = str(param.metavar or "")
        if isinstance(param.type, click.Path) or "FILE" in metavar or "OUT" in metavar:
            given = {"write_baseline"}
            assert is_written(str(param.name), command, given) or param.name in READ
