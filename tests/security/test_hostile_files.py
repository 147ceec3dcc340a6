"""Files that are hostile by their names, by their size, or by changing while they are read."""

from __future__ import annotations

import json
import os
import resource
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from migrate.cli.main import commands
from migrate.errors import INCOMPLETE, SourceError
from migrate.output.names import folded, is_safe, safe_name
from migrate.readers.posts import PostsReader
from migrate.readers.wxr import content
from migrate.readers.wxr.reader import WxrReader
from tests.forked import forked
from tests.sources import read_all
from tests.test_killed_export import files
from tests.wxr_sources import HEAD, TAIL

DIALECTS: Final = ("wpghs", "jekyll", "hugo", "pelican", "eleventy")
SLUGS: Final = (
    "../../etc/cron.d/x",
    "/etc/cron.d/x",
    "..%2f..%2fx",
    "..\\..\\x",
    "C:\\x",
    "CON",
    "con.",
    "nul.md",
    "lpt1",
    "a\u0085b",
    "\u202egnp.x",
    ".git",
    ".",
    "..",
    "-rf",
    "港" * 300,
    "x" * 300,
    "%e6%b8%af" * 60,
    "Twin",
    "twin",
    "caf\u00e9",
    "cafe\u0301",
    "stra\u00dfe",
    "STRASSE",
)
POST: Final = "---\npost_title: Title\nlayout: post\npublished: true\n---\nThe body of {title}\n"
ITEM: Final = """<item><title>{title}</title><wp:post_id>{id}</wp:post_id>
<wp:post_name>{slug}</wp:post_name><wp:post_type>{type}</wp:post_type>
<wp:status>{status}</wp:status><wp:post_date>2016-07-16 00:22:22</wp:post_date>
<wp:postmeta><wp:meta_key>_hidden</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta>
<category domain="category" nicename="{slug}">{slug}</category></item>
"""


def run(*words: str | Path) -> Result:
    """Run a command line in this process; what no error of ours is fails the test."""
    done = CliRunner().invoke(commands, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def written(folder: Path, *names: str) -> Path:
    """Write posts of these names."""
    folder.mkdir()
    for name in names:
        (folder / name).write_text(POST.format(title=name.removesuffix(".md")), "utf-8")
    return folder


def export_of(folder: Path, items: str) -> Path:
    """Write a WXR file of items."""
    path = folder / "site.xml"
    path.write_text(f"{HEAD}{items}{TAIL}", "utf-8")
    return path


@pytest.mark.parametrize("dialect", DIALECTS)
def test_names_that_lead_elsewhere(tmp_path: Path, dialect: str) -> None:
    """Slugs of posts, pages, drafts and terms make paths that every system takes, each its own."""
    (tmp_path / "in" / "side").mkdir(parents=True)
    kinds = [("post", "publish"), ("page", "publish"), ("post", "draft"), ("x/../y", "publish")]
    records = [(slug, *kind) for slug in SLUGS for kind in kinds]
    items = "".join(
        ITEM.format(title=f"Number {number}", id=number, slug=slug, type=type_, status=status)
        for number, (slug, type_, status) in enumerate(records, 1)
    )
    out = tmp_path / "in" / "side" / "out"

    done = run("export", export_of(tmp_path, items), "-o", out, "--to", dialect)

    assert done.exit_code in (0, 1), done.output
    held = files(out)
    posts = [name for name in held if not name.startswith(".wordpress/")]
    assert sum(b"Number " in data for data in held.values()) >= len(records)
    assert [name for name in posts if not is_safe(name)] == []
    names = {part for name in posts for part in name.split("/")}
    assert {name: safe_name(name) for name in names if safe_name(name) != name} == {}
    assert len({folded(name) for name in held}) == len(held)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "site.xml"]
    assert [path.name for path in (tmp_path / "in" / "side").iterdir()] == ["out"]


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    """A member that is a symbolic link is the text of the link, and leads nowhere."""
    secret = export_of(tmp_path, "<item><title>Secret</title></item>")
    link = zipfile.ZipInfo("link.xml")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.writestr(link, str(secret))

    with pytest.raises(SourceError):
        WxrReader(tmp_path / "site.zip").head(lambda _: None)


def test_odd_names_of_source_files(tmp_path: Path) -> None:
    """Blanks, line ends and quotes in names go there and back; bytes that are no text are named."""
    names = ("with space.md", "new\nline.md", "tab\t.md", "'quote\".md", "ünïcode.md", "-o.md")
    source = written(tmp_path / "posts", *names)
    (source / "a folder\n").mkdir()
    (source / "a folder\n" / "in it.md").write_text(POST.format(title="in it"))
    for odd in (b"latin-\xe9.md", b"folder \xff"):
        written(Path(os.fsdecode(os.fsencode(source) + b"/" + odd)), "x.md")
    os.mkfifo(source / "pipe.md")
    report = tmp_path / "report.json"

    done = run("export", source, "-o", tmp_path / "out.xml", f"--report=json={report}")
    back = run("export", tmp_path / "out.xml", "-o", tmp_path / "back", "--to", "wpghs")

    found = json.loads(report.read_text("utf-8"))["findings"]
    named = [finding["code"] for finding in found].count("source-file-name")
    assert (done.exit_code, back.exit_code, named) == (1, 0, 2)
    bodies = sorted(data.rpartition(b"\n---\n")[2] for data in files(tmp_path / "back").values())
    wanted = sorted(f"The body of {name.removesuffix('.md')}\n".encode() for name in names)
    assert [body for body in bodies if b"The body of" in body] == sorted(
        [*wanted, b"The body of in it\n"]
    )
    assert "\nline" not in done.output


