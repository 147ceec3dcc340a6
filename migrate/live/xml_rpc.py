"""XML-RPC: whether the site's xmlrpc.php answers, and whether it takes our credentials.

It is asked because its calls carry user and password in their body: a web server that drops the
Authorization header can't drop those.
"""

from __future__ import annotations

import xmlrpc.client as protocol
from collections.abc import Callable
from typing import Any, Final, Literal

from migrate.errors import SiteError
from migrate.live.answer import Answer
from migrate.live.call_result import result
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.site_facts import SiteFacts

__all__ = ["XmlRpc", "address", "result_of", "xml_rpc"]

XmlRpc = Literal["works", "refuses us", "off", "hidden", "answers"]
"""It takes our credentials; it doesn't; WordPress has it switched off; something else, such as the
web server or a firewall, keeps us from it; it answers visitors, and nobody has signed in."""

_WRONG: Final = 403
"""The fault of wp_xmlrpc_server::login() for a wrong user name or password."""

_OFF: Final = frozenset({405, -32601})
"""Its fault where the filter `xmlrpc_enabled` says no, and the server's for a missing method."""

_SIGNED: Final = "wp.getUsersBlogs"
_OPEN: Final = "system.listMethods"


def xml_rpc(client: Client, facts: SiteFacts, credentials: Credentials | None) -> XmlRpc:
    """Return what the site's XML-RPC says to a harmless question, which changes nothing.

    The client has to be signed in, or looking, at the site: its rules hold here as well, so the
    password never travels over plain http to another machine.
    """
    try:
        if credentials is None:
            return "answers" if _SIGNED in _call(client, facts, _OPEN) else "off"
        _call(client, facts, _SIGNED, credentials.user, credentials.password)
    except protocol.Fault as fault:
        return "refuses us" if fault.faultCode == _WRONG else _off(fault)
    except (SiteError, ValueError, TypeError):
        return "hidden"
    return "works"


def _off(fault: protocol.Fault) -> XmlRpc:
    return "off" if fault.faultCode in _OFF else "hidden"


def address(facts: SiteFacts) -> str:
    """Return where the site takes calls, encrypted where its REST API is."""
    place = f"{facts.url.rstrip('/')}/xmlrpc.php"
    secure = facts.root.startswith("https:") and place.startswith("http:")
    return f"https{place[4:]}" if secure else place


def result_of(answer: Answer, passable: Callable[[str], str] = str) -> Any:
    """Return a call's result; `passable` sees the XML before it is parsed.

    Raises Fault where the site says one, ValueError where there is neither.
    """
    # As with JSON, PHP's warnings may stand in front.
    _, xml, rest = answer.body.partition(b"<?xml")
    return result(passable((xml + rest).decode("utf-8", "replace")))


def _call(client: Client, facts: SiteFacts, method: str, *parameters: str) -> Any:
    """Return a call's result. Raises Fault, ValueError, and what the client raises."""
    return result_of(client.call(address(facts), protocol.dumps(parameters, method).encode()))
