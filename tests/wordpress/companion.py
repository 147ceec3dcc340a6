"""The companion in a test site, asked as its client would."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

import requests

from migrate.live import companion as plugin
from tests.wordpress.docroot import MUST_USE
from tests.wordpress.site import Site

Line = dict[str, Any]

_TELLS_PEAKS = """<?php
    register_shutdown_function( function () {
        $told = $_SERVER['REQUEST_URI'] . ' ' . memory_get_peak_usage() . "\\n";
        file_put_contents( WP_CONTENT_DIR . '/uploads/peaks', $told, FILE_APPEND );
    } );
"""


def install(site: Site) -> None:
    """Make it a must-use plugin of the site; `Site.reset` takes it away."""
    (site.docroot / MUST_USE / plugin.FILE_NAME).write_bytes(plugin.php())


def tell_peaks(site: Site) -> None:
    """Have each request tell how much memory PHP took for it; `Site.reset` ends that."""
    (site.docroot / MUST_USE / "peaks.php").write_text(_TELLS_PEAKS)
    (site.docroot / "wp-content/uploads").mkdir(exist_ok=True)


def peaks(site: Site) -> list[tuple[str, int]]:
    """Route and bytes of each request since `tell_peaks`."""
    told = (site.docroot / "wp-content/uploads/peaks").read_text().splitlines()
    return [
        (line.partition("wpmigrate/v1/")[2].partition("?")[0].split()[0], int(line.split()[1]))
        for line in told
        if "wpmigrate/v1/" in line
    ]


def ask(
    site: Site, method: str, route: str, account: tuple[str, str] | None, **options: Any
) -> requests.Response:
    """The answer of one of its routes to an account, or to a visitor."""
    url = f"{site.url}/wp-json/wpmigrate/v1/{route}"
    return requests.request(method, url, auth=account, timeout=120, **options)


def read(site: Site, route: str) -> list[Line]:
    """The lines of a stream, as the administrator gets them."""
    return lines(ask(site, "GET", route, (site.user, site.app_password)))


def send(site: Site, route: str, sent: Iterable[Line] = ()) -> list[Line]:
    """What is answered to a stream of lines from the administrator."""
    body = gzip.compress("".join(f"{json.dumps(line)}\n" for line in sent).encode())
    headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
    account = (site.user, site.app_password)
    return lines(ask(site, "POST", route, account, data=body, headers=headers))


def lines(answer: requests.Response) -> list[Line]:
    """The objects of an answer, one a line."""
    answer.raise_for_status()
    return [json.loads(line) for line in answer.content.decode().split("\n") if line]
