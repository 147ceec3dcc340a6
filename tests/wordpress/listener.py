"""A server of the tests: one request a connection, several connections at once."""

import contextlib
import re
import socket
import threading
from abc import ABC, abstractmethod
from typing import Self
from urllib.parse import urlsplit


class Listener(ABC):
    """Answers on a free port of this machine while its block runs, or until it is closed.

    PHP's server closes the connection after each answer, so one connection is one request.
    """

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._answering: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()
        self._thread.join()
        for answering in self._answering:
            answering.join()

    def close(self) -> None:
        """Take no further connections: those to come are refused."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    @abstractmethod
    def answer(self, client: socket.socket) -> None:
        """Read one request and say what there is to say."""

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            answering = threading.Thread(target=self._answer, args=(client,))
            self._answering.append(answering)
            answering.start()

    def _answer(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            self.answer(client)


def whole_request(client: socket.socket) -> bytes:
    """Return a request's head, and as much body as that announces; what came of one cut off."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: *([0-9]+)", head)
    while len(body) < int(length[1] if length else 0):
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


def ask(url: str, request: bytes) -> bytes:
    """Return the whole answer of the server at an address to a request."""
    place = urlsplit(url)
    with socket.create_connection((str(place.hostname), place.port or 80)) as server:
        server.sendall(request)
        return b"".join(iter(lambda: server.recv(65536), b""))
