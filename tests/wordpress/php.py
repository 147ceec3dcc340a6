"""PHP on the command line and PHP's built-in web server, both inside a WordPress."""

import json
import shutil
import socket
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.wordpress.cache import cache_folder
from tests.wordpress.process import Server, ServerError, accepts, free_port

SERVER_FILES = Path(__file__).parent / "server"
ROUTER = str(SERVER_FILES / "router.php")
WORKERS = 4
PORTS_TO_TRY = 3  # another program may take a free port before the server does

_SETTINGS = {
    "display_errors": "stderr",
    "max_execution_time": "300",
    "memory_limit": "1G",
    "opcache.revalidate_freq": "0",  # a must-use file that a test changes counts at once
    "post_max_size": "256M",
    "upload_max_filesize": "256M",
}
_CLI = {
    "opcache.enable_cli": "1",
    "opcache.file_cache_only": "1",  # no memory outlives a run
    "opcache.file_cache_consistency_checks": "0",
}


class PhpError(RuntimeError):
    """The PHP code failed or ended early; the message is what PHP printed."""


def run(docroot: Path, code: str, values: Mapping[str, object], *, installing: bool = False) -> Any:
    """What `code`, the body of a PHP function, returns inside the WordPress at `docroot`.

    It sees `values` as variables, and `$wpdb`. Both ways go through JSON: an empty PHP array
    comes back as a list. With `installing` WordPress loads without looking for its tables.
    Raises PhpError.
    """
    request = json.dumps({"code": code, "values": dict(values), "installing": installing})
    answer = subprocess.run(
        [*_php(_CLI), SERVER_FILES / "run.php"],
        input=request.encode(),
        cwd=docroot,
        capture_output=True,
        check=False,
    )
    if answer.returncode != 0:
        raise PhpError(_printed(answer))
    try:
        return json.loads(answer.stdout)["value"]
    except (ValueError, KeyError, TypeError) as error:
        raise PhpError(f"the code ended early:\n{_printed(answer)}") from error


def _php(settings: Mapping[str, str]) -> list[str]:
    """PHP with the usual settings and these; it takes scripts as earlier runs compiled them."""
    compiled = _compiled()
    compiled.mkdir(parents=True, exist_ok=True)
    chosen = {**_SETTINGS, "opcache.file_cache": str(compiled), **settings}
    return ["php", *(f"-d{name}={value}" for name, value in chosen.items())]


def _compiled() -> Path:
    """Where PHP keeps compiled scripts, each at its own path below a folder of this PHP's."""
    return cache_folder() / "compiled"


def forget(folder: Path) -> None:
    """Remove what was compiled of the scripts in a folder that goes away."""
    for build in _compiled().glob("*"):
        shutil.rmtree(build / folder.relative_to(folder.anchor), ignore_errors=True)


def _printed(answer: "subprocess.CompletedProcess[bytes]") -> str:
    return (answer.stderr + answer.stdout).decode("utf-8", "replace").strip()


def serve(
    docroot: Path, request_log: Path, log: Path, settings: Mapping[str, str] | None = None
) -> tuple[Server, int]:
    """A web server for the WordPress at `docroot` on 127.0.0.1, and its port.

    `settings` of PHP win over the usual ones.
    One line "METHOD PATH" for each request goes to `request_log`. Raises ServerError.
    """
    env = {"PHP_CLI_SERVER_WORKERS": str(WORKERS), "WPMIGRATE_REQUEST_LOG": str(request_log)}
    for attempt in range(1, PORTS_TO_TRY + 1):
        port = free_port()
        address = ("-S", f"127.0.0.1:{port}", "-t", str(docroot))
        server = Server([*_php(settings or {}), *address, ROUTER], log, env=env)
        try:
            server.wait_until(partial(accepts, socket.AF_INET, ("127.0.0.1", port)))
        except ServerError:
            if attempt == PORTS_TO_TRY:
                raise
        else:
            return server, port
    raise AssertionError("the last attempt returns or raises")
