"""Which files are media: endings, and their types, as WordPress takes them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

__all__ = ["ENDINGS", "TYPES", "ending_of", "media_type"]

TYPES: Final[dict[str, str]] = {
    ending: media_type
    for media_type, endings in {
        "image/jpeg": "jpg jpeg jpe",
        "image/png": "png",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/avif": "avif",
        "image/heic": "heic",
        "image/bmp": "bmp",
        "image/tiff": "tif tiff",
        "image/x-icon": "ico",
        "image/svg+xml": "svg",
        "video/mp4": "mp4 m4v",
        "video/quicktime": "mov qt",
        "video/webm": "webm",
        "video/ogg": "ogv",
        "video/x-ms-wmv": "wmv",
        "video/avi": "avi",
        "video/mpeg": "mpeg mpg mpe",
        "video/3gpp": "3gp 3gpp",
        "audio/mpeg": "mp3 m4a m4b",
        "audio/ogg": "ogg oga",
        "audio/wav": "wav",
        "audio/flac": "flac",
        "audio/aac": "aac",
        "audio/midi": "mid midi",
        "application/pdf": "pdf",
        "application/msword": "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.ms-excel": "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.ms-powerpoint": "ppt pps pot",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow": "ppsx",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.presentation": "odp",
        "application/vnd.oasis.opendocument.spreadsheet": "ods",
        "application/vnd.oasis.opendocument.graphics": "odg",
        "application/epub+zip": "epub",
        "application/rtf": "rtf",
        "application/zip": "zip",
        "application/x-gzip": "gz gzip",
        "application/x-tar": "tar",
        "application/rar": "rar",
        "application/x-7z-compressed": "7z",
        "text/csv": "csv",
        "text/vtt": "vtt",
    }.items()
    for ending in endings.split()
}
"""Ending → type, after wp_get_mime_types(), with what plugins make sites take.

Left out is what a post may be (`.html`, `.txt`) and what runs on a server or in a browser.
"""

ENDINGS: Final = frozenset(TYPES)


def ending_of(path: str) -> str:
    """Return the ending of a path's last name, in small letters and without its dot."""
    return PurePosixPath(path).suffix[1:].lower()


def media_type(path: str) -> str:
    """Return the type that a file's name says; empty where it isn't one of media."""
    return TYPES.get(ending_of(path), "")
