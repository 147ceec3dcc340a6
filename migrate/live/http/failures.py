"""Failures: why a request came to nothing, in words that tell nothing of a password."""

from __future__ import annotations

import requests
from urllib3.exceptions import NameResolutionError, NewConnectionError, ReadTimeoutError

from migrate.errors import SiteError
from migrate.live.http import limits
from migrate.live.http.certificate import certificate_fault
from migrate.live.http.public_hosts import PrivateHostError
from migrate.live.http.redirects import shown

__all__ = ["BrokenOffError", "TooLargeError", "UnreachedError", "cause", "failure", "fault"]


class TooLargeError(SiteError):
    """An answer is larger than we take; asking for less at a time is the way out."""


class UnreachedError(SiteError):
    """No connection came about, so the request surely wasn't carried out."""


class BrokenOffError(SiteError):
    """The answer began and then broke off."""


def failure(error: Exception, url: str) -> SiteError:
    """Return the error for a request that got no answer; UnreachedError where it was never sent."""
    if not isinstance(error, requests.RequestException) or isinstance(
        error, requests.exceptions.InvalidURL
    ):
        return UnreachedError(fault(error), path=shown(url), fix="Look where it is named")
    kind = UnreachedError if _never_sent(error) else SiteError
    return kind(cause(error), path=shown(url), fix=_way_out(error))


def fault(error: Exception) -> str:
    """Return why an address that somebody else wrote can't be asked."""
    if isinstance(error, PrivateHostError):
        return "it leads into a private network"
    if isinstance(error, requests.RequestException) and not isinstance(error, ValueError):
        return cause(error)
    return "its address can't be used"


def cause(error: requests.RequestException) -> str:
    """Return why a request failed; the exception's own text may hold a proxy's password."""
    match error:
        case requests.exceptions.SSLError():
            return certificate_fault(error)[0]
        case requests.exceptions.ProxyError():
            return "the proxy doesn't let us through"
        case requests.exceptions.ConnectTimeout():
            return f"the server didn't answer within {limits.CONNECT_TIMEOUT:.0f} s"
        case _ if isinstance(error, requests.exceptions.ReadTimeout) or isinstance(
            _reason(error), ReadTimeoutError
        ):
            return f"the server was silent for {limits.READ_TIMEOUT:.0f} s"
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
