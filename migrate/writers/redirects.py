"""Redirects from old addresses to new ones, as web servers and a plugin take them.

Old addresses are paths of the site, decoded (`/2016/a`), or `?p=ID`. A path is redirected with and
without a slash at its end, which WordPress doesn't mind either.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import Final, NamedTuple
from urllib.parse import quote

from migrate import output
from migrate.errors import UsageError
from migrate.model.action import Action
from migrate.output import plain
from migrate.rewrite.address_index import AddressIndex

_IN_PATHS: Final = "/:@!$&'()*+,;=-._~"
_IN_ADDRESSES: Final = _IN_PATHS + "?#[]%"
_CONTROL: Final = re.compile("[\x00-\x1f\x7f]")
"""Characters that stand for themselves (RFC 3986); a new address is percent-encoded already."""


class Redirect(NamedTuple):
    """One address that moved; `old` is a path or `?p=ID`, `new` a path or a whole address."""

    old: str
    new: str


def write(addresses: AddressIndex, path: Path, *, dry_run: bool) -> Action:
    """Write the redirects of all records to a file, whole or not at all; its name tells how."""
    form = form_of(path.name)
    redirects = [Redirect(old, new) for old, new in sorted(addresses.moved())]
    with output.replacing(path, dry_run=dry_run) as replacement:
        for line in lines(form, redirects):
            replacement.stream.write(line.encode("utf-8"))
    reason = f"addresses that moved: {len(redirects)}"
    return Action(replacement.outcome, "redirects", path=str(path), reason=reason)


def lines(form: str, redirects: Iterable[Redirect]) -> Iterator[str]:
    """Give the file's text, a redirect a line, for a form that `FORMS` names."""
    head, line = FORMS[form]
    yield from head
    for redirect in redirects:
        yield line(redirect)


def is_ours(path: Path) -> bool:
    """Tell whether a file holds nothing but redirects as they are written here."""
    form = form_of(path.name)
    begins = "".join(FORMS[form][0]).encode()
    try:
        with plain.opened(path) as stream:
            return stream.read(len(begins)) == begins and all(
                any(line.startswith(first) and line.endswith(last) for first, last in _LINES[form])
                for line in iter(lambda: stream.readline(_LONGEST_LINE), b"")
            )
    except OSError:
        return False


def form_of(path: str) -> str:
    """Tell the form from a file's name; UsageError where it doesn't tell."""
    name = PurePath(path).name
    for ending, form in NAMES.items():
        if name.endswith(ending):
            return form
    raise UsageError(
        "which redirects to write can't be told from the name",
        path=path,
        fix=f"End it in {', '.join(NAMES)}",
    )


def _nginx(redirect: Redirect) -> str:
    """Write a row for a `map $request_uri $new_address` block."""
    pattern = re.escape(quote(redirect.old, _IN_PATHS)).replace('"', '\\"')
    if redirect.old.startswith("?"):
        return f'"~^/\\{redirect.old}$" "{_address(redirect)}";\n'
    return f'"~^{pattern}/?(?:\\?.*)?$" "{_address(redirect)}";\n'


def _apache(redirect: Redirect) -> str:
    """Write mod_rewrite's words; a query is asked for in a condition of its own."""
    if redirect.old.startswith("?"):
        condition = f"RewriteCond %{{QUERY_STRING}} ^{re.escape(_on_one_line(redirect.old)[1:])}$\n"
        return condition + f'RewriteRule ^$ "{_address(redirect)}?" [R=301,L,NE]\n'
    pattern = re.escape(_on_one_line(redirect.old).lstrip("/")).replace('"', '\\"')
    return f'RewriteRule "^{pattern}/?$" "{_address(redirect)}" [R=301,L,NE]\n'


def _netlify(redirect: Redirect) -> str:
    if redirect.old.startswith("?"):
        name, _, value = redirect.old[1:].partition("=")
        return f"/ {name}={value} {_address(redirect)} 301\n"
    return f"{quote(redirect.old, _IN_PATHS)} {_address(redirect)} 301\n"


def _plugin(redirect: Redirect) -> str:
    """Write a row of the Redirection plugin's CSV: source, target, regex, code."""
    import csv  # noqa: PLC0415 - start-up is kept short

    old = _on_one_line(redirect.old)
    old = f"/{old}" if old.startswith("?") else old
    row = io.StringIO()
    csv.writer(row, lineterminator="\n").writerow([old, _address(redirect), "0", "301"])
    return row.getvalue()


def _on_one_line(old: str) -> str:
    """Give an old path with its control characters encoded, so that none ends the line."""
    return _CONTROL.sub(lambda found: quote(found[0]), old)


def _address(redirect: Redirect) -> str:
    return quote(redirect.new, _IN_ADDRESSES)


FORMS: Final[dict[str, tuple[tuple[str, ...], Callable[[Redirect], str]]]] = {
    "nginx": ((), _nginx),
    "apache": (("RewriteEngine On\n",), _apache),
    "netlify": ((), _netlify),
    "redirection": (("source,target,regex,code\n",), _plugin),
}
"""Form → the lines that stand first, and how one redirect is written."""

_LINES: Final = {
    "nginx": ((b'"~^', b'";\n'),),
    "apache": (
        (b"RewriteCond %{QUERY_STRING} ^", b"$\n"),
        (b'RewriteRule "', b'" [R=301,L,NE]\n'),
        (b"RewriteRule ^$ ", b'" [R=301,L,NE]\n'),
    ),
    "netlify": ((b"/", b" 301\n"),),
    "redirection": ((b"", b",0,301\n"),),
}
"""Form → how its lines begin and end."""

_LONGEST_LINE: Final = 1 << 16

NAMES: Final = {
    "_redirects": "netlify",
    ".htaccess": "apache",
    ".map": "nginx",
    ".conf": "nginx",
    ".csv": "redirection",
}
"""What a file's name ends in → the form that is written."""
