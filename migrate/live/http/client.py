"""The client: one site's requests, signed where they have to be, and its answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from threading import BoundedSemaphore
from typing import Literal, Self

import requests
from requests.auth import AuthBase

from migrate.errors import SiteError
from migrate.live.address import Origin, is_loopback, is_same_site, origin, origin_of
from migrate.live.answer import Answer
from migrate.live.credentials import Credentials
from migrate.live.http import limits
from migrate.live.http.authorization import BasicAuth, Visitor
from migrate.live.http.bodies import Body, PackedLines, Streamed, headers
from migrate.live.http.failures import BrokenOffError, failure, fault
from migrate.live.http.public_hosts import PrivateHostError
from migrate.live.http.reading import at_once, pieces, whole
from migrate.live.http.redirects import leads_away, redirect, shown
from migrate.live.http.session import Session

__all__ = ["Client", "Method", "Parameters"]

Method = Literal["GET", "OPTIONS", "POST", "DELETE"]
Parameters = Mapping[str, str | int | list[str] | list[int]]


class Client:
    """One session with one site; a context manager, for any number of threads.

    With `public_only` it connects to no host of a private network, nor to this machine. With
    `connections` no more requests than that are under way, whoever asks.
    """

    def __init__(self, *, public_only: bool = False, connections: int | None = None) -> None:
        self._turn = BoundedSemaphore(connections) if connections else nullcontext()
        self._session = Session(public_only=public_only)
        self._visitor, self._looker = Visitor(), Visitor()
        self._auth: BasicAuth | None = None
        self._looks_at: Origin | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def sign_in(self, credentials: Credentials, url: str) -> None:
        """Use the credentials for `ask` and `send`, at the origin of `url` alone.

        Raises SiteError where they would travel unencrypted; nothing has been sent then.
        """
        place = origin(url)
        if place.scheme == "http" and not is_loopback(place.host):
            raise SiteError(
                "the password would travel unencrypted over http, so it wasn't sent",
                path=str(place),
                fix=f"Name the site as https://{place.host}",
            )
        self._auth = BasicAuth(credentials, place)

    def look(self, url: str) -> None:
        """Let `ask` go without credentials to the origin of `url`, as long as nobody signs in."""
        self._looks_at = origin(url)

    def visit(self, url: str) -> Answer:
        """Return what a visitor gets, without credentials; redirects within the site are followed.

        `Answer.url` is where they led. Raises SiteError.
        """
        for _ in range(limits.REDIRECTS):
            answer = self._read("GET", url, {}, self._visitor)
            target = redirect(answer, url)
            if not target:
                return answer
            if not is_same_site(url, target):
                raise leads_away(url, target)
            url = target
        raise SiteError("the site redirects in a circle", path=url)

    def peek(self, method: Literal["HEAD", "GET"], url: str) -> tuple[int, str]:
        """Return the status and where it redirects to: without credentials, the body unread.

        Asked once. Raises SiteError.
        """
        with self.stream(method, url) as answer:
            return answer.status, answer.headers.get("Location", "")

    @contextmanager
    def stream(
        self,
        method: Literal["HEAD", "GET"],
        url: str,
        start: int | None = None,
        validator: str = "",
    ) -> Iterator[Streamed]:
        """Give an answer whose body is read piece by piece; as a visitor gets it, and asked once.

        From `start` the file is asked for as it lies there, uncompressed, so that lengths count;
        the whole of it if it isn't the one any more that had the `validator` (RFC 9110, 13.1.5).
        Raises SiteError, also while the body is read.
        """
        asked = {} if start is None else {"Accept-Encoding": "identity"}
        if start:
            asked |= {"Range": f"bytes={start}-", "If-Range": validator}
        with self._turn:
            try:
                response = self._session.request(
                    method,
                    url,
                    headers=asked,
                    auth=self._visitor,
                    timeout=(limits.CONNECT_TIMEOUT, limits.PEEK_TIMEOUT),
                    allow_redirects=False,
                    stream=True,
                )
            except (requests.RequestException, PrivateHostError, ValueError) as error:
                raise SiteError(fault(error), path=shown(url)) from None
            with response:
                yield Streamed(
                    response.status_code, response.headers, at_once(response, limits.PEEK_TIMEOUT)
                )

    @contextmanager
    def listen(self, url: str, parameters: Parameters) -> Iterator[Streamed]:
        """Give the answer to a signed question as it comes, however long it is.

        Raises SiteError, also while the body is read.
        """
        with self._request("GET", url, parameters, self._known(url)) as response:
            yield Streamed(response.status_code, response.headers, pieces(response))

    def ask(self, method: Literal["GET", "OPTIONS"], url: str, parameters: Parameters) -> Answer:
        """Return the answer to a signed question; asking changes nothing. Raises SiteError.

        After `look` and without `sign_in` it isn't signed.
        """
        asked = url
        for _ in range(limits.REDIRECTS):
            answer = self._read(method, asked, parameters, self._known(asked))
            target = redirect(answer, asked)
            if not target:
                return answer
            if origin_of(target) != origin_of(asked):
                raise leads_away(asked, target)
            asked, parameters = target, {}
        raise SiteError("the site redirects in a circle", path=url)

    def send(
        self,
        method: Literal["POST", "DELETE"],
        url: str,
        parameters: Parameters,
        body: Body | None = None,
        agent: str | None = None,
    ) -> Answer:
        """Send a signed request that changes the site, once; `agent` stands in for our name.

        Raises SiteError where no answer came; whether the request arrived isn't known then.
        """
        answer = self._exchange(method, url, parameters, self._signed(url), body, agent)
        target = redirect(answer, url)
        if target:
            raise leads_away(url, target)
        return answer

    def call(self, url: str, body: bytes) -> Answer:
        """Send an XML-RPC call once: its body may hold the credentials, its head doesn't.

        So it goes where they may go alone. Raises SiteError.
        """
        self._known(url)
        answer = self._exchange("POST", url, {}, self._visitor, body)
        target = redirect(answer, url)
        if target:
            raise leads_away(url, target)
        return answer

    def _known(self, url: str) -> AuthBase:
        if self._auth is None and self._looks_at and self._looks_at == origin_of(url):
            return self._looker
        return self._signed(url)

    def _signed(self, url: str) -> AuthBase:
        if self._auth is None or self._auth.place != origin_of(url):
            raise SiteError("there are no credentials for this address", path=url)
        return self._auth

    def _read(
        self, method: Literal["GET", "OPTIONS"], url: str, parameters: Parameters, auth: AuthBase
    ) -> Answer:
        """Exchange, twice if the answer breaks off: urllib3 watches over its head only."""
        try:
            return self._exchange(method, url, parameters, auth)
        except BrokenOffError:
            return self._exchange(method, url, parameters, auth)

    def _exchange(
        self,
        method: Method,
        url: str,
        parameters: Parameters,
        auth: AuthBase,
        body: Body | None = None,
        agent: str | None = None,
    ) -> Answer:
        with self._turn, self._request(method, url, parameters, auth, body, agent) as response:
            return Answer(
                shown(response.url), response.status_code, response.headers, whole(response)
            )

    def _request(
        self,
        method: Method,
        url: str,
        parameters: Parameters,
        auth: AuthBase,
        body: Body | None = None,
        agent: str | None = None,
    ) -> requests.Response:
        try:
            return self._session.request(
                method,
                url,
                params=dict(parameters),
                data=body.data if isinstance(body, PackedLines) else body,
                headers=headers(body, agent, wants_json=auth is not self._visitor),
                auth=auth,
                timeout=(limits.CONNECT_TIMEOUT, limits.READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
            )
        except (requests.RequestException, ValueError) as error:
            raise failure(error, url) from None
