"""A proxy in front of a test site that treats requests badly when told to."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct

from tests.wordpress.importing import install_plugin
from tests.wordpress.listener import Listener, ask, whole_request
from tests.wordpress.site import Site

PASS = "pass"

_HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>Sorry</h1></body></html>"


class Fault(Struct, frozen=True):
    """What happens to a request: whether it reaches the site, and what is said instead.

    `says` makes that from the site's answer, or from nothing; where it is empty the line is cut.
    A `silent` one keeps the client waiting, a `late` one reaches the site only after that.
    """

    arrives: bool
    says: Callable[[bytes], bytes] = lambda _answer: b""
    silent: bool = False
    late: bool = False


def _page(status: int, headers: str = "", body: bytes = _HTML) -> Callable[[bytes], bytes]:
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: text/html\r\nConnection: close\r\n{headers}"
    return lambda _answer: f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _cut_json(answer: bytes) -> bytes:
    """Half of what was answered, with a head that takes it for the whole."""
    head, _, body = answer.partition(b"\r\n\r\n")
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length")]
    return b"\r\n".join([*kept, b"", body[: len(body) // 2]])


FAULTS = {
    "cut before": Fault(arrives=False),
    "cut after": Fault(arrives=True),
    "429": Fault(arrives=False, says=_page(429, "Retry-After: 1\r\n")),
    "503": Fault(arrives=False, says=_page(503, "Retry-After: 1\r\n")),
    "500 before": Fault(arrives=False, says=_page(500)),
    "500 after": Fault(arrives=True, says=_page(500)),
    "502 before": Fault(arrives=False, says=_page(502)),
    "502 after": Fault(arrives=True, says=_page(502)),
    "cut JSON": Fault(arrives=True, says=_cut_json),
    "empty": Fault(arrives=True, says=_page(200, body=b"")),
    "HTML": Fault(arrives=True, says=_page(200)),
    "silent before": Fault(arrives=False, silent=True),
    "silent after": Fault(arrives=True, silent=True),
    "late": Fault(arrives=True, silent=True, late=True),
}


class FaultProxy(Listener):
    """Passes each request on to the site; `fault` decides by its first line, "METHOD PATH".

    It gives the name of a fault, or PASS. Once `closed` nothing can be reached any more, as if the
    site had gone. A silent fault says nothing for `silence` seconds, or until the proxy is closed.
    """

    def __init__(self, site_url: str, fault: Callable[[str], str], silence: float = 30) -> None:
        super().__init__()
        self._site = site_url
        self._fault = fault
        self._silence = silence
        self._closed = threading.Event()

    def close(self) -> None:
        """Take no further connections, and end every silence."""
        self._closed.set()
        super().close()

    def answer(self, client: socket.socket) -> None:
        """Pass a request on, unless something happens to it."""
        request = whole_request(client)
        line = request.split(b"\r\n", 1)[0].decode().rpartition(" ")[0]
        name = self._fault(line)
        if name == PASS:
            client.sendall(ask(self._site, request))
            return
        fault = FAULTS[name]
        if fault.late:
            time.sleep(self._silence)
        answer = ask(self._site, request) if fault.arrives else b""
        if fault.silent and not fault.late:
            self._closed.wait(self._silence)
        client.sendall(fault.says(answer))


class InTurn:
    """Chooses the fault of each write request, one after the other, and then none.

    The same request meets two in a row at most: after a third one it would rightly be given up.
    With `gone` nothing is answered any more after the last one.
    """

    _WRITES = ("POST", "DELETE")
    _IN_A_ROW = 2

    def __init__(self, *faults: str, gone: bool = False) -> None:
        self._gone = gone
        self.left: Sequence[str] = faults
        self._lock = threading.Lock()
        self._met = Counter[str]()

    def __call__(self, line: str) -> str:
        """Say what happens to a request."""
        with self._lock:
            if not self.left:
                return "cut before" if self._gone else PASS
            if not line.startswith(self._WRITES):
                return PASS
            if self._met[line] == self._IN_A_ROW:
                self._met[line] = 0
                return PASS
            first, *self.left = self.left
            self._met[line] = 0 if first == PASS else self._met[line] + 1
            return first


@contextmanager
def behind(site: Site, proxy: Listener, plugin: str = "") -> Iterator[None]:
    """Let the site be found at the proxy's address, which it takes for its own meanwhile."""
    address = site.url
    site.url = f"http://127.0.0.1:{proxy.port}"
    install_plugin(
        site,
        "foreach ( array( 'home', 'siteurl' ) as $option ) {"
        f" add_filter( \"option_$option\", fn() => '{site.url}', 99 ); }} {plugin}",
    )
    try:
        yield
    finally:
        site.url = address
        install_plugin(site, "")
