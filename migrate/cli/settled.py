"""Settled: a command whose options can stand in a settings file too; the command line wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource

from migrate.cli.main import COMMANDS, load
from migrate.cli.option_types import Names

if TYPE_CHECKING:
    from migrate.cli.settings_file import SettingsFile

PER_PATH_IGNORES: Final = "per-path-ignores"
"""The table of patterns and the codes that are ignored where they fit; its key in `ctx.meta`."""

SITE: Final = "site"
OWN_SITE: Final = frozenset({"export", "check"})
"""Commands in which --site stands for SOURCE: they know only the one that is in their own table."""

OWN_TABLE: Final = frozenset({"force", "overwrite", "prune"})
"""Options that take something away, another thing in each command: only its own table says them."""

OF_SOURCE: Final = frozenset({"from", "mapping", "encoding", "out"})
"""Options that speak of the `source` beside them: another SOURCE is read without them."""

_PRIVATE: Final = ("pass", "user", "token", "secret", "credential", "login")
_NO_SETTINGS: Final = "no_settings"
_NOT_SETTINGS: Final = frozenset(
    {"help", "yes", "force", "number", "planned", "plan_out", _NO_SETTINGS, "write_baseline"}
    | {"scheduler", "allow_private"}  # whom to trust isn't for a file that others send in
)
"""Options for one moment: a file that said them would say them each time."""


class Settled(click.Command):
    """Takes what the command line leaves open from the nearest settings file.

    Its paths are relative to that file. Raises SettingsError, with line and column, for an option
    that doesn't exist or a value that can't be used.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line over the settings."""
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        if given.get(_NO_SETTINGS):
            return super().parse_args(ctx, args)
        found = _find(given.get("source"))
        if found is None:
            return super().parse_args(ctx, args)
        settings = _Settings(found, self, given)
        ctx.default_map = settings.defaults()
        ctx.meta[PER_PATH_IGNORES] = settings.per_path_ignores()
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            name = error.param.name if error.param else None
            if name and ctx.get_parameter_source(name) is ParameterSource.DEFAULT_MAP:
                raise settings.refused(name, error.message) from error
            raise

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then those that others have too, in sections."""
        from migrate.cli.options import section_of  # noqa: PLC0415 - it imports this module

        sections: dict[str, list[tuple[str, str]]] = {"": []}
        for param in self.get_params(ctx):
            if (row := param.get_help_record(ctx)) is not None:
                sections.setdefault(section_of(param), []).append(row)
        for name, rows in sections.items():
            with formatter.section(name or "Options"):
                formatter.write_dl(rows)


def is_given(name: str) -> bool:
    """Tell whether the current command's option was given on the command line."""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE


def option_name(param: click.Parameter) -> str:
    """Give the name of an option as the settings have it: `base-url` for --base-url."""
    if isinstance(param, click.Argument) or param.name == "out":
        return str(param.name)
    return max(param.opts, key=len).lstrip("-")


def in_settings(command: click.Command) -> Iterator[tuple[str, click.Parameter]]:
    """Give what of a command can stand in the settings, by its name there."""
    for param in command.params:
        if param.name not in _NOT_SETTINGS:
            yield option_name(param), param


def _find(source: object) -> SettingsFile | None:
    from migrate.cli.settings_file import find  # noqa: PLC0415 - --help needs no settings

    here = Path()
    if not isinstance(source, str) or source == "-":
        return find([here])  # click has a value of its own for what wasn't given
    path = Path(source)
    return find([path if path.is_dir() else path.parent, here])


