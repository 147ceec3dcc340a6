"""Credentials: the user's name and application password, from where the user keeps them."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from migrate.errors import UsageError
from migrate.live.address import lies_within, origin

__all__ = [
    "PASSWORD_VARIABLE",
    "SITE_VARIABLE",
    "USER_VARIABLE",
    "Credentials",
    "Prompt",
    "find",
    "find_if_named",
]

USER_VARIABLE: Final = "WPMIGRATE_USER"
PASSWORD_VARIABLE: Final = "WPMIGRATE_APP_PASSWORD"  # noqa: S105 - the name of a variable
SITE_VARIABLE: Final = "WPMIGRATE_SITE"
"""Names the one site that may get them, whatever a settings file or a journal names; a path in it
is the site's own."""

Prompt = Callable[[str, bool], str]
"""Asks on a terminal: the question, and whether the answer is hidden."""


class Credentials(Struct, frozen=True):
    """A user's login and application password; the password shows in no repr."""

    user: str
    password: str

    def __repr__(self) -> str:
        """Show the user alone."""
        return f"Credentials(user={self.user!r})"


def find(
    site_url: str,
    prompt: Prompt | None = None,
    environment: Mapping[str, str] | None = None,
) -> Credentials:
    """Return the credentials for a site: of the environment, the system keyring, or a prompt.

    `prompt` is given on a terminal only. Raises UsageError where none of them knows both, and for a
    site that isn't the one of WPMIGRATE_SITE.
    """
    known = os.environ if environment is None else environment
    _refuse_other_site(site_url, known.get(SITE_VARIABLE, ""))
    user, password = known.get(USER_VARIABLE, ""), known.get(PASSWORD_VARIABLE, "")
    if prompt and not user:
        user = prompt(f"User name on {origin(site_url)}", False).strip()
    if user and not password:
        password = _from_keyring(site_url, user)
    if prompt and user and not password:
        password = prompt(f"Application password of {user} on {origin(site_url)}", True).strip()
    if not (user and password):
        raise UsageError(
            "the site's user name and application password aren't known",
            fix=f"Set {USER_VARIABLE} and {PASSWORD_VARIABLE}; an application password is made on "
            "the site under Users → Profile",
        )
    return Credentials(user, password)


def find_if_named(
    site_url: str,
    prompt: Prompt | None = None,
    environment: Mapping[str, str] | None = None,
) -> Credentials | None:
    """Return the credentials as `find` does, but None, for a visitor, where none are named.

    Raises UsageError where only one of the two is known.
    """
    known = os.environ if environment is None else environment
    if not (known.get(USER_VARIABLE) or known.get(PASSWORD_VARIABLE)):
        return None
    return find(site_url, prompt, known)


def _refuse_other_site(site_url: str, own: str) -> None:
    if own and not lies_within(own, site_url):
        raise UsageError(
            f"{_shown(site_url)} isn't the site of {SITE_VARIABLE}, and gets no password",
            fix=f"Name the site of {SITE_VARIABLE}, or unset {SITE_VARIABLE}, {USER_VARIABLE} and "
            f"{PASSWORD_VARIABLE}",
        )


def _shown(site_url: str) -> str:
    return f"{origin(site_url)}{urlsplit(site_url).path.rstrip('/')}"


def _from_keyring(site_url: str, user: str) -> str:
    """Return the password that the system keyring holds for the site's origin, else ``.

    The keyring package is optional, and a keyring without a desktop session fails in ways of its
    own.
    """
    try:
        keyring: Any = importlib.import_module("keyring")
        return keyring.get_password(f"wpmigrate {origin(site_url)}", user) or ""
    except Exception:  # noqa: BLE001 - backends raise what they like; a prompt or a hint follows
        return ""
