"""Broken WXR is read as far as it can be, and each thing that was mended is named with its line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.errors import SourceError
from migrate.model.progress import unwatched
from migrate.readers.wxr import limits, repair
from migrate.readers.wxr.content import Content
from migrate.readers.wxr.reader import WxrReader
from migrate.readers.wxr.source import Part
from migrate.readers.wxr.survey import Lines
from migrate.syntax.wxr_markup import Element, Markup
from tests.sources import SAMPLES
from tests.wxr_sources import HEAD, TAIL, Export, read, read_item, read_text

BROKEN = SAMPLES / "wxr" / "broken"
GOOD = "The ferry is late"

EXPECTED: dict[str, tuple[list[str], list[tuple[str, int]]]] = {
    "bad-value.xml": (["Leap day", GOOD], [("source-value", 8), ("source-value", 9)]),
    "bare-ampersand.xml": (
        ["Fog & rain", GOOD],
        [("source-ampersand", 8), ("source-ampersand", 9)],
    ),
    "bare-item.xml": (
        ["An item by itself"],
        [("source-no-channel", 2), ("source-namespace", 4)],
    ),
    "control-character.xml": (
        ["A page from the old printer", GOOD],
        [("source-control-character", 9)],
    ),
    "cut-off-at-once.xml": ([GOOD], [("source-cut-off", 12)]),
    "cut-off-before-password.xml": (["For members"], [("source-cut-off", 6)]),
    "cut-off-behind-item.xml": ([GOOD], [("source-cut-off", 12)]),
    "cut-off-in-text.xml": ([GOOD, "Regatta"], [("source-cut-off", 12)]),
    "defined-twice.xml": ([GOOD], [("source-defined-twice", 7)]),
    "doctype.xml": ([GOOD], [("source-doctype", 2)]),
    "element-twice.xml": (["One title", GOOD], [("source-element-twice", 8)]),
    "element-unclosed.xml": (["Berth 4", GOOD], [("source-element-unclosed", 8)]),
    "empty-item.xml": ([GOOD], [("source-item-empty", 6), ("source-item-empty", 8)]),
    "encoding-declared.xml": (["Café on the mole"], [("source-encoding-declared", 1)]),
    "invalid-bytes.xml": (["Herons", GOOD], [("source-invalid-bytes", 9)]),
    "markup-in-text.xml": (
        ["Marys <em>lamp</em> &amp; oil", GOOD],
        [("source-markup-in-text", 7)],
    ),
    "provenance.xml": (["X", GOOD], [("source-provenance", 6)]),
    "section-unclosed-at-end.xml": (["High tide", GOOD], [("source-section-unclosed", 11)]),
    "section-unclosed.xml": (["Low water", GOOD], [("source-section-unclosed", 8)]),
    "serialized-length.xml": (["Tide clock", GOOD], [("source-serialized-length", 11)]),
    "stray-text.xml": (
        [GOOD, "Between the lines"],
        [("source-stray-text", 12), ("source-stray-text", 15)],
    ),
    "two-documents.xml": (
        [GOOD, "From the second file"],
        [("source-several-documents", 15)],
    ),
    "undeclared-namespace.xml": (
        ["Swans on the slipway"],
        [("source-namespace", 5), ("source-namespace", 8)],
    ),
    "unknown-element.xml": (
        ["Weather"],
        [
            ("loss-element-unknown", 6),
            ("loss-element-unknown", 10),
            ("loss-element-unknown", 9),
        ],
    ),
}
"""File of samples/wxr/broken → the titles that are read, and what is found on which line."""


def broken(name: str) -> Export:
    """Read one of the broken samples."""
    return read(WxrReader(BROKEN / name))


def test_every_broken_sample_is_expected() -> None:
    """The table has a row for each file of the folder."""
    assert sorted(EXPECTED) == sorted(path.name for path in BROKEN.iterdir())


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_read_and_what_is_found(name: str) -> None:
    """Each kind of broken file gives the records that are in it and exactly these findings."""
    export = broken(name)

    assert EXPECTED[name] == (export.titles, export.found)
    assert {finding.path for finding in export.findings} == {name}


def test_control_characters_are_kept() -> None:
    """The model holds what WordPress stores, whatever XML thinks of it."""
    assert broken("control-character.xml").posts[0].content == b"One.\n\x0cTwo."


def test_bare_ampersands_stay_and_escaped_ones_are_read() -> None:
    """Only what XML knows is decoded: `&nbsp;` is what somebody typed."""
    post = broken("bare-ampersand.xml").posts[0]

    assert post.link == "https://tarrow.example/?p=1&preview=1"
    assert post.author
    assert post.author.login == "Smith & Sons&nbsp;Ltd"


def test_invalid_bytes_are_shown_in_hexadecimal() -> None:
    """Nothing is guessed: each byte becomes U+FFFD, and the finding says what it was."""
    export = broken("invalid-bytes.xml")

    assert export.posts[0].content == "First line.\nThe heron\ufffds nest.".encode()
    assert "(92)" in export.findings[0].message


def test_what_is_complete_of_a_cut_off_item_is_read() -> None:
    """The element in which the file ends is left out, and named."""
    export = broken("cut-off-in-text.xml")

    assert (export.posts[1].id, export.posts[1].content) == (1, None)
    assert "content:encoded" in export.findings[0].message


def test_a_post_cut_off_before_its_password_is_not_public() -> None:
    """It may have had a password, so its status is left unset."""
    assert broken("cut-off-before-password.xml").posts[0].status is None


def test_an_unclosed_section_ends_with_its_element() -> None:
    """Neither the fields behind it nor the next item get lost in it."""
    at_end, amidst = broken("section-unclosed-at-end.xml"), broken("section-unclosed.xml")

    assert [post.content for post in (at_end.posts[0], amidst.posts[0])] == [
        b"Fast boats.",
        b"Slow boats.",
    ]
    assert [post.id for post in at_end.posts + amidst.posts] == [1, 2, 1, 2]


def test_an_unclosed_element_ends_with_the_next_tag() -> None:
    """The fields behind it are read."""
    post = broken("element-unclosed.xml").posts[0]

    assert (post.link, post.id) == ("https://tarrow.example/berth-4/\n\t\t", 1)


def test_a_value_of_the_wrong_length_is_kept() -> None:
    """What PHP can't read any more is the user's to mend, not ours."""
    (row,) = broken("serialized-length.xml").posts[0].meta or []

    assert row.value == 'a:1:{s:4:"name";s:4:"Café";}'


def test_values_that_are_none_stay_unset() -> None:
    """A day that doesn't exist is no date, and a word no number."""
    post = broken("bad-value.xml").posts[0]

    assert (post.date, post.menu_order, post.id) == (None, None, 1)


