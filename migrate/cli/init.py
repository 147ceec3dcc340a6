"""`wpmigrate init`: looks at a folder, writes its settings and says what to do next."""

from __future__ import annotations

import json
import os
import shlex
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from migrate.cli.settings_file import NAME, find_here
from migrate.cli.terminal import out
from migrate.errors import SourceError, UsageError

if TYPE_CHECKING:
    from migrate.first_look import FirstLook

OUT: Final = "site.xml"


@click.command()
@click.argument("folder", default=".", type=click.Path())
@click.option("--overwrite", is_flag=True, help="Replace the wpmigrate.toml that is there.")
def init(folder: str, overwrite: bool) -> None:
    """Look at FOLDER, say which tool wrote its posts, and write wpmigrate.toml.

    The settings go into the current folder; a file that is there stays unless
    --overwrite is given. Nothing else is changed, and the last line says the next
    command.

    \b
    Examples: wpmigrate init
              wpmigrate init content/posts
    """  # noqa: D301 - click looks for the character
    from migrate.first_look import first_look  # noqa: PLC0415 - start-up is kept short
    from migrate.mapping import load  # noqa: PLC0415
    from migrate.output import replacing  # noqa: PLC0415
    from migrate.readers.posts import PostsReader  # noqa: PLC0415

    path = Path(folder)
    if not path.is_dir():
        raise SourceError("is no folder", path=folder, fix="Name the folder that your posts lie in")
    _refuse_existing(overwrite=overwrite)
    dialects = load.detected()
    seen = first_look(PostsReader(path, dialects, False, "utf-8", Counter()))
    if seen.unreadable and not seen.posts:
        raise SourceError(
            "holds no post that can be read",
            path=folder,
            fix=f"`wpmigrate check {shlex.quote(folder)}` says what is wrong with each",
        )
    if not seen.posts:
        raise SourceError(
            "holds no posts",
            path=folder,
            fix="Name the folder of your posts, or with `wpmigrate export FILE.xml -o posts/` an "
            "export of WordPress",
        )
    source = os.path.normpath(path / seen.folder)
    _refuse_name(source)
    titles = {dialect.name: dialect.title for dialect in dialects}
    text = "".join(f"{line}\n" for line in _settings(source, seen))
    with replacing(Path(NAME)) as replacement:
        replacement.stream.write(text.encode("utf-8"))
    out("\n".join(_said(source, seen, titles)))


def _refuse_existing(*, overwrite: bool) -> None:
    if Path(NAME).is_symlink():
        fix = "Take the link away: what it leads to would be written"
        raise UsageError("a link stands in its place", path=NAME, fix=fix)
    found = find_here()
    if found is None or (overwrite and found.name == NAME):
        return
    fix = "Edit them" + (", or replace them with --overwrite" if found.name == NAME else "")
    raise UsageError("there are settings already", path=str(found), fix=fix)


def _refuse_name(source: str) -> None:
    """Refuse a folder that no settings file can name."""
    try:
        source.encode()
    except UnicodeEncodeError as error:
        fix = "Rename it, or name it on the command line each time"
        raise SourceError("the folder's name is not UTF-8", path=source, fix=fix) from error


def _settings(source: str, seen: FirstLook) -> Iterator[str]:
    """Give the lines of wpmigrate.toml."""
    yield "# Settings of wpmigrate: every option of its commands can stand here."
    yield f"source = {_quoted(source)}"
    if seen.dialect:
        yield f"from = {_quoted(seen.dialect)}"
    yield f"out = {_quoted(OUT)}"
    yield '# timezone = "Europe/Lisbon"  # of dates that state none; without it they are UTC'
    yield '# fail-on = "warning"'
    yield '# ignore = ["mapping-entities"]  # `wpmigrate explain` lists the codes'
    yield ""
    yield "[import]"
    yield f"{'' if seen.site else '# '}site = {_quoted(seen.site or 'https://example.org')}"
    yield "# WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD say who we are there; not for this file."
    yield ""
    yield "# [per-path-ignores]"
    yield '# "archive/" = ["rewrite-link-broken"]'


def _said(source: str, seen: FirstLook, titles: dict[str, str]) -> Iterator[str]:
    of = ", ".join(f"{number} {kind}" for kind, number in seen.types.items())
    more = "" if seen.is_whole else " among the first files"
    yield f"{source}: {of}{more}"
    for name, number in seen.dialects.most_common():
        share = "all" if seen.dialect else str(number)
        yield f"{share} in the front matter of {titles.get(name, name)} ({name})"
    if seen.unreadable:
        files = "1 file" if seen.unreadable == 1 else f"{seen.unreadable} files"
        yield f"{files} that can't be read: the check says why"
    yield f"Written: {NAME}. Have a look at its time zone."
    yield ""
    yield "Next: wpmigrate check"


def _quoted(text: str) -> str:
    # A basic string of TOML takes what JSON's does, but for one control character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
