"""Certificates: why a site's isn't trusted, and what to do about it."""

from __future__ import annotations

import ssl
from typing import Final

__all__ = ["certificate_fault"]

_BUNDLE: Final = (
    "Where you know the certificate, name its file in REQUESTS_CA_BUNDLE; a public site gets one "
    "that everybody trusts from its host"
)
_FAULTS: Final = {
    10: ("has expired", "Have it renewed"),
    18: ("is self-signed", _BUNDLE),
    19: ("is signed by an authority that signed itself", _BUNDLE),
    20: ("is signed by an authority that this machine doesn't know", _BUNDLE),
    62: ("is for another name", "Name the site as its certificate does"),
    64: ("is for another address", "Name the site as its certificate does"),
}
"""X509_V_ERR_… of OpenSSL's x509_vfy.h → what it means and the way out."""


def certificate_fault(error: BaseException) -> tuple[str, str]:
    """Return what is wrong with the certificate that ended a connection, and the way out."""
    refusal = _refusal(error)
    if refusal is None:
        return (
            "no encrypted connection came about: the server speaks no TLS there, or too old a one",
            "Check the address: http:// for a site without encryption, the right port otherwise",
        )
    cause, way_out = _FAULTS.get(
        refusal.verify_code, (f"isn't valid ({refusal.verify_message})", _BUNDLE)
    )
    return f"the site's certificate isn't trusted: it {cause}", way_out


def _refusal(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """Return OpenSSL's own error, which requests and urllib3 wrap in theirs."""
    inner: object = error
    while isinstance(inner, BaseException):
        if isinstance(inner, ssl.SSLCertVerificationError):
            return inner
        inner = getattr(inner, "reason", None) or (inner.args[0] if inner.args else None)
    return None