def test_the_end_of_an_item_in_a_text_is_text(tmp_path: Path) -> None:
    """`</item>` inside CDATA or a comment closes nothing, nor does a whole document there."""
    quoted = f"x</item>]]]]><![CDATA[>\n{HEAD}<item><title><![CDATA[a]]]]><![CDATA[></title>"
    inner = (
        f"<!-- <item><title>hidden</title></item> --><item><title>a</title><!-- </item> -->"
        f"<content:encoded><![CDATA[{quoted}</item>]]></content:encoded></item>"
        "<item><title>b</title></item>"
    )
    export = read_text(tmp_path, inner)

    assert export.titles == ["a", "b"]
    assert export.posts[0].content == quoted.replace("]]]]><![CDATA[>", "]]>").encode() + b"</item>"
    assert export.found == []


def test_an_item_that_begins_inside_another_ends_it(tmp_path: Path) -> None:
    """A lost end tag costs nothing but a finding."""
    export = read_text(tmp_path, "<item><title>a</title>\n<item><title>b</title></item>")

    assert export.titles == ["a", "b"]
    assert export.found == [("source-cut-off", 9)]


def test_a_document_that_breaks_off_before_another_one(tmp_path: Path) -> None:
    """Two files joined, the first cut off inside a section: the second one is read whole."""
    path = tmp_path / "joined.xml"
    good = "<item><title><![CDATA[b]]></title><wp:post_id>2</wp:post_id></item>"
    path.write_text(
        f"{HEAD}<item><title>a</title><content:encoded><![CDATA[half\n{HEAD}{good}{TAIL}"
    )
    export = read(WxrReader(path))

    assert export.titles == ["a", "b"]
    assert export.found == [("source-several-documents", 11), ("source-cut-off", 9)]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [
  <!ENTITY a "lol">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
]>
<rss><channel><item><title>&b;</title></item></channel></rss>"""
OUTSIDE = """<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss><channel><item><title>&x;</title></item></channel></rss>"""
PARAMETER = """<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://tarrow.example/x"> %x;]>
<rss><channel><item><title>a</title></item></channel></rss>"""


@pytest.mark.parametrize("document", [BOMB, OUTSIDE, PARAMETER])
def test_declared_entities_are_refused(tmp_path: Path, document: str) -> None:
    """An XML bomb, an external entity and a parameter entity end in one clear error."""
    path = tmp_path / "bomb.xml"
    path.write_text(document)

    with pytest.raises(SourceError, match=r"bomb\.xml: it declares entities of its own"):
        WxrReader(path).head(lambda _: None)


def test_undeclared_entities_are_never_expanded(tmp_path: Path) -> None:
    """A reference to nothing is text."""
    assert read_item(tmp_path, "<title>&lol; &amp;</title>").title == "&lol; &"


def test_a_text_that_is_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The item is an error with its title and ID; the others are read."""
    monkeypatch.setattr(limits, "LONGEST_TEXT", 1000)
    several = "".join(f"<wp:postmeta><wp:meta_value>{'y' * 400}</wp:meta_value></wp:postmeta>" * 3)
    export = read_text(
        tmp_path,
        "<item><title>Long</title><content:encoded><![CDATA["
        + "<b>x</b>" * 200
        + "]]></content:encoded><wp:post_id>7</wp:post_id></item>\n"
        + f"<item><title>Short texts</title>{several}</item>",
    )

    assert export.titles == ["Short texts"]
    assert export.found == [("source-text-too-long", 9)]
    assert "'Long' (ID 7)" in export.findings[0].message


