"""Connection: a site that has been probed and signed in to, and what is known about it so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Self

from migrate.errors import AnswerError, SiteError, SiteLost
from migrate.live import batch
from migrate.live.account import Account
from migrate.live.api import Api, Row
from migrate.live.batch import Change, Said
from migrate.live.companion import ROUTES
from migrate.live.companion.standing import ABSENT, standing
from migrate.live.companion.streams import whole_answer
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter
from migrate.live.entrance import look as look_in
from migrate.live.form import Form
from migrate.live.http.bodies import Body
from migrate.live.http.client import Client, Parameters
from migrate.live.http.failures import UnreachedError
from migrate.live.multicall import Call, Multicall
from migrate.live.post_types import PostType, Schema, Taxonomy, post_types, schema, taxonomies
from migrate.live.shapes import PLUGIN, OddAnswerError, odd_post, unshaped
from migrate.live.site_facts import SiteFacts
from migrate.live.visitor import VISITOR, VisitorApi
from migrate.live.xml_rpc import address, xml_rpc
from migrate.plan.site_index import Listed, SiteIndex
from migrate.writers.rest.rows import kept, listed, listed_fields

__all__ = ["Connection", "Kind"]

_RIGHTS = (
    *("create_posts", "edit_posts", "edit_others_posts", "edit_published_posts"),
    *("edit_private_posts", "read_private_posts", "publish_posts", "delete_posts"),
    "delete_published_posts",
)
_POST_FIELDS = frozenset({"slug", "status", "date"})  # menu items and templates lack one
_NEWEST: Final = 20  # posts in one answer
_PAUSE: Final = 1.0  # seconds, doubled each time
_SLOWER: Final = 5
"""How much longer than a look at some posts storing one may take."""
_LOOKS: Final = 6


class Kind(NamedTuple):
    """A post type together with what its posts take."""

    type: PostType
    schema: Schema

    @property
    def route(self) -> str:
        """Give the route of its posts."""
        return self.type.route


class Connection:
    """One site during one run. Types, rights and listings are asked for when a record needs them.

    `changed` tells whether anything was changed, or may have been. `lists` is who puts the posts of
    a type into the index. Without credentials we are a visitor, who can only look.
    """

    def __init__(
        self,
        client: Client,
        credentials: Credentials | None,
        api: Api,
        facts: SiteFacts,
        account: Account,
    ) -> None:
        self.api = api
        self.facts = facts
        self.account = account
        self.index = SiteIndex()
        self.changed = False
        self.lists: Callable[[Kind], None] = _nothing
        self.client = client
        self._credentials = credentials
        self._takes_calls: bool | None = None
        self._multicall = Multicall(client, facts, credentials) if credentials else None
        self._types = post_types(api)
        self._taxonomies = taxonomies(api)
        self._kinds: dict[str, Kind | None] = {}
        self._unlisted: dict[str, Kind | None] = {}
        self._settled = False
        self.companion = ABSENT

    @classmethod
    def open(cls, site: str, credentials: Credentials | None) -> Self:
        """Probe a site, sign in, and check the rights that every import needs; reads only.

        Raises SiteError, and UsageError for what is no address.
        """
        client = Client()
        try:
            if credentials is None:
                api, facts = look_in(client, site)
                seen = VisitorApi(client, api.root)
                return cls(client, None, seen, facts, VISITOR)
            api, facts, account = enter(client, site, credentials)
            account.require(("edit_posts", "edit_others_posts", "publish_posts"), "to import posts")
            opened = cls(client, credentials, api, facts, account)
            opened.companion = standing(api, facts, signed=True)
            return opened  # noqa: TRY300 - whatever fails before it closes the client
        except BaseException:
            client.close()
            raise

    @property
    def is_visitor(self) -> bool:
        """Tell whether we have no account there."""
        return self._credentials is None

    def close(self) -> None:
        """Close the connections and forget the listings."""
        self.index.close()
        self.client.close()

    def route(self, name: str) -> str:
        """Give where the posts of a type are, also where we don't write such posts."""
        return self._types[name].route if name in self._types else f"wp/v2/{name}"

    def kinds_with(self, feature: str) -> Iterator[Kind]:
        """Give the post types that support a feature and whose posts are records, attachments too.

        Raises SiteError where we lack a right for one.
        """
        for post_type in self._types.values():
            if feature in post_type.supports and post_type.has_route_of_its_own:
                kind = self.unlisted(post_type.name)
                if kind and kind.schema.fields >= _POST_FIELDS:
                    yield kind

    def kind(self, name: str) -> Kind | None:
        """Give a post type, its posts being in the index then; None where REST can't write it.

        Raises SiteError where we lack a right for it.
        """
        if name not in self._kinds:
            self._kinds[name] = self._kind(name)
        return self._kinds[name]

    def unlisted(self, name: str) -> Kind | None:
        """Give a post type, attachments too, whose posts needn't be in the index.

        None where REST doesn't offer it. Raises SiteError where we lack a right for it.
        """
        if name not in self._unlisted:
            post_type = self._types.get(name)
            self._unlisted[name] = self._offered(post_type) if post_type else None
        return self._unlisted[name]

    def taxonomy_named(self, name: str) -> Taxonomy | None:
        """Give a taxonomy, if REST offers it."""
        return self._taxonomies.get(name)

    def taxonomy(self, name: str, kind: Kind) -> Taxonomy | None:
        """Give a taxonomy, if posts of this kind have it and REST offers it."""
        taxonomy = self._taxonomies.get(name) if name in kind.type.taxonomies else None
        return taxonomy if taxonomy and taxonomy.field in kind.schema.fields else None

    def taxonomy_fields(self, kind: Kind) -> list[str]:
        """Give the fields that hold the terms of such posts."""
        names = sorted(kind.type.taxonomies)
        return [taxonomy.field for name in names if (taxonomy := self.taxonomy(name, kind))]

    def listed(self, row: Row, kind: Kind) -> Listed:
        """Give what the index keeps of a post of this kind."""
        return listed(row, kind.type.name, self.facts.home, self.kept(row, kind))

    def kept(self, row: Row, kind: Kind) -> str:
        """Give the JSON of what is kept of a row of this kind."""
        return kept(row, self.taxonomy_fields(kind))

    def settle(self, kinds: Sequence[Kind], after: int | None = None) -> None:
        """Wait until the site has stored whatever a killed run still asked of it, and list that.

        It has ids above `after`, by default above those that are known.

        That is so when two looks at the newest posts of all these kinds, a growing pause apart, see
        the same. A site that is slow to answer is slow to store as well, so it gets longer.
        """
        if self._settled:
            return
        self._settled = True
        highest = {
            kind.route: self.index.highest_id(kind.type.name) if after is None else after
            for kind in kinds
        }
        before: list[Listed] | None = None
        for look in range(_LOOKS):
            start = time.monotonic()
            newer = [row for kind in kinds for row in self._newer(kind, highest[kind.route])]
            spent = time.monotonic() - start
            self.index.add(newer)
            if newer == before:
                return
            before = newer
            time.sleep(max(_PAUSE, _SLOWER * spent) * 2**look)

    @property
    def takes_calls(self) -> bool:
        """Tell whether the site takes calls over XML-RPC, or may do so from who has an account."""
        if self._takes_calls is None:
            expected = "answers" if self.is_visitor else "works"
            answer = xml_rpc(self.client, self.facts, self._credentials)
            self._takes_calls = answer == expected
        return self._takes_calls

    @property
    def may_take_calls(self) -> bool:
        """Tell the same without asking: true until it is known better."""
        return self._takes_calls is not False

    def ask_by_call(self, calls: Sequence[Call]) -> list[Any]:
        """Send XML-RPC calls that change nothing; gives their results, a visitor none."""
        return self._asked(self._multicall, calls) if self._multicall else []

    def change_by_call(self, calls: Sequence[Call]) -> list[Any]:
        """Send XML-RPC calls that change something; gives their results."""
        assert self._multicall is not None  # a visitor changes nothing
        with self._changing():
            return self._asked(self._multicall, calls)

    def post(self, route: str, body: Row, fields: str = "", agent: str | None = None) -> Row:
        """Create or change an object; gives it as stored, only `fields` of it if they are named.

        `agent` is what the request says of its sender.
        """
        parameters = {"context": "edit"} | ({"_fields": fields} if fields else {})
        with self._changing():
            return self.api.post(route, body, parameters, agent)

    def upload(self, route: str, form: Form, fields: str) -> Row:
        """Make an object of a file; gives `fields` of it as stored."""
        with self._changing():
            return self.api.upload(route, form, {"context": "edit", "_fields": fields})

    def send(self, changes: Sequence[Change]) -> list[Said]:
        """Create or change objects, several in a batch; gives what the site says to each.

        Any thread may do so.
        """
        if len(changes) == 1:
            said: list[Said] = [self.post(*changes[0])]
        else:
            with self._changing():
                said = batch.send(self.api, changes)
        made = [each for each in said if isinstance(each, dict)]
        unshaped(made, {}, self.api.url(changes[0].route))
        return said

    def tell_companion(self, route: str, told: Parameters, body: Body | None) -> list[Row]:
        """Send something to the companion; gives the lines of its answer."""
        with self._changing():
            answer = self.client.send("POST", self.api.url(f"{ROUTES}/{route}"), told, body)
            return whole_answer(answer)

    def delete(self, route: str, *, force: bool, told: Parameters | None = None) -> Row:
        """Delete an object, or put it into the trash; `told` is as for `Api.delete`."""
        with self._changing():
            return self.api.delete(route, force=force, told=told)

    @contextmanager
    def losing(self) -> Iterator[None]:
        """Turn the error of a site that is gone into SiteLost, if something was changed before."""
        try:
            yield
        except SiteError as error:
            if not self.changed:
                raise
            raise SiteLost(
                f"the site went away: {error.message}",
                path=error.path,
                fix="Run again when it is back: what went in is recognised",
            ) from error

    def _asked(self, multicall: Multicall, calls: Sequence[Call]) -> list[Any]:
        """Send calls; raises OddAnswerError where custom fields of a post aren't as they should."""
        results = multicall(calls)
        for (name, given), told in zip(calls, results, strict=True):
            if name != "wp.getPost" or not isinstance(told, dict):
                continue
            if why := odd_post({"post_id": given[0], "custom_fields": told.get("custom_fields")}):
                raise OddAnswerError(
                    f"XML-RPC's answer is odd: {why}", path=address(self.facts), fix=PLUGIN
                )
        return results

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Note that the site changed, unless it is certain that it didn't."""
        try:
            yield
        except SiteError as error:
            self.changed = self.changed or not _surely_nothing(error)
            raise
        self.changed = True

    def _kind(self, name: str) -> Kind | None:
        kind = self.unlisted(name) if name != "attachment" else None
        if kind is None or not kind.schema.fields >= _POST_FIELDS:
            return None
        self.lists(kind)
        return kind

    def _offered(self, post_type: PostType) -> Kind:
        rights = post_type.capabilities
        needed = [rights[right] for right in _RIGHTS if right in rights]
        self.account.require(needed, f"to work on records of the type {post_type.name}")
        return Kind(post_type, schema(self.api, post_type))

    def newer(self, kind: Kind, after: int, fields: str) -> Iterator[Row]:
        """Ask for the posts of a kind with an id above this one, the newest first."""
        asked = {"context": "edit", "status": "any", "orderby": "id", "order": "desc"}
        for row in self.api.every(kind.route, asked | {"_fields": fields}, _NEWEST, ahead=1):
            if int(row["id"]) <= after:
                return
            yield row

    def _newer(self, kind: Kind, after: int) -> list[Listed]:
        rows = self.newer(kind, after, listed_fields(self.taxonomy_fields(kind)))
        return [self.listed(row, kind) for row in rows]


def _surely_nothing(error: SiteError) -> bool:
    refused = isinstance(error, AnswerError) and error.status < 500  # noqa: PLR2004 - HTTP's own
    return refused or isinstance(error, UnreachedError)


def _nothing(_kind: Kind) -> None:
    """List no posts: for whoever knows which ones it wants."""
