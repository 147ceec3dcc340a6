"""Python imports this at each start while spill.py runs: every command speaks with --verbose.

What the tests take of commands' outputs is kept in the folder that `FOLDER` names, and each command
line that was verbose has a line in `commands` there.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "WPMIGRATE_TEST_VERBOSE"


def _keep(name: str, *said: Any) -> None:
    folder = Path(os.environ[FOLDER])
    with (folder / f"{name}-{os.getpid()}").open("ab") as file:
        for one in filter(None, said):
            file.write(one if isinstance(one, bytes) else one.encode("utf-8", "replace"))


def _speak() -> None:
    import click  # noqa: PLC0415 - other programs' Pythons have none
    from click.testing import CliRunner  # noqa: PLC0415

    made, invoked = click.Option.__init__, CliRunner.invoke
    communicated = subprocess.Popen.communicate

    def option(self: click.Option, names: Any = None, **said: Any) -> None:
        if names and "--verbose" in names:
            said["callback"] = _verbose
        made(self, names, **said)

    def invoke(self: CliRunner, *given: Any, **named: Any) -> Any:
        result = invoked(self, *given, **named)
        _keep("said", result.output_bytes)
        return result

    def communicate(self: Any, *given: Any, **named: Any) -> Any:
        said = communicated(self, *given, **named)
        _keep("said", *said)
        return said

    click.Option.__init__ = option  # type: ignore[assignment,method-assign]
    CliRunner.invoke = invoke  # type: ignore[method-assign]
    subprocess.Popen.communicate = communicate  # type: ignore[method-assign]


def _verbose(context: Any, _option: Any, _value: bool) -> bool:
    _keep("commands", f"{context.command_path}\n")
    return True


if FOLDER in os.environ:
    with contextlib.suppress(ImportError):
        _speak()
