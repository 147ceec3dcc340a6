"""The HTTP client's rules, against small servers on this machine."""

import gzip
import itertools
import json
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from migrate.errors import SiteError
from migrate.live.answer import plain_text
from migrate.live.api import Api
from migrate.live.credentials import Credentials
from migrate.live.http import heads, limits, reading
from migrate.live.http.client import Client
from migrate.live.http.failures import TooLargeError, UnreachedError

SIGNED = "Basic " + b64encode("jané:s3cret".encode()).decode()


class Server(ThreadingHTTPServer):
    """Answers with what `answers` holds, in turn, the last one forever; keeps what was asked."""

    daemon_threads = True

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.requests: list[tuple[str, str, str | None]] = []

    @property
    def url(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.requests.append((self.command, self.path, self.headers.get("Authorization")))
        answers = self.server.answers
        status, headers, body = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_arguments: object) -> None:
        pass


Serve = Callable[..., Server]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a server with the given answers."""
    servers: list[tuple[Server, threading.Thread]] = []

    def started(*answers: tuple[int, dict[str, str], bytes]) -> Server:
        server = Server(*answers)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        servers.append((server, thread))
        return server

    yield started
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def client() -> Iterator[Client]:
    """A client, closed in the end."""
    with Client() as opened:
        yield opened


def ok(body: bytes = b"{}") -> tuple[int, dict[str, str], bytes]:
    """An answer that holds JSON."""
    return 200, {}, body


def to(url: str) -> tuple[int, dict[str, str], bytes]:
    """A redirect."""
    return 302, {"Location": url}, b""


def signed(client: Client, server: Server) -> Client:
    """Sign a client in at a server."""
    client.sign_in(Credentials("jané", "s3cret"), server.url)
    return client


def test_visiting_sends_no_password(serve: Serve, client: Client) -> None:
    """A visit goes without credentials, also after signing in."""
    server = serve(ok())
    signed(client, server).visit(server.url)
    assert server.requests == [("GET", "/", None)]


def test_visiting_reads_no_netrc(
    serve: Serve, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password that ~/.netrc holds for the host isn't sent along."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login u password p\n", "utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(ok())
    client.visit(server.url)
    assert server.requests == [("GET", "/", None)]


def test_proxies_of_the_environment(
    serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment's proxy is asked, but not for hosts that it leaves out."""
    proxy = serve(ok(b'{"said": "by the proxy"}'))
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site = serve(ok(b'{"said": "by the site"}'), ok(b'{"said": "by the site"}'))
    found = [client.visit(url).body for url in (site.url, "http://blog.example/", site.url)]
    said = [json.loads(body)["said"] for body in found]
    assert said == ["by the site", "by the proxy", "by the site"]


def test_asking_is_signed(serve: Serve, client: Client) -> None:
    """Questions and changes carry the application password as HTTP Basic in UTF-8."""
    server = serve(ok())
    signed(client, server).ask("GET", server.url + "a", {"b": "ü"})
    client.send("POST", server.url, {}, b"{}")
    assert server.requests == [("GET", "/a?b=%C3%BC", SIGNED), ("POST", "/", SIGNED)]


def test_a_password_in_contents_stays(serve: Serve, client: Client) -> None:
    """What a site holds is read as it is; what it says is shown without the password."""
    server = serve(ok(b'{"content": "the lighthouse"}'))
    client.sign_in(Credentials("marit", "lighthouse"), server.url)

    assert client.ask("GET", server.url, {}).body == b'{"content": "the lighthouse"}'
    assert plain_text("You said <b>lighthouse</b>") == "You said (hidden)"


def test_password_stays_at_its_origin(serve: Serve, client: Client) -> None:
    """A signed request to another origin is refused before anything is sent."""
    here, there = serve(ok()), serve(ok())
    with pytest.raises(SiteError, match="no credentials for this address"):
        signed(client, here).ask("GET", there.url, {})
    with pytest.raises(SiteError, match="no credentials for this address"):
        client.send("POST", there.url, {}, b"{}")
    assert there.requests == []


def test_looking_is_not_signed(serve: Serve, client: Client) -> None:
    """A visitor's questions go to the one site that is looked at, and changes nowhere."""
    server, other = serve(ok()), serve(ok())
    client.look(server.url)
    client.ask("GET", server.url, {})
    with pytest.raises(SiteError, match="no credentials for this address"):
        client.send("POST", server.url, {}, b"{}")
    with pytest.raises(SiteError, match="no credentials for this address"):
        client.ask("GET", other.url, {})
    assert (server.requests, other.requests) == ([("GET", "/", None)], [])


