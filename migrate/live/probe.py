"""Probe: finds a site's REST API and what the site says about itself, before anyone signs in."""

from __future__ import annotations

from typing import Any, NamedTuple

from migrate.errors import AnswerError, SiteError
from migrate.live import causes
from migrate.live.address import is_same_site
from migrate.live.answer import Answer, NoJsonError
from migrate.live.credentials import Credentials
from migrate.live.home_page import HomePage
from migrate.live.http.client import Client
from migrate.live.site_facts import SiteFacts, is_index, site_facts

__all__ = ["probe"]


class _Asked(NamedTuple):
    """What one place said that might have been the REST root: its facts, or why it isn't."""

    answer: Answer
    content: dict[str, Any] | None = None
    closed: SiteError | None = None


def probe(client: Client, address: str, credentials: Credentials | None = None) -> SiteFacts:
    """Return the facts of the WordPress site at an address, asked for as a visitor.

    The credentials are used only where the REST API is closed to visitors. Raises SiteError with
    the cause where there is no WordPress, or where its REST API can't be reached.
    """
    page = HomePage(client.visit(address), address)
    failed: list[_Asked] = []
    for named, found_by in page.roots():
        root = _as_secure(named, page.answer.url)
        if not is_same_site(page.answer.url, root):
            raise causes.elsewhere(address, root)
        asked = _ask(client, root, credentials)
        if asked.content:
            return site_facts(page.answer.url, root, found_by, asked.content, page.version)
        failed.append(asked)
    raise _cause(page, address, failed)


def _as_secure(root: str, page_url: str) -> str:
    """Return the root with https where the page came so: behind a proxy a site may not know."""
    return "https" + root[4:] if page_url.startswith("https:") and root[:5] == "http:" else root


def _ask(client: Client, root: str, credentials: Credentials | None) -> _Asked:
    """Ask a place for its index, with the credentials where it speaks to users only."""
    asked = _read(client.visit(root), signed=False)
    if asked.closed is None or credentials is None:
        return asked
    client.sign_in(credentials, root)
    return _read(client.ask("GET", root, {}), signed=True)


def _read(answer: Answer, *, signed: bool) -> _Asked:
    try:
        content = answer.content()[0]
    except AnswerError as error:
        is_spoken = bool(error.code) and error.status != 404  # noqa: PLR2004 - HTTP's own number
        closed = causes.rest_closed(error, signed=signed) if is_spoken else None
        return _Asked(answer, closed=closed)
    except NoJsonError:
        return _Asked(answer)
    return _Asked(answer, content=content if is_index(content) else None)


def _cause(page: HomePage, address: str, failed: list[_Asked]) -> SiteError:
    """Return why no place was the REST root, by what says it most clearly."""
    for asked in failed:
        if asked.closed:
            return asked.closed
    # A home page that can be read is no cause: it may hold a form to log in among other things.
    first = [page.answer] if page.answer.status >= 400 else []  # noqa: PLR2004 - HTTP's boundary
    for answer in (*first, *(asked.answer for asked in failed)):
        if cause := causes.instead_of_rest(answer):
            return cause
    return causes.rest_missing(address) if page.is_wordpress else causes.no_wordpress(address)
