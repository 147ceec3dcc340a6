"""The WXR that posts become: core's elements, numbers and names decided in source order."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from migrate.errors import RecordError
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.readers.wxr.reader import WxrReader
from tests.sources import NAMESPACES, SAMPLES, items, metas, read_all, to_wxr
from tests.wxr_sources import read


def post(**fields: Any) -> Post:
    """Make a record."""
    return Post(**fields)


def codes(posts: list[Post]) -> list[str]:
    """Give the codes of what was found while writing."""
    return [finding.code for finding in to_wxr(posts, UTC)[1]]


def test_the_samples_become_the_golden_file(golden: Any) -> None:
    """samples/wpghs with its town's zone gives exactly samples/wpghs.expected.xml."""
    posts, _ = read_all(SAMPLES / "wpghs")
    document, _ = to_wxr(posts, ZoneInfo("Europe/Oslo"))

    golden(SAMPLES / "wpghs.expected.xml", document)


def test_the_seed_becomes_this_item(corpus: Path) -> None:
    """Every element of the seed's item, and its body byte for byte."""
    (seed,), _ = read_all(corpus.parent / "seed")
    document, findings = to_wxr([seed])
    (item,) = items(document)
    slug = "moscow-and-washington-know-whats-needed-to-restore-syria-truce-kerry"

    assert item["wp:post_id"] == "5477"
    assert item["title"] == seed.title
    assert item["dc:creator"] == "Staff Writer"
    assert item["wp:post_date"] == "2016-07-16 00:22:22"
    assert item["wp:post_date_gmt"] == "2016-07-16 00:22:22"
    assert item["wp:post_name"] == slug
    assert item["link"] == f"https://www.whenitson.com/{slug}/"
    assert item["guid"] == "https://www.whenitson.com/?p=5477"
    assert item["wp:status"] == "publish"
    assert item["wp:post_type"] == "post"
    assert item["content:encoded"].encode() == seed.content
    assert [(row.key, row.value) for row in seed.meta or ()] == metas(document)
    assert [f.code for f in findings] == ["mapping-timezone-assumed"]


def test_the_zone_decides_the_gmt_date() -> None:
    """A summer evening in Kathmandu is the same afternoon in Greenwich."""
    document, _ = to_wxr([post(date="2016-07-16 00:22:22")], ZoneInfo("Asia/Kathmandu"))

    assert items(document)[0]["wp:post_date_gmt"] == "2016-07-15 18:37:22"


def test_ids_continue_after_the_highest_in_source_order() -> None:
    """Records without an ID get the next ones, also where the highest comes later."""
    document, _ = to_wxr([post(title="a"), post(id=7), post(title="b"), post(id=3)], UTC)

    assert [item["wp:post_id"] for item in items(document)] == ["8", "7", "9", "3"]


def test_the_second_of_two_with_one_id_gets_a_new_one() -> None:
    """The first keeps it; the other is numbered and named."""
    same = [post(id=5, slug="a"), post(id=5, slug="b"), post(id=6)]
    document, _ = to_wxr(same, UTC)

    assert [item["wp:post_id"] for item in items(document)] == ["5", "7", "6"]
    assert "mapping-id-taken" in codes(same)
    assert b'"stated":{"id":"5"}' in document


def test_two_posts_with_one_slug_are_named() -> None:
    """The later one is named; pages may share a slug where their permalinks differ."""
    posts = [in_file("1.md", "a", "post"), in_file("2.md", "a", "post")]
    pages = [
        in_file("1.md", "a", "page", "https://x.org/1/a/"),
        in_file("2.md", "a", "page", "https://x.org/2/a/"),
    ]

    assert "mapping-slug-taken" in codes(posts)
    assert "mapping-slug-taken" not in codes(pages)


def in_file(path: str, slug: str, post_type: str, link: str | None = None) -> Post:
    """Make a record that comes from a file."""
    made = post(slug=slug, type=post_type, link=link)
    made.provenance.path = path
    return made


def test_addresses_come_from_each_permalink_else_from_the_commonest() -> None:
    """A guid has its own permalink's origin; what has none takes the site's."""
    document, _ = to_wxr(
        [
            post(id=1, link="https://a.org/one/"),
            post(id=2, link="https://b.org/two/"),
            post(id=3, link="https://b.org/three/"),
            post(id=4),
        ],
        UTC,
    )

    assert [item["guid"] for item in items(document)] == [
        "https://a.org/?p=1",
        "https://b.org/?p=2",
        "https://b.org/?p=3",
        "https://b.org/?p=4",
    ]
    assert items(document)[3]["link"] == "https://b.org/?p=4"
    assert b"<wp:base_site_url>https://b.org</wp:base_site_url>" in document


def test_without_any_address_one_warning() -> None:
    """Links and guids stay empty, said once however many records there are."""
    posts = [post(id=1), post(id=2)]
    document, _ = to_wxr(posts, UTC)

    assert [item["link"] + item["guid"] for item in items(document)] == ["", ""]
    assert codes(posts).count("mapping-base-url-missing") == 1


