"""A TCP proxy in front of a test site that cuts the line when told to."""

import contextlib
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self
from urllib.parse import urlsplit

Fault = Literal["pass", "cut before", "cut after"]
"""What happens to a request: nothing, cut before it reaches the site, cut before its answer."""


class CutProxy:
    """Passes each connection on to the site; `fault` decides by its first line, "METHOD PATH".

    PHP's server closes the connection after each answer, so one connection is one request.
    Once `closed` nothing can be reached any more, as if the site had gone.
    """

    def __init__(self, site_url: str, fault: Callable[[str], Fault]) -> None:
        self._site = urlsplit(site_url)
        self._fault = fault
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()
        self._thread.join()

    def close(self) -> None:
        """Take no further connections: those to come are refused."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self._pass_on(client)

    def _pass_on(self, client: socket.socket) -> None:
        request = _request(client)
        line = request.split(b"\r\n", 1)[0].decode().rpartition(" ")[0]
        fault = self._fault(line)
        if fault == "cut before":
            return
        with socket.create_connection((str(self._site.hostname), self._site.port or 80)) as server:
            server.sendall(request)
            answer = b"".join(iter(lambda: server.recv(65536), b""))
        if fault == "pass":
            client.sendall(answer)


def _request(client: socket.socket) -> bytes:
    """Return a whole request: its head, and as much body as that announces."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"]
    wanted = int(lengths[0]) if lengths else 0
    while len(body) < wanted:
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body
