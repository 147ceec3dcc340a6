"""Entrance: how every command comes into a site: probed, then signed in to, or as a visitor."""

from __future__ import annotations

from typing import NamedTuple

from migrate.live.account import Account, whoami
from migrate.live.address import site_address
from migrate.live.api import Api
from migrate.live.credentials import Credentials
from migrate.live.http.client import Client
from migrate.live.probe import probe
from migrate.live.site_facts import SiteFacts

__all__ = ["Entered", "enter", "look"]


class Entered(NamedTuple):
    """A site's REST API, what the site says about itself, and who we are there."""

    api: Api
    facts: SiteFacts
    account: Account


def enter(client: Client, address: str, credentials: Credentials) -> Entered:
    """Find a site's REST API and sign in; reads only.

    Raises SiteError with the cause, and UsageError for what is no address.
    """
    facts = probe(client, site_address(address), credentials)
    client.sign_in(credentials, facts.root)
    api = Api(client, facts.root)
    return Entered(api, facts, whoami(api, facts, credentials))


def look(client: Client, address: str) -> tuple[Api, SiteFacts]:
    """Find a site's REST API and ask it as a visitor. Raises as `enter`."""
    facts = probe(client, site_address(address))
    client.look(facts.root)
    return Api(client, facts.root), facts
