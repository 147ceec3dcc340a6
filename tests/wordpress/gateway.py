"""What may stand in front of a site: proxies, firewalls and certificates, on this machine."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.wordpress import docroot
from tests.wordpress.listener import Listener, ask, whole_request
from tests.wordpress.site import Site

Handler = Callable[[bytes], bytes]
"""Gives the whole answer to a whole request."""


class Gateway(Listener):
    """A server that answers each connection's one request as its handler says.

    With a `certificate`, a file that holds the key as well, it speaks TLS. `requests` are those
    that came, as they came.
    """

    def __init__(self, handler: Handler, certificate: Path | None = None) -> None:
        super().__init__()
        self._handler = handler
        self._tls = _context(certificate) if certificate else None
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []

    def answer(self, client: socket.socket) -> None:
        """Say what the handler says, encrypted where there is a certificate."""
        if self._tls is None:
            self._speak(client)
            return
        with self._tls.wrap_socket(client, server_side=True) as encrypted:
            self._speak(encrypted)

    def _speak(self, client: socket.socket) -> None:
        request = whole_request(client)
        if request:
            self.requests.append(request)
            client.sendall(self._handler(request))


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def passed_on(site: Site, request: bytes) -> bytes:
    """The site's answer to a request."""
    return ask(site.url, request)


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