def test_logins_are_sanitized_and_never_shared() -> None:
    """Names that become one login get different ones; the name itself stays."""
    posts = [
        post(author=Author(display_name="Åsne Løvik")),
        post(author=Author(display_name="Asne Lovik")),
        post(author=Author(display_name="Åsne Løvik")),
        post(author=Author(display_name="")),
    ]
    document, findings = to_wxr(posts, UTC)
    authors = etree.fromstring(document).findall(".//wp:author", NAMESPACES)

    assert [item["dc:creator"] for item in items(document)] == [
        "Asne Lovik",
        "Asne Lovik-2",
        "Asne Lovik",
        "",
    ]
    assert [a.findtext("wp:author_display_name", "", NAMESPACES) for a in authors] == [
        "Åsne Løvik",
        "Asne Lovik",
    ]
    assert [f.code for f in findings if f.field == "author"] == ["mapping-login-taken"]


def test_parents_stand_before_their_children() -> None:
    """A path makes every category above it; one name under two parents is two terms."""
    terms = [
        TermRef("category", "Ferries", None, ("Harbour",)),
        TermRef("category", "Ferries", None, ("Museum", "Halls")),
    ]
    document, _ = to_wxr([post(terms=terms)], UTC)
    rows = etree.fromstring(document).findall(".//wp:category", NAMESPACES)

    assert [
        tuple(
            row.findtext(f"wp:{n}", "", NAMESPACES)
            for n in ("category_nicename", "category_parent", "cat_name")
        )
        for row in rows
    ] == [
        ("harbour", "", "Harbour"),
        ("ferries", "harbour", "Ferries"),
        ("museum", "", "Museum"),
        ("halls", "museum", "Halls"),
        ("ferries-halls", "halls", "Ferries"),
    ]
    nicenames = [c.get("nicename") for c in etree.fromstring(document).iter("category")]
    assert nicenames == ["ferries", "ferries-halls"]


def test_forbidden_characters_are_named_and_kept_in_the_provenance() -> None:
    """A form feed leaves the body and every other text, and its place is kept."""
    odd = post(content=b"a\x0cb", title="\x01t", meta=[Meta("k", "v\x02")])
    document, findings = to_wxr([odd], UTC)
    (item,) = items(document)

    assert (item["content:encoded"], item["title"]) == ("ab", "t")
    assert [f.field for f in findings if f.code == "loss-character"] == [
        "title",
        "content",
        "meta.0.value",
    ]
    assert b'"removed":{"content":{"1":"\\f"}' in document


def test_the_newest_record_dates_the_channel() -> None:
    """No clock is read: the channel's pubDate is the newest GMT date."""
    dated = [post(date="2016-07-16 00:00:00"), post(date="2015-01-01 00:00:00")]
    document, _ = to_wxr(dated, UTC)

    assert b"\t<pubDate>Sat, 16 Jul 2016 00:00:00 +0000</pubDate>\n\t<language>" in document


def test_no_date_is_the_zero_date() -> None:
    """WordPress writes a date that isn't there as zeros."""
    document, _ = to_wxr([post(status="draft")], UTC)

    assert items(document)[0]["wp:post_date"] == "0000-00-00 00:00:00"


def test_credentials_of_a_permalink_stay_out_of_the_guid() -> None:
    """The guid is the address of the site alone."""
    document, _ = to_wxr([post(id=7, link="http://me:secret@example.org:81/a/")], UTC)

    assert items(document)[0]["guid"] == "http://example.org:81/?p=7"


def test_what_xml_forbids_in_a_name_is_named_when_it_is_taken_out() -> None:
    """Authors and terms of the head lose no character in silence, and the file stays XML."""
    writer = Author(login="jo\x01", display_name="Jo\x02")
    term = TermRef("post_tag", name="News\x03", slug="news")
    document, found = to_wxr([post(author=writer, terms=[term])], UTC)
    messages = [f.message.partition(":")[0] for f in found if f.code == "loss-character"]

    assert items(document)[0]["dc:creator"] == "jo"
    assert messages == [
        "U+0003 taken out of terms.0",
        "U+0001 taken out of an author's login",
        "U+0002 taken out of display_name of the author jo\x01",
        "U+0003 taken out of the name of the post_tag news",
    ]


@pytest.mark.parametrize(
    ("date", "zone"),
    [("9999-12-31 23:59:59", "America/New_York"), ("0001-01-01 00:00:00", "Asia/Tokyo")],
)
def test_a_date_without_gmt_is_an_error_of_its_record(date: str, zone: str) -> None:
    """A far date stops no run."""
    with pytest.raises(RecordError) as caught:
        to_wxr([post(date=date)], ZoneInfo(zone))

    assert (caught.value.code, caught.value.field) == ("mapping-date", "date")


def test_an_empty_term_slug_is_kept_beside_the_one_made_up(tmp_path: Path) -> None:
    """The item has a slug that WordPress can take; what is read again is the empty one."""
    ref = TermRef("category", "Tide News", "")
    document, _ = to_wxr([post(id=1, terms=[ref])], UTC)
    path = tmp_path / "site.xml"
    path.write_bytes(document)

    assert b'nicename="tide-news"' in document
    assert [[ref]] == [found.terms for found in read(WxrReader(path)).posts]
