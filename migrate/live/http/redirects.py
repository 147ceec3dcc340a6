"""Redirects: where an answer sends us, and how addresses are shown in messages."""

from __future__ import annotations

from urllib.parse import parse_qs, urljoin, urlsplit, urlunsplit

from migrate.errors import SiteError
from migrate.live.address import origin
from migrate.live.answer import Answer

__all__ = ["leads_away", "redirect", "shown"]


def redirect(answer: Answer, asked: str) -> str:
    """Return where the answer sends us, or nothing. Raises SiteError for what is no address."""
    location = answer.headers.get("Location", "")
    if answer.status not in {301, 302, 303, 307, 308} or not location:
        return ""
    try:
        return urljoin(asked, location)
    except ValueError:
        raise leads_away(asked, location) from None


def leads_away(url: str, target: str) -> SiteError:
    """Return the error for a redirect to another site."""
    try:
        place = str(origin(target))
    except ValueError:
        place = "an address that is no website's"
    return SiteError(
        f"the site redirects to {place}, and the password isn't sent after it",
        path=shown(url),
        fix="Where that is the site that you mean, name it with --site",
    )


def shown(url: str) -> str:
    """Return the URL as messages show it: of its query only plain permalinks' route."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("?")[0]
    route = parse_qs(parts.query).get("rest_route", [])
    place = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
    return f"{place}?rest_route={route[0]}" if route else place
