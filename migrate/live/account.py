"""The account that we work as: whether the site knows us, and what it lets us do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import plain_text
from migrate.live.api import Api
from migrate.live.probe import SiteFacts

__all__ = ["Account", "whoami"]

_META_CAPABILITIES: Final = {
    **dict.fromkeys(
        ("edit_categories", "delete_categories", "manage_post_tags", "edit_post_tags"),
        "manage_categories",
    ),
    **dict.fromkeys(("assign_categories", "assign_post_tags"), "edit_posts"),
    **{
        f"{right}_blocks": f"{right}_posts"
        for right in (
            *("edit", "edit_others", "edit_private", "edit_published", "publish", "read_private"),
            *("delete", "delete_others", "delete_private", "delete_published"),
        )
    },
}
"""What map_meta_cap() makes of the rights that core's taxonomies and patterns name."""

_ROLES: Final = (
    ("Contributor", {"read", "edit_posts", "delete_posts"}),
    (
        "Author",
        {"publish_posts", "edit_published_posts", "delete_published_posts", "upload_files"},
    ),
    (
        "Editor",
        {
            *("edit_others_posts", "edit_private_posts", "read_private_posts"),
            *("delete_others_posts", "delete_private_posts", "manage_categories"),
            *("edit_pages", "edit_others_pages", "edit_published_pages", "edit_private_pages"),
            *("publish_pages", "read_private_pages", "delete_pages", "delete_others_pages"),
            *("delete_published_pages", "delete_private_pages"),
        },
    ),
    ("Administrator", set[str]()),
)
"""WordPress's own roles from the least, each with the rights that it adds (populate_roles())."""


@dataclass(frozen=True, slots=True)
class Account:
    """The user that we are on the site."""

    id: int
    name: str
    capabilities: frozenset[str]

    def may(self, capability: str) -> bool:
        """Tell whether the user has a right, core's other names for rights included."""
        return _META_CAPABILITIES.get(capability, capability) in self.capabilities

    def require(self, capabilities: Iterable[str], purpose: str) -> None:
        """Raise SiteError if one of the rights is missing; `purpose` says what it is for."""
        missing = sorted(name for name in set(capabilities) if not self.may(name))
        if missing:
            rights = f"right{'s' if len(missing) > 1 else ''} {', '.join(missing)}"
            raise SiteError(
                f"the user {self.name} lacks the {rights}, needed {purpose}",
                fix=f"Use an account whose role is {_role(missing)}",
            )


def whoami(api: Api, facts: SiteFacts) -> Account:
    """Return the account that the site takes us for.

    Asked before anything else: with a wrong password public listings answer as to a visitor.
    Raises SiteError with everything that may be wrong.
    """
    try:
        user = api.get("wp/v2/users/me", {"context": "edit"})
    except AnswerError as error:
        raise _not_signed_in(error, facts) from None
    capabilities = user.get("capabilities") or {}
    return Account(
        id=int(user.get("id", 0)),
        name=plain_text(str(user.get("username") or user.get("name", ""))),
        capabilities=frozenset(name for name, granted in capabilities.items() if granted),
    )


def _not_signed_in(error: AnswerError, facts: SiteFacts) -> SiteError:
    """Return the one message for causes that WordPress answers alike (rest_not_logged_in)."""
    if error.status not in {401, 403}:
        return error
    if not facts.application_passwords:
        return SiteError(
            "the site takes no application passwords, so nobody can sign in over REST",
            path=facts.home,
            fix="WordPress switches them off without https, and some security plugins do so "
            "always: switch them on",
        )
    if error.code not in {"", "rest_not_logged_in", "rest_forbidden_context"}:
        return SiteError(
            f"the site refuses the credentials: {error.message}",
            path=facts.home,
            fix="Check WPMIGRATE_USER and make a new application password under Users → Profile",
        )
    return SiteError(
        "the site doesn't take us for the user: the user name or the application password is "
        "wrong, or the web server drops the Authorization header before WordPress sees it",
        path=facts.home,
        fix="Check WPMIGRATE_USER (the login, not the display name), and that "
        "WPMIGRATE_APP_PASSWORD is an application password (Users → Profile), not the one for "
        "logging in. If both are right, the header is dropped: on Apache with CGI, `SetEnvIf "
        'Authorization "(.*)" HTTP_AUTHORIZATION=$1` in .htaccess lets it through',
    )


def _role(missing: Iterable[str]) -> str:
    """Return the least of WordPress's own roles that has all the rights, and those above it."""
    wanted = {_META_CAPABILITIES.get(name, name) for name in missing}
    names = [name for name, _ in _ROLES]
    for place, (_, rights) in enumerate(_ROLES):
        wanted -= rights
        if not wanted:
            return " or ".join(names[place:])
    return names[-1]