@pytest.mark.parametrize("spelling", ["plain", '"'])
def test_a_scalar_without_measure(tmp_path: Path, spelling: str) -> None:
    """100 MB in one scalar of a head are refused before anything is made of them."""
    folder = written(tmp_path / "posts", "good.md")
    quote = "" if spelling == "plain" else spelling
    with (folder / "bad.md").open("wb") as file:
        file.write(f"---\npost_title: {quote}".encode())
        file.writelines(b"x" * 1_000_000 for _ in range(100))
        file.write(f"{quote}\nlayout: post\n---\nText\n".encode())

    posts, found = read_all(folder)

    assert [post.content for post in posts] == [b"The body of good\n"]
    assert [(each.code, each.path) for each in found if each.path == "bad.md"] == [
        ("source-text-too-long", "bad.md")
    ]


def test_an_archive_of_zeros(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A member of an archive ends at what an export may unpack to."""
    monkeypatch.setattr(content, "FREELY_UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "site.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("site.xml", HEAD.encode() + b"\0" * (50 << 20))

    with pytest.raises(SourceError, match="more than 200 times"):
        WxrReader(tmp_path / "site.zip").head(lambda _: None)


def vanish(source: Path) -> None:
    """Remove a post."""
    (source / "b.md").unlink()


def become_a_folder(source: Path) -> None:
    """Put a folder in a post's place."""
    vanish(source)
    (source / "b.md").mkdir()


def empty(source: Path) -> None:
    """Empty a post."""
    (source / "b.md").write_bytes(b"")


@pytest.mark.parametrize("change", [vanish, become_a_folder, empty])
def test_a_post_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    """It is named, or passed over and counted; the others are written, and nothing breaks off."""
    source = written(tmp_path / "posts", "a.md", "b.md", "c.md")
    _at_first_read(monkeypatch, PostsReader, lambda: change(source))

    done = run("export", source, "-o", tmp_path / "out.xml", "-j", "1")

    assert done.exit_code in (0, 1)
    out = (tmp_path / "out.xml").read_bytes()
    assert [f"The body of {name}".encode() in out for name in "abc"] == [True, False, True]
    assert "b.md" in done.output or "1 " in done.output


def test_an_export_that_is_cut_off_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is gone of a WXR file is named by record; what was read before is written."""
    items = "".join(
        ITEM.format(title=f"N {n}", id=n, slug=f"n-{n}", type="post", status="publish")
        for n in range(1, 6)
    )
    path = export_of(tmp_path, items)
    half = path.stat().st_size // 2
    _at_first_read(monkeypatch, WxrReader, lambda: os.truncate(path, half))

    done = run("export", path, "-o", tmp_path / "out", "--to", "jekyll", "-j", "1")

    assert done.exit_code == 1
    assert 0 < len(list((tmp_path / "out" / "_posts").iterdir())) < 5


def _at_first_read(
    monkeypatch: pytest.MonkeyPatch, reader: type[Any], change: Callable[[], object]
) -> None:
    """Let something become of the source when its first records are read."""
    left = [change]

    def changing(read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(*asked: Any) -> Any:
            if left:
                left.pop()()
            return read(*asked)

        return reading

    for name in {"read", "rows"} & reader.__dict__.keys():
        monkeypatch.setattr(reader, name, changing(getattr(reader, name)))


def test_a_full_disk_below_the_spool(tmp_path: Path) -> None:
    """Where the system takes no more bytes a run says so with 3, and the old file is whole."""
    source = written(tmp_path / "posts", "a.md")
    (source / "a.md").write_text(POST.format(title="a") + "x" * 500_000)
    out = tmp_path / "out.xml"
    out.write_bytes(b"old")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = forked(("export", str(source), "-o", str(out)), {"TMPDIR": str(tmp_path)}, limit)

    assert (done.status, "can't be written: File too large" in done.said) == (INCOMPLETE, True)
    assert (out.read_bytes(), sorted(path.name for path in tmp_path.iterdir())) == (
        b"old",
        ["out.xml", "posts"],
    )


@pytest.mark.parametrize(
    ("planted", "asked"),
    [
        ("posts.xml", ("export", "posts")),
        ("site-001.xml", ("export", "posts", "-o", "site.xml", "--split", "1MB")),
        ("site-001.xml", ("export",)),
        ("wpmigrate.toml", ("init", "posts")),
    ],
)
def test_no_link_where_nobody_named_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str, asked: tuple[str, ...]
) -> None:
    """A name that a run makes by itself may be a link in a folder of others: none is followed."""
    folder, away = tmp_path / "folder", tmp_path / "away"
    folder.mkdir()
    written(folder / "posts", "a.md")
    (folder / planted).symlink_to(away)
    if asked == ("export",):
        said = 'source = "posts"\n[export]\nout = "site.xml"\nsplit = "1MB"\n'
        (folder / "wpmigrate.toml").write_text(said)
    monkeypatch.chdir(folder)

    done = CliRunner().invoke(commands, list(asked))

    assert "a link stands in its place" in str(done.exception) + done.output
    assert not away.exists()
