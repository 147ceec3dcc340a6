"""Much of little: what an export is full of costs little each."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import RecordError
from migrate.model.site import Head, Site
from migrate.readers.wxr import item, repair
from migrate.readers.wxr.item import Item, refuse_nothing
from migrate.readers.wxr.known import Document, Known
from migrate.readers.wxr.reader import WxrReader
from migrate.readers.wxr.repair import Notes
from migrate.syntax.wxr_markup import Element, Markup
from migrate.syntax.wxr_names import Names
from tests.wxr_sources import read, read_text


def refused(data: bytes, *, at_once: bool) -> tuple[str, str, int | None, str] | None:
    """Give what is said of an item of which nothing can be read; None where something can."""
    head = Head(Site(), [], [])
    notes = Notes(lambda _: None, "", lambda at: at + 7, 0)
    try:
        if at_once:
            refuse_nothing(data, notes)
        else:
            Item(data, Document(0, Names({})), Known(head, head, {}), notes).post()
    except RecordError as error:
        return error.code, error.message, error.line, error.fix
    return None


@pytest.mark.parametrize(
    "data",
    [b"<item>", b"<item/>", b"<item />", b"<item></item>", b"<item >\n\t</item >", b"<item> \n"],
)
def test_nothing_is_refused_at_once(data: bytes) -> None:
    """As it would be in the end, with the same words."""
    said = refused(data, at_once=False)

    assert said is not None
    assert refused(data, at_once=True) == said


@pytest.mark.parametrize(
    "data",
    [
        *(b"<item><title>T</title></item>", b"<item>T</item>", b"<item", b"<item a='b'/>"),
        *(b"<item></item>T", b"<item><!-- T --></item>", b"<item></items>"),
    ],
)
def test_what_may_hold_something_is_looked_at(data: bytes) -> None:
    """Only what plainly holds nothing is refused unread."""
    assert refused(data, at_once=True) is None


def test_items_of_nothing_are_not_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is named all the same."""
    monkeypatch.setattr(item, "Decoder", None)

    found = read_text(tmp_path, "<item>\n<item/>\n<item></item>\n").found

    assert found == [
        *(("source-cut-off", 9), ("source-item-empty", 10), ("source-item-empty", 11)),
    ]


def test_of_what_there_is_too_much_nothing_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What isn't named any more isn't looked into either."""
    inside, looked = Markup.inside, list[int]()

    def counted(markup: Markup, element: Element) -> bytes:
        looked.append(element.tag.start)
        return inside(markup, element)

    monkeypatch.setattr(repair, "_MOST", 3)
    monkeypatch.setattr(Markup, "inside", counted)

    read_text(tmp_path, "<odd>one</odd>" * 9)

    assert len(looked) == 4


def test_names_of_a_document_are_resolved_until_one_is_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file may hold thousands of documents, none of which spells its elements as WordPress."""
    resolve, asked = Names.resolve, list[bytes]()

    def counted(names: Names, written: bytes) -> object:
        asked.append(written)
        return resolve(names, written)

    path = tmp_path / "export.xml"
    path.write_text("<rss><item><guid>T</guid></item></rss>" * 5)
    monkeypatch.setattr(Names, "resolve", counted)

    assert len(read(WxrReader(path)).posts) == 5
    assert len(asked) < 5 * 8


def test_terms_lie_so_deep(tmp_path: Path) -> None:
    """The names of all terms above one are kept with it, so a line of thousands isn't followed."""
    terms = "".join(
        f"<wp:category><wp:category_nicename>{at}</wp:category_nicename>"
        f"<wp:category_parent>{at + 1}</wp:category_parent></wp:category>"
        for at in range(150)
    )
    said = '<?wpmigrate {"filled":["terms.0.slug"]}?>'
    items = "".join(
        f"<item>{said}<category domain='category' nicename='{slug}'>T</category></item>"
        for slug in (60, 40)
    )

    export = read_text(tmp_path, terms + items)

    assert [len(post.terms[0].ancestors) for post in export.posts if post.terms] == [89, 0]
    assert [(one.code, "more than 100 deep" in one.message) for one in export.findings] == [
        ("source-provenance", True)
    ]
