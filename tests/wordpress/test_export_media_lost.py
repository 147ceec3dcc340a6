"""A file that a site names and can't give is a loss of the export, with its address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.wordpress.newspaper import wpmigrate
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
