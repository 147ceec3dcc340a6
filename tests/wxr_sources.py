"""WXR made and read in the tests: documents in few words, and all that a reader says of one."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct, field

from migrate.errors import RecordError
from migrate.model.finding import Finding, from_error
from migrate.model.post import Post
from migrate.model.site import Head
from migrate.readers.wxr.reader import WxrReader

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0"
	xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
	xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/"
	xmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
"""
TAIL = "</channel>\n</rss>\n"


class Export(Struct):
    """What came of reading an export."""

    head: Head
    posts: list[Post] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def titles(self) -> list[str | None]:
        """The titles of the records."""
        return [post.title for post in self.posts]

    @property
    def found(self) -> list[tuple[str, int | None]]:
        """The code and the line of each finding."""
        return [(finding.code, finding.line) for finding in self.findings]


def read(reader: WxrReader) -> Export:
    """Read all that a reader gives."""
    findings: list[Finding] = []
    export = Export(reader.head(findings.append), findings=findings)
    for handle in reader.locate(findings.append):
        try:
            post = reader.read(handle, findings.append).post
        except RecordError as error:
            findings.append(from_error(error, handle.path))
        else:
            export.posts += [post] if post else []
    return export


def read_text(folder: Path, inner: str | bytes, head: str = HEAD) -> Export:
    """Read a document of these elements of a channel."""
    path = folder / "export.xml"
    between = inner if isinstance(inner, bytes) else inner.encode()
    path.write_bytes(head.encode() + between + TAIL.encode())
    return read(WxrReader(path))


def read_item(folder: Path, inner: str | bytes, head: str = HEAD) -> Post:
    """Read a document of one item with these elements."""
    between = inner if isinstance(inner, bytes) else inner.encode()
    (post,) = read_text(folder, b"<item>" + between + b"</item>", head).posts
    return post
