"""Where a settings file may have something written: below its folder, over nothing of others'.

Such a file comes along with a folder that was cloned or unpacked, or with a pull request. What it
names to be written holds texts of posts: in `.bashrc`, in a hook of Git's or over a script these
would be run. Whoever wants a file elsewhere names it on the command line.
"""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Callable, Container
from pathlib import Path
from typing import Final

from migrate import formats
from migrate.output import plain

WRITTEN: Final = frozenset({"report", "redirects_to", "out", "lock", "baseline"})
"""Options whose file is written. A lock and a journal see for themselves that they are ours."""

_WRITTEN_BY: Final = {"media_dir": ("export",), "journal": ("import", "undo")}
"""Options whose file is written by some commands and read by others."""

_HIDDEN_OF_OURS: Final = {"journal": ".wpmigrate", "redirects_to": ".htaccess"}
_LOOKED_AT: Final = 1 << 16
"""How many bytes at the beginning, and at the end, are looked at to know a file of ours."""


def is_written(option: str, command: str, given: Container[str]) -> bool:
    """Tell whether a command writes the file that an option (the parameter's name) names.

    `given` are the options on its line, without which a baseline is only read.
    """
    if option == "baseline":
        return "write_baseline" in given
    return option in WRITTEN or command in _WRITTEN_BY.get(option, ())


def why_not(option: str, name: str, top: Path, form: str = "") -> str:
    """Say why a settings file in the folder `top` can't have `name` written; empty if it can.

    `form` is the format of a report. Links are followed first: it counts where they lead.
    """
    real, folder = Path(os.path.realpath(name)), Path(os.path.realpath(top))
    if not real.is_relative_to(folder):
        return "leads out of the folder of these settings"
    parts = real.relative_to(folder).parts
    if any(part.startswith(".") and part != _HIDDEN_OF_OURS.get(option) for part in parts):
        return "is hidden, or lies in a hidden folder"
    try:
        mode = real.stat().st_mode
    except OSError:
        return ""  # nothing is there, or the run says what is wrong with it
    if stat.S_ISDIR(mode):
        return ""
    if not stat.S_ISREG(mode):
        return "is a pipe or a device"
    is_ours = _OURS.get(option)
    if is_ours is None or not real.stat().st_size or is_ours(real, form):
        return ""
    return "is there already, and wpmigrate didn't write it"


def _is_report(path: Path, form: str) -> bool:
    if form not in formats.REPORTS:
        return True  # which is wrong usage, and said as that
    mark = formats.find(formats.REPORTS, form, "report").mark
    try:
        with plain.opened(path) as stream:
            first = stream.read(_LOOKED_AT)
            stream.seek(max(0, path.stat().st_size - _LOOKED_AT))
            last = stream.read(_LOOKED_AT)
    except OSError:
        return False
    return any(mark.search(part.decode("utf-8", "replace")) for part in (first, last))


def _is_export(path: Path, _form: str) -> bool:
    from migrate.writers.wxr.head import OPENING  # noqa: PLC0415 - few settings need it

    try:
        with plain.opened(path) as stream:
            if path.suffix != ".gz":
                return stream.read(len(OPENING)) == OPENING
            with gzip.open(stream) as unpacked:
                return unpacked.read(len(OPENING)) == OPENING
    except (OSError, EOFError, zlib.error):
        return False


def _is_redirects(path: Path, _form: str) -> bool:
    from migrate.writers import redirects  # noqa: PLC0415 - few settings need it

    return redirects.is_ours(path)


def _is_baseline(path: Path, _form: str) -> bool:
    from migrate.report import baseline  # noqa: PLC0415 - few settings need it

    return baseline.is_ours(path)


_OURS: Final[dict[str, Callable[[Path, str], bool]]] = {
    "report": _is_report,
    "redirects_to": _is_redirects,
    "out": _is_export,
    "baseline": _is_baseline,
}
