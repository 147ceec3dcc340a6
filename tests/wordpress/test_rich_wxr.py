"""Core's own exports of the rich site: what is in each variant, and that they are made once."""

from __future__ import annotations

from collections import Counter

import pytest
from lxml import etree

from migrate.syntax import wxr
from tests.sources import NAMESPACES
from tests.wordpress import rich
from tests.wordpress.flavours import Flavour
from tests.wordpress.rich import rich_made, rich_wxr

WP = f"{{{NAMESPACES['wp']}}}"
POSTS = ("statuses", "slugs", "pages", "own", "texts", "metas", "media", "posts")


def parsed(document: bytes) -> etree._Element:
    """Parse a file of any size."""
    return etree.fromstring(document, etree.XMLParser(huge_tree=True))


def post_ids(document: bytes) -> set[int]:
    """Give the IDs of all items."""
    return {int(element.text or "") for element in parsed(document).iter(WP + "post_id")}


def test_the_plain_export_has_every_record(flavour: Flavour) -> None:
    """It is well-formed and has every post that was made but the auto-draft."""
    made = rich_made(flavour)
    posts = {number for group in POSTS for number in made[group].values()}
    posts |= {number for name, number in made["menu"].items() if name != "menu"}
    posts |= {made["comments"]["post"]}

    assert post_ids(rich_wxr(flavour)) == posts - {made["statuses"]["auto-draft"]}


def test_without_own_types_their_posts_are_gone(flavour: Flavour) -> None:
    """What no plugin registers isn't exported, though the database holds it."""
    gone = post_ids(rich_wxr(flavour)) - post_ids(rich_wxr(flavour, "unregistered"))

    assert gone == set(rich_made(flavour)["own"].values())


def test_without_own_taxonomies_core_lists_each_term(flavour: Flavour) -> None:
    """Every term of every taxonomy is a wp:term then; categories, tags and menus stand twice."""
    root = parsed(rich_wxr(flavour, "unregistered"))
    taxonomies = Counter(element.text for element in root.iter(WP + "term_taxonomy"))

    assert taxonomies == {
        "category": 8,
        "post_tag": 5,
        "season": 3,
        "ingredient": 1,
        "nav_menu": 2,
        "post_format": 2,
    }
    assert [len(root.findall(f".//{WP}{name}")) for name in ("category", "tag")] == [8, 5]


def test_control_characters_spoil_the_export(flavour: Flavour) -> None:
    """Core's own export is ill-formed twice: by an ampersand and by forbidden characters."""
    document = rich_wxr(flavour, "control")
    without_ampersand = document.replace(b"?a=1&b=2</wp:comment_", b"</wp:comment_")
    clean, taken = wxr.take_forbidden(without_ampersand)

    assert [is_well_formed(text) for text in (document, without_ampersand, clean)] == [
        False,
        False,
        True,
    ]
    assert set("".join(taken.values())) == set("\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\ufffe\uffff")


def is_well_formed(document: bytes) -> bool:
    """Tell whether an XML parser takes it."""
    try:
        parsed(document)
    except etree.XMLSyntaxError:
        return False
    return True


def test_an_export_is_made_once(flavour: Flavour, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later call reads the cache: no site is booted."""
    first = rich_wxr(flavour)
    monkeypatch.delattr(rich, "Site")

    assert rich_wxr(flavour) == first
