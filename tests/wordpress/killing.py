"""A command that is killed while the site is being asked."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable

from tests.wordpress.newspaper import command
from tests.wordpress.site import Site


def killed(
    site: Site, arguments: tuple[str, ...], sent: Callable[[], int], writes: int, pause: float
) -> bool:
    """Start wpmigrate, kill it `pause` seconds after so many requests more; false if it had ended.

    `sent` counts the requests that have reached the site.
    """
    line, environment = command(site, *arguments, "--site", site.url, "-q")
    due = sent() + writes
    process = subprocess.Popen(
        line, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while sent() < due and process.poll() is None:
        time.sleep(0.01)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    status = process.wait()
    assert status in (0, -signal.SIGKILL)
    return status != 0
