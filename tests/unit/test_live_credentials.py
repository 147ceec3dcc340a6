"""Where credentials come from."""

import sys
from collections.abc import Callable
from types import ModuleType

import pytest

from migrate.errors import UsageError
from migrate.live.credentials import Credentials, find, find_if_named

BOTH = {"WPMIGRATE_USER": "jane", "WPMIGRATE_APP_PASSWORD": "s3 cret"}


def test_environment() -> None:
    """The environment comes first, and nothing is asked then."""
    assert find("https://x.example", None, BOTH) == Credentials("jane", "s3 cret")


def test_prompt() -> None:
    """A prompt asks for what the environment lacks, the password hidden."""
    asked: list[tuple[str, bool]] = []

    def prompt(question: str, hidden: bool) -> str:
        asked.append((question, hidden))
        return "typed "

    found = find("https://x.example", prompt, {"WPMIGRATE_USER": "jane"})
    assert found == Credentials("jane", "typed")
    assert asked == [("Application password of jane on https://x.example", True)]


@pytest.mark.parametrize(
    "own",
    [
        *("https://x.example", "https://x.example/", "https://www.x.example/blog/"),
        *("https://x.example/blog", "http://x.example/bl%6fg?x#y"),
    ],
)
@pytest.mark.parametrize("site", ["https://x.example/blog", "https://x.example/blog/de/"])
def test_own_site(own: str, site: str) -> None:
    """The site that the environment names, and what lies below it, gets what it knows."""
    known = BOTH | {"WPMIGRATE_SITE": own}

    assert find(site, None, known) == Credentials("jane", "s3 cret")


@pytest.mark.parametrize("finding", [find, find_if_named])
@pytest.mark.parametrize(
    ("own", "site"),
    [
        *((own, "") for own in ("https://y.example", "https://x.example:8443", "x.example")),
        *(("https://x.example/blog", path) for path in ("", "/~mallory", "/blogs", "/Blog")),
        *(("https://x.example/blog/", f"/blog/{up}/~mallory") for up in ("..", "%2e%2E", ".%2e")),
        ("https://x.example/blog", "/blog\\..\\~mallory"),
        ("https://x.example/blog", "/blog/.\t./~mallory"),
        ("https://x.example/blog", "//blog"),
        ("https://x.example/a/b", "/a"),
    ],
)
def test_other_site(own: str, site: str, finding: Callable[..., object]) -> None:
    """No other site gets anything: a settings file or a journal may have named it.

    Sites in folders of one host are several.
    """
    known = BOTH | {"WPMIGRATE_SITE": own}

    with pytest.raises(UsageError, match=r"^https://x\.example.* isn't the site of WPMIGRATE_SITE"):
        finding(f"https://x.example{site}", None, known)


def test_visitor_of_another_site() -> None:
    """Who isn't named anywhere may look at any."""
    assert find_if_named("https://x.example", None, {"WPMIGRATE_SITE": "https://y.example"}) is None


def test_nothing_known() -> None:
    """Without any of them the message names the variables and where passwords are made."""
    with pytest.raises(UsageError, match=r"WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD"):
        find("https://x.example", None, {})


def test_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed keyring is asked for the password under the site's origin."""
    keyring = ModuleType("keyring")
    vars(keyring)["get_password"] = lambda *names: "/".join(names)
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    found = find("https://x.example/blog", None, {"WPMIGRATE_USER": "jane"})
    assert found.password == "wpmigrate https://x.example/jane"


def test_keyring_that_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that can't be opened is as good as none."""
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError):
        find("https://x.example", None, {"WPMIGRATE_USER": "jane"})


def test_repr() -> None:
    """A password shows in no repr."""
    assert repr(Credentials("jane", "s3cret")) == "Credentials(user='jane')"


def test_visitor() -> None:
    """Who names neither user nor password is a visitor, and is asked nothing."""
    asked: list[str] = []

    def prompt(question: str, hidden: bool) -> str:
        del hidden
        asked.append(question)
        return "typed"

    assert find_if_named("https://x.example", prompt, {}) is None
    assert asked == []
    assert find_if_named("https://x.example", None, BOTH) == Credentials("jane", "s3 cret")


@pytest.mark.parametrize("name", ["WPMIGRATE_USER", "WPMIGRATE_APP_PASSWORD"])
def test_half_a_name(name: str) -> None:
    """One of the two without the other isn't taken for a visitor."""
    with pytest.raises(UsageError):
        find_if_named("https://x.example", None, {name: "jane"})
