"""Connection: a site that is read, signed in to or as a visitor, over one lane or several."""

from __future__ import annotations

from typing import Self

from migrate.live.account import Account
from migrate.live.api import Api
from migrate.live.client import Client
from migrate.live.companion.standing import ABSENT, Standing, standing
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter, look
from migrate.live.lanes import Lanes
from migrate.live.site_facts import SiteFacts
from migrate.live.xml_rpc import XmlRpc, xml_rpc

__all__ = ["Connection"]


class Connection:
    """One site during one run; a context manager. `account` is None for a visitor.

    `xml_rpc` says whether the site's XML-RPC takes us as well, `companion` how we stand to the
    site's companion.
    """

    def __init__(
        self,
        lanes: Lanes,
        facts: SiteFacts,
        account: Account | None,
        xml_rpc: XmlRpc,
        credentials: Credentials | None = None,
        companion: Standing = ABSENT,
    ) -> None:
        self.credentials = credentials
        self.lanes = lanes
        self.facts = facts
        self.account = account
        self.xml_rpc = xml_rpc
        self.companion = companion

    @classmethod
    def open(cls, address: str, credentials: Credentials | None, lanes: int) -> Self:
        """Probe a site, and sign in where there are credentials; reads only.

        Raises SiteError, and UsageError for what is no address.
        """
        client = Client()
        try:
            account: Account | None = None
            if credentials is None:
                api, facts = look(client, address)
            else:
                api, facts, account = enter(client, address, credentials)
            more = [_lane(facts, credentials) for _ in range(lanes - 1)]
            calls = xml_rpc(client, facts, credentials)
            stands = standing(api, facts, signed=account is not None)
            return cls(Lanes([api, *more]), facts, account, calls, credentials, stands)
        except BaseException:
            client.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self.lanes.__exit__(None, None, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def api(self) -> Api:
        """Give the lane for single questions."""
        return self.lanes.first

    def may(self, right: str) -> bool:
        """Tell whether we have a right on the site; a visitor has none."""
        return self.account is not None and self.account.may(right)


def _lane(facts: SiteFacts, credentials: Credentials | None) -> Api:
    """Make one more connection to a site that has been entered."""
    client = Client()
    if credentials is None:
        client.look(facts.root)
    else:
        client.sign_in(credentials, facts.root)
    return Api(client, facts.root)
