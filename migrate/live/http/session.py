"""Session: requests' own, without what it does of its own accord, and its connections."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlencode

import requests
from requests.adapters import HTTPAdapter
from requests.exceptions import InvalidURL
from requests.structures import CaseInsensitiveDict
from urllib3.util import parse_url

from migrate import __version__
from migrate.live.address import PORTS, Origin, origin, origin_of
from migrate.live.http.heads import POOLS
from migrate.live.http.limits import CONNECTIONS
from migrate.live.http.patience import patience
from migrate.live.http.public_hosts import PUBLIC_POOLS

__all__ = ["Session"]

_PLAIN: Final = re.compile(r"https?://[a-z0-9.:-]+/[A-Za-z0-9/._~-]*(\?[A-Za-z0-9/._~=&+%-]*)?")
"""An address in which there is nothing left to be escaped, of a host in ASCII."""


class Session(requests.Session):
    """Leaves redirects alone, and asks the environment for its proxies once for each host.

    requests would prepare the next request, and fail on odd targets; and going through the
    environment for each request takes it a quarter of its time.

    With `public_only` it connects to public hosts only, and asks once.
    """

    def __init__(self, *, public_only: bool) -> None:
        super().__init__()
        self.headers["User-Agent"] = f"wpmigrate/{__version__}"
        adapter = (
            _PublicAdapter()
            if public_only
            else _Adapter(max_retries=patience(), pool_maxsize=CONNECTIONS)
        )
        self.mount("http://", adapter)
        self.mount("https://", adapter)
        self._environment: dict[Origin, Any] = {}

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Give a request as it is sent; a question to a plain address without going through it.

        Looking at each part of an address several times takes requests a quarter of its time.
        """
        if origin_of(request.url) is None:
            raise InvalidURL("it is no address of a site")
        query = urlencode(request.params or {}, doseq=True)
        url = f"{request.url}{'&' if '?' in request.url else '?'}{query}" if query else request.url
        if request.data or request.method != "GET" or not _PLAIN.fullmatch(url):
            return _unmoved(super().prepare_request(request), url)
        made = requests.PreparedRequest()
        made.method, made.url, made.hooks = "GET", url, request.hooks
        made.headers = CaseInsensitiveDict({**self.headers, **request.headers})
        if self.cookies:
            made.prepare_cookies(self.cookies)
        made.prepare_auth(request.auth)
        return _unmoved(made, url)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Give nothing, so that requests doesn't look for one."""
        del resp

    def merge_environment_settings(
        self, url: Any, proxies: Any, stream: Any, verify: Any, cert: Any
    ) -> Any:
        """Give what the environment says of a host: its proxies, and whom it trusts."""
        place = origin(url)
        if place not in self._environment:
            found = super().merge_environment_settings(url, proxies, stream, verify, cert)
            self._environment[place] = found
        return self._environment[place] | {"stream": stream}


def _unmoved(request: requests.PreparedRequest, url: str) -> requests.PreparedRequest:
    """Give a request that connects to the origin of the address which it was made of.

    That origin is what a password was held against. Raises requests' InvalidURL for any other.
    """
    try:
        read = parse_url(str(request.url))
        scheme, host = str(read.scheme), str(read.host).strip("[]")
        led = Origin(scheme, host, read.port or PORTS[scheme])
        stays = origin(url) == origin(str(request.url)) == led
    except (ValueError, LookupError):
        stays = False
    if not stays:
        raise InvalidURL("the address can be read in several ways")
    return request


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *sizes: Any, **named: Any) -> None:
        super().init_poolmanager(*sizes, **named)
        self.poolmanager.pool_classes_by_scheme = POOLS


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *sizes: Any, **named: Any) -> None:
        super().init_poolmanager(*sizes, **named)
        self.poolmanager.pool_classes_by_scheme = PUBLIC_POOLS
