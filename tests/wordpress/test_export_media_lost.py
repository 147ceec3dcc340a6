"""A file that a site names and can't give is a loss of the export; all that it can give comes."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.pictures import bodies, media, png, ran
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

MADE = """
    $id = wp_insert_attachment( array(
        'post_mime_type' => 'image/png', 'post_title' => 'Fog', 'post_status' => 'inherit',
    ), '2016/05/fog.png' );
    return wp_get_attachment_url( $id );
"""


def test_a_file_that_is_gone(site: Site, tmp_path: Path) -> None:
    """The export goes on, names the file, and ends with 1 where --fail-on asks for losses."""
    address = site.php(MADE)
    asked = ("export", "--site", site.url, "-o", str(tmp_path / "site.xml"), "--report", "json")

    media = ("--media", "originals", "--media-dir", str(tmp_path / "media"))
    done = wpmigrate(site, *asked, *media, "--fail-on", "loss")

    lost = [one for one in json.loads(done.stdout)["findings"] if one["code"] == "loss-site-media"]
    assert [one["path"] for one in lost] == [address]
    assert done.returncode == 1


TWINS = """
    $folder = wp_upload_dir( '2016/05' )['path'];
    foreach ( array( 'tide', 'Tide' ) as $name ) {
        file_put_contents( "$folder/$name.png", $name );
        wp_insert_attachment( array(
            'post_mime_type' => 'image/png', 'post_title' => $name, 'post_status' => 'inherit',
        ), "2016/05/$name.png" );
    }
"""


def test_files_whose_names_differ_in_case(site: Site, tmp_path: Path) -> None:
    """Where the disk tells them apart, both come."""
    site.php(TWINS)

    media = ("--media", "originals", "--media-dir", str(tmp_path))
    wpmigrate(site, "export", "--site", site.url, "-o", str(tmp_path / "site.xml"), *media)

    found = {path.name: path.read_text() for path in tmp_path.rglob("*ide.png")}
    assert found == {"tide.png": "tide", "Tide.png": "Tide"}


UNREADABLE = r"""
    $folder = wp_upload_dir( '2016/05' )['path'];
    $body = '';
    foreach ( array( 'sea%25FF.png', 'sea%FF.png', 'sea%FE.png' ) as $place => $name ) {
        $picture = base64_decode( $pictures[ $place ] );
        file_put_contents( "$folder/" . rawurldecode( $name ), $picture );
        $id = wp_insert_attachment( array(
            'post_mime_type' => 'image/png', 'post_title' => $name, 'post_status' => 'inherit',
        ), "2016/05/$name" );
        $body .= '<img src="' . wp_get_attachment_url( $id ) . '">';
    }
    wp_insert_post( array(
        'post_title' => 'Seas', 'post_status' => 'publish', 'post_content' => $body,
    ) );
"""


def move_away(folder: Path, site: Site) -> None:
    """Let a folder be of another site."""
    for path in folder.rglob("*.*"):
        if path.suffix in (".md", ".yaml", ".html"):
            text = path.read_text("utf-8")
            path.write_text(text.replace(site.url.rstrip("/"), "https://old.example"), "utf-8")


def test_names_that_are_no_text(site: Site, tmp_path: Path) -> None:
    """Each file has a place of its own, and an import leads each address to the right one."""
    pictures = [png(2, 2, number) for number in (1, 2, 3)]
    site.php(UNREADABLE, pictures=[b64encode(picture).decode() for picture in pictures])

    asked = ("export", "--site", site.url, "-o", str(tmp_path / "site"), "--report", "json")
    done = wpmigrate(site, *asked)
    move_away(tmp_path / "site", site)
    site.reset()
    ran(site, tmp_path / "site")

    named = [one for one in json.loads(done.stdout)["findings"] if "site-media" in one["code"]]
    assert [one["code"] for one in named] == ["source-site-media-name"] * 2
    found = {row["url"]: row["sha"] for row in media(site)}
    addresses = re.findall(r'src="([^"]+)"', bodies(site)["Seas"])
    expected = [hashlib.sha256(picture).hexdigest() for picture in pictures]
    assert [found[address] for address in addresses] == expected