def test_xml_rpc_call(serve: Serve, client: Client) -> None:
    """A call has no Authorization header, and goes where its password may go alone."""
    server, other = serve(ok()), serve(ok())
    signed(client, server).call(server.url, b"<?xml?>")
    with pytest.raises(SiteError, match="no credentials for this address"):
        client.call(other.url, b"<?xml?>")
    assert (server.requests, other.requests) == ([("POST", "/", None)], [])


def test_xml_rpc_call_is_not_redirected(serve: Serve, client: Client) -> None:
    """A call, which may hold the password, follows no redirect."""
    server = serve(to("/new"), ok())
    with pytest.raises(SiteError, match="redirects"):
        signed(client, server).call(server.url, b"<?xml?>")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (socket.gaierror(-2, "Name or service not known"), "no server has this name"),
        (ConnectionRefusedError(111, "refused"), "nothing listens there (connection refused)"),
        (TimeoutError("timed out"), "the server didn't answer within 10 s"),
        (OSError(101, "Network is unreachable"), "the server can't be reached, or closed"),
    ],
)
def test_why_nobody_was_reached(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    """An unknown name, a closed port, silence and a missing network are told apart."""

    def fails(*_arguments: object) -> None:
        raise error

    if isinstance(error, socket.gaierror):
        monkeypatch.setattr(socket, "getaddrinfo", fails)
    else:
        monkeypatch.setattr(socket.socket, "connect", fails)
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    with pytest.raises(UnreachedError) as caught:
        client.visit("http://127.0.0.1:9/")
    assert said in caught.value.message


def test_silence(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes a question and says nothing is named as that."""
    monkeypatch.setattr(limits, "READ_TIMEOUT", 0.05)
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(SiteError, match="the server was silent for 0 s"):
            client.visit(f"http://127.0.0.1:{port}/")


def test_no_password_over_http(client: Client) -> None:
    """Over plain http to another machine the password is refused, with https as the way out."""
    with pytest.raises(SiteError, match="unencrypted") as caught:
        client.sign_in(Credentials("jane", "s3cret"), "http://example.com/")
    assert "https://example.com" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_redirect_within_the_origin(serve: Serve, client: Client) -> None:
    """A question is followed within its origin."""
    server = serve(to("/new?x=1"), ok(b"[1]"))
    answer = signed(client, server).ask("GET", server.url, {"y": 2})
    assert answer.body == b"[1]"
    assert [path for _, path, _ in server.requests] == ["/?y=2", "/new?x=1"]


@pytest.mark.parametrize("act", ["visit", "ask", "send"])
def test_redirect_elsewhere(serve: Serve, client: Client, act: str) -> None:
    """No request is followed to another origin, and the place that it names is said."""
    there = serve(ok())
    here = serve(to(there.url))
    signed(client, here)
    calls: dict[str, Callable[[], Any]] = {
        "visit": lambda: client.visit(here.url),
        "ask": lambda: client.ask("GET", here.url, {}),
        "send": lambda: client.send("POST", here.url, {}, b"{}"),
    }
    with pytest.raises(SiteError, match=f"redirects to {there.url.rstrip('/')}"):
        calls[act]()
    assert there.requests == []


def backslash(evil: Server, good: Server, path: str = "/") -> str:
    """Give an address that urllib reads as the good server's and urllib3 as the evil one's."""
    return f"http://127.0.0.1:{evil.server_port}\\@127.0.0.1:{good.server_port}{path}"


@pytest.mark.parametrize("act", ["visit", "ask", "send"])
def test_redirect_to_a_host_in_disguise(serve: Serve, client: Client, act: str) -> None:
    """An address that two parsers take for two hosts is no way to the other one."""
    there, here = serve(ok()), serve(ok())
    here.answers = [to(backslash(there, here))]
    signed(client, here)
    calls: dict[str, Callable[[], Any]] = {
        "visit": lambda: client.visit(here.url),
        "ask": lambda: client.ask("GET", here.url, {}),
        "send": lambda: client.send("POST", here.url, {}, b"{}"),
    }
    with pytest.raises(SiteError, match="an address that is no website's"):
        calls[act]()
    assert there.requests == []


def test_a_host_in_disguise_gets_nothing(serve: Serve, client: Client) -> None:
    """No password goes there, in no head and no body, and nobody signs in or visits."""
    there, here = serve(ok()), serve(ok())
    url = backslash(there, here)
    signed(client, here)
    acts: list[Callable[[], Any]] = [
        lambda: client.call(url, b"<?xml?>"),
        lambda: client.ask("GET", url, {}),
        lambda: client.send("POST", url, {}, b"{}"),
        lambda: client.visit(url),
    ]
    for act in acts:
        with pytest.raises(SiteError):
            act()
    with pytest.raises(SiteError), client.stream("GET", url):
        pass
    assert (there.requests, here.requests) == ([], [])


def test_what_is_connected_to_is_compared(
    serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is made of an address on its way: it goes to the host that was looked at."""
    there, here = serve(ok()), serve(ok())
    original: Callable[..., None] = requests.PreparedRequest.prepare_url

    def moved(made: requests.PreparedRequest, url: str, params: object) -> None:
        original(made, url.replace(str(here.server_port), str(there.server_port)), params)

    monkeypatch.setattr(requests.PreparedRequest, "prepare_url", moved)
    with pytest.raises(SiteError):
        signed(client, here).call(here.url, b"<?xml?>")
    assert (there.requests, here.requests) == ([], [])


@pytest.mark.parametrize(
    "target", ["http://[", "//[/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "mailto:x"]
)
def test_redirect_to_no_address(serve: Serve, client: Client, target: str) -> None:
    """A redirect to what nobody can ask is named."""
    here = serve(to(target))
    with pytest.raises(SiteError, match="an address that is no website's"):
        client.visit(here.url)


def test_post_is_not_redirected(serve: Serve, client: Client) -> None:
    """A change isn't sent a second time to where a redirect leads, not even next door."""
    server = serve(to("/new"), ok())
    with pytest.raises(SiteError, match="redirects"):
        signed(client, server).send("POST", server.url, {}, b"{}")
    assert len(server.requests) == 1


def test_redirects_in_a_circle(serve: Serve, client: Client) -> None:
    """A circle of redirects ends."""
    server = serve(to("/"))
    with pytest.raises(SiteError, match="in a circle"):
        client.visit(server.url)
    assert len(server.requests) == 5


def test_asking_again(serve: Serve, client: Client) -> None:
    """A question that meets an overloaded server is asked again; Retry-After is kept."""
    server = serve((429, {"Retry-After": "0"}, b""), (503, {}, b""), ok())
    assert signed(client, server).ask("GET", server.url, {}).status == 200
    assert len(server.requests) == 3


def test_no_patience_for_maintenance(serve: Serve, client: Client) -> None:
    """A server that asks for ten minutes is answered at once, with what it said."""
    server = serve((503, {"Retry-After": "600"}, b"later"))
    assert client.visit(server.url).status == 503
    assert len(server.requests) == 1


def test_changes_are_sent_once(serve: Serve, client: Client) -> None:
    """A change is never repeated, whatever the server answers."""
    server = serve((503, {"Retry-After": "0"}, b""))
    assert signed(client, server).send("POST", server.url, {}, b"{}").status == 503
    assert len(server.requests) == 1


def test_answer_that_breaks_off(serve: Serve, client: Client) -> None:
    """A question whose answer breaks off is asked once more; a change isn't."""
    cut = (200, {"Content-Length": "100"}, b"{}")
    server = serve(cut, ok(b"[1]"))
    assert signed(client, server).ask("GET", server.url, {}).body == b"[1]"
    other = serve(cut)
    with pytest.raises(SiteError, match="broke off"):
        signed(client, other).send("POST", other.url, {}, b"{}")
    assert len(other.requests) == 1


def test_largest_answer(serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer above the limit is refused while it arrives."""
    monkeypatch.setattr(limits, "LARGEST_ANSWER", 100_000)
    server = serve(ok(b"x" * 100_001))
    with pytest.raises(TooLargeError):
        client.visit(server.url)


@pytest.mark.parametrize("head", [{}, {"Content-Encoding": "gzip"}])
def test_longest_answer(
    serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch, head: dict[str, str]
) -> None:
    """However steadily an answer comes: it has a time in all, and isn't asked for once more."""
    monkeypatch.setattr(limits, "LONGEST_ANSWER", -1.0)
    body = b"{}" if not head else gzip.compress(b"{}")
    server = serve((200, head, body))
    with pytest.raises(SiteError, match="the answer takes longer than"):
        signed(client, server).ask("GET", server.url, {})
    assert len(server.requests) == 1


@contextmanager
def listening(serves: Callable[[socket.socket], None]) -> Iterator[str]:
    """Give the address of what answers in its own way, whose end is waited for."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serves, args=(listener,))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        thread.join()


def test_an_answer_is_read_as_it_comes(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time is looked at with each byte: not once a block is full, which may take a day."""
    told = threading.Event()
    clock = iter([0.0, 601.0])
    monkeypatch.setattr(reading, "monotonic", lambda: next(clock))

    def drips(listener: socket.socket) -> None:
        connected = listener.accept()[0]
        connected.recv(9999)
        connected.sendall(b"HTTP/1.1 200 OK\r\n\r\nx")
        told.wait(20)
        connected.close()

    with listening(drips) as url:
        with pytest.raises(SiteError, match="takes longer than 600 s"):
            client.visit(url)
        told.set()


def test_a_head_has_a_time(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first lines of an answer may come a byte at a time, and not without end."""
    told = threading.Event()
    clock = itertools.count(0, 100)
    monkeypatch.setattr(heads, "monotonic", lambda: next(clock))
    monkeypatch.setattr(limits, "READ_TIMEOUT", 5.0)
    monkeypatch.setattr("urllib3.util.retry.time.sleep", lambda _: None)
    accepted: list[socket.socket] = []

    def drips(listener: socket.socket) -> None:
        for _ in range(2):
            connected = listener.accept()[0]
            accepted.append(connected)
            connected.recv(9999)
            connected.sendall(b"HTTP/1.1 200 OK\r\nX-Dripping: x")
        told.wait(20)

    with listening(drips) as url:
        with pytest.raises(SiteError, match="the server was silent"):
            client.visit(url)
        told.set()
    for connected in accepted:
        connected.close()
    assert next(clock) >= 600  # it was looked at before each byte, and no silence was waited for


def test_connections_are_used_again(
    serve: Serve, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that was read to its end leaves its connection for the next question."""
    monkeypatch.setattr(_Handler, "protocol_version", "HTTP/1.1")
    connected: list[object] = []

    def counted(_server: Server, request: object, _address: object) -> bool:
        connected.append(request)
        return True

    monkeypatch.setattr(Server, "verify_request", counted)
    server = serve(ok(b"x" * 200_000), ok(b""), ok(b"{}"))
    for _ in range(4):
        client.visit(server.url)
    assert len(connected) == 1
    client.close()


def test_nobody_there(client: Client) -> None:
    """Where nothing listens, the request surely wasn't carried out."""
    client.sign_in(Credentials("jane", "s3cret"), "http://127.0.0.1:9/")
    with pytest.raises(UnreachedError, match="can't be reached"):
        client.send("POST", "http://127.0.0.1:9/", {}, b"{}")


@pytest.mark.parametrize(
    ("root", "url"),
    [
        ("https://x.example/wp-json/", "https://x.example/wp-json/wp/v2/posts"),
        ("https://x.example/b/?rest_route=/", "https://x.example/b/?rest_route=%2Fwp%2Fv2%2Fposts"),
        (
            "https://x.example/index.php?lang=de&rest_route=/",
            "https://x.example/index.php?lang=de&rest_route=%2Fwp%2Fv2%2Fposts",
        ),
    ],
)
def test_routes(client: Client, root: str, url: str) -> None:
    """A route hangs below the root, or stands in the query of plain permalinks."""
    assert Api(client, root).url("wp/v2/posts") == url


def test_listing(serve: Serve, client: Client) -> None:
    """A listing is read page by page, as many as its header says."""
    pages = {"X-WP-TotalPages": "2"}
    server = serve((200, pages, b'[{"id":1}]'), (200, pages, b'[{"id":2}]'))
    api = Api(signed(client, server), server.url)
    assert list(api.every("r", {"_fields": "id"})) == [{"id": 1}, {"id": 2}]
    assert [path for _, path, _ in server.requests] == [
        "/r?orderby=id&order=asc&_fields=id&per_page=100&page=1",
        "/r?orderby=id&order=asc&_fields=id&per_page=100&page=2",
    ]


def test_answers_of_another_form(serve: Serve, client: Client) -> None:
    """A list where an object should be, and the other way round, is named."""
    server = serve(ok(b'[{"id":1}]'), ok(b'{"id":1}'), ok(b"[1]"))
    api = Api(signed(client, server), server.url)
    with pytest.raises(SiteError, match="an object came back as something else"):
        api.get("r")
    with pytest.raises(SiteError, match="a listing came back as something else"):
        api.rows("r", {})
    with pytest.raises(SiteError, match="a listing came back as something else"):
        api.rows("r", {})
