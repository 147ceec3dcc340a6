"""`.wordpress/`, the folder beside posts: how its files are called and cut into records.

It is hidden, so that no site generator publishes what is in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO, Final

FOLDER: Final = ".wordpress"
WITHOUT_FOLDER: Final = ".wpmigrate"
"""Where the manifest lies if there is no `.wordpress/`."""

SITE: Final = f"{FOLDER}/site.yaml"
OPTIONS: Final = "options"
"""The key in there of the site's options."""

AUTHORS: Final = f"{FOLDER}/authors.yaml"
TERMS: Final = f"{FOLDER}/terms.yaml"
SIDECARS: Final = f"{FOLDER}/posts"
ENDING: Final = ".yaml"

KEPT_BESIDE: Final = frozenset(
    (
        *("attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset"),
        *("oembed_cache", "user_request", "wp_block", "wp_template", "wp_template_part"),
        *("wp_global_styles", "wp_navigation", "wp_font_family", "wp_font_face"),
    )
)
"""The types that are no page of a site: WordPress's own but for `post` and `page`.

Each has one file of all its records. Posts, pages and custom types are files of their own.
"""

_MARK: Final = b"---"
_LONGEST_NAME: Final = 255
_CUT: Final = 180


def records_path(post_type: str) -> str:
    """Give the path of the file of all records of a type."""
    return f"{FOLDER}/{post_type}{ENDING}"


def is_records_path(path: str) -> bool:
    """Tell whether a file of `.wordpress/` holds records, one a document."""
    folder, _, name = path.rpartition("/")
    return folder == FOLDER and name.endswith(ENDING) and path not in (SITE, AUTHORS, TERMS)


def sidecar_path(post_path: str) -> str:
    """Give the path of a post's sidecar.

    Where the name would be too long for a file system, it is cut and a hash put in its place.
    """
    folder, slash, name = post_path.rpartition("/")
    if len(f"{name}{ENDING}".encode()) > _LONGEST_NAME:
        data = name.encode()
        name = f"{data[:_CUT].decode('utf-8', 'ignore')}-{sha256(data).hexdigest()[:12]}"
    return f"{SIDECARS}/{folder}{slash}{name}{ENDING}"


def document(text: str) -> bytes:
    """Give one record's part of a file of many."""
    return _MARK + b"\n" + text.encode("utf-8")


def documents(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """Give where each document of a YAML file starts and ends, in bytes.

    A line that begins with `---` opens one: in YAML it can be nothing else. What stands before
    the first such line is a document too, unless it is blank or comments.
    """
    start = end = 0
    blank = True
    for line in stream:
        if _OPENING.match(line) and end > start:
            if not blank:
                yield start, end
            start, blank = end, True
        blank = blank and not line.partition(b"#")[0].strip(b"- \t\r\n")
        end += len(line)
    if not blank:
        yield start, end


_OPENING: Final = re.compile(rb"---(?:[ \t\r\n]|\Z)")
