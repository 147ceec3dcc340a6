"""An export is found and opened in whatever form it comes: packed, in parts, in any encoding."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from migrate.errors import SourceError
from migrate.readers.wxr import content
from migrate.readers.wxr.reader import WxrReader
from migrate.readers.wxr.source import looks_like_wxr
from tests.sources import SAMPLES
from tests.wxr_sources import HEAD, TAIL, read


def document(*titles: str, encoding: str = "utf-8", declared: str = "UTF-8") -> bytes:
    """Make an export of posts with these titles."""
    items = "".join(f"<item><title><![CDATA[{title}]]></title></item>\n" for title in titles)
    return (HEAD.replace("UTF-8", declared) + items + TAIL).encode(encoding)


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    """Make an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_compressed_file_is_read_as_the_plain_one(tmp_path: Path) -> None:
    """Handles count the bytes of the unpacked text."""
    plain, packed = tmp_path / "a.xml", tmp_path / "b.xml.gz"
    plain.write_bytes(document("One", "Two"))
    packed.write_bytes(gzip.compress(document("One", "Two")))
    places = [
        [handle[1:] for handle in WxrReader(path).locate(lambda _: None)]
        for path in (plain, packed)
    ]

    assert places[0] == places[1]
    assert read(WxrReader(packed)).titles == ["One", "Two"]


def test_an_archive_is_read_part_by_part(tmp_path: Path) -> None:
    """Members that are WXR, in the order of their names; others are no part."""
    path = zipped(
        tmp_path / "site.zip",
        {"x/b.xml": document("Two"), "x/a.xml": document("One"), "readme.txt": b"<rss> no"},
    )
    handles = list(WxrReader(path).locate(lambda _: None))

    assert [handle.path for handle in handles] == ["site.zip/x/a.xml", "site.zip/x/b.xml"]
    assert read(WxrReader(path)).titles == ["One", "Two"]


def test_a_folder_of_parts_is_one_export(tmp_path: Path) -> None:
    """Authors and terms that every part repeats count once."""
    author = "<wp:author><wp:author_login>jane</wp:author_login></wp:author>"
    for name, title in (("site.001.xml", "Two"), ("site.000.xml", "One")):
        data = document(title).replace(b"<channel>", b"<channel>" + author.encode())
        (tmp_path / name).write_bytes(data)
    (tmp_path / ".hidden.xml").write_bytes(document("Hidden"))
    export = read(WxrReader(tmp_path))

    assert export.titles == ["One", "Two"]
    assert [author.login for author in export.head.authors] == ["jane"]
    assert export.found == []


def test_a_list_of_parts_is_one_export(tmp_path: Path) -> None:
    """They are read in the order of their names."""
    paths = [tmp_path / "2.xml", tmp_path / "1.xml"]
    for path in paths:
        path.write_bytes(document(path.stem))

    assert read(WxrReader(paths)).titles == ["1", "2"]


def test_what_is_no_export_in_a_folder_is_named(tmp_path: Path) -> None:
    """Only a file with an export's ending is missed."""
    (tmp_path / "a.xml").write_bytes(document("One"))
    (tmp_path / "sitemap.xml").write_text("<urlset/>")
    (tmp_path / "readme.txt").write_text("hello")
    export = read(WxrReader(tmp_path))

    assert export.found == [("source-not-wxr", 1)]
    assert export.findings[0].path == "sitemap.xml"


@pytest.mark.parametrize("name", ["missing.xml", "empty"])
def test_a_source_without_parts_is_wrong_usage(tmp_path: Path, name: str) -> None:
    """Nothing there, or nothing in it."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(SourceError):
        WxrReader(tmp_path / name).head(lambda _: None)


def test_a_cut_off_archive_gives_what_can_be_unpacked(tmp_path: Path) -> None:
    """The items before the break are read; the break is named twice, packed and unpacked."""
    titles = [f"{number} {number**7 % 1_000_003}" for number in range(2000)]
    packed = gzip.compress(document(*titles))
    path = tmp_path / "a.xml.gz"
    path.write_bytes(packed[: len(packed) // 2])
    export = read(WxrReader(path))

    assert export.titles[:500] == titles[:500]
    assert [code for code, _ in export.found] == ["source-damaged-archive", "source-cut-off"]


def test_an_archive_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No disk is filled by a small file."""
    monkeypatch.setattr(content, "FREELY_UNPACKED", 1 << 20)
    path = tmp_path / "bomb.xml.gz"
    path.write_bytes(gzip.compress(HEAD.encode() + b" " * (50 << 20)))

    with pytest.raises(SourceError, match="more than 200 times"):
        WxrReader(path).head(lambda _: None)


