"""Refusal: why a site doesn't take us for the user whose credentials we sent.

WordPress answers most causes alike, with `rest_not_logged_in`. What tells them apart is whether
the REST root offers application passwords, and whether XML-RPC takes the same credentials.
"""

from __future__ import annotations

import re
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.site_facts import SiteFacts
from migrate.live.xml_rpc import XmlRpc, xml_rpc

__all__ = ["refusal"]

_LENGTH: Final = 24
"""WP_Application_Passwords::PW_LENGTH, counted without what WordPress passes over."""

_PASSED_OVER: Final = re.compile(r"[^A-Za-z0-9]")

_PROFILE: Final = "an application password is made on the site under Users → Profile"
_UNKNOWN_USER: Final = frozenset({"invalid_username", "invalid_email"})
_DISABLED: Final = frozenset(
    {"application_passwords_disabled", "application_passwords_disabled_for_user"}
)
_SILENT: Final = frozenset({"", "rest_not_logged_in", "rest_forbidden_context"})


def refusal(
    error: AnswerError, client: Client, facts: SiteFacts, credentials: Credentials
) -> SiteError:
    """Return the cause of a 401 or 403 on users/me, with its way out.

    Where WordPress doesn't say it, XML-RPC is asked, once.
    """
    if not facts.application_passwords:
        return _passwords_off(facts)
    if error.code not in _SILENT:
        return _said(error, facts, credentials)
    says = xml_rpc(client, facts, credentials)
    if says == "works":
        return _not_in_the_header(facts, credentials)
    if says == "refuses us":
        return _wrong(facts, credentials)
    return _not_told(facts, credentials, says)


def _passwords_off(facts: SiteFacts) -> SiteError:
    if facts.home.startswith("http:"):
        return SiteError(
            "the site takes no application passwords; it calls itself http://, and WordPress "
            "offers them over https alone",
            path=facts.home,
            fix="Set both addresses under Settings → General to https://; behind a proxy, have it "
            "tell WordPress; on a test machine, define WP_ENVIRONMENT_TYPE as local. Otherwise a "
            "plugin switches them off",
        )
    return SiteError(
        "the site takes no application passwords: they are switched off, or WordPress is older "
        "than 5.6",
        path=facts.home,
        fix="Look for a security plugin that switches them off, and switch them on",
    )


def _said(error: AnswerError, facts: SiteFacts, credentials: Credentials) -> SiteError:
    """Return the cause that WordPress names, which it does where a plugin asks for the user early.

    The codes are those of wp_authenticate_application_password().
    """
    user = credentials.user
    if error.code in _UNKNOWN_USER:
        return SiteError(
            f"the site has no user {user}",
            path=facts.home,
            fix="WPMIGRATE_USER is the login (or the e-mail), not the display name",
        )
    if error.code == "incorrect_password":
        return SiteError(
            f"the password isn't an application password of the user {user}",
            path=facts.home,
            fix=f"Set WPMIGRATE_APP_PASSWORD; {_PROFILE}",
        )
    if error.code in _DISABLED:
        return SiteError(
            f"the site lets the user {user} use no application passwords",
            path=facts.home,
            fix="Use another account, or have it allowed",
        )
    return SiteError(
        f"the site refuses the credentials: {error.message}",
        path=facts.home,
        fix=f"Check WPMIGRATE_USER, and make a new application password: {_PROFILE}",
    )


def _not_in_the_header(facts: SiteFacts, credentials: Credentials) -> SiteError:
    """Return the cause where XML-RPC, which reads the body, takes what REST doesn't."""
    if not _may_be_application_password(credentials.password):
        return SiteError(
            "the password is the account's own, for logging in, and REST takes only application "
            "passwords",
            path=facts.home,
            fix=f"Set WPMIGRATE_APP_PASSWORD to another one; {_PROFILE}",
        )
    return SiteError(
        "user and password are right, but the web server drops the Authorization header before "
        "WordPress sees it",
        path=facts.home,
        fix='On Apache with CGI, `SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1` in '
        ".htaccess lets it through; saving Settings → Permalinks once writes such a rule; "
        "otherwise ask the host",
    )


def _wrong(facts: SiteFacts, credentials: Credentials) -> SiteError:
    shape = (
        ""
        if _may_be_application_password(credentials.password)
        else f"; it has {_LENGTH} letters and digits, which this one hasn't"
    )
    return SiteError(
        "the user name or the application password is wrong",
        path=facts.home,
        fix="Check WPMIGRATE_USER (the login, not the display name) and WPMIGRATE_APP_PASSWORD: "
        f"{_PROFILE}{shape}",
    )


def _not_told(facts: SiteFacts, credentials: Credentials, says: XmlRpc) -> SiteError:
    if not _may_be_application_password(credentials.password):
        return SiteError(
            f"the password is no application password: those have {_LENGTH} letters and digits",
            path=facts.home,
            fix=f"Set WPMIGRATE_APP_PASSWORD to another one; {_PROFILE}",
        )
    state = "is off" if says == "off" else "doesn't answer us"
    return SiteError(
        "the site doesn't take us for the user: the user name or the application password is "
        "wrong, or the web server drops the Authorization header before WordPress sees it "
        f"(XML-RPC, which would tell, {state})",
        path=facts.home,
        fix="Check WPMIGRATE_USER (the login, not the display name) and WPMIGRATE_APP_PASSWORD: "
        f"{_PROFILE}. If both are right, the header is dropped: on Apache with CGI, `SetEnvIf "
        'Authorization "(.*)" HTTP_AUTHORIZATION=$1` in .htaccess lets it through',
    )


def _may_be_application_password(password: str) -> bool:
    return len(_PASSED_OVER.sub("", password)) == _LENGTH