class _Settings:
    """What a settings file says to one command."""

    def __init__(
        self, file: SettingsFile, command: click.Command, given: Mapping[str, Any]
    ) -> None:
        """Make one for a command line on which this is `given`, by the names of parameters."""
        self._file = file
        self._given = given
        self._is_other_source = self._is_other(given.get("source"))
        self._command = str(command.name)
        self._params = dict(in_settings(command))

    def defaults(self) -> dict[str, Any]:
        """Give the values for the command's options; its own table goes before the rest."""
        common = {name: value for name, value in self._file.options.items() if not _is_map(value)}
        own = self._file.options.get(self._command, {})
        self._refuse_unknown()
        left_out = {SITE} if self._command in OWN_SITE else set[str]()
        left_out |= OF_SOURCE if self._is_other_source else set()
        common = {name: value for name, value in common.items() if name not in left_out}
        said: dict[tuple[str, ...], Any]
        said = {(name,): value for name, value in common.items() if name not in own}
        said |= {(self._command, name): value for name, value in own.items()}
        return {
            str(self._params[keys[-1]].name): self._checked(keys, value)
            for keys, value in said.items()
            if keys[-1] in self._params
        }

    def _is_other(self, source: object) -> bool:
        """Tell whether a SOURCE of the command line lies outside the one of the settings."""
        own = self._file.options.get("source")
        if not isinstance(source, str) or not isinstance(own, str):
            return False
        place = (self._file.path.parent / own).resolve()
        return not Path(source).resolve().is_relative_to(place)

    def per_path_ignores(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Give the patterns of paths with the codes that are ignored there."""
        table = self._file.options.get(PER_PATH_IGNORES, {})
        return tuple(
            (pattern, self._codes((PER_PATH_IGNORES, pattern), codes))
            for pattern, codes in table.items()
        )

    def refused(self, name: str, message: str) -> Exception:
        """Make the error about a value that click refuses."""
        option = next(key for key, param in self._params.items() if param.name == name)
        own = self._file.options.get(self._command, {})
        keys = [self._command, option] if option in own else [option]
        return self._file.error(f"{option}: {message.rstrip('.')}", keys)

    def _refuse_unknown(self) -> None:
        """Refuse what no command knows; what stands in another one's table is left to that one."""
        for name, value in self._file.options.items():
            if name == PER_PATH_IGNORES and not _is_map(value):
                said = f"{name} is a table of patterns, each with the codes to ignore there"
                raise self._file.error(said, [name], f"Begin it with a line [{name}]")
            if not _is_map(value):
                if name in OWN_TABLE:
                    fix = f"Put it into the command's table, as [export] {name} = true"
                    said = f"{name} takes away another thing in each command"
                    raise self._file.error(said, [name], fix)
                if name not in self._params and name not in (known := _known_to_any()):
                    self._refuse_key((name,), known)
            elif name == self._command:
                for key in value:
                    if key not in self._params:
                        self._refuse_key((name, key), set(self._params))
            elif name != PER_PATH_IGNORES and name not in COMMANDS:
                self._refuse_private((name,))
                fix = f"Tables are {PER_PATH_IGNORES} and the names of commands"
                raise self._file.error(f"there is no command {name!r}", [name], fix)

    def _refuse_key(self, keys: tuple[str, ...], known: set[str]) -> None:
        self._refuse_private(keys)
        fix = _nearest(keys[-1], known)
        raise self._file.error(f"there is no option {keys[-1]!r} here", keys, fix)

    def _refuse_private(self, keys: tuple[str, ...]) -> None:
        name = keys[-1]
        if any(word in name.lower() for word in _PRIVATE):
            raise self._file.error(
                f"{name}: who we are on a site doesn't belong into a file that is shared",
                keys,
                "Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, and make a new application "
                "password if this one was committed",
            )

    def _checked(self, keys: tuple[str, ...], value: Any) -> Any:
        """Give a value as click takes it. Raises SettingsError where it is of another type."""
        param = self._params[keys[-1]]
        if isinstance(param, click.Option) and param.is_flag:
            if not isinstance(value, bool):
                raise self._file.error(f"{keys[-1]} is true or false", keys, "Without quotes")
            return value
        listed = value if isinstance(value, list) else [value]
        if isinstance(param.type, Names):
            return ",".join(self._one(keys, param, item) for item in listed)
        if isinstance(param, click.Option) and param.multiple:
            return tuple(self._one(keys, param, item) for item in listed)
        return self._one(keys, param, value)

    def _one(self, keys: tuple[str, ...], param: click.Parameter, value: Any) -> Any:
        if isinstance(value, list):
            raise self._file.error(f"{keys[-1]} is one value, not a list", keys, "Name one")
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise self._file.error(f"{keys[-1]} is a text", keys, "Write it in quotes")
        if "\0" in value:
            raise self._file.error(f"{keys[-1]} holds a NUL character", keys, "Take it out")
        return self._located(keys, param, value)

    def _located(self, keys: tuple[str, ...], param: click.Parameter, value: str) -> str:
        """Give a value in which a path is one from the current folder."""
        name, mark, path = value.partition("=")
        if param.name == "report" and mark and path != "-":
            place = self._file.beside(path)
            self._refuse_place(keys, param, path, place, name)
            return f"{name}={place}"
        is_file = isinstance(param.type, click.Path) or param.metavar in ("FILE", "OUT")
        if param.name == "mapping":
            is_file = "/" in value or value.endswith((".yaml", ".yml"))
        if not is_file or value == "-":
            return value
        place = self._file.beside(value)
        self._refuse_place(keys, param, value, place)
        # A slash at the end means a folder.
        return place + ("/" if value.endswith("/") else "")

    def _refuse_place(
        self,
        keys: tuple[str, ...],
        param: click.Parameter,
        said: str,
        place: str,
        form: str = "",
    ) -> None:
        """Refuse what would be written where no settings file has a say."""
        from migrate.cli import settled_places as places  # noqa: PLC0415 - few settings need it

        option = str(param.name)
        if option in self._given or not places.is_written(option, self._command, self._given):
            return
        if why := places.why_not(option, place, self._file.path.parent, form):
            typed = max(param.opts, key=len)
            fix = f"Name it on the command line, with {typed}, or another place below that folder"
            raise self._file.error(f"{keys[-1]}: {said!r} {why}", keys, fix)

    def _codes(self, keys: tuple[str, ...], codes: Any) -> tuple[str, ...]:
        from migrate.model.codes import CODES  # noqa: PLC0415 - few files have this table

        listed = codes if isinstance(codes, list) else [codes]
        for code in listed:
            if code not in CODES:
                raise self._file.error(
                    f"there is no code {code!r}", keys, "`wpmigrate explain` lists them"
                )
        return tuple(listed)


def _known_to_any() -> set[str]:
    commands = filter(None, (load(name) for name in COMMANDS))
    return {
        name
        for command in commands
        if isinstance(command, Settled)
        for name, _ in in_settings(command)
    }


def _nearest(name: str, known: set[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

    near = get_close_matches(name.replace("_", "-"), sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else "--help of the command lists them"


def _is_map(value: Any) -> bool:
    return isinstance(value, Mapping)
