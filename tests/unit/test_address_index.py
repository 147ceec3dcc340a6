"""The names by which a source's records refer to each other, and their new addresses."""

from __future__ import annotations

import pytest

from migrate.model.post import Meta, Post
from migrate.model.provenance import Provenance
from migrate.model.site import Site
from migrate.rewrite.address_index import AddressIndex

FERRY = Post(
    id=7,
    status="publish",
    link="https://old.example/2016/07/ferry/",
    meta=[Meta("redirect_from", "/boats/ferry.html"), Meta("mood", "/calm/")],
    provenance=Provenance(path="_posts/2016-07-01-ferry.md"),
)


def index(base: str = "", *, relative: bool = False) -> AddressIndex:
    """Make an index of one post."""
    made = AddressIndex(Site(url="https://old.example"), base, relative=relative)
    made.add(FERRY)
    return made


@pytest.mark.parametrize(
    "name",
    [
        "/2016/07/ferry/",
        "/2016/07/ferry",
        "?p=7",
        "?page_id=7",
        "_posts/2016-07-01-ferry.md",
        "2016-07-01-ferry",
        "/boats/ferry.html",
    ],
)
def test_a_record_goes_by_many_names(name: str) -> None:
    """Path, ID, file, Jekyll's name and earlier addresses all lead to one address."""
    assert index("https://new.example/").new_address(name) == "https://new.example/2016/07/ferry/"


@pytest.mark.parametrize("name", ["/2016/07/", "?p=8", "/calm/", "ferry.md", ""])
def test_other_names_lead_nowhere(name: str) -> None:
    """A path above, another ID, any other meta: nothing is guessed."""
    assert index().new_address(name) is None


def test_without_a_new_base_an_address_stays() -> None:
    """The permalink is the address."""
    assert index().new_address("?p=7") == "https://old.example/2016/07/ferry/"


def test_posts_want_paths() -> None:
    """A folder of posts knows no host."""
    assert index(relative=True).new_address("?p=7") == "/2016/07/ferry/"


def test_the_first_record_of_a_name_keeps_it() -> None:
    """Two files with one ID: the first in source order is meant."""
    made = index()
    made.add(Post(id=7, link="https://old.example/other/"))

    assert made.new_address("?p=7") == "https://old.example/2016/07/ferry/"


def test_hosts_of_site_base_and_links_are_own() -> None:
    """A link to any of them may lead to a post of the source."""
    made = index("https://New.example")

    assert [made.is_own(host) for host in ("old.example", "new.example", "far.example")] == [
        True,
        True,
        False,
    ]


def test_what_moved_is_listed_once_by_each_public_name() -> None:
    """File names and the address itself are no redirects."""
    assert list(index(relative=True).moved()) == [
        ("?p=7", "/2016/07/ferry/"),
        ("/boats/ferry.html", "/2016/07/ferry/"),
    ]


def test_redirects_tell_of_nothing_that_visitors_never_saw() -> None:
    """A draft's address stays out of them, and that of a picture below it; links still find it."""
    made = AddressIndex(Site(url="https://old.example"))
    draft = Post(id=8, status="draft", link="https://old.example/secret/")
    for number, parent in ((9, 8), (10, 7)):
        link = f"https://old.example/{number}/"
        made.add(Post(id=number, type="attachment", status="inherit", parent=parent, link=link))
    made.add(draft)
    made.add(FERRY)

    assert [name for name, _ in made.moved()] == ["?attachment_id=10", "?p=7", "/boats/ferry.html"]
    assert made.new_address("?p=8") == "https://old.example/secret/"


def test_what_is_no_address_leads_nowhere() -> None:
    """A permalink that can't be taken apart ends no run; its record goes by no name."""
    made = AddressIndex(Site(url="http://[old"))
    made.add(Post(id=9, link="http://[broken/a/"))

    assert made.new_address("?p=9") is None
