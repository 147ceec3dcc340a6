"""A server on this machine that answers as it is told, and keeps what it was asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple


class Told(NamedTuple):
    """An answer: its status, headers besides the length, and body."""

    status: int
    headers: Mapping[str, str] = {}
    body: bytes = b""


class ToldServer(ThreadingHTTPServer):
    """Answers each "METHOD /path" as `answers` say, and 404 to all else."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: dict[str, Told] = {}
        self.asked: list[str] = []

    def at(self, path: str) -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: ToldServer

    def do_GET(self) -> None:
        asked = f"{self.command} {self.path}"
        self.server.asked.append(asked)
        told = self.server.answers.get(asked, Told(404))
        self.send_response(told.status)
        for name, value in {"Content-Length": str(len(told.body)), **told.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(told.body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server looks for

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@contextmanager
def told_server() -> Iterator[ToldServer]:
    """Give a server as long as it is wanted."""
    server = ToldServer()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
