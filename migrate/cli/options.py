"""The options that mean the same in every command."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Any, Final

import click
from msgspec import Struct, field

from migrate import formats
from migrate.cli import completion, filters
from migrate.cli.option_types import BaseUrl, CodeName, Encoding, Names, Timezone
from migrate.cli.settled import PER_PATH_IGNORES
from migrate.selection import Selection

FAIL_ON: Final = ("error", "warning", "loss", "never")


class Common(Struct, frozen=True):
    """What every command that reads posts was asked."""

    mapping: str | None
    timezone: tzinfo | None
    encoding: str | None
    source_format: str | None
    report: tuple[str, ...]
    fail_on: str
    dry_run: bool
    quiet: bool
    verbose: bool
    progress: bool
    show_private: bool
    rewrite: tuple[str, ...] = ()
    resolve_links: bool = False
    allow_private: bool = False
    base_url: str = ""
    author_map: Path | None = None
    selection: Selection = field(default_factory=Selection)
    ignore: tuple[str, ...] = ()
    per_path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    baseline: Path | None = None
    write_baseline: bool = False


Option = Callable[[Callable[..., None]], Callable[..., None]]
"""What click.option() makes: something that gives a command one option."""

_READING: Final = (
    click.option("--mapping", "-m", default=None, metavar="NAME|FILE",
                 shell_complete=completion.mappings,
                 help="The dialect of the posts: a built-in mapping or a mapping file.  "
                      "[default: told from each post]"),
    click.option("--timezone", type=Timezone(), default=None,
                 help="The zone of dates that state none; +HH:MM works too.  [default: UTC]"),
    click.option("--base-url", type=BaseUrl(), default=None,
                 help="The site's address, where the source doesn't tell it."),
    click.option("--author-map", type=click.Path(path_type=Path), default=None, metavar="FILE",
                 help="A YAML file of lines `author: user`: who an author is to be, by login, "
                      "e-mail or name; on a site by the user's number too."),
    click.option("--encoding", type=Encoding(), default=None,
                 help="What the files are written in, where it isn't UTF-8."),
    click.option("--from", "source_format", default=None,
                 metavar="|".join((*formats.READERS, "DIALECT")),
                 help="What SOURCE is.  [default: told from its content]"),
    click.option("--rewrite", type=Names(), default=(), metavar="RULE[,RULE…]",
                 shell_complete=completion.rules,
                 help="Rewrite rules to switch on; none switches off those of the mappings."),
    click.option("--resolve-links", is_flag=True,
                 help="Ask the network where links lead that the rule feed-links can't tell of."),
    click.option("--allow-private", is_flag=True,
                 help="Let --resolve-links and --fetch-media go into private networks."),
)  # fmt: skip

_SAYING: Final = (
    click.option("--report", multiple=True, metavar="FORMAT[=PATH]",
                 shell_complete=completion.reports,
                 help=f"{', '.join(formats.REPORTS)}; to PATH, else to standard output. "
                      "Repeatable."),
    click.option("--fail-on", type=click.Choice(FAIL_ON), default="error", show_default=True,
                 help="End with status 1 at a finding of this kind or worse."),
    click.option("--no-settings", is_flag=True,
                 help="Read no wpmigrate.toml and no [tool.wpmigrate] of pyproject.toml."),
    click.option("--dry-run", is_flag=True, help="Say what would happen and change nothing."),
    click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors."),
    click.option("--verbose", "-v", is_flag=True, help="Show every place and every action."),
    click.option("--no-progress", is_flag=True, help="Show no progress bar."),
    click.option("--show-private", is_flag=True,
                 help="Show the text of posts that aren't public in reports."),
)  # fmt: skip

_OVERLOOKING: Final = (
    click.option("--ignore", type=CodeName(), multiple=True, metavar="CODE",
                 shell_complete=completion.codes,
                 help="Say nothing of findings with this code. Repeatable."),
    click.option("--baseline", type=click.Path(path_type=Path), default=None, metavar="FILE",
                 help="Findings that are known: they are counted, and fail nothing."),
    click.option("--write-baseline", is_flag=True,
                 help="Write that file: all that is found now is known from then on."),
)  # fmt: skip

_SAID: Final = ("report", "fail_on", "dry_run", "quiet", "verbose", "progress", "show_private")


SECTIONS: Final = {
    "What is read": _READING,
    "What is chosen": filters.OPTIONS,
    "What is said": (*_SAYING, *_OVERLOOKING),
}
"""The common options as --help lists them."""


def section_of(param: click.Parameter) -> str:
    """Give the section of an option that is common to commands; empty for another."""
    return _sections().get(str(param.name), "")


@functools.cache
def _sections() -> dict[str, str]:
    found: dict[str, str] = {}
    for section, options in SECTIONS.items():
        for option in options:
            made = click.command("none")(option(lambda: None))
            found |= {str(param.name): section for param in made.params}
    return found


def common(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all share; it takes them as one `common=Common(...)`."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> None:
        given["progress"] = not given.pop("no_progress")
        del given["no_settings"]  # its command has seen to it
        given["base_url"] = given["base_url"] or ""
        meta = click.get_current_context().meta
        given["per_path_ignores"] = meta.get(PER_PATH_IGNORES, ())
        given["selection"] = filters.selection(given)
        chosen = Common(**{name: given.pop(name) for name in Common.__struct_fields__})
        command(common=chosen, **given)

    return _with(wrapped, [option for options in SECTIONS.values() for option in options])


def saying(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that reads no posts those of the options that say how it is to speak."""

    @functools.wraps(command)
    def wrapped(**given: Any) -> None:
        given["progress"] = not given.pop("no_progress")
        del given["no_settings"]
        chosen = {name: given.pop(name) for name in _SAID}
        unread: dict[str, Any] = dict.fromkeys(("mapping", "timezone", "encoding", "source_format"))
        command(common=Common(**unread, **chosen), **given)

    return _with(wrapped, _SAYING)


def _with(command: Callable[..., None], options: Sequence[Option]) -> Callable[..., None]:
    for option in reversed(options):
        option(command)
    return command


_LAST_SECOND: Final = 253_402_300_799
"""The end of the year 9999, behind which no date of ours lies."""


def source_date_epoch() -> int | None:
    """Give SOURCE_DATE_EPOCH in seconds (reproducible-builds.org); None where that is no moment."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    is_moment = stated.isascii() and stated.isdigit() and len(stated) <= len(str(_LAST_SECOND))
    return int(stated) if is_moment and int(stated) <= _LAST_SECOND else None
