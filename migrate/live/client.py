"""HTTP: the only module that imports requests, so that its rules hold everywhere.

- The password goes to one origin, named once, and over plain http only to this machine.
- Redirects are followed by hand, for reading only, and never to another site.
- Reading is tried again where the connection or the server stumbles; writing never is, since a
  request without an answer may have been carried out.
- No answer is larger than 64 MB or takes longer than its timeout between two bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from threading import BoundedSemaphore
from typing import Any, Final, Literal, Self

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, ReadTimeoutError

from migrate import __version__
from migrate.errors import SiteError
from migrate.live.address import Origin, is_loopback, is_same_site, origin
from migrate.live.answer import Answer
from migrate.live.bodies import Body, PackedLines, Streamed, headers
from migrate.live.certificate import certificate_fault
from migrate.live.credentials import Credentials
from migrate.live.patience import patience
from migrate.live.public_hosts import PUBLIC_POOLS, PrivateHostError
from migrate.live.redirects import leads_away, redirect, shown

__all__ = [
    "LARGEST_ANSWER",
    "Client",
    "Method",
    "Parameters",
    "TooLargeError",
    "UnreachedError",
]

LARGEST_ANSWER: Final = 64 * 1024 * 1024
CONNECT_TIMEOUT: Final = 10.0
READ_TIMEOUT: Final = 60.0  # WordPress may be slow to store; PHP gives up after 30 s as a rule
PEEK_TIMEOUT: Final = 15.0
REDIRECTS: Final = 5
_CONNECTIONS: Final = 8  # kept open to one host; more are closed after their answer

Method = Literal["GET", "OPTIONS", "POST", "DELETE"]
Parameters = Mapping[str, str | int | list[str] | list[int]]


class TooLargeError(SiteError):
    """An answer is larger than we take; asking for less at a time is the way out."""


class UnreachedError(SiteError):
    """No connection came about, so the request surely wasn't carried out."""


class Client:
    """One session with one site; a context manager, for any number of threads.

    With `public_only` it connects to no host of a private network, nor to this machine. With
    `connections` no more requests than that are under way, whoever asks.
    """

    def __init__(self, *, public_only: bool = False, connections: int | None = None) -> None:
        self._turn = BoundedSemaphore(connections) if connections else nullcontext()
        self._session = _Session()
        self._session.headers["User-Agent"] = f"wpmigrate/{__version__}"
        adapter = (
            _PublicAdapter()
            if public_only
            else HTTPAdapter(max_retries=patience(), pool_maxsize=_CONNECTIONS)
        )
        self._session.mount("http://", adapter)
        self._session.mount("https://", adapter)
        self._visitor, self._looker = _Visitor(), _Visitor()
        self._auth: _BasicAuth | None = None
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
        self._auth = _BasicAuth(credentials, place)

    def look(self, url: str) -> None:
        """Let `ask` go without credentials to the origin of `url`, as long as nobody signs in."""
        self._looks_at = origin(url)

    def visit(self, url: str) -> Answer:
        """Return what a visitor gets, without credentials; redirects within the site are followed.

        `Answer.url` is where they led. Raises SiteError.
        """
        for _ in range(REDIRECTS):
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
        self, method: Literal["HEAD", "GET"], url: str, start: int | None = None
    ) -> Iterator[Streamed]:
        """Give an answer whose body is read piece by piece; as a visitor gets it, and asked once.

        From `start` the file is asked for as it lies there, uncompressed, so that lengths count.
        Raises SiteError, also while the body is read.
        """
        asked = {} if start is None else {"Accept-Encoding": "identity"}
        if start:
            asked["Range"] = f"bytes={start}-"
        with self._turn:
            try:
                response = self._session.request(
                    method,
                    url,
                    headers=asked,
                    auth=self._visitor,
                    timeout=(CONNECT_TIMEOUT, PEEK_TIMEOUT),
                    allow_redirects=False,
                    stream=True,
                )
            except (requests.RequestException, PrivateHostError, ValueError) as error:
                raise SiteError(_fault(error), path=shown(url)) from None
            with response:
                yield Streamed(response.status_code, response.headers, _at_once(response))

    @contextmanager
    def listen(self, url: str, parameters: Parameters) -> Iterator[Streamed]:
        """Give the answer to a signed question as it comes, however long it is.

        Raises SiteError, also while the body is read.
        """
        with self._request("GET", url, parameters, self._known(url)) as response:
            yield Streamed(response.status_code, response.headers, _pieces(response))

    def ask(self, method: Literal["GET", "OPTIONS"], url: str, parameters: Parameters) -> Answer:
        """Return the answer to a signed question; asking changes nothing. Raises SiteError.

        After `look` and without `sign_in` it isn't signed.
        """
        asked = url
        for _ in range(REDIRECTS):
            answer = self._read(method, asked, parameters, self._known(asked))
            target = redirect(answer, asked)
            if not target:
                return answer
            if origin(target) != origin(asked):
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
        if self._auth is None and self._looks_at == origin(url):
            return self._looker
        return self._signed(url)

    def _signed(self, url: str) -> AuthBase:
        if self._auth is None or self._auth.place != origin(url):
            raise SiteError("there are no credentials for this address", path=url)
        return self._auth

    def _read(
        self, method: Literal["GET", "OPTIONS"], url: str, parameters: Parameters, auth: AuthBase
    ) -> Answer:
        """Exchange, twice if the answer breaks off: urllib3 watches over its head only."""
        try:
            return self._exchange(method, url, parameters, auth)
        except _BrokenOffError:
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
                shown(response.url), response.status_code, response.headers, _body(response)
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
                timeout=(CONNECT_TIMEOUT, READ_TIMEOUT),
                allow_redirects=False,
                stream=True,
            )
        except requests.RequestException as error:
            kind = UnreachedError if _never_sent(error) else SiteError
            raise kind(_cause(error), path=shown(url), fix=_way_out(error)) from None