@pytest.mark.parametrize(
    ("encoding", "declared", "given"),
    [
        ("cp1252", "windows-1252", ""),
        ("iso-8859-1", "ISO-8859-1", ""),
        ("utf-8-sig", "UTF-8", ""),
        ("utf-16", "UTF-16", ""),
        ("utf-16-le", "UTF-16", ""),
        ("shift_jis", "Shift_JIS", ""),
        ("cp1252", "UTF-8", "cp1252"),
    ],
)
def test_a_declared_or_given_encoding_is_read(
    tmp_path: Path, encoding: str, declared: str, given: str
) -> None:
    """The text is the same in every encoding, and nothing is noted."""
    title = "港の灯り" if encoding == "shift_jis" else "Café"
    path = tmp_path / "a.xml"
    path.write_bytes(document(title, encoding=encoding, declared=declared))
    export = read(WxrReader(path, given))

    assert (export.titles, export.found) == ([title], [])


@pytest.mark.parametrize("declared", ["ISO-8859-1", "UTF-16", "klingon", "zlib"])
def test_a_wrong_declaration_is_named(tmp_path: Path, declared: str) -> None:
    """What is valid UTF-8 throughout is UTF-8, whatever the first line says."""
    path = tmp_path / "a.xml"
    path.write_bytes(document("Café", declared=declared))
    export = read(WxrReader(path))

    assert (export.titles, export.found) == (["Café"], [("source-encoding-declared", 1)])


def test_bytes_that_the_declared_encoding_lacks_are_named(tmp_path: Path) -> None:
    """They read U+FFFD, with the line of the first."""
    path = tmp_path / "a.xml"
    path.write_bytes(document("Caf\xe9 \x81", encoding="latin-1", declared="windows-1252"))
    export = read(WxrReader(path))

    assert (export.titles, export.found) == (["Café \ufffd"], [("source-invalid-bytes", 9)])


def test_wxr_is_told_by_its_content(tmp_path: Path) -> None:
    """The name decides nothing: RSS of others isn't WXR, and an export may be called anything."""
    files = {
        "export": document("a"),
        "utf16": document("a", encoding="utf-16"),
        "bare.txt": b"<item><wp:post_id>1</wp:post_id></item>",
        "packed": gzip.compress(document("a")),
        "feed.xml": b"<rss><channel><item><title>a</title></item></channel></rss>",
        "page.html": b"<html>about wordpress.org/export/</html>",
        "broken.gz": b"\x1f\x8b junk",
        "empty.xml": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    zipped(tmp_path / "archive", {"a.xml": document("a")})

    assert [name for name in [*files, "archive"] if looks_like_wxr(tmp_path / name)] == [
        "export",
        "utf16",
        "bare.txt",
        "packed",
        "archive",
    ]
    assert not looks_like_wxr(tmp_path)
    assert looks_like_wxr(SAMPLES / "wxr" / "broken")
    assert not looks_like_wxr(SAMPLES / "wpghs")


def test_parts_larger_than_a_block_are_cut_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a block ends, the items are the same."""
    path = tmp_path / "a.xml"
    titles = [f"]]{'x' * number}" for number in range(60)]
    path.write_bytes(document(*titles))
    whole = list(WxrReader(path).locate(lambda _: None))
    for block in (67, 100, 131):
        monkeypatch.setattr("migrate.readers.wxr.scan.BLOCK", block)
        assert list(WxrReader(path).locate(lambda _: None)) == whole
    assert len(whole) == 60


def test_a_folder_of_posts_is_no_export(tmp_path: Path) -> None:
    """An export that lies beside folders of posts doesn't make them one."""
    (tmp_path / "site.xml").write_bytes((SAMPLES / "wpghs.expected.xml").read_bytes())
    alone = looks_like_wxr(tmp_path)
    (tmp_path / "_posts").mkdir()

    assert (alone, looks_like_wxr(tmp_path)) == (True, False)
