"""Why a certificate isn't trusted."""

import ssl

import pytest

from migrate.live.http.certificate import certificate_fault


def refused(code: int, message: str = "") -> Exception:
    """What OpenSSL raises, as urllib3 and requests wrap it."""
    inner = ssl.SSLCertVerificationError(1, "verify failed")
    inner.verify_code = code
    inner.verify_message = message
    return ValueError(ValueError(inner))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (10, "it has expired"),
        (18, "it is self-signed"),
        (19, "it is signed by an authority that signed itself"),
        (20, "it is signed by an authority that this machine doesn't know"),
        (62, "it is for another name"),
        (64, "it is for another address"),
        (24, "it isn't valid (odd)"),
    ],
)
def test_faults(code: int, said: str) -> None:
    """Each of OpenSSL's common errors is named in plain words, any other in its own."""
    cause, _ = certificate_fault(refused(code, "odd"))
    assert cause == f"the site's certificate isn't trusted: {said}"


def test_no_certificate() -> None:
    """An error that is about no certificate is about the encryption."""
    cause, _ = certificate_fault(ValueError(ssl.SSLError(1, "wrong version number")))
    assert cause == (
        "no encrypted connection came about: the server speaks no TLS there, or too old a one"
    )
