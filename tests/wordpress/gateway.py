"""What may stand in front of a site: proxies, firewalls and certificates, on this machine."""

import contextlib
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tests.wordpress import docroot
from tests.wordpress.site import Site

Handler = Callable[[bytes], bytes]
"""Gives the whole answer to a whole request."""


class Gateway:
    """A server that answers each connection's one request as its handler says.

    With a `certificate`, a file that holds the key as well, it speaks TLS. `requests` are those
    that came, as they came.
    """

    def __init__(self, handler: Handler, certificate: Path | None = None) -> None:
        self._handler = handler
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._tls = _context(certificate) if certificate else None
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        if self._tls is None:
            self._speak(client)
            return
        with self._tls.wrap_socket(client, server_side=True) as encrypted:
            self._speak(encrypted)

    def _speak(self, client: socket.socket) -> None:
        request = _whole_request(client)
        if request:
            self.requests.append(request)
            client.sendall(self._handler(request))


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _whole_request(client: socket.socket) -> bytes:
    """Return a request's head, and as much body as that announces."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = client.recv(65536)
        if not piece:
            return b""
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?im)^content-length: *([0-9]+)", head)
    while len(body) < int(length[1] if length else 0):
        body += client.recv(65536)
    return head + b"\r\n\r\n" + body


def passed_on(site: Site, request: bytes) -> bytes:
    """The site's answer to a request."""
    place = urlsplit(site.url)
    with socket.create_connection((str(place.hostname), place.port or 80)) as server:
        server.sendall(request)
        return b"".join(iter(lambda: server.recv(65536), b""))


def answer(status: int, body: str = "", headers: Mapping[str, str] | None = None) -> bytes:
    """An answer that doesn't come from the site."""
    said = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
    lines = [f"{name}: {value}" for name, value in (said | dict(headers or {})).items()]
    return "\r\n".join((f"HTTP/1.1 {status} Said", *lines, "", body)).encode()


@contextmanager
def known_as(site: Site, url: str) -> Iterator[None]:
    """Have the site call itself by another address for a while."""
    constants = site._database.constants
    docroot.configure(site.docroot, url, constants)
    try:
        yield
    finally:
        docroot.configure(site.docroot, site.url, constants)


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, and its key, in one file."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = (
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
        *("-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate),
        *("-addext", "subjectAltName=IP:127.0.0.1"),
    )
    subprocess.run(command, check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes(certificate.read_bytes() + key.read_bytes())
    return both