class _Session(requests.Session):
    """Leaves redirects alone: requests would prepare the next request, and fail on odd targets."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        del resp


class _PublicAdapter(HTTPAdapter):
    """Connects to public hosts only, and asks once."""

    def init_poolmanager(self, *sizes: Any, **named: Any) -> None:
        super().init_poolmanager(*sizes, **named)
        self.poolmanager.pool_classes_by_scheme = PUBLIC_POOLS


class _BrokenOffError(SiteError):
    """The answer began and then broke off."""


class _Visitor(AuthBase):
    """Adds nothing; stated so that requests doesn't look for a password in ~/.netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _BasicAuth(AuthBase):
    """Adds the application password as HTTP Basic, as long as the request goes to its origin."""

    def __init__(self, credentials: Credentials, place: Origin) -> None:
        pair = f"{credentials.user}:{credentials.password}"
        self._header = "Basic " + base64.b64encode(pair.encode()).decode("ascii")
        self.place = place

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if request.url and origin(request.url) == self.place:
            request.headers["Authorization"] = self._header
        return request


def _body(response: requests.Response) -> bytes:
    """Read the answer, as far as it is no larger than we take; gzip is counted unpacked."""
    pieces: list[bytes] = []
    size = 0
    for piece in _pieces(response):
        size += len(piece)
        if size > LARGEST_ANSWER:
            said = f"the answer is larger than {LARGEST_ANSWER >> 20} MB"
            raise TooLargeError(said, path=shown(response.url))
        pieces.append(piece)
    return b"".join(pieces)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_content(64 * 1024)
    except requests.RequestException as error:
        raise _BrokenOffError(
            f"the answer broke off: {_cause(error)}", path=shown(response.url)
        ) from None


def _at_once(response: requests.Response) -> Iterator[bytes]:
    """Read an answer as it comes, however slowly, so that whoever reads can give up."""
    try:
        while piece := response.raw.read1(64 * 1024, decode_content=True):
            yield piece
    except HTTPError as error:
        cause = f"the server was silent for {PEEK_TIMEOUT:.0f} s"
        if not isinstance(error, ReadTimeoutError):
            cause = "the connection was closed, or what came can't be unpacked"
        raise _BrokenOffError(f"the answer broke off: {cause}", path=shown(response.url)) from None


def _fault(error: Exception) -> str:
    if isinstance(error, PrivateHostError):
        return "it leads into a private network"
    if isinstance(error, requests.RequestException):
        return _cause(error)
    return "its address can't be used"


def _cause(error: requests.RequestException) -> str:
    """Return why a request failed; the exception's own text may hold a proxy's password."""
    match error:
        case requests.exceptions.SSLError():
            return certificate_fault(error)[0]
        case requests.exceptions.ProxyError():
            return "the proxy doesn't let us through"
        case requests.exceptions.ConnectTimeout():
            return f"the server didn't answer within {CONNECT_TIMEOUT:.0f} s"
        case _ if isinstance(error, requests.exceptions.ReadTimeout) or isinstance(
            _reason(error), ReadTimeoutError
        ):
            return f"the server was silent for {READ_TIMEOUT:.0f} s"
        case _ if isinstance(_reason(error), NameResolutionError):
            return "no server has this name"
        case _ if _is_refused(error):
            return "the server can't be reached: nothing listens there (connection refused)"
        case requests.exceptions.ConnectionError():
            return "the server can't be reached, or closed the connection"
    return f"the request failed ({type(error).__name__})"


def _never_sent(error: requests.RequestException) -> bool:
    early = (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError)
    return isinstance(error, early) or isinstance(_reason(error), NewConnectionError)


def _is_refused(error: requests.RequestException) -> bool:
    reason = _reason(error)
    return isinstance(reason, Exception) and isinstance(reason.__cause__, ConnectionRefusedError)


def _reason(error: requests.RequestException) -> object:
    """Return urllib3's reason for giving up."""
    return getattr(error.args[0] if error.args else None, "reason", None)


def _way_out(error: requests.RequestException) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return certificate_fault(error)[1]
    return "Check the address and that the site is up, then run again"
