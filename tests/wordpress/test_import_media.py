"""The files that posts name are uploaded once, and what names them leads to the site's own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.wordpress.importing import write_requests
from tests.wordpress.pictures import JPEG, bodies, media, png, post, ran, write
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress


def sha(held: bytes) -> str:
    """The hash of a file."""
    return hashlib.sha256(held).hexdigest()


def test_images_of_a_body(site: Site, tmp_path: Path) -> None:
    """Images beside a post and at the root go up once; but for their addresses bodies stay."""
    boat, tide = png(400, 200, 1), png(2, 2, 2)
    one = '<p>A  boat <img alt="The &amp; boat" src="../assets/boat.png"> &bogus; <b>x</b></p>'
    two = '<img src="/assets/boat.png"><a href="tide.png?x#y">tide</a>'
    folder = write(
        tmp_path,
        {
            "posts/one.md": post("One", one),
            "posts/two.md": post("Two", two),
            "posts/tide.png": tide,
            "assets/boat.png": boat,
        },
    )

    done = ran(site, folder)

    assert (done.status, done.verbs(), done.found("source-media-missing")) == (
        0,
        ["create"] * 2,
        [],
    )
    first, second = media(site)
    assert (first["sha"], second["sha"]) == (sha(boat), sha(tide))
    assert (first["alt"], first["parent"], first["date"]) == (
        "The & boat",
        "One",
        "2016-07-16 00:22:22",
    )
    held = bodies(site)
    assert held["One"] == one.replace("../assets/boat.png", first["url"]) + "\n"
    assert held["Two"] == f'<img src="{first["url"]}"><a href="{second["url"]}#y">tide</a>\n'
    assert done.found("rewrite-media")[0][:2] == ("posts/one.md", 8)
    assert done.report["totals"]["rewritten"] == {"media": 3}
    assert done.verbs("attachment") == ["create", "create"]


def test_a_second_import_changes_nothing(site: Site, tmp_path: Path) -> None:
    """Run again, with and without its journal, nothing is uploaded and no post is changed."""
    body = '<img src="a b é.png"> <img src="c.jpg">'
    pictures: dict[str, bytes | str] = {"a b é.png": png(300, 300, 3), "c.jpg": JPEG}
    folder = write(tmp_path / "posts", {"one.md": post("One", body)} | pictures)
    ran(site, folder)
    sent = len(write_requests(site))

    again = ran(site, folder)
    forgetful = ran(site, folder, "--journal", str(tmp_path / "another.sqlite"))

    assert len(write_requests(site)) == sent
    assert (again.verbs(), forgetful.verbs()) == (["unchanged"], ["unchanged"])
    assert len(media(site)) == 2


def test_a_dry_run_uploads_nothing(site: Site, tmp_path: Path) -> None:
    """A dry run names the files that it would upload, once each, and touches nothing."""
    body = '<img src="a.png"><img src="a.png"><img src="b.png">'
    files: dict[str, bytes | str] = {"a.png": png(2, 2, 1), "b.png": png(2, 2, 2)}
    folder = write(tmp_path, {"one.md": post("One", body)} | files)

    done = ran(site, folder, "--dry-run")

    actions = [one for one in done.report["actions"] if one["type"] == "attachment"]
    assert [one["path"] for one in actions] == ["a.png", "b.png"]
    assert (media(site), write_requests(site)) == ([], [])
    assert done.report["totals"]["rewritten"] == {"media": 3}
    assert done.report["totals"]["create"] == 1


def test_missing_files(site: Site, tmp_path: Path) -> None:
    """A file that isn't there is named with its line; the post goes in as it is written."""
    body = 'Text\n<img src="gone.png">\n<a href="gone.pdf">x</a> <a href="gone.html">y</a>'
    folder = write(tmp_path, {"one.md": post("One", body)})

    done = ran(site, folder)

    assert done.status == 0
    assert done.found("source-media-missing") == [
        ("one.md", 9, "the file gone.png isn't here"),
        ("one.md", 10, "the file gone.pdf isn't here"),
    ]
    assert bodies(site) == {"One": body + "\n"}


def test_nothing_outside_the_source(site: Site, tmp_path: Path) -> None:
    """No file outside SOURCE is uploaded, whatever a post or a link names, and no hidden one."""
    write(tmp_path, {"private.png": png(2, 2, 1), "posts/.git/x.png": png(2, 2, 2)})
    (tmp_path / "posts" / "link.png").symlink_to(tmp_path / "private.png")
    body = '<img src="../private.png"><img src="link.png"><img src=".git/x.png">'
    body += f'<img src="{tmp_path}/private.png">'
    folder = write(tmp_path / "posts", {"one.md": post("One", body)})

    done = ran(site, folder)

    assert media(site) == []
    assert len(done.found("source-media-missing")) == 4


def test_changed_bytes(site: Site, tmp_path: Path) -> None:
    """A file whose bytes changed is uploaded anew and named, and its posts lead to the new one."""
    folder = write(tmp_path, {"one.md": post("One", '<img src="a.png">'), "a.png": png(2, 2, 1)})
    ran(site, folder)
    (folder / "a.png").write_bytes(png(2, 2, 9))

    done = ran(site, folder)

    assert done.verbs() == ["update"]
    assert len(done.found("target-media-changed")) == 1
    assert bodies(site) == {"One": f'<img src="{media(site)[1]["url"]}">\n'}


def test_no_media(site: Site, tmp_path: Path) -> None:
    """--no-media leaves files and bodies alone, and says nothing of them."""
    folder = write(tmp_path, {"one.md": post("One", '<img src="a.png">'), "a.png": png()})

    done = ran(site, folder, "--no-media")

    assert (media(site), bodies(site)) == ([], {"One": '<img src="a.png">\n'})
    assert done.report["findings"] == []
