"""Verifying finds every seeded difference, in every field, and nothing else."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from msgspec.structs import replace

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.site import Head, Site, Term
from migrate.report.totals import Totals
from migrate.run import Run
from migrate.verify import Other, verify
from tests.identity.conversions import Said
from tests.memory import Memory

TERMS = [TermRef("category", "Ferries", "ferries", ("Harbour",)), TermRef("post_tag", "x")]
METAS = [Meta("k", "1"), Meta("k", "2"), Meta("j", "3")]
FIELDS = list(Post.__struct_fields__)


def full(number: int = 1) -> Post:
    """Make a record in which every field is stated."""
    return Post(
        id=number,
        type="post",
        status="publish",
        title="Title",
        content=b"Body",
        excerpt="Excerpt",
        slug=f"slug-{number}",
        author=Author("login", "Name", "a@example.org", "First", "Last"),
        date="2016-07-16 00:22:22",
        date_gmt="2016-07-15 22:22:22",
        modified="2016-07-17 00:00:00",
        modified_gmt="2016-07-16 22:00:00",
        parent=7,
        menu_order=3,
        password="",
        guid="https://a.org/?p=1",
        link="https://a.org/slug/",
        comment_status="open",
        ping_status="open",
        to_ping="",
        pinged="",
        sticky=False,
        attachment_url="https://a.org/a.png",
        terms=list(TERMS),
        meta=list(METAS),
        comments=[Comment(1, "A", "c@example.org", content="Hi", meta=[Meta("m", "1")])],
    )


MODS = 'a:2:{s:11:"custom_logo";i:%d;s:18:"nav_menu_locations";a:1:{s:1:"x";i:%d;}}'


def head() -> Head:
    """Make a head."""
    return Head(
        Site("https://a.org", title="Site"),
        [Author("login", "Name")],
        [Term("category", "harbour", "Harbour"), Term("category", "ferries", "Ferries", "harbour")],
    )


def compared(
    said: list[Post], held: list[Post], heads: tuple[Head, Head] | None = None
) -> tuple[Said, Totals]:
    """Verify one list of records against another."""
    ours, theirs = heads or (head(), head())
    report, totals = Said(), Totals()
    run = Run(Memory(said, ours), [report], totals, lambda *_: None, dry_run=False)
    verify(run, Other(Memory(held, theirs), "other"))
    return report, totals


def differing(said: list[Post], held: list[Post], **more: Any) -> list[tuple[str, str]]:
    """Give the code and field of each difference."""
    return [(f.code, f.field) for f in compared(said, held, **more)[0].findings]


def test_a_source_holds_what_it_says() -> None:
    """Nothing differs between a source and itself, and all is counted."""
    report, totals = compared([full(1), full(2)], [full(1), full(2)])

    assert report.findings == []
    assert totals.actions["unchanged"] == 2


CHANGED: dict[str, Any] = {
    "status": "draft",
    "title": "title",
    "content": b"Body\n",
    "excerpt": "",
    "slug": "other",
    "date": "2016-07-16 00:22:23",
    "date_gmt": "2016-07-15 22:22:23",
    "modified": "",
    "modified_gmt": "",
    "parent": 0,
    "menu_order": 4,
    "password": "x",
    "guid": "",
    "link": "https://a.org/other/",
    "comment_status": "closed",
    "ping_status": "closed",
    "to_ping": "https://b.org/",
    "pinged": "https://b.org/",
    "sticky": True,
    "attachment_url": "",
}


@pytest.mark.parametrize("name", CHANGED)
def test_each_plain_field_is_compared(name: str) -> None:
    """A record that differs in one field gives one difference that names it."""
    held = full()
    setattr(held, name, CHANGED[name])

    assert differing([full()], [held]) == [("target-differs", name)]


@pytest.mark.parametrize("name", CHANGED)
def test_what_is_unset_is_not_compared(name: str) -> None:
    """The other source may hold whatever it likes there; the number is counted.

    Few posts have addresses to ping, so nobody misses those.
    """
    said, held = full(), full()
    setattr(said, name, None)
    setattr(held, name, CHANGED[name])
    report, totals = compared([said], [held])

    assert report.findings == []
    assert totals.uncompared == (name not in {"to_ping", "pinged"})


def test_every_field_of_a_record_is_compared_somewhere() -> None:
    """A field that is added to the record must be added here."""
    apart = {"id", "type", "content_format", "author", "terms", "meta", "comments", "provenance"}

    assert set(Post.__struct_fields__) == set(CHANGED) | apart


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"author": Author("other", "Name", "a@example.org", "First", "Last")}, "author.login"),
        ({"author": Author("login", "N", "a@example.org", "First", "Last")}, "author.display_name"),
        ({"author": Author("login", "Name", "", "First", "Last")}, "author.email"),
        ({"terms": [TermRef("post_tag", "x")]}, "terms.category"),
        ({"terms": TERMS[:1]}, "terms.post_tag"),
        ({"terms": [*TERMS, TermRef("post_tag", "y")]}, "terms.post_tag"),
        ({"meta": [Meta("k", "2"), Meta("k", "1"), Meta("j", "3")]}, "meta.k"),
        ({"meta": [Meta("k", "1"), Meta("k", "2")]}, "meta.j"),
        ({"meta": [*METAS, Meta("l", "")]}, "meta.l"),
        ({"comments": []}, "comments.0"),
        ({"comments": [Comment(1, "B", "c@example.org", content="Hi", meta=[Meta("m", "1")])]},
         "comments.0.author"),
        ({"comments": [Comment(1, "A", "c@example.org", content="Hi", meta=[Meta("m", "2")])]},
         "comments.0.meta.m"),
    ],
)  # fmt: skip
def test_what_hangs_on_a_record_is_compared(change: dict[str, Any], field: str) -> None:
    """Authors by their parts, terms as sets, metas as ordered rows a key, comments in order."""
    held = full()
    for name, value in change.items():
        setattr(held, name, value)

    assert ("target-differs", field) in differing([full()], [held])


def test_the_order_of_keys_and_terms_does_not_matter() -> None:
    """Only rows of one key have an order."""
    held = full()
    held.meta = [Meta("j", "3"), Meta("k", "1"), Meta("k", "2")]
    held.terms = [TermRef("post_tag", "x"), TermRef("category", "Ferries", "ferries")]

    assert differing([full()], [held]) == []


def test_a_record_on_one_side_only_is_a_difference() -> None:
    """Either way it is named."""
    assert differing([full(1), full(2)], [full(1)]) == [("target-missing", "title")]
    assert differing([full(1)], [full(1), full(2)]) == [("target-extra", "")]


def test_twins_pair_in_source_order() -> None:
    """Records of another site with one slug and date pair as they come."""
    twins = [full(1), full(2)]
    for post, title in zip(twins, ("first", "second"), strict=True):
        post.slug, post.title = "same", title
    elsewhere = copy.deepcopy(twins)
    for post in elsewhere:
        post.id = (post.id or 0) + 100
        post.guid = None
    report, _ = compared(elsewhere, twins, (Head(Site("https://b.org")), head()))

    assert [f.message.split(" differs")[0] for f in report.findings] == ["site.url"]


def test_ids_of_one_site_pair_first() -> None:
    """A post that got another slug and date is the same post."""
    held = full()
    held.slug, held.date = "new", "2020-01-01 00:00:00"

    assert differing([full()], [held]) == [("target-differs", "slug"), ("target-differs", "date")]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (Head(Site("https://a.org", title="Other"), head().authors, head().terms), "site.title"),
        (Head(head().site, [], head().terms), "authors.login"),
        (Head(head().site, head().authors, head().terms[:1]), "terms.category/ferries"),
    ],
)
def test_what_stands_beside_the_records_is_compared(change: Head, field: str) -> None:
    """Site, authors and terms are part of a source."""
    report, _ = compared([full()], [full()], (head(), change))

    assert [f.message.split(" differs")[0] for f in report.findings] == [field]


@pytest.mark.parametrize(
    ("ours", "theirs", "elsewhere", "names"),
    [
        ({"blogname": "A"}, {"blogname": "A", "more": "B"}, False, []),
        ({"blogname": "A", "gone": ""}, {"blogname": "B"}, False, ["blogname", "gone"]),
        ({"page_on_front": "1"}, {"page_on_front": "101"}, False, ["page_on_front"]),
        ({"page_on_front": "1"}, {"page_on_front": "101"}, True, []),
        ({"page_on_front": "1"}, {"page_on_front": "1"}, True, ["page_on_front"]),
        ({"page_on_front": "9"}, {"page_on_front": "9"}, True, []),
        ({"default_category": "3"}, {"default_category": "5"}, True, []),
        ({"theme_mods_a": MODS % (1, 3)}, {"theme_mods_a": MODS % (101, 5)}, True, []),
        ({"theme_mods_a": MODS % (1, 3)}, {"theme_mods_a": MODS % (1, 5)}, True, ["theme_mods_a"]),
        ({"default_category": "3"}, {"default_category": "3"}, True, ["default_category"]),
    ],
)
def test_options_are_compared(
    ours: dict[str, str], theirs: dict[str, str], elsewhere: bool, names: list[str]
) -> None:
    """Those that name a record are the same where it is the same one; what they say is hidden."""
    said, held = full(), full()
    kinds = ("category", "nav_menu")
    heads = [
        Head(Site(), terms=[Term(kind, "sea", id=3) for kind in kinds], options=options)
        for options in (ours, theirs)
    ]
    if elsewhere:
        held.id, held.guid = 101, None
        for term in heads[1].terms:
            term.id = 5
        heads[0].site.url, heads[1].site.url = "https://a.org", "https://b.org"
    report, _ = compared([said], [held], (heads[0], heads[1]))

    found = [f.message for f in report.findings if f.message.startswith("options")]
    assert found == [f"options.{name} differs" for name in names]


def test_private_text_stays_out_of_messages() -> None:
    """A difference in a record that isn't public names the field and no text."""
    said, held = full(), full()
    said.status = held.status = "private"
    said.title = "secret"
    report, _ = compared([said], [held])

    assert [f.message for f in report.findings] == ["title differs"]
    assert [a.public for a in report.actions] == [False]


