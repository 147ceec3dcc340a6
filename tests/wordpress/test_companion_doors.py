"""The companion opens no door: who may neither import nor export gets nothing, however they ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

import pytest
import requests

from tests.wordpress import companion
from tests.wordpress.site import Site
from tests.wordpress.tables import tables

pytestmark = pytest.mark.wordpress

NAMESPACE: Final = "/wpmigrate/v1"
SECRET: Final = "What nobody else may read"
FILL: Final = """
    $id = wp_insert_post( array( 'post_title' => $secret, 'post_status' => 'private' ) );
    return array( $id, LOGGED_IN_COOKIE, wp_generate_auth_cookie( 1, time() + 600, 'logged_in' ) );
"""
REFUSED: Final = {401, 403}
FORM: Final = {"run": "1", "force": "1", "key": "1", "path": "a.txt"}

Asked = dict[str, Any]
"""The arguments of a request, its address among them."""


def doors(site: Site, post: int) -> list[tuple[str, str]]:
    """Method and path of all that the site's own index says of the companion's routes."""
    index = companion.ask(site, "GET", "", (site.user, site.app_password)).json()
    paths = {
        re.sub(r"\(.*\)", str(post), path): about["methods"]
        for path, about in index["routes"].items()
        if path != NAMESPACE  # what is there, which everybody may know
    }
    found = [(method, path) for path, methods in paths.items() for method in methods]
    return found + [("HEAD", path) for method, path in found if method == "GET"]


def plain(site: Site, method: str, path: str) -> Asked:
    """A request as our client would make it."""
    return {"method": method, "url": f"{site.url}/wp-json{path}", "data": FORM}


def by_query(site: Site, method: str, path: str) -> Asked:
    """A request whose route stands in the query."""
    return {"method": method, "url": f"{site.url}/?rest_route={path}", "data": FORM}


def by_script(site: Site, method: str, path: str) -> Asked:
    """A request whose answer would be run as a script."""
    return {"method": "GET", "url": f"{site.url}/wp-json{path}?_jsonp=run&_method={method}"}


def by_form(site: Site, method: str, path: str) -> Asked:
    """A form that another site's page sends, which can but POST."""
    return {"method": "POST", "url": f"{site.url}/wp-json{path}?_method={method}", "data": FORM}


def by_text(site: Site, method: str, path: str) -> Asked:
    """A form whose body is lines, of a type for which no browser asks first."""
    head = {"Content-Type": "text/plain", "X-HTTP-Method-Override": method}
    body = '{"key": "1", "record": {"title": "Planted"}}'
    return {"method": "POST", "url": f"{site.url}/wp-json{path}", "headers": head, "data": body}


def by_nonce(site: Site, method: str, path: str) -> Asked:
    """A request with a nonce that isn't the user's."""
    url = f"{site.url}/wp-json{path}?_wpnonce=0123456789"
    return {"method": method, "url": url, "data": FORM}


FORMS: Final[list[Callable[[Site, str, str], Asked]]] = [
    plain,
    by_query,
    by_script,
    by_form,
    by_text,
    by_nonce,
]


@pytest.fixture
def prepared(site: Site) -> tuple[Site, int, dict[str, str]]:
    """A site with a private post and the companion; the post, and its administrator's cookie."""
    companion.install(site)
    post, name, value = site.php(FILL, secret=SECRET)
    return site, post, {name: value}


def entered(asked: Asked, **more: Any) -> list[str]:
    """What a request got that was to get nothing."""
    answer = requests.request(**asked, **more, timeout=60)
    if answer.status_code in REFUSED and SECRET not in answer.text:
        return []
    return [f"{asked['method']} {asked['url']}: {answer.status_code} {answer.text[:100]}"]


def test_nobody_else_enters(prepared: tuple[Site, int, dict[str, str]]) -> None:
    """Visitors, wrong passwords, subscribers, authors and editors: every route, every method."""
    site, post, _ = prepared
    accounts = {"nobody": None, "mistaken": (site.user, "not it")}
    for role in ("subscriber", "author", "editor"):
        accounts[role] = (role, site.create_user(role, role))
    before = tables(site)
    found = doors(site, post)

    got = [
        f"{who}: {each}"
        for who, account in accounts.items()
        for method, path in found
        for each in entered(plain(site, method, path), auth=account)
    ]

    assert len(found) >= 12
    assert got == []
    assert tables(site) == before


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.__name__))
def test_no_other_site_enters(
    prepared: tuple[Site, int, dict[str, str]], form: Callable[[Site, str, str], Asked]
) -> None:
    """A page of another site can't use the cookie of an administrator who looks at it."""
    site, post, cookie = prepared
    before = tables(site)
    told = {"Origin": "https://other.example.org", "Referer": "https://other.example.org/a"}

    got = []
    for method, path in doors(site, post):
        asked = form(site, method, path)
        asked["headers"] = {**told, **asked.get("headers", {})}
        got += entered(asked, cookies=cookie)

    assert got == []
    assert tables(site) == before
