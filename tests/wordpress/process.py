"""Server processes that never outlive the tests."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

READY_WITHIN = 30.0  # seconds; a cold disk and a busy machine included
END_WITHIN = 10.0  # seconds until a server that doesn't end is killed


class ServerError(RuntimeError):
    """A server didn't start; the message ends with what it logged last."""


# A shell beside the server waits for the end of its input, which comes when Python goes away,
# and then kills the whole group: the server, its workers and itself.
_WITH_KEEPER = 'exec 3<&0 </dev/null; { read -r _ <&3; kill -KILL 0; } & exec "$@" 3<&-'


class Server:
    """One server and its workers: a process group of its own, ended by its own id.

    It ends with `stop`, at the latest when Python ends, however that happens.
    """

    def __init__(
        self, command: Sequence[str], log: Path, *, env: Mapping[str, str] | None = None
    ) -> None:
        """Start `command`, its output going to `log`, with `env` added to the environment."""
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                ["sh", "-c", _WITH_KEEPER, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        atexit.register(self.stop)

    @property
    def group(self) -> int:
        """The id of the process group, which is the server's own process id."""
        return self._process.pid

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Return when `ready` says so; ServerError if the server ends or takes too long."""
        give_up = time.monotonic() + READY_WITHIN
        while not ready() or self._process.poll() is not None:
            if self._process.poll() is not None or time.monotonic() > give_up:
                self.stop()
                raise ServerError(f"{self._process.args!r} did not start:\n{self._last_words()}")
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server and all its workers; the second call does nothing."""
        atexit.unregister(self.stop)
        if self._process.stdin is None or self._process.stdin.closed:
            return
        self._signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WITHIN)
        self._signal(signal.SIGKILL)
        self._process.wait()
        self._process.stdin.close()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.group, number)

    def _last_words(self) -> str:
        return self._log.read_text("utf-8", "replace")[-2000:]


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def accepts(family: socket.AddressFamily, address: tuple[str, int] | str) -> bool:
    """Whether a server takes connections at this TCP or Unix socket address."""
    with socket.socket(family) as probe:
        return probe.connect_ex(address) == 0
