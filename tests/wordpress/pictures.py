"""Small real images for tests, and folders of posts that show them."""

from __future__ import annotations

import base64
import json
import random
import struct
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.wordpress import php
from tests.wordpress.gateway import known_as
from tests.wordpress.newspaper import wpmigrate
from tests.wordpress.site import Site

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwc"
    "KDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAA"
    "AAAAAAAAAAD/2gAIAQEAAD8AVN//2Q=="
)
"""One grey pixel."""

_MEDIA = """
    return array_map(
        fn( $post ) => array(
            'id'     => $post->ID,
            'file'   => get_post_meta( $post->ID, '_wp_attached_file', true ),
            'sha'    => hash_file( 'sha256', wp_get_original_image_path( $post->ID )
                ?: get_attached_file( $post->ID ) ),
            'url'    => wp_get_attachment_url( $post->ID ),
            'alt'    => get_post_meta( $post->ID, '_wp_attachment_image_alt', true ),
            'parent' => $post->post_parent ? get_post( $post->post_parent )->post_title : '',
            'title'  => $post->post_title,
            'text'   => $post->post_content,
            'caption' => $post->post_excerpt,
            'slug'   => $post->post_name,
            'date'   => $post->post_date,
        ),
        get_posts( array( 'post_type' => 'attachment', 'post_status' => 'any',
            'numberposts' => -1, 'orderby' => 'ID', 'order' => 'ASC' ) )
    );
"""


class Run(NamedTuple):
    """One import by the command line: its exit status, its JSON report, what it said besides."""

    status: int
    report: dict[str, Any]
    stderr: str

    def found(self, code: str) -> list[tuple[str, int | None, str]]:
        """Path, line and message of each finding with this code."""
        return [
            (one["path"], one["line"], one["message"])
            for one in self.report["findings"]
            if one["code"] == code
        ]

    def verbs(self, kind: str = "post") -> list[str]:
        """What happened to the records of a type, or to files."""
        return [one["action"] for one in self.report["actions"] if one["type"] == kind]


def png(width: int = 2, height: int = 2, colour: int = 0) -> bytes:
    """An image of one colour."""
    row = b"\0" + bytes([colour % 256, colour // 256 % 256, 128]) * width
    return _png(width, height, row * height)


def noise(width: int) -> bytes:
    """A square image that can't be packed: three bytes a pixel."""
    pixels = random.Random(width).randbytes(3 * width * width)
    rows = (pixels[at : at + 3 * width] for at in range(0, len(pixels), 3 * width))
    return _png(width, width, b"".join(b"\0" + row for row in rows))


def _png(width: int, height: int, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    made = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + made


def write(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    """A folder with these files in it, texts in UTF-8."""
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(held if isinstance(held, bytes) else held.encode())
    return folder


def post(title: str, body: str, **metas: str) -> str:
    """A post in the dialect wpghs."""
    lines = "".join(f"{key}: {value}\n" for key, value in metas.items())
    head = f"post_title: {title}\nlayout: post\npublished: true\npost_date: 2016-07-16 00:22:22\n"
    return f'---\n{head}{lines}post_excerpt: ""\n---\n{body}\n'


def ran(site: Site, source: Path, *options: str, url: str = "") -> Run:
    """Import a source into a site as a user would; `url` where it is to be reached elsewhere."""
    named = ("import", str(source), "--site", url or site.url)
    arguments = (*named, "--yes", "--report", "json", *options)
    done: subprocess.CompletedProcess[str] = wpmigrate(site, *arguments)
    return Run(done.returncode, json.loads(done.stdout), done.stderr)


@contextmanager
def limited(site: Site, folder: Path, **settings: str) -> Iterator[str]:
    """The site behind a PHP with other settings, known by its address there."""
    log = folder / "limited"
    log.mkdir()
    server, port = php.serve(site.docroot, log / "requests.log", log / "server.log", settings)
    url = f"http://127.0.0.1:{port}"
    try:
        with known_as(site, url):
            yield url
    finally:
        server.stop()


def media(site: Site) -> list[dict[str, Any]]:
    """The attachments of a site, as its database holds them."""
    rows: list[dict[str, Any]] = site.php(_MEDIA)
    return rows


def bodies(site: Site) -> dict[str, str]:
    """The posts' contents by title."""
    rows: Iterable[dict[str, str]] = site.php(
        "return get_posts( array( 'post_status' => 'any', 'numberposts' => -1 ) );"
    )
    return {row["post_title"]: row["post_content"] for row in rows}
