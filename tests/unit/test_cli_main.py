"""The command `wpmigrate` itself: what it lists and what it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from migrate.cli.main import COMMANDS, commands

LOADED = """
import sys
from migrate.cli.main import main
sys.argv = ["wpmigrate", *{arguments!r}]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_the_list_of_commands_loads_none(argument: str) -> None:
    """Start-up stays short: only what prints is there."""
    code = LOADED.format(arguments=[argument])

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    loaded = done.stderr.split()
    assert "requests" not in loaded
    assert {name for name in loaded if name.startswith("migrate.cli.")} == {
        "migrate.cli.main",
        "migrate.cli.terminal",
    }


HEAVY = {
    *("requests", "lxml", "ftfy", "html_to_markdown", "jsonschema", "pathspec"),
    *("concurrent.futures", "multiprocessing", "subprocess", "pickle"),
    *("distributed", "dask", "fsspec", "migrate.cluster"),
    *("html.parser", "phpserialize", "tomllib", "tomlkit", "csv", "zoneinfo"),
}
"""What takes milliseconds to import, and what few runs need."""


def test_an_export_loads_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    """A small folder becomes WXR, and WXR a folder, without what only other runs make use of."""
    posts = tmp_path / "posts"
    posts.mkdir()
    (posts / "2016-07-16-a.md").write_text("---\nID: 1\npost_title: One\n---\nBody.\n")
    for source, out in (("posts", "site.xml"), ("site.xml", "again/")):
        code = LOADED.format(arguments=["export", source, "-q", "-o", out])
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert HEAVY.intersection(done.stderr.split()) == set()


def test_every_command_is_listed_with_a_line_that_fits() -> None:
    """Each row names a command, and no line is broken on 80 columns."""
    context = click.Context(commands, **commands.context_settings)

    listed = commands.get_help(context).partition("Commands:\n")[2].splitlines()

    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert all(commands.get_command(context, name) for name in COMMANDS)
