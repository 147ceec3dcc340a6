"""The canonical address goes where it is asked for, and nothing that is there is overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.model.post import Meta, Post
from migrate.rewrite.seo_fields import SEO_FIELDS
from tests.rewriting import rewritten

HERE = "https://lantern.example/fog/"
THERE = "https://tidings.example/fog"
OWN_SITE = "canonical_url is on this post's own site, but isn't its permalink"


def outcome(*metas: tuple[str, str], **options: Any) -> tuple[list[tuple[str, ...]], list[str]]:
    """Run the rule over a post with these metas: the rows that were added, and the warnings."""
    post = Post(link=HERE, meta=[Meta(*meta) for meta in metas])
    found = rewritten("canonical", post, **options)
    added = [tuple(meta) for meta in post.meta or () if tuple(meta) not in metas]
    again = rewritten("canonical", post, **options)
    assert [f for f in again if f.is_change] == []
    return added, [f.message for f in found if not f.is_change]


def test_every_plugin_has_its_field() -> None:
    """`to` names the plugins; Yoast's field is filled where nothing is said."""
    original = ("canonical_url", THERE)

    assert outcome(original, to=list(SEO_FIELDS)) == (
        [(key, THERE) for key in SEO_FIELDS.values()],
        [],
    )
    assert outcome(original) == ([("_yoast_wpseo_canonical", THERE)], [])


def test_back_and_on() -> None:
    """`from` reads a plugin's field; together with `to` it goes from one plugin to another."""
    field = ("_seopress_robots_canonical", THERE)
    both = [("canonical_url", THERE), ("rank_math_canonical_url", THERE)]

    assert outcome(field, **{"from": "seopress"}) == ([("canonical_url", THERE)], [])
    assert outcome(field, **{"from": "seopress", "to": ["rank-math"]}) == (both, [])


@pytest.mark.parametrize(
    "value", ["", "  ", "/fog/", "tidings.example/fog", "javascript:x", "a:0:{}"]
)
def test_what_is_no_address_is_not_copied(value: str) -> None:
    """A plugin would print it as it stands."""
    assert outcome(("canonical_url", value)) == ([], [])


def test_an_empty_field_is_filled_and_a_full_one_stays() -> None:
    """Somebody may have written the other one by hand."""
    field = "_yoast_wpseo_canonical"
    said = [f"{field} says something else than canonical_url: it stays"]

    assert outcome(("canonical_url", THERE), (field, "")) == ([(field, THERE)], [])
    assert outcome(("canonical_url", THERE), (field, "/x/")) == ([], said)


def test_two_different_rows_are_not_chosen_from() -> None:
    """The same one twice is one."""
    said = ["canonical_url holds 2 different addresses: none is copied"]

    assert outcome(("canonical_url", THERE), ("canonical_url", HERE), to=["aioseo"])[1][:1] == said
    assert outcome(("canonical_url", THERE), ("canonical_url", THERE), to=["aioseo"])[1] == []


@pytest.mark.parametrize(
    ("canonical", "original", "warned"),
    [
        (THERE, "http://www.tidings.example/fog/#top", []),
        (THERE + "?a=1&#038;b=2", THERE + "?a=1&b=2", []),
        (THERE, THERE + "?a=1", ["canonical_url and original_link are different pages"]),
        (HERE, HERE, []),
        (HERE + "x/", HERE + "x", [OWN_SITE]),
    ],
)
def test_addresses_that_disagree(canonical: str, original: str, warned: list[str]) -> None:
    """Scheme, `www.`, a last slash and `#` make no other page."""
    metas = ("canonical_url", canonical), ("original_link", original)

    assert outcome(*metas, to=[]) == ([], warned)
