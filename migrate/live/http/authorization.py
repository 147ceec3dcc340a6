"""Authorization: who a request says that it comes from."""

from __future__ import annotations

import base64

from requests import PreparedRequest
from requests.auth import AuthBase

from migrate.live import secrets
from migrate.live.address import Origin, origin
from migrate.live.credentials import Credentials

__all__ = ["BasicAuth", "Visitor"]


class Visitor(AuthBase):
    """Adds nothing; stated so that requests doesn't look for a password in ~/.netrc."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Leave the request as it is."""
        return request


class BasicAuth(AuthBase):
    """Adds the application password as HTTP Basic, as long as the request goes to its origin."""

    def __init__(self, credentials: Credentials, place: Origin) -> None:
        pair = f"{credentials.user}:{credentials.password}"
        self._header = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        self.place = place
        joined = "".join(credentials.password.split())
        secrets.keep(credentials.password, joined, self._header[len("Basic ") :])

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sign the request, if it goes there."""
        if request.url and origin(request.url) == self.place:
            request.headers["Authorization"] = self._header
        return request
