"""The account that we work as: whether the site knows us, and what it lets us do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import Answer, NoJsonError, plain_text
from migrate.live.api import Api
from migrate.live.causes import instead_of_rest
from migrate.live.credentials import Credentials
from migrate.live.refusal import refusal
from migrate.live.site_facts import SiteFacts

__all__ = ["Account", "whoami"]

_PLUGIN: Final = "Look for a plugin that changes what users/me answers"
_META_CAPABILITIES: Final = {
    **dict.fromkeys(
        (
            *("edit_categories", "delete_categories"),
            *("manage_post_tags", "edit_post_tags", "delete_post_tags"),
        ),
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


class Account(Struct, frozen=True):
    """The user that we are on the site."""

    id: int
    name: str
    roles: tuple[str, ...]
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


def whoami(api: Api, facts: SiteFacts, credentials: Credentials) -> Account:
    """Return the account that the site takes us for; the client has signed in with `credentials`.

    Asked before anything else: with a wrong password public listings answer as to a visitor.
    Raises SiteError with the cause where the site takes us for nobody.
    """
    answer = api.client.ask("GET", api.url("wp/v2/users/me"), {"context": "edit"})
    try:
        user, _ = answer.content()
    except (AnswerError, NoJsonError) as error:
        raise _cause(error, answer, api, facts, credentials) from None
    if not isinstance(user, dict):
        raise SiteError("an object came back as something else", path=answer.url)
    capabilities, roles = user.get("capabilities") or {}, user.get("roles") or ()
    number = user.get("id", 0)
    if (
        not isinstance(capabilities, dict)
        or not isinstance(roles, list | tuple)
        or not isinstance(number, int)
    ):
        raise SiteError("who we are came back as something else", path=answer.url, fix=_PLUGIN)
    return Account(
        id=number,
        name=plain_text(str(user.get("username") or user.get("name", ""))),
        roles=tuple(plain_text(str(role)) for role in roles),
        capabilities=frozenset(name for name, granted in capabilities.items() if granted),
    )


def _cause(
    error: AnswerError | NoJsonError,
    answer: Answer,
    api: Api,
    facts: SiteFacts,
    credentials: Credentials,
) -> SiteError:
    is_spoken = isinstance(error, AnswerError) and bool(error.code)
    cause = None if is_spoken else instead_of_rest(answer)
    if cause:
        return cause
    if isinstance(error, AnswerError) and error.status in {401, 403}:
        return refusal(error, api.client, facts, credentials)
    return error


def _role(missing: Iterable[str]) -> str:
    """Return the least of WordPress's own roles that has all the rights, and those above it."""
    wanted = {_META_CAPABILITIES.get(name, name) for name in missing}
    names = [name for name, _ in _ROLES]
    for place, (_, rights) in enumerate(_ROLES):
        wanted -= rights
        if not wanted:
            return " or ".join(names[place:])
    return names[-1]