def _with_comment(approved: str, **changes: Any) -> list[Comment]:
    made: dict[str, Any] = {
        "author": "A",
        "author_email": "c@example.org",
        "author_ip": "192.0.2.1",
    }
    return [Comment(1, **(made | {"content": "Hi", "approved": approved} | changes))]


@pytest.mark.parametrize(
    ("said", "held", "field"),
    [
        (
            {"author": Author(email="a@example.org")},
            {"author": Author(email="b@example.org")},
            "author.email",
        ),
        ({"meta": [Meta("_key", "old")]}, {"meta": [Meta("_key", "new")]}, "meta._key"),
        *(
            ({"comments": _with_comment("1")}, {"comments": _with_comment(**change)}, field)
            for change, field in (
                ({"approved": "1", "author_email": "d@example.org"}, "comments.0.author_email"),
                ({"approved": "1", "author_ip": "192.0.2.2"}, "comments.0.author_ip"),
                ({"approved": "spam"}, "comments.0.approved"),
            )
        ),
        (
            {"comments": _with_comment("0")},
            {"comments": _with_comment("0", content="Ho")},
            "comments.0.content",
        ),
    ],
)
def test_what_no_visitor_sees_stays_out_of_reports(
    said: dict[str, Any], held: dict[str, Any], field: str
) -> None:
    """A password, an e-mail, a protected meta, an unapproved comment: only the field is named."""
    report, _ = compared([replace(full(), **said)], [replace(full(), **held)])

    assert [f.message for f in report.findings] == [f"{field} differs"]
    assert [(c.field, c.public) for a in report.actions for c in a.changes] == [(field, False)]


