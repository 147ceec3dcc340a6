"""Causes: why a site's REST API can't be reached, each with its way out."""

from __future__ import annotations

import re
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import Answer

__all__ = ["elsewhere", "instead_of_rest", "no_wordpress", "rest_closed", "rest_missing"]

_PASSWORD_FIELD: Final = re.compile(rb"""<input\b[^<>]*\btype\s*=\s*["']?password""", re.IGNORECASE)

UNAUTHORIZED: Final = 401
NOTHING: Final = 404
TOO_MANY: Final = 429
SERVER_ERROR: Final = 500
MAINTENANCE: Final = 503


def elsewhere(address: str, root: str) -> SiteError:
    """Return the cause: the REST API is said to be on another site, where we don't follow."""
    return SiteError(
        f"the site says that its REST API is at {root}, on another site",
        path=address,
        fix="Name the site with --site as it names itself there",
    )


def rest_closed(error: AnswerError, *, signed: bool) -> SiteError:
    """Return the cause: WordPress itself, or a plugin in it, refuses to speak REST."""
    way_out = (
        "A security plugin closes it: open it for as long as the run takes"
        if signed
        else "Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, in case it is open to users"
    )
    return SiteError(
        f"the site's REST API isn't open: {error.message}", path=error.path, fix=way_out
    )


def rest_missing(address: str) -> SiteError:
    """Return the cause: a WordPress without REST API."""
    return SiteError(
        "WordPress is there, but its REST API is switched off: no route of it answers",
        path=address,
        fix="Look for a plugin that switches it off, or for a rule of the web server that hides "
        "/wp-json/; saving Settings → Permalinks once makes WordPress's own rules again",
    )


def no_wordpress(address: str) -> SiteError:
    """Return the cause: a website of another kind."""
    return SiteError(
        "there is no WordPress with a REST API at this address",
        path=address,
        fix="Name the address of the site's home page, its subfolder included",
    )


def instead_of_rest(answer: Answer) -> SiteError | None:
    """Return the cause that a page, sent instead of an answer, shows; None where it shows none."""
    if answer.status == NOTHING:
        return None
    if answer.status == MAINTENANCE:
        return _maintenance(answer)
    if _PASSWORD_FIELD.search(answer.body):
        return _login_wall(answer)
    if answer.status == UNAUTHORIZED and answer.headers.get("WWW-Authenticate"):
        return _server_password(answer)
    if answer.status == TOO_MANY:
        return _too_many(answer)
    if answer.status >= SERVER_ERROR:
        return _server_error(answer)
    return _firewall(answer) if answer.status >= UNAUTHORIZED else None


def _maintenance(answer: Answer) -> SiteError:
    pause = answer.headers.get("Retry-After", "")
    asks = f" and asks to come back in {pause} s" if pause.isdecimal() else ""
    return SiteError(
        f"the site is in maintenance mode or overloaded (HTTP 503){asks}",
        path=answer.url,
        fix="Wait, then run again; where it lasts, an update broke off: delete the file "
        ".maintenance in WordPress's folder",
    )


def _login_wall(answer: Answer) -> SiteError:
    return SiteError(
        f"a login page (HTTP {answer.status}) stands before the site, so its REST API can't be "
        "reached",
        path=answer.url,
        fix="Look for a plugin that hides the site from visitors (coming soon, members only), and "
        "let the REST API through or switch it off for as long as the run takes",
    )


def _server_password(answer: Answer) -> SiteError:
    return SiteError(
        "the web server asks for a password of its own (HTTP 401), before WordPress is reached",
        path=answer.url,
        fix="It takes the place of the application password, so both can't be sent: lift the "
        "server's protection for this machine",
    )


def _too_many(answer: Answer) -> SiteError:
    return SiteError(
        "the server asks for fewer requests (HTTP 429)",
        path=answer.url,
        fix="Wait some minutes, then run again; or have its limit lifted for this machine",
    )


def _firewall(answer: Answer) -> SiteError:
    return SiteError(
        f"a firewall or security plugin sends a page of its own (HTTP {answer.status}) instead of "
        "letting us through",
        path=answer.url,
        fix="Have this machine's address, or the user agent wpmigrate, let through to the REST API",
    )


def _server_error(answer: Answer) -> SiteError:
    return SiteError(
        f"the server fails (HTTP {answer.status})",
        path=answer.url,
        fix="The web server's and PHP's error logs say why",
    )
