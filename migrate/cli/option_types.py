"""The types of options: what a text on the command line or in the settings means."""

from __future__ import annotations

import codecs
import re
from datetime import tzinfo
from typing import Any, Final
from urllib.parse import urlsplit

import click

from migrate.model import dates

_UNITS: Final[dict[str, int]] = {
    "": 1,
    **{f"{name}b": 1000**power for power, name in enumerate(("", "k", "m", "g"))},
    **{f"{name}ib": 1024**power for power, name in enumerate(("k", "m", "g"), 1)},
}
_SIZE: Final = re.compile(rf"([0-9]+)\s*({'|'.join(_UNITS)})", re.IGNORECASE)


class Timezone(click.ParamType[tzinfo]):
    """AREA/CITY, or an offset like +02:00."""

    name = "AREA/CITY"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tzinfo:
        """Turn the text into a zone; wrong usage where there is no such zone."""
        if isinstance(value, tzinfo):
            return value
        try:
            return dates.parse_zone(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Encoding(click.ParamType[str]):
    """The name of a character encoding that Python knows."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the name as Python spells it; wrong usage where it knows none."""
        try:
            "".encode(value)  # which refuses what isn't about text, such as base64
            return codecs.lookup(value).name
        except (LookupError, ValueError):
            self.fail(f"no encoding is called {value!r}; try latin-1, cp1252 or utf-16", param, ctx)


class BaseUrl(click.ParamType[str]):
    """A site's address, without credentials: it goes into every link and guid."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the address as it stands; wrong usage where it is none."""
        try:
            parts = urlsplit(value)
            is_address = parts.scheme in ("http", "https") and bool(parts.hostname)
        except ValueError:
            is_address = False
        if not is_address or parts.query or parts.fragment:
            self.fail("write it as https://example.org", param, ctx)
        if "@" in parts.netloc:
            self.fail("leave out name and password: the address is published", param, ctx)
        return str(value)


class Size(click.ParamType[int]):
    """A number of bytes, as 500kB, 10MB or 8MiB."""

    name = "SIZE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give it in bytes; wrong usage where it is no size."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(value.strip())
        if not found or not int(found[1]):
            self.fail(f"{value!r} is no size: write 10MB, 8MiB, 500kB or bytes", param, ctx)
        return int(found[1]) * _UNITS[str(found[2]).lower()]


class CodeName(click.ParamType[str]):
    """The code of a finding."""

    name = "CODE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the code; wrong usage where there is none of that name."""
        from migrate.model.codes import CODES  # noqa: PLC0415 - start-up is kept short

        if value not in CODES:
            self.fail(f"there is no code {value!r}: `wpmigrate explain` lists them", param, ctx)
        return str(value)


class Names(click.ParamType[tuple[str, ...]]):
    """Names with commas between them."""

    name = "NAME[,NAME…]"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Give the names, without the blanks round them and without empty ones."""
        del param, ctx
        if isinstance(value, tuple):
            return value
        return tuple(name for part in value.split(",") if (name := part.strip()))


class OptionNames(Names):
    """Names of a site's options with commas between them."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Give the names; wrong usage for an option that belongs to its site alone."""
        from migrate.model.site_options import why_kept  # noqa: PLC0415 - start-up is kept short

        names = super().convert(value, param, ctx)
        for name in names:
            if why := why_kept(name):
                self.fail(f"{name!r} can't go from one site to another: {why}", param, ctx)
        return tuple(dict.fromkeys(names))
