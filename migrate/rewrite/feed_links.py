"""`feed-links`: links through feed proxies and redirectors, and what counts readers in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Final, Literal, Self

from migrate.model.finding import Finding
from migrate.model.link_target import LinkTarget
from migrate.model.post import ContentFormat, Meta, Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.edits import Edit
from migrate.rewrite.proxies import HIDDEN, step
from migrate.rewrite.quoting import quoting
from migrate.rewrite.rule import Rule
from migrate.rewrite.trackers import without_trackers
from migrate.syntax.links import addresses

METAS: Final = ("original_link", "canonical_url")

_SIGNS: Final = (
    b"=http", b"utm_", b"UTM_", b"clid=", b"mc_", b"igshid=",
    b"_hs", b"_tok", b"oly_", b"wickedid=", b"s_cid=", b"braid=", b"vero_", b"gclsrc=",
)  # fmt: skip
"""A query that the rule changes holds one of these."""

_QUERY: Final = re.compile(rb"\?[^\s\"'<>?]*=")

_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s<>\"]+", re.IGNORECASE)
_AMPERSAND: Final = re.compile("&(?:amp|#0*38|#[xX]0*26);")
_OTHER_REFERENCE: Final = re.compile("&(?:#|[A-Za-z][0-9A-Za-z]*;)")
_LONGEST: Final = 8_000
"""How many characters a link may have that browsers and servers still take."""
_SHOWN: Final = 200
_UNKNOWN: Final = LinkTarget("")

_SAID: Final = "link led past the proxy or tracker"


class _Hidden(dict[str, tuple[int | None, str]]):
    """Addresses that hide where they lead: the first byte or the field that holds each."""


class FeedLinks(Rule):
    """Unwraps the addresses in `href` and `src`, in Markdown's links, and in some metas.

    Nothing is asked of the network. A proxy whose address doesn't say where it leads is left and
    named once a post. `&amp;` and `&#038;` are kept as an address has them; one that was unwrapped
    gets the spelling that the old one had.
    """

    looks_for = (
        "links through FeedBurner, Google News and other redirectors; `utm_source=` and such"
    )
    does = "writes the address where they lead, if it can be told from theirs"
    bodies = frozenset({"html", "markdown"})
    follows_links = True

    def __init__(self, *, metas: Iterable[str] = METAS, parameters: Iterable[str] = ()) -> None:
        """Take the metas that hold addresses, and more parameters to take off links."""
        self._metas = frozenset(metas)
        self._parameters = frozenset(parameters)
        self._targets: Mapping[str, LinkTarget] = {}
        self._signs = (*_SIGNS, *(f"{name}=".encode() for name in self._parameters))

    def rewrite(self, draft: Draft) -> None:
        """Unwrap the links of the body, then the metas."""
        hidden = _Hidden()
        body = draft.body
        edits = list(self._edits(draft, hidden)) if self._concerns(body) else []
        metas = self._unwrapped_metas(draft, hidden)
        for address, (at, field) in hidden.items():
            self._leave(draft, address, at, field)
        draft.edit(edits, _SAID)
        for place, new in metas:
            _change(draft, place, new)

    def knowing(self, targets: Mapping[str, LinkTarget]) -> Self:
        """Give the same rule with what the network says about addresses that hide their target."""
        made = copy(self)
        made._targets = targets  # noqa: SLF001 - its own class
        return made

    def hidden_in(self, post: Post) -> set[str]:
        """Give the addresses in a post that only the network can tell about; it stays as it is."""
        if post.content_format not in self.bodies:
            return set()
        draft, hidden = Draft(post, _ignore, ""), _Hidden()
        if self._concerns(draft.body):
            list(self._edits(draft, hidden))
        self._unwrapped_metas(draft, hidden)
        return {self._followed(address)[0] for address in hidden}

    def _concerns(self, body: bytes) -> bool:
        """Say whether a body may hold what the rule is about: what is quickly told first."""
        if b"~r/" in body or b"/story01.htm" in body or b"/*http" in body:
            return True
        return _QUERY.search(body) is not None and any(sign in body for sign in self._signs)

    def _edits(self, draft: Draft, hidden: _Hidden) -> Iterator[Edit]:
        body_format = draft.post.content_format
        for link in addresses(draft.body, draft.markup, body_format):
            value = link.value.decode("utf-8", "surrogateescape")
            new = self._unwrapped(value, body_format)
            if new is None:
                hidden.setdefault(_plain(value), (link.start, ""))
            elif new != value:
                yield Edit(link.start, link.end, new.encode("utf-8", "surrogateescape"))

    def _unwrapped_metas(self, draft: Draft, hidden: _Hidden) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for place, (key, value) in enumerate(draft.post.meta or ()):
            address = value.strip() if key in self._metas else ""
            new = self._unwrapped(address, "meta")
            if new is None:
                hidden.setdefault(_plain(address), (None, f"meta.{place}.value"))
            elif new != address:
                found.append((place, value.replace(address, new)))
        return found

    def _unwrapped(self, address: str, place: ContentFormat | Literal["meta"]) -> str | None:
        """Give an address as it should be, None where its target is hidden."""
        plain = _plain(address)
        if len(address) > _LONGEST or not _ADDRESS.fullmatch(plain):
            return address
        if _OTHER_REFERENCE.search(plain):
            return address
        target, is_hidden = self._followed(plain)
        if is_hidden:
            return None
        if target != plain:
            address = _spelled(target, address, place)
        return without_trackers(address, self._parameters)

    def _followed(self, address: str) -> tuple[str, bool]:
        """Give how far an address can be followed, and whether only the network knows the rest."""
        asked = set[str]()
        while (nearer := step(address)) is not None:
            if nearer == HIDDEN:
                nearer = self._targets.get(address, _UNKNOWN).address
                if not nearer or address in asked:
                    return address, True
                asked.add(address)
            address = nearer
        return address, False

    def _leave(self, draft: Draft, address: str, at: int | None, field: str) -> None:
        proxy = self._followed(address)[0]
        fault = self._targets.get(proxy, _UNKNOWN).fault
        shown = address[:_SHOWN]
        if fault:
            code, message = "rewrite-link-dead", quoting("the link {} is dead: {}", shown, fault)
            fix = "Write the address that it led to, or take it out"
        else:
            code = "rewrite-link-hidden"
            message = quoting("only the proxy knows where {} leads", shown)
            fix = "Ask it with --resolve-links, or write the address that it led to"
        draft.note(code, message, at=at, field=field, fix=fix)


def _plain(address: str) -> str:
    return _AMPERSAND.sub("&", address) if "&" in address else address


def _spelled(target: str, before: str, place: str) -> str:
    """Give an address as the place needs it that `before` stood in."""
    if place == "markdown":
        target = target.replace("(", "%28").replace(")", "%29")
    ampersand = _AMPERSAND.search(before)
    usual = "&" if place == "meta" else "&amp;"
    return target.replace("&", ampersand[0] if ampersand else usual)


def _change(draft: Draft, place: int, new: str) -> None:
    metas = list(draft.post.meta or ())
    key, old = metas[place]
    metas[place] = Meta(key, new)
    draft.change(f"meta.{place}.value", metas, (old, new), _SAID)


def _ignore(_finding: Finding) -> None:
    pass
