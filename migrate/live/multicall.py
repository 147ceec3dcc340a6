"""Several XML-RPC calls in one request, and texts that come through them whole.

WordPress trims the texts of a call and XML has no carriage return, so texts are sent as base64,
which it takes for text as well and leaves alone. Its answers hold whatever the database does; what
XML forbids in them is carried past the parser.
"""

from __future__ import annotations

import re
import xmlrpc.client as protocol
from collections.abc import Callable, Sequence
from typing import Any, Final

from migrate.errors import SiteError
from migrate.live.answer import plain_text
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.site_facts import SiteFacts
from migrate.live.xml_rpc import address, result_of

__all__ = ["Call", "Fault", "Multicall"]

Call = tuple[str, tuple[Any, ...]]
"""A method and its parameters behind blog, user and password."""

_Write = Callable[[str], object]

Fault = protocol.Fault
"""What WordPress says instead of a result."""

_BLOG: Final = 0  # a network's other sites have addresses of their own
_WRONG: Final = 403
"""The fault of wp_xmlrpc_server::login() for a wrong user name or password."""

_TOO_LONG: Final = 4096
"""Bytes of the longest text that WordPress takes for the password of an account."""

_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_CONTROLS: Final = bytes(n for n in range(0x20) if n not in b"\t\n")
_CARRIED: Final = 0x10F000  # private use: no text of a site has any of these
_CARRIED_BACK: Final = re.compile("[\U0010f000-\U0010f01f\U0010f0fe\U0010f0ff]")


class Multicall:
    """Calls of one user; the site's XML-RPC has to have been found to work.

    WordPress signs in anew for each call, and holds an application password against the account's
    own first, which is made to take long: 2 ms up to WordPress 6.7, since then with bcrypt 50 and
    more. That is passed over for what is too long to be one, and blanks in an application password
    don't count (wp_check_password(), wp_authenticate_application_password()). So it goes with that
    many, as long as the site takes it so.
    """

    def __init__(self, client: Client, facts: SiteFacts, credentials: Credentials) -> None:
        self._client = client
        self._facts = facts
        self._credentials = credentials
        self._as_it_is = False

    def __call__(self, calls: Sequence[Call]) -> list[Any]:
        """Give each call's result, or its Fault, in order.

        Raises SiteError where no usable answer came; whether the calls were carried out isn't known
        then.
        """
        if not self._as_it_is and len(calls) > 1:
            results = self._asked(calls, _spaced(self._credentials.password))
            if not all(map(_is_refused, results)):
                return results
            self._as_it_is = True
        return self._asked(calls, self._credentials.password)

    def _asked(self, calls: Sequence[Call], password: str) -> list[Any]:
        known = (_BLOG, self._credentials.user, password)
        asked = [{"methodName": name, "params": [*known, *given]} for name, given in calls]
        url = address(self._facts)
        answer = self._client.call(url, _encoded("system.multicall", asked))
        plain = _is_plain(answer.body)
        try:
            results = result_of(answer, str if plain else _passable)
        except (Fault, ValueError) as error:
            raise SiteError("no XML-RPC answer came back", path=url) from error
        if not isinstance(results, list) or len(results) != len(calls):
            raise SiteError("the XML-RPC answer is another one's", path=url)
        return [_result(result if plain else _restored(result)) for result in results]


def _spaced(password: str) -> str:
    """Return an application password with more blanks in it than any other may be long."""
    return f"{password[:1]}{' ' * _TOO_LONG}{password[1:]}"


def _is_refused(result: Any) -> bool:
    return isinstance(result, Fault) and result.faultCode == _WRONG


def _encoded(method: str, calls: list[dict[str, Any]]) -> bytes:
    parameters = _Marshaller("utf-8").dumps((calls,))
    return (
        f"<?xml version='1.0'?><methodCall><methodName>{method}</methodName>{parameters}"
        "</methodCall>"
    ).encode()


def _text(marshaller: protocol.Marshaller, value: Any, write: _Write) -> None:
    del marshaller
    protocol.Binary(value.encode("utf-8", "surrogateescape")).encode(_Stream(write))


def _number(marshaller: protocol.Marshaller, value: Any, write: _Write) -> None:
    del marshaller
    write(f"<value><int>{value}</int></value>")


class _Marshaller(protocol.Marshaller):
    """Sends texts as base64, and numbers of any size: PHP reads 64 bits."""

    dispatch = protocol.Marshaller.dispatch | {str: _text, int: _number}


class _Stream:
    """What xmlrpc.client.Binary writes to."""

    def __init__(self, write: _Write) -> None:
        self.write = write


def _is_plain(body: bytes) -> bool:
    """Tell whether nothing in an answer has to be carried past the parser: the commonest case."""
    return body.isascii() and len(body.translate(None, _CONTROLS)) == len(body)


def _passable(text: str) -> str:
    """Return XML with characters of private use in place of those that it forbids or changes."""
    return _FORBIDDEN.sub(lambda found: chr(_CARRIED + (ord(found[0]) & 0xFF)), text)


def _result(result: Any) -> Any:
    if isinstance(result, dict):
        code = result.get("faultCode")
        said = plain_text(str(result.get("faultString", "")))
        return Fault(code if isinstance(code, int) else 0, said)
    if not isinstance(result, list) or len(result) != 1:
        return Fault(0, "no result came back")
    return result[0]


def _restored(value: Any) -> Any:
    """Return a result with every text as the site holds it."""
    match value:
        case str() if not value.isascii():
            return _CARRIED_BACK.sub(_original, value)
        case list():
            return [_restored(item) for item in value]
        case dict():
            return {name: _restored(item) for name, item in value.items()}
    return value


def _original(found: re.Match[str]) -> str:
    code = ord(found[0]) & 0xFF
    return chr(code if code < 0x20 else 0xFF00 + code)  # noqa: PLR2004 - the first that XML takes
