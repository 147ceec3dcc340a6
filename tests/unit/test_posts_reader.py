"""Posts with front matter are read whole: every value, every byte of the body, every oddity."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from migrate.errors import RecordError
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post
from migrate.readers import post_text
from migrate.readers.posts import PostsReader
from migrate.readers.wxr.source import looks_like_wxr
from tests.posts_folders import writer
from tests.sources import SAMPLES, posts_reader, read_all

POST = b"---\nID: 7\npost_title: Tide\npublished: true\n---\nBody"


def written_again(post: Post) -> bytes:
    """Put a post's file together from its record alone."""
    return writer().encode(post, lambda _: None).data


def assert_same_bytes(source: Path) -> int:
    """Check that every post that is read can be written as it stood; give their number."""
    posts, _ = read_all(source)
    for post in posts:
        path = source / post.provenance.path
        assert written_again(post) == path.read_bytes(), post.provenance.path
    return len(posts)


def test_a_sample_is_read_field_by_field() -> None:
    """Each key of the dialect gives its field, the others become metas, one row per list item."""
    reader = posts_reader(SAMPLES / "wpghs")
    found: list[Finding] = []
    (handle,) = (h for h in reader.locate(found.append) if "tide-clock" in h.path)
    post = reader.read(handle, found.append).post

    assert post is not None
    assert post.id == 5104 or post.id is not None
    assert post.type == "post"
    assert post.status == "publish"
    assert post.slug == "tide-clock"
    assert post.author == Author(display_name="Staff Writer")
    assert post.content is not None
    assert post.content.startswith(b" [ad_1]\n<br>")
    assert {row.key for row in post.meta or ()} == {
        "original_cats",
        "original_title",
        "original_link",
        "canonical_url",
    }
    assert found == []


def test_what_a_record_keeps_gives_the_same_bytes_back() -> None:
    """All samples can be written again byte for byte from their records."""
    assert assert_same_bytes(SAMPLES / "wpghs") == 49


@pytest.mark.parametrize(
    ("folder", "count"), [("wpghs/easyengine-docs", 399), ("wpghs/gamajo-blog", 28)]
)
def test_real_posts_can_be_written_again(corpus: Path, folder: str, count: int) -> None:
    """Every post that the plugin wrote in these repositories comes back byte for byte."""
    assert assert_same_bytes(corpus / folder) == count


def test_the_seed_is_read_exactly(corpus: Path) -> None:
    """The post that it all began with: entities kept, links without a line end, body untouched."""
    seed = corpus.parent / "seed"
    (post,), findings = read_all(seed)
    (path,) = seed.iterdir()
    link = (
        "http://feeds.reuters.com/~r/reuters/topNews/~3/COyV2U77SNA/"
        "us-mideast-crisis-syria-usa-idUSKCN0ZV2PD"
    )
    title = "Moscow and Washington know what&#039;s needed to restore Syria truce: Kerry"

    assert findings == []
    assert post.id == 5477
    assert post.title == title
    assert post.date == "2016-07-16 00:22:22"
    assert post.meta == [
        Meta("original_cats", "topNews"),
        Meta("original_title", title),
        Meta("original_link", link),
        Meta("canonical_url", link),
    ]
    assert post.content == path.read_bytes().partition(b"\n---\n")[2]


def reading(tmp_path: Path, data: bytes, name: str = "a.md") -> tuple[Post | None, list[Finding]]:
    """Read one file of a folder."""
    (tmp_path / name).write_bytes(data)
    reader = posts_reader(tmp_path)
    found: list[Finding] = []
    (handle,) = reader.locate(found.append)
    return reader.read(handle, found.append).post, found


def test_the_body_keeps_every_byte(tmp_path: Path) -> None:
    """Carriage returns, blanks at both ends and NUL stay in the body."""
    post, _ = reading(tmp_path, POST + b"\r\n \x00 \n\n")

    assert post is not None
    assert post.content == b"Body\r\n \x00 \n\n"


def test_a_byte_order_mark_is_a_note(tmp_path: Path) -> None:
    """The post is read, and line 1 is named."""
    post, found = reading(tmp_path, b"\xef\xbb\xbf" + POST)

    assert post is not None
    assert [(f.code, f.line) for f in found] == [("source-byte-order-mark", 1)]
    assert written_again(post) == b"\xef\xbb\xbf" + POST


def test_crlf_is_a_note_and_comes_back(tmp_path: Path) -> None:
    """A head with CR LF gives the same values, and the same bytes again."""
    data = POST.replace(b"\n", b"\r\n")
    post, found = reading(tmp_path, data)

    assert post is not None
    assert post.title == "Tide"
    assert [f.code for f in found] == ["source-crlf"]
    assert written_again(post) == data


def test_markdown_without_front_matter_is_a_warning(tmp_path: Path) -> None:
    """The file is passed over and named."""
    post, found = reading(tmp_path, b"# Hello")

    assert post is None
    assert [(f.code, f.severity, f.line) for f in found] == [
        ("source-no-front-matter", "warning", 1)
    ]


def test_other_files_without_front_matter_are_only_counted(tmp_path: Path) -> None:
    """A text file that is no post is nobody's trouble."""
    post, found = reading(tmp_path, b"Hello", "notes.txt")

    assert post is None
    assert found == []


