"""Names in a custom field become the terms of a table, none of them twice."""

from __future__ import annotations

from typing import Any

import pytest

from migrate.errors import UsageError
from migrate.model.post import Meta, Post, TermRef
from migrate.rewrite import rules
from tests.rewriting import rewritten

TABLE = {"topNews": "Top News", "europe": "World/Europe", "Rain, hail": "Weather"}


def outcome(value: str, *terms: TermRef, **options: Any) -> list[TermRef]:
    """Run the rule over a post with one row of original_cats: the terms that it has then."""
    post = Post(terms=list(terms) or None, meta=[Meta("original_cats", value)])
    rewritten("categories", post, **{"table": TABLE, **options})
    once = list(post.terms or ())
    rewritten("categories", post, **{"table": TABLE, **options})
    assert post.terms == (once or None)
    return once


@pytest.mark.parametrize(
    "held",
    [
        TermRef("category", "top news"),
        TermRef("category", "Neueste", "top-news"),
        TermRef("category", "Top  News!", None, ("Anything",)),
    ],
)
def test_a_term_that_is_there_is_not_added(held: TermRef) -> None:
    """WordPress compares slugs, and so names without case and punctuation."""
    assert outcome("topNews", held) == [held]


def test_the_same_name_below_another_is_another_term() -> None:
    """World/Europe isn't Clubs/Europe, and a tag is no category."""
    others = TermRef("category", "Europe", None, ("Clubs",)), TermRef("post_tag", "Europe")

    assert outcome("europe", *others) == [*others, TermRef("category", "Europe", None, ("World",))]


@pytest.mark.parametrize("value", ["Rain, hail", "rain, HAIL ", " TOPNEWS,,", "topNews,topNews"])
def test_a_whole_value_may_have_commas(value: str) -> None:
    """Upper and lower case are the same, and empty names are none."""
    assert len(outcome(value)) == 1


def test_names_that_are_too_long_stay() -> None:
    """wp_terms holds 200 characters of a name."""
    assert outcome("x" * 201 + ",y", unmapped="as-is") == [TermRef("category", "y")]


def test_a_slash_may_belong_to_a_name() -> None:
    r"""`\/` in the table; a name that is taken as it is has no parents."""
    table = {"a": r"Sea\/Sky/Boats"}

    assert outcome("a", table=table) == [TermRef("category", "Boats", None, ("Sea/Sky",))]
    assert outcome("b/c", unmapped="as-is") == [TermRef("category", "b/c")]


@pytest.mark.parametrize("path", ["", "/", "World/", " /Europe", "a//b"])
def test_an_empty_name_in_a_table_is_refused(path: str) -> None:
    """The message says how a slash is written."""
    with pytest.raises(UsageError) as caught:
        rules.make({"categories": {"table": {"a": path}}})

    assert caught.value.fix == r"Write `Parent/Child`, or `\/` for a slash that belongs to a name"


def test_only_rows_with_nothing_left_over_are_dropped() -> None:
    """Other metas keep their place; the finding names the row as the source has it."""
    rows = [("a", "1"), ("original_cats", "topNews"), ("original_cats", "topNews,x"), ("b", "2")]
    post = Post(meta=[Meta(*row) for row in rows])
    found = rewritten("categories", post, table=TABLE, drop=True)

    assert post.meta == [Meta(*rows[0]), *(Meta(*row) for row in rows[2:])]
    assert [f.field for f in found if f.before] == ["meta.1.value"]
    assert [(f.code, f.field) for f in found if not f.is_change] == [
        ("rewrite-category-unmapped", "meta.2.value")
    ]


def test_many_names_take_no_longer_a_name() -> None:
    """Ten thousand names in one value are done within the time limit of a test."""
    value = ",".join(map(str, range(10_000)))

    assert len(outcome(value, unmapped="as-is")) == 10_000
