"""A command that is ended from outside while the site is being asked."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable

from migrate.errors import INTERRUPTED
from tests.wordpress.newspaper import command
from tests.wordpress.site import Site


def killed(
    site: Site,
    arguments: tuple[str, ...],
    sent: Callable[[], int],
    writes: int,
    pause: float,
    by: signal.Signals = signal.SIGKILL,
) -> bool:
    """Start wpmigrate, end it `pause` seconds after so many requests more; false if it had ended.

    `sent` counts the requests that have reached the site.
    """
    line, environment = command(site, *arguments, "--site", site.url, "-q")
    due = sent() + writes
    process = subprocess.Popen(
        line, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    while sent() < due and process.poll() is None:
        time.sleep(0.01)
    time.sleep(pause)
    process.send_signal(by)
    _, said = process.communicate()
    # Before Python has come to our own words it ends by the signal itself.
    assert process.returncode in (0, -by, INTERRUPTED), said
    assert process.returncode == -by or "Traceback" not in said
    return process.returncode != 0
