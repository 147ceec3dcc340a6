"""Survey: all that a site tells about itself and about us, read once and nothing changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, Literal

from msgspec import Struct

from migrate.errors import AnswerError
from migrate.live.account import Account
from migrate.live.api import Api
from migrate.live.companion.standing import ABSENT, Standing, standing
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter, look
from migrate.live.http.client import Client
from migrate.live.post_types import (
    Context,
    PostType,
    Schema,
    Taxonomy,
    post_types,
    schemas,
    taxonomies,
)
from migrate.live.sample import NO_SAMPLE, Sample, sample
from migrate.live.site_facts import SiteFacts
from migrate.live.xml_rpc import XmlRpc, xml_rpc

__all__ = ["Editor", "Offer", "Survey", "survey"]

Editor = Literal["block editor", "classic", "not told"]

_CLASSIC: Final = frozenset(
    {
        "classic-editor/classic-editor",
        "disable-gutenberg/disable-gutenberg",
        "classic-editor-addon/classic-editor-addon",
    }
)
"""Plugins that put the classic editor in the block editor's place."""


class Offer(Struct, frozen=True):
    """A post type, what its posts take, and the statuses that we may give them."""

    type: PostType
    schema: Schema
    statuses: frozenset[str]


class Survey(Struct, frozen=True):
    """A site as it was found; `account` is None for a visitor.

    `noise` tells whether PHP's warnings stood before its answers.
    """

    asked: str
    facts: SiteFacts
    account: Account | None
    xml_rpc: XmlRpc
    offers: tuple[Offer, ...]
    taxonomies: tuple[Taxonomy, ...]
    sample: Sample
    editor: Editor
    noise: bool
    companion: Standing = ABSENT

    @property
    def permalinks(self) -> str:
        """Give the permalink structure: `plain`, tags, or nothing where it can't be told."""
        return "plain" if self.facts.plain_permalinks else self.sample.permalinks

    @property
    def keeps_html(self) -> bool | None:
        """Tell whether the HTML that we send stays as it is; None for a visitor."""
        if self.account is None or self.sample.unfiltered_html is not None:
            return self.sample.unfiltered_html
        return self.account.may("unfiltered_html")


def survey(address: str, credentials: Credentials | None) -> Survey:
    """Return what a site tells; without credentials, what it tells a visitor.

    Raises SiteError with the cause where its REST API can't be reached or doesn't take us for the
    user, UsageError for what is no address.
    """
    with Client() as client:
        if credentials:
            api, facts, account = enter(client, address, credentials)
            return _survey(address, api, facts, account, xml_rpc(client, facts, credentials))
        api, facts = look(client, address)
        return _survey(address, api, facts, None, xml_rpc(client, facts, None))


def _survey(
    address: str, api: Api, facts: SiteFacts, account: Account | None, calls: XmlRpc
) -> Survey:
    context: Context = "edit" if account and account.may("edit_posts") else "view"
    types = [each for each in post_types(api, context).values() if each.has_route_of_its_own]
    return Survey(
        asked=address,
        facts=facts,
        account=account,
        xml_rpc=calls,
        offers=_offers(types, schemas(api, types), account),
        taxonomies=tuple(taxonomies(api, context).values()),
        sample=_sample(api, facts, context),
        editor=_editor(api, account),
        noise=api.noise,
        companion=standing(api, facts, signed=account is not None),
    )


def _offers(
    types: Sequence[PostType], told: Mapping[str, Schema], account: Account | None
) -> tuple[Offer, ...]:
    return tuple(
        Offer(each, told[each.name], each.statuses(told[each.name].statuses, account))
        for each in types
    )


def _sample(api: Api, facts: SiteFacts, context: Context) -> Sample:
    try:
        return sample(api, facts.home, context)
    except AnswerError:  # the type `post` is kept out of REST
        return NO_SAMPLE


def _editor(api: Api, account: Account | None) -> Editor:
    """Return the site's editor, which only those who may switch plugins on can know."""
    if account and account.may("activate_plugins"):
        with suppress(AnswerError):
            asked = {"status": "active", "_fields": "plugin"}
            active = {str(row.get("plugin")) for row in api.rows("wp/v2/plugins", asked)}
            return "classic" if active & _CLASSIC else "block editor"
    return "not told"
