"""Chromium without a window: what it makes of a page, and a picture of that.

Each run has a profile of its own, which goes with it. Of all addresses it reaches 127.0.0.1 alone.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from tests.browser.frames import SEEN, Frame

SWITCHES: Final = (
    "--headless=new",
    "--no-sandbox",  # which root can't have
    "--disable-gpu",
    "--disable-dev-shm-usage",  # it is small in a container
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_SEEN: Final = re.compile(rf'<html[^>]*? {SEEN}="([^"]*)"')
_SECONDS: Final = 120


def program() -> str | None:
    """Give the path of the browser; None where it isn't installed."""
    return shutil.which("chromium")


def frames(address: str) -> list[Frame]:
    """Open a page made in `frames.py` and give what the browser shows in each of its frames."""
    dumped = _run("--dump-dom", address)
    found = _SEEN.search(dumped)
    assert found is not None, f"{address} says nothing of what is in it:\n{dumped[:1000]}"
    return [Frame.made(said) for said in json.loads(html.unescape(found[1]))]


def dump(address: str) -> str:
    """Open a page and give the HTML of what its scripts have made of it."""
    return _run("--dump-dom", address)


def screenshot(address: str, picture: Path, *, width: int, height: int) -> None:
    """Write a PNG of the upper part of a page."""
    _run(f"--screenshot={picture}", f"--window-size={width},{height}", address)


def _run(*arguments: str) -> str:
    browser = program()
    assert browser is not None
    with tempfile.TemporaryDirectory(prefix="b-") as home:  # short: it begins names of sockets
        done = subprocess.run(
            [browser, *SWITCHES, f"--user-data-dir={home}/profile", *arguments],
            env=os.environ | {"HOME": home, "TMPDIR": home},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return done.stdout.decode()