@pytest.mark.parametrize("changes", [{"password": "secret"}, {"status": "private"}])
def test_a_record_is_public_where_both_sides_say_so(changes: dict[str, Any]) -> None:
    """What only the other source holds back stays out of messages too."""
    report, _ = compared([full()], [replace(full(), title="secret", **changes)])

    (name,) = changes
    assert [f.message for f in report.findings] == [
        f"{differs} differs" for differs in sorted(["title", name], key=FIELDS.index)
    ]
    assert [a.public for a in report.actions] == [False]


def test_an_address_of_an_author_stays_out_of_messages() -> None:
    """The site's authors have e-mail addresses as well."""
    known, other = head(), head()
    known.authors[0] = Author("login", "Name", "a@example.org")
    other.authors[0] = Author("login", "Name", "b@example.org")
    report, _ = compared([full()], [full()], (known, other))

    assert [f.message for f in report.findings] == ["authors.login.email differs"]


def test_record_without_a_slug() -> None:
    """A record that states no slug pairs by title and date with one that was given a slug."""
    said = Post(type="post", title="Title", date="2016-07-16 00:22:22")
    held = Post(type="post", title="Title", slug="title", date="2016-07-16 00:22:22")
    other = Post(type="post", title="Title", slug="title-2", date="2017-07-16 00:22:22")
    _, totals = compared([said], [other, held])
    assert (totals.actions["unchanged"], totals.actions["delete"]) == (1, 1)
