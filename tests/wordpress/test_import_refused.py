"""A site that refuses, isn't WordPress or goes away: one clear message, the right exit status."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wordpress.newspaper import SAMPLES, command, ended, prepare
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

COUNT = """
global $wpdb;
return (int) $wpdb->get_var(
    "SELECT COUNT(*) FROM $wpdb->posts WHERE post_type IN ('post', 'page', 'notice')" );
"""


def run(
    site: Site, *arguments: str, password: str | None = None, user: str | None = None
) -> tuple[int, str]:
    """Import the samples; give exit status and standard error."""
    line, environment = command(site, "import", str(SAMPLES), "--yes", "--quiet", *arguments)
    environment |= {"WPMIGRATE_APP_PASSWORD": password} if password is not None else {}
    environment |= {"WPMIGRATE_USER": user} if user is not None else {}
    done = ended(line, environment)
    assert "Traceback" not in done.stderr
    assert site.app_password not in done.stderr + done.stdout
    return done.returncode, done.stderr


def test_a_wrong_password_names_its_causes(site: Site) -> None:
    """Exit 4, one message that says what to check, and nothing was changed."""
    status, said = run(site, "--site", site.url, password="wrong wrong wrong")

    assert status == 4
    assert said.count("wpmigrate: ") == 1
    assert "application password" in said.lower()
    changing = [line for line in site.requests() if line.startswith(("POST", "PUT", "DELETE"))]
    assert changing == ["POST /xmlrpc.php"]  # which is asked whether it takes the password


@pytest.mark.parametrize("role", ["subscriber", "contributor", "author"])
def test_a_user_without_rights_is_told_which(site: Site, role: str) -> None:
    """Exit 4 before anything is changed; the right that is missing is named."""
    password = site.create_user(role, "someone", "Some One")
    status, said = run(site, "--site", site.url, user="someone", password=password)

    assert status == 4
    assert "edit_" in said or "publish_" in said
    assert not [line for line in site.requests() if line.startswith("POST")]


def test_missing_credentials_are_wrong_usage(site: Site) -> None:
    """Without a terminal nothing is asked: the variables are named, exit 2."""
    status, said = run(site, "--site", site.url, user="", password="")

    assert status == 2
    assert "WPMIGRATE_USER" in said


@pytest.fixture
def not_wordpress() -> Iterator[str]:
    """Serve a page that is no WordPress."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"<html><title>Hello</title></html>")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_site_that_is_not_wordpress(site: Site, not_wordpress: str) -> None:
    """Exit 4 and a sentence that says so."""
    status, said = run(site, "--site", not_wordpress)

    assert status == 4
    assert "WordPress" in said


def test_nobody_listens(site: Site) -> None:
    """Exit 4 with the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    status, said = run(site, "--site", address)

    assert status == 4
    assert address in said


class Cutter(threading.Thread):
    """Passes bytes on to a site, and closes down after a number of batches."""

    def __init__(self, port: int, batches: int) -> None:
        super().__init__(daemon=True)
        self._port = port
        self._left = batches
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]

    def run(self) -> None:
        """Serve until the number is reached."""
        while self._left:
            client, _ = self._listener.accept()
            with client, socket.create_connection(("127.0.0.1", self._port)) as server:
                self._pass_on(client, server)
        self._listener.close()

    def _pass_on(self, client: socket.socket, server: socket.socket) -> None:
        request = client.recv(1 << 20)
        head, _, body = request.partition(b"\r\n\r\n")
        length = next(
            (
                int(h.split(b":")[1])
                for h in head.split(b"\r\n")
                if h.lower().startswith(b"content-length")
            ),
            0,
        )
        while len(body) < length:
            body += client.recv(1 << 20)
        here, there = f"127.0.0.1:{self.port}".encode(), f"127.0.0.1:{self._port}".encode()
        server.sendall(head.replace(here, there) + b"\r\nConnection: close\r\n\r\n" + body)
        while data := server.recv(1 << 20):
            client.sendall(data.replace(there, here))
        if head.startswith(b"POST /wp-json/batch/v1"):
            self._left -= 1


@one_flavour("wp61-mariadb")
def test_a_site_that_goes_away_half_way(site: Site, tmp_path: Path) -> None:
    """Exit 3: what went in is reported, the rest is failed, and running again goes on."""
    prepare(site)
    cutter = Cutter(int(site.url.rpartition(":")[2]), 1)
    cutter.start()
    report = tmp_path / "report.json"
    through = f"http://127.0.0.1:{cutter.port}"
    status, said = run(site, "--site", through, "--report", f"json={report}")
    totals = json.loads(report.read_text())["totals"]

    assert status == 3
    assert "went away" in said
    assert totals["create"] + totals["failed"] == 49
    assert totals["failed"] > 0

    status, _ = run(site, "--site", site.url)
    count = site.php(COUNT)

    assert (status, count) == (0, 49)
