"""`canonical`: the canonical address of a post, from `canonical_url` to SEO plugins and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal, TypedDict, Unpack

from migrate.model.post import Meta, Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.rule import ANY_BODY, Rule
from migrate.rewrite.seo_fields import SEO_FIELDS

Plugin = Literal["yoast", "rank-math", "seopress", "aioseo"]
Options = TypedDict("Options", {"to": Iterable[Plugin], "from": Plugin}, total=False)
"""`to` names the plugins whose field is filled, `from` the one that `canonical_url` is taken of."""

_CANONICAL: Final = "canonical_url"
_ORIGINAL: Final = "original_link"
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"/][^\s<>\"]*+", re.IGNORECASE)
_PAGE: Final = re.compile(r"https?://(?:www\.)?([^/?#]*+)([^?#]*+)(\?[^#]*+)?", re.IGNORECASE)
_AMPERSAND: Final = re.compile(r"&(?:amp|#0*38|#[xX]0*26);")


class Canonical(Rule):
    """Copies one meta to others, and warns where a post's addresses contradict each other.

    A field that says something else already is left and named. `&#038;` in an address, as feed
    importers store it, becomes `&` in the copy. The metas of Yoast, SEOPress and All in One SEO
    are protected: beside front matter they stand in the sidecar.
    """

    looks_for = "the post meta `canonical_url`, or the field of an SEO plugin"
    does = "copies it to the fields of SEO plugins, or back, and warns where addresses disagree"
    way_back = "the option `from`"
    bodies = ANY_BODY
    mends = False

    def __init__(self, **options: Unpack[Options]) -> None:
        self._from = SEO_FIELDS[options["from"]] if "from" in options else ""
        default: tuple[Plugin, ...] = () if self._from else ("yoast",)
        self._to = [SEO_FIELDS[plugin] for plugin in options.get("to", default)]

    def rewrite(self, draft: Draft) -> None:
        """Copy the address, then compare it with the others."""
        keys = {meta.key for meta in draft.post.meta or ()}
        if self._from in keys:
            _copy(draft, self._from, _CANONICAL)
        elif _CANONICAL not in keys:
            return
        for field in self._to:
            _copy(draft, _CANONICAL, field)
        _compare(draft)


def _copy(draft: Draft, source: str, target: str) -> None:
    addresses = _addresses(draft.post, source)
    if len(addresses) > 1:
        _warn(draft, f"{source} holds {len(addresses)} different addresses: none is copied")
        return
    there = {_plain(meta) for meta in draft.post.meta or () if meta.key == target} - {""}
    if not addresses or there == set(addresses):
        return
    if there:
        _warn(draft, f"{target} says something else than {source}: it stays")
        return
    metas = [meta for meta in draft.post.meta or () if meta != (target, "")]
    metas.append(Meta(target, addresses[0]))
    said = f"{source} copied to {target}"
    draft.change(f"meta.{len(metas) - 1}.value", metas, ("", addresses[0]), said)


def _addresses(post: Post, key: str) -> list[str]:
    """Give the different addresses that a meta holds; what is none doesn't count."""
    values = (_plain(meta) for meta in post.meta or () if meta.key == key)
    return list(dict.fromkeys(value for value in values if _ADDRESS.fullmatch(value)))


def _plain(meta: Meta) -> str:
    value = meta.value.strip()
    return _AMPERSAND.sub("&", value) if "&" in value else value


def _compare(draft: Draft) -> None:
    canonical = {_page(address) for address in _addresses(draft.post, _CANONICAL)}
    original = {_page(address) for address in _addresses(draft.post, _ORIGINAL)}
    if canonical and original and canonical.isdisjoint(original):
        _warn(draft, f"{_CANONICAL} and {_ORIGINAL} are different pages")
    host, path, _ = _page(draft.post.link or "")
    if host and path and any(page[0] == host and page[1] != path for page in canonical):
        _warn(draft, f"{_CANONICAL} is on this post's own site, but isn't its permalink")


def _page(address: str) -> tuple[str, str, str]:
    """Give what tells one page from another: not the scheme, a last slash, or what `#` begins."""
    found = _PAGE.match(address)
    return (found[1].lower(), found[2].rstrip("/"), found[3] or "") if found else ("", "", "")


def _warn(draft: Draft, message: str) -> None:
    """Warn at the first row of `canonical_url`, or at the first meta where there is none."""
    keys = [meta.key for meta in draft.post.meta or ()]
    place = keys.index(_CANONICAL) if _CANONICAL in keys else 0
    fix = "Decide which is right, and mend the other"
    draft.note("rewrite-canonical-differs", message, field=f"meta.{place}.value", fix=fix)
