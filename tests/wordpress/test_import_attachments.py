"""Attachments of an export: made with their metadata, and meant by address, size and number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wordpress.importing import write_requests
from tests.wordpress.pictures import bodies, media, png, ran, write
from tests.wordpress.site import Site
from tests.wxr_sources import HEAD, TAIL

pytestmark = pytest.mark.wordpress

OLD = "https://old.example"
UPLOADS = f"{OLD}/wp-content/uploads/2016/07"
BODY = (
    f'<!-- wp:image {{"id":12,"sizeSlug":"medium"}} -->\n<figure class="wp-block-image"><img '
    f'src="{UPLOADS}/boat-300x150.png" srcset="{UPLOADS}/boat-300x150.png 300w, '
    f'{UPLOADS}/boat-320x160.png 320w, {UPLOADS}/boat.png 400w" '
    'sizes="(max-width: 300px) 100vw, 300px" alt="" class="wp-image-12"/></figure>\n'
    '<!-- /wp:image -->\n[gallery ids="13,12" columns="2"]\n[caption id="attachment_13" width="5"]'
    f'<img class="wp-image-13" src="/wp-content/uploads/2016/07/b%C3%A5t.png" /> A[/caption]\n'
    '<p class="wp-image-x">wp-image-12</p>'
)
"""The ways in which WordPress names an attachment."""


def item(number: int, kind: str, title: str, inner: str) -> str:
    """One item of an export."""
    return (
        f"<item><title>{title}</title><link>{OLD}/{title.lower()}/</link>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_name>{title.lower()}</wp:post_name>"
        "<wp:post_date>2016-07-16 00:22:22</wp:post_date>"
        f"<wp:post_date_gmt>2016-07-16 00:22:22</wp:post_date_gmt>{inner}</item>\n"
    )


def attachment(number: int, name: str, title: str, more: str = "") -> str:
    """An attachment as core's export writes it."""
    return item(
        number,
        "attachment",
        title,
        "<wp:status>inherit</wp:status><content:encoded><![CDATA[Described]]></content:encoded>"
        "<excerpt:encoded><![CDATA[Captioned]]></excerpt:encoded>"
        f"<wp:attachment_url>{UPLOADS}/{name}</wp:attachment_url>{more}"
        "<wp:postmeta><wp:meta_key>_wp_attached_file</wp:meta_key>"
        f"<wp:meta_value>2016/07/{name}</wp:meta_value></wp:postmeta>"
        "<wp:postmeta><wp:meta_key>credit</wp:meta_key><wp:meta_value>Ragna</wp:meta_value>"
        "</wp:postmeta>",
    )


def export(folder: Path) -> Path:
    """An export of a post before its two attachments, one of them featured."""
    alt = (
        "<wp:post_parent>11</wp:post_parent><wp:postmeta><wp:meta_key>_wp_attachment_image_alt"
        "</wp:meta_key><wp:meta_value>A boat</wp:meta_value></wp:postmeta>"
    )
    post = (
        f"<wp:status>publish</wp:status><content:encoded><![CDATA[{BODY}]]></content:encoded>"
        "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>13</wp:meta_value>"
        "</wp:postmeta>"
    )
    inner = item(11, "post", "Boats", post)
    inner += attachment(12, "boat.png", "Boat", alt) + attachment(13, "båt.png", "Båt")
    site = f"<wp:base_site_url>{OLD}</wp:base_site_url><wp:base_blog_url>{OLD}</wp:base_blog_url>"
    return write(folder, {"old.xml": HEAD + site + inner + TAIL}) / "old.xml"


def test_attachments_of_an_export(site: Site, tmp_path: Path) -> None:
    """They are made once, with texts, slug, date and parent; whatever meant them means the new."""
    files: dict[str, bytes | str] = {
        "2016/07/boat.png": png(400, 200, 1),
        "2016/07/båt.png": png(5, 5, 2),
    }
    uploads, source = write(tmp_path / "uploads", files), export(tmp_path)

    done = ran(site, source, "--media-dir", str(uploads))
    sent = len(write_requests(site))
    again = ran(site, source, "--media-dir", str(uploads))
    forgetful = ran(site, source, "--journal", str(tmp_path / "other.sqlite"))

    assert done.status == 0
    boat, other = media(site)
    shown = ("title", "text", "caption", "alt", "slug", "date", "parent")
    assert [boat[name] for name in shown] == [
        *("Boat", "Described", "Captioned", "A boat", "boat", "2016-07-16 00:22:22", "Boats"),
    ]
    first, second = str(boat["id"]), str(other["id"])
    small = boat["url"].replace("boat.png", "boat-300x150.png")
    expected = (
        BODY.replace(f"{UPLOADS}/boat-320x160.png 320w", f"{boat['url']} 400w")
        .replace(f"{UPLOADS}/boat-300x150.png", small)
        .replace(f"{UPLOADS}/boat.png", boat["url"])
        .replace("/wp-content/uploads/2016/07/b%C3%A5t.png", other["url"])
        .replace('"id":12', f'"id":{first}')
        .replace('class="wp-image-12"', f'class="wp-image-{first}"')
        .replace('ids="13,12"', f'ids="{second},{first}"')
        .replace("attachment_13", f"attachment_{second}")
        .replace('class="wp-image-13"', f'class="wp-image-{second}"')
    )
    assert bodies(site) == {"Boats": expected}
    thumbnail = "return get_post_thumbnail_id( get_posts( array( 'name' => 'boats' ) )[0] );"
    assert str(site.php(thumbnail)) == second
    assert len(done.found("rewrite-media-size")) == 1
    assert (again.verbs(), again.verbs("attachment")) == (["unchanged"], ["unchanged"] * 2)
    assert forgetful.verbs("attachment") == ["unchanged"] * 2
    assert len(write_requests(site)) == sent


def test_without_their_files(site: Site, tmp_path: Path) -> None:
    """Without --media-dir and --fetch-media they are left out and named; the post goes in.

    A meta that both have is named once.
    """
    done = ran(site, export(tmp_path))

    assert (done.verbs(), done.verbs("attachment")) == (["create"], ["skip", "skip"])
    assert bodies(site) == {"Boats": BODY}
    assert len(done.found("loss-record-refused")) == 2
    assert done.found("source-media-remote")
    lost = [message for _, _, message in done.found("loss-meta-not-registered")]
    assert lost.count("the meta credit isn't sent with attachments") == 1


def test_changed_metadata(site: Site, tmp_path: Path) -> None:
    """A changed caption is one update of that field; the file isn't sent again."""
    uploads = write(tmp_path / "u", {"2016/07/boat.png": png(), "2016/07/båt.png": png(3, 3)})
    source = export(tmp_path)
    ran(site, source, "--media-dir", str(uploads))
    text = source.read_text("utf-8")
    source.write_text(text.replace("Captioned", "Another", 1), "utf-8")

    done = ran(site, source, "--media-dir", str(uploads))

    changes = [one["changes"] for one in done.report["actions"] if one["action"] == "update"]
    assert [[change["field"] for change in each] for each in changes] == [["caption"]]
    assert [row["caption"] for row in media(site)] == ["Another", "Captioned"]