def test_a_file_that_cannot_be_opened_is_one_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The permission that is missing is named; the reader goes on with the next file."""
    (tmp_path / "a.md").write_bytes(POST)
    (tmp_path / "b.md").write_bytes(POST.replace(b"7", b"8"))
    open_ = os.open

    def refuse(path: Any, *how: Any) -> int:
        if str(path).endswith("/a.md"):
            raise PermissionError(13, "Permission denied")
        return open_(path, *how)

    monkeypatch.setattr(os, "open", refuse)
    posts, findings = read_all(tmp_path)

    assert [p.id for p in posts] == [8]
    assert [(f.code, f.path, f.message) for f in findings] == [
        ("source-unreadable", "a.md", "the file can't be read: Permission denied")
    ]


def test_keys_that_no_dialect_knows_are_an_error(tmp_path: Path) -> None:
    """A file of another tool isn't turned into metas without a word."""
    with pytest.raises(RecordError) as caught:
        reading(tmp_path, b"---\nheadline: x\n---\n")

    assert (caught.value.code, caught.value.line) == ("mapping-dialect-unknown", 2)


def test_a_named_dialect_reads_every_file(tmp_path: Path) -> None:
    """What the user names isn't second-guessed."""
    (tmp_path / "a.md").write_bytes(b"---\nheadline: x\n---\n")
    reader = PostsReader(
        tmp_path, (load.load("wpghs"),), True, "utf-8", posts_reader(tmp_path).passed_over
    )
    (handle,) = reader.locate(lambda _: None)
    post = reader.read(handle, lambda _: None).post

    assert post is not None
    assert post.meta == [Meta("headline", "x")]


def test_a_draft_folder_makes_a_draft(tmp_path: Path) -> None:
    """The more private of folder and key wins, with the key's line."""
    (tmp_path / "_drafts").mkdir()
    (tmp_path / "_drafts" / "a.md").write_bytes(POST)
    (post,), findings = read_all(tmp_path)

    assert post.status == "draft"
    assert [f.code for f in findings] == ["mapping-status"]


def test_order_is_bytewise_by_path(tmp_path: Path) -> None:
    """Folders sort among files by their full paths, as bytes."""
    for name in ("b.md", "a/x.md", "a-b.md", "a.md", "é.md", "Z.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(POST)

    paths = [h.path for h in posts_reader(tmp_path).locate(lambda _: None)]

    assert paths == ["Z.md", "a-b.md", "a.md", "a/x.md", "b.md", "é.md"]


def test_metas_and_slugs_point_at_their_keys(tmp_path: Path) -> None:
    """A meta's line is its key's, a slug's the permalink's."""
    (tmp_path / "a.md").write_bytes(
        b"---\nID: 7\none:\n  - 1\n  - 2\ntwo: 3\npermalink: http://a/b/\n---\nBody"
    )
    reader = posts_reader(tmp_path)
    (handle,) = reader.locate(lambda _: None)
    line_of = reader.read(handle, lambda _: None).line_of

    assert [line_of(f"meta.{n}.value") for n in range(3)] == [3, 3, 6]
    assert line_of("slug") == 7


@pytest.mark.parametrize("said", ["'true'", "1"])
def test_a_status_that_is_guessed_is_noted(tmp_path: Path, said: str) -> None:
    """As the plugin does, what isn't its own `true` is a draft."""
    (tmp_path / "a.md").write_text(f"---\nID: 7\npublished: {said}\n---\nBody")
    ((post,), found) = read_all(tmp_path)

    assert post.status == "draft"
    assert [(f.code, f.field) for f in found] == [("mapping-status-guessed", "published")]


def test_a_number_that_php_cannot_hold_is_an_error(tmp_path: Path) -> None:
    """An ID is at most 2^63 - 1."""
    (tmp_path / "a.md").write_text("---\nID: 9223372036854775808\n---\nBody")
    (tmp_path / "b.md").write_text("---\nID: 9223372036854775807\n---\nBody")
    posts, found = read_all(tmp_path)

    assert [post.id for post in posts] == [9223372036854775807]
    assert [finding.code for finding in found] == ["mapping-value"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_an_error_and_nothing_waits_for_it(tmp_path: Path) -> None:
    """What nobody writes to would never end."""
    os.mkfifo(tmp_path / "a.md")

    assert not looks_like_wxr(tmp_path)
    with pytest.raises(RecordError) as refused:
        post_text.read(str(tmp_path / "a.md"))

    assert refused.value.message == "it is a pipe or a device, and no file"


def test_a_post_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    """After the folder was listed; whoever names a post alone may name a link to it."""
    secret = tmp_path / "secret"
    secret.write_text("---\ntitle: Secret\n---\nBody")
    folder = tmp_path / "posts"
    folder.mkdir()
    (folder / "a.md").write_text("---\ntitle: A\n---\nBody")
    reader = posts_reader(folder)
    (handle,) = reader.locate(lambda _: None)
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to(secret)

    with pytest.raises(RecordError, match="it is a link, which isn't followed"):
        reader.read(handle, lambda _: None)
    alone = posts_reader(folder / "a.md")
    (handle,) = alone.locate(lambda _: None)
    post = alone.read(handle, lambda _: None).post
    assert post is not None
    assert post.title == "Secret"
