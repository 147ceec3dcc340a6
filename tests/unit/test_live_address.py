"""Addresses of sites, and where a password may go."""

import pytest

from migrate.errors import UsageError
from migrate.live.address import in_ascii, is_loopback, is_same_site, origin, site_address


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
    """An origin is scheme, host and a port that isn't the scheme's own; a host is in ASCII."""
    assert str(origin("https://Example.com:443/x")) == "https://example.com"
    assert str(origin("https://münchen.example/x@y")) == "https://xn--mnchen-3ya.example"
    assert str(origin("http://[::1]:8080/x")) == "http://[::1]:8080"


ODD = [
    "https://evil.example\\@good.example/",
    "https://evil.example\\.good.example/",
    "https://evil.example:80\\@good.example:443/",
    "https://user@good.example/",
    "https://user:password@good.example/",
    "https://good.example@/",
    "https://good.example /",
    " https://good.example/",
    "https://go\tod.example/",
    "https://good.example\n/",
    "https://good.example\x00/",
    "https://good.example%5c/",
    "https://good.example%2f/",
    "https://good.example;x/",
    "https://[::1%25eth0]/",
    "https://[::1]x/",
    "https://evil.example\uff0fgood.example/",
    "https://evil.example\uff3c@good.example/",
    "https:\\\\good.example/",
    "https:///good.example/",
]
"""Addresses whose host isn't the same to everybody who reads them."""


@pytest.mark.parametrize("url", ODD)
def test_an_address_is_read_in_one_way_or_not_at_all(url: str) -> None:
    """Between `//` and the path there is a host, and maybe a port; nothing else is an origin."""
    for read in (origin, in_ascii):
        with pytest.raises(ValueError, match=r".") as caught:
            read(url)
        assert "password" not in str(caught.value)
    assert not is_same_site("https://good.example/", url)
    with pytest.raises(UsageError):
        site_address(url)


def test_an_address_in_ascii() -> None:
    """What is asked for has the host that was looked at, and the rest in ASCII."""
    assert in_ascii("HTTPS://Bücher.example:443/ü \\@x?y=ü") == (
        "https://xn--bcher-kva.example/%C3%BC%20%5C@x?y=%C3%BC"
    )
