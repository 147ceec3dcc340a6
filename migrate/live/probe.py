"""Probe: finds a site's REST API and what the site says about itself, before anyone signs in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone, tzinfo
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from migrate.errors import AnswerError, SiteError
from migrate.live.address import is_same_site, origin
from migrate.live.answer import Answer, NoJsonError
from migrate.live.client import Client
from migrate.live.credentials import Credentials

__all__ = ["SiteFacts", "probe"]

_RELATION: Final = "https://api.w.org/"
_LINK: Final = re.compile(r'<([^<>]+)>\s*;[^<>]*?\brel="?' + re.escape(_RELATION))
_HEAD: Final = 512 * 1024  # bytes of the home page in which its <link> is looked for


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """What the REST root says to everyone.

    `zone` is the zone of the site's wall clock, `zone_name` how the site calls it;
    `application_passwords` whether the site says that it takes them.
    """

    root: str
    home: str
    name: str
    zone: tzinfo
    zone_name: str
    application_passwords: bool


def probe(client: Client, address: str, credentials: Credentials | None = None) -> SiteFacts:
    """Return the facts of the WordPress site at an address, asked for as a visitor.

    The credentials are used only where the REST API is closed to visitors. Raises SiteError where
    there is no WordPress, or where its REST API can't be reached.
    """
    page = client.visit(address)
    closed: SiteError | None = None
    for named in _roots(page, address):
        root = _as_secure(named, page.url)
        if not is_same_site(page.url, root):
            raise _elsewhere(address, root)
        try:
            index = _index(client, root, credentials)
        except AnswerError as error:
            closed = closed or _closed(error)
        except NoJsonError:
            continue
        else:
            if _is_index(index):
                return _facts(root, index)
    raise closed or _no_wordpress(page, address)


def _roots(page: Answer, address: str) -> Iterator[str]:
    """Give the places where the REST root may be, those that the home page names first."""
    for target in _LINK.findall(page.headers.get("Link", "")):
        yield urljoin(page.url, target)
    finder = _LinkFinder()
    with suppress(AssertionError):  # html.parser's word for a malformed `<![`
        finder.feed(page.body[:_HEAD].decode("utf-8", "replace"))
    for target in finder.targets:
        yield urljoin(page.url, target)
    # A home page may lead on, say to /en/: the API stays where the address was.
    base = urljoin(str(origin(page.url)), address[len(str(origin(address))) :] or "/")
    yield urljoin(base, "wp-json/")
    yield urljoin(base, "?rest_route=/")


class _LinkFinder(HTMLParser):
    """Collects what `<link rel="https://api.w.org/" href="…">` leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        target = attributes.get("href")
        if tag == "link" and attributes.get("rel") == _RELATION and target:
            self.targets.append(target)


def _as_secure(root: str, page_url: str) -> str:
    """Return the root with https where the page came so: behind a proxy a site may not know."""
    return "https" + root[4:] if page_url.startswith("https:") and root[:5] == "http:" else root


def _index(client: Client, root: str, credentials: Credentials | None) -> Any:
    """Return what the REST root says; some plugins let it speak to users only."""
    try:
        return client.visit(root).content()[0]
    except AnswerError as error:
        if credentials is None or error.status not in {401, 403} or not error.code:
            raise
    client.sign_in(credentials, root)
    return client.ask("GET", root, {}).content()[0]


def _is_index(index: Any) -> bool:
    return isinstance(index, dict) and "wp/v2" in index.get("namespaces", ())


def _facts(root: str, index: dict[str, Any]) -> SiteFacts:
    zone, zone_name = _zone(index.get("timezone_string"), index.get("gmt_offset"))
    authentication = index.get("authentication") or ()
    return SiteFacts(
        root=root,
        home=str(index.get("home") or index.get("url") or ""),
        name=str(index.get("name", "")),
        zone=zone,
        zone_name=zone_name,
        application_passwords="application-passwords" in authentication,
    )


def _zone(name: Any, offset: Any) -> tuple[tzinfo, str]:
    """Return the site's zone: its timezone_string, else its gmt_offset in hours."""
    if name:
        try:
            return ZoneInfo(str(name)), str(name)
        except (ZoneInfoNotFoundError, ValueError):
            pass
    minutes = round(float(offset or 0) * 60)
    if not minutes:
        return UTC, "UTC"
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return timezone(timedelta(minutes=minutes)), f"{sign}{hours:02}:{rest:02}"


def _elsewhere(address: str, root: str) -> SiteError:
    return SiteError(
        f"the site says that its REST API is at {root}, on another site",
        path=address,
        fix="Name the site with --site as it names itself there",
    )


def _closed(error: AnswerError) -> SiteError | None:
    """Return what keeps visitors from the REST API; None where there is just nothing."""
    if error.status == 404:  # noqa: PLR2004 - HTTP's own number
        return None
    return SiteError(
        f"the site's REST API isn't open: {error.message}",
        path=error.path,
        fix="Look for a security plugin or a firewall that closes it, open it for as long as the "
        "run takes, or wait until the maintenance is over",
    )


def _no_wordpress(page: Answer, address: str) -> SiteError:
    if page.status in {401, 403, 429} or page.status >= 500:  # noqa: PLR2004 - HTTP's boundary
        return SiteError(
            f"the home page can't be read (HTTP {page.status}), so WordPress can't be found",
            path=address,
            fix="The server's own password protection, a firewall or maintenance mode stands "
            "before it: let this machine through, or wait, then run again",
        )
    return SiteError(
        "there is no WordPress with a REST API at this address",
        path=address,
        fix="Name the address of the site's home page, its subfolder included; a WordPress there "
        "has its REST API switched off",
    )
