"""The files that posts name are uploaded once, and what names them leads to the site's own."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.wordpress.gateway import Gateway, answer
from tests.wordpress.importing import write_requests
from tests.wordpress.newspaper import journal_of, wpmigrate
from tests.wordpress.pictures import (
    JPEG,
    bodies,
    limited,
    media,
    noise,
    png,
    post,
    ran,
    write,
)
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
    assert [found["code"] for found in done.report["findings"]] == ["target-pings"]


def test_refused_files(site: Site, tmp_path: Path) -> None:
    """What PHP takes for too large, or WordPress for no media, is named; the post goes in."""
    names = ("large.png", "larger.png", "drawing.svg", "small.png")
    body = "\n".join(f'<img src="{name}">' for name in names)
    files: dict[str, bytes | str] = {
        "large.png": noise(700),
        "larger.png": noise(1000),
        "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "small.png": png(),
    }
    folder = write(tmp_path / "posts", {"one.md": post("One", body)} | files)

    with limited(site, tmp_path, upload_max_filesize="1M", post_max_size="2M") as url:
        done = ran(site, folder, url=url)
        (small,) = media(site)
        held = bodies(site)["One"]

    assert done.verbs() == ["create"]
    refused = done.found("loss-media-refused")
    assert [(path, line) for path, line, _ in refused] == [("one.md", n) for n in (8, 9, 10)]
    assert "upload_max_filesize" in refused[0][2]
    assert "post_max_size" in refused[1][2]
    assert held == body.replace("small.png", small["url"]) + "\n"
    assert sorted(done.verbs("attachment")) == ["create", "failed", "failed", "failed"]


def test_fetched_files(site: Site, tmp_path: Path) -> None:
    """With --fetch-media what a post shows elsewhere is brought over, once; what links lead to too.

    Private networks are left alone unless --allow-private lets them in.
    """
    picture = png(3, 3, 7)
    said = {"Content-Type": "image/png"}

    def handler(request: bytes) -> bytes:
        path = request.split()[1]
        if path == b"/gone.png":
            return answer(404)
        head = answer(200, "", said | {"Content-Length": str(len(picture))})
        return head + picture

    with Gateway(handler) as other:
        shown = f'<img src="{other.url}/a.png?x=1&amp;y"><img src="{other.url}/gone.png">'
        body = f'{shown}<a href="{other.url}/page">x</a>'
        folder = write(tmp_path / "posts", {"one.md": post("One", body)})

        without = ran(site, folder)
        assert (without.verbs(), other.requests, media(site)) == (["create"], [], [])
        private = ran(site, folder, "--fetch-media")
        assert (private.verbs(), other.requests, media(site)) == (["unchanged"], [], [])
        assert [("private network" in one[2]) for one in private.found("loss-media-refused")] == [
            True,
            True,
        ]
        done = ran(site, folder, "--fetch-media", "--allow-private")
        asked = len(other.requests)
        again = ran(site, folder, "--fetch-media", "--allow-private")

    (made,) = media(site)
    assert (done.verbs(), made["sha"]) == (["update"], sha(picture))
    fetched = f"{other.url}/a.png?x=1&amp;y"
    assert bodies(site) == {"One": body.replace(fetched, made["url"]) + "\n"}
    assert [f"{one[2]}"[-8:] for one in done.found("loss-media-refused")] == ["HTTP 404"]
    assert (again.verbs(), media(site)) == (["unchanged"], [made])
    assert len(other.requests) == asked + 1  # what was missing is asked for again


def test_two_pictures_with_sizes_in_their_names(site: Site, tmp_path: Path) -> None:
    """They look like copies of one that isn't there: neither ever stands in for the other.

    The first is brought over; the second is named, and shown from where it is.
    """
    pictures = {b"ad-30x25.png": png(30, 25, 1), b"ad-72x9.png": png(72, 9, 2)}

    def handler(request: bytes) -> bytes:
        picture = pictures.get(request.split()[1].rpartition(b"/")[2])
        if picture is None:
            return answer(404)
        said = {"Content-Type": "image/png", "Content-Length": str(len(picture))}
        return answer(200, "", said) + picture

    with Gateway(handler) as other:
        first, second = (
            f"{other.url}/wp-content/uploads/{name.decode()}" for name in sorted(pictures)
        )
        body = f'<img src="{first}"><img src="{second}">'
        folder = write(tmp_path / "posts", {"one.md": post("One", body)})
        done = ran(site, folder, "--fetch-media", "--allow-private")
        again = ran(site, folder, "--fetch-media", "--allow-private")

    (made,) = media(site)
    assert made["sha"] == sha(pictures[b"ad-30x25.png"])
    assert bodies(site) == {"One": body.replace(first, made["url"]) + "\n"}
    assert (done.verbs(), again.verbs()) == (["create"], ["unchanged"])
    named = [run.found("loss-media-refused") for run in (done, again)]
    assert [[second in str(one) for one in found] for found in named] == [[True], [True]]


FEATURED = {
    "_posts/2016-07-16-a.md": "---\ntitle: A\nimage: /assets/a.png\n---\nText\n",
    "_posts/2016-07-16-b.md": "---\ntitle: B\nimage:\n  path: a.png\n---\n![b](b.png)\n",
    "_posts/2016-07-16-c.md": "---\ntitle: C\nthumbnail: gone.png\n---\nText\n",
    "_posts/2016-07-16-d.md": "---\ntitle: D\n_thumbnail_id: 99\n---\n[gallery ids=98]\n",
}


def test_featured_images(site: Site, tmp_path: Path) -> None:
    """The image that front matter features becomes the featured one; a number alone is named."""
    files: dict[str, bytes | str] = {
        **FEATURED,
        "_config.yml": "",
        "assets/a.png": png(2, 2, 1),
        "_posts/a.png": png(2, 2, 2),
        "_posts/b.png": png(2, 2, 3),
    }
    folder = write(tmp_path, files)

    done = ran(site, folder)
    sent = len(write_requests(site))
    again = ran(site, folder)

    thumbnails = site.php(
        """foreach ( get_posts( array( 'numberposts' => -1 ) ) as $post ) {
            $id = get_post_thumbnail_id( $post );
            $file = $id ? get_attached_file( $id ) : '';
            $found[ $post->post_title ] = $file ? hash_file( 'sha256', $file ) : '';
        }
        return $found;"""
    )
    assert thumbnails == {"A": sha(png(2, 2, 1)), "B": sha(png(2, 2, 2)), "C": "", "D": ""}
    (b,) = (one["url"] for one in media(site) if one["sha"] == sha(png(2, 2, 3)))
    assert bodies(site)["B"] == f'<p><img src="{b}" alt="b" /></p>\n'
    assert [one[0] for one in done.found("source-media-missing")] == ["_posts/2016-07-16-c.md"]
    assert {one[0] for one in done.found("loss-media-number")} == {"_posts/2016-07-16-d.md"}
    assert [
        one for one in done.found("loss-meta-not-registered") if "_thumbnail_id" in one[2]
    ] == []
    assert again.verbs() == ["unchanged"] * 4
    assert [one for one in write_requests(site)[sent:] if "xmlrpc" not in one] == []


def test_undo(site: Site, tmp_path: Path) -> None:
    """An undo takes back what was uploaded, together with the post that it was for."""
    folder = write(tmp_path, {"one.md": post("One", '<img src="a.png">'), "a.png": png()})
    ran(site, folder)

    undone = wpmigrate(
        *(site, "undo", str(folder), "--site", site.url, "--yes", "--force"),
        *("--journal", str(journal_of(site))),
    )

    assert (undone.returncode, media(site), bodies(site)) == (0, [], {}), undone.stdout
