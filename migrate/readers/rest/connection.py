"""Connection: a site that is read, signed in to or as a visitor, over one lane or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self, TypeVar

from migrate.live.account import Account
from migrate.live.api import Api
from migrate.live.companion.standing import ABSENT, Standing, standing
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter, look
from migrate.live.http.client import Client
from migrate.live.lanes import Lanes
from migrate.live.multicall import Call, Multicall
from migrate.live.post_types import Context
from migrate.live.site_facts import SiteFacts
from migrate.live.xml_rpc import XmlRpc, xml_rpc

__all__ = ["Connection"]

Told = TypeVar("Told")


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
        client = Client(connections=lanes)
        try:
            account: Account | None = None
            if credentials is None:
                api, facts = look(client, address)
            else:
                api, facts, account = enter(client, address, credentials)
            calls = xml_rpc(client, facts, credentials)
            stands = standing(api, facts, signed=account is not None)
            return cls(Lanes(api, lanes), facts, account, calls, credentials, stands)
        except BaseException:
            client.close()
            raise

    def close(self) -> None:
        """Close all connections."""
        self.lanes.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def api(self) -> Api:
        """Give what single questions are asked of."""
        return self.lanes.api

    def call(self, calls: Sequence[Call]) -> list[Any]:
        """Give the results of XML-RPC calls, or their Faults, in order. Raises SiteError."""
        assert self.credentials is not None  # XML-RPC works for nobody else
        return Multicall(self.api.client, self.facts, self.credentials)(calls)

    def in_contexts(self, question: Callable[[Api, Context], Told]) -> Iterator[Told]:
        """Give what the site says to everybody, and then what it says to those who may edit."""
        contexts: tuple[Context, ...] = ("view", "edit") if self.may("edit_posts") else ("view",)

        def in_context(context: Context) -> Callable[[Api], Told]:
            return lambda api: question(api, context)

        return self.lanes.in_order(map(in_context, contexts))

    def may(self, right: str) -> bool:
        """Tell whether we have a right on the site; a visitor has none."""
        return self.account is not None and self.account.may(right)