def test_one_text_is_at_most_256_megabytes(tmp_path: Path) -> None:
    """A longer one isn't even held in memory: the file here is a hole on the disk."""
    path = tmp_path / "export.xml"
    with path.open("wb") as stream:
        stream.write(HEAD.encode() + b"<item><title>Hole</title><content:encoded><![CDATA[")
        stream.seek((256 << 20) + 500)
        stream.write(b"]]></content:encoded></item><item><title>Next</title></item>")
        stream.write(TAIL.encode())
    export = read(WxrReader(path))

    assert (export.titles, export.found) == (["Next"], [("source-text-too-long", 9)])


@pytest.mark.parametrize(
    "said",
    [
        '{"path":"/etc/passwd"}',
        '{"path":"C:\\\\x"}',
        '{"filled":"id"}',
        '{"filled":["nothing"]}',
        '{"filled":["terms.5.slug"]}',
        '{"stated":{"id":"x"}}',
        '{"removed":{"title":{"x":"a"}}}',
        '{"removed":{"title":["a"]}}',
        '{"spelling":{"a":1}}',
        "{",
        "[1]",
        "[" * 100_000,
    ],
)
def test_a_provenance_that_nobody_wrote_is_passed_over(tmp_path: Path, said: str) -> None:
    """Whatever the instruction says, the item is read and the finding names it."""
    export = read_text(tmp_path, f"<item><?wpmigrate {said}?><title>a</title></item>")

    assert export.titles == ["a"]
    assert export.found == [("source-provenance", 9)]


@pytest.mark.parametrize(
    ("status", "password", "text", "shown"),
    [
        ("publish", "", "Fog", "Fog"),
        ("publish", "", "nell@tarrow.example", "(hidden)"),
        ("publish", "key", "Fog", "(hidden)"),
        ("private", "", "Fog", "(hidden)"),
        ("", "", "Fog", "(hidden)"),
    ],
)
def test_messages_quote_nothing_that_is_not_public(
    tmp_path: Path, status: str, password: str, text: str, shown: str
) -> None:
    """What is left out of a post that isn't published, or may be an e-mail, is named and hidden."""
    item = (
        f"<title>A</title><wp:mood>{text}</wp:mood>{text}<description>{text}</description>"
        f"<wp:status>{status}</wp:status><wp:post_password>{password}</wp:post_password>"
    )

    found = read_text(tmp_path, f"<item>{item}</item>").findings

    assert sorted(finding.message for finding in found) == [
        f"text stands where none belongs and was left out: {shown}",
        f"the item has a description ({shown}), which was left out",
        f"the item has wp:mood ({shown}), which was left out",
    ]


def test_messages_quote_no_address_of_an_author(tmp_path: Path) -> None:
    """An author whose element breaks off leaves no e-mail in the report."""
    author = "<wp:author><wp:author_email>nell@tarrow.example</wp:author_email>"
    item = "<item><title>A</title><wp:status>publish</wp:status></item>"

    found = read_text(tmp_path, author + item).findings

    assert [finding.message for finding in found if "nell" in finding.message] == []
    assert "loss-element-unknown" in {finding.code for finding in found}


def test_many_oddities_cost_no_more_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether an item is public, which decides what may be quoted of it, is found out once."""
    elements, asked = Markup.elements, list[int]()

    def counted(markup: Markup, *given: int) -> Iterator[Element]:
        asked.append(0)
        return elements(markup, *given)

    monkeypatch.setattr(Markup, "elements", counted)
    passes = []
    for count in (5, 50):
        asked.clear()
        read_item(tmp_path, "<title>T</title>" + "<odd>one</odd>" * count)
        passes.append(len(asked))

    assert passes[0] == passes[1]


def test_a_kind_of_oddity_is_named_so_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one says that no more of it are named; other kinds still are."""
    monkeypatch.setattr(repair, "_MOST", 3)

    item = f"<item><title>T</title>{'<odd>one</odd>' * 9}stray</item>"
    found = read_text(tmp_path, item).findings

    assert [finding.code for finding in found] == ["loss-element-unknown"] * 4 + [
        "source-stray-text"
    ]
    assert [finding.message.partition("; ")[2] for finding in found] == [
        *("", "", "", "after 3 of this kind no more are named here", "")
    ]


def test_lines_are_told_in_any_order(tmp_path: Path) -> None:
    """Across the blocks in which a file is held, and past its end."""
    path = tmp_path / "site.xml"
    data = b"one\ntwo three\n\n" * 20_000
    path.write_bytes(data)
    content = Content(Part(path.name, path), "", unwatched)
    lines, places = Lines(content), random.Random(7)
    offsets = [places.randrange(len(data)) for _ in range(200)]
    offsets += [0, 65_535, 65_536, 65_535, len(data), len(data) + 9]

    told = [lines.at(offset) for offset in offsets]

    assert told == [data.count(b"\n", 0, offset) + 1 for offset in offsets]
