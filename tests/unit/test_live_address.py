"""Addresses of sites, and where a password may go."""

import pytest

from migrate.errors import UsageError
from migrate.live.address import is_loopback, is_same_site, origin, site_address


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.com", "https://example.com/"),
        ("https://example.com/blog/", "https://example.com/blog/"),
        ("http://127.0.0.1:8080/a?b=c#d", "http://127.0.0.1:8080/a/"),
    ],
)
def test_site_address(given: str, address: str) -> None:
    """A site's address ends in a slash and has no query."""
    assert site_address(given) == address


@pytest.mark.parametrize(
    "given", ["", "example.com", "ftp://example.com", "https://", "https://x:port/", "https://[x/"]
)
def test_no_address(given: str) -> None:
    """What is no address of a website is refused with an example of one."""
    with pytest.raises(UsageError, match=r"https://example\.com"):
        site_address(given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("https://x:port/", "the port behind the host isn't a number up to 65535"),
        ("https://x:70000/", "the port behind the host isn't a number up to 65535"),
        ("https://[x/", "the host between [ and ] isn't an IPv6 address"),
    ],
)
def test_what_is_wrong_with_an_address(given: str, said: str) -> None:
    """A bad port or host is named in our own words."""
    with pytest.raises(UsageError) as caught:
        site_address(given)
    assert caught.value.message == f"--site: {said}"


def test_password_in_the_address() -> None:
    """An address with a password is refused, and the password isn't repeated."""
    with pytest.raises(UsageError) as caught:
        site_address("https://user:s3cret@example.com/")
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("wp.localhost", True),
        ("10.0.0.1", False),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
    ],
)
def test_loopback(host: str, loopback: bool) -> None:
    """Only this machine is a loopback address."""
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("known", "offered", "same"),
    [
        ("http://example.com/", "https://example.com/", True),
        ("https://example.com/", "https://www.example.com/", True),
        ("https://www.example.com/", "https://example.com/", True),
        ("https://example.com/a", "https://example.com/b", True),
        ("https://example.com/", "http://example.com/", False),
        ("https://example.com/", "https://shop.example.com/", False),
        ("https://example.com/", "https://example.com:8443/", False),
        ("http://example.com:8080/", "https://example.com/", False),
        ("https://example.com/", "https://example.com.evil.example/", False),
        ("https://example.com/", "javascript:alert(1)", False),
        ("https://example.com/", "https://[x/", False),
    ],
)
def test_same_site(known: str, offered: str, same: bool) -> None:
    """Https and `www.` may come, nothing else may differ, and https never goes."""
    assert is_same_site(known, offered) is same


def test_origin_shows_no_user() -> None:
    """An origin is scheme, host and a port that isn't the scheme's own."""
    assert str(origin("https://u:p@Example.com:443/x")) == "https://example.com"
    assert str(origin("http://[::1]:8080/x")) == "http://[::1]:8080"
