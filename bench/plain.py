"""What a capable user would write: `python -m bench.plain SOURCE OUT`, by the libraries' books.

A folder of posts becomes a WXR file, a WXR file a folder of posts. It knows nothing of terms,
comments, drafts, odd characters or of what WordPress needs beside title, body and address.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import frontmatter
from lxml import etree

_NAMESPACES: Final = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wp": "http://wordpress.org/export/1.2/",
}
_FIELDS: Final = {"ID": "post_id", "post_date": "post_date", "layout": "post_type"}


def to_wxr(source: Path, out: Path) -> None:
    """Write one file of all posts."""
    with etree.xmlfile(str(out), encoding="utf-8") as xml, xml.element("rss", nsmap=_NAMESPACES):
        for path in sorted(source.rglob("*.md")):
            post = frontmatter.load(str(path))
            item = etree.Element("item")
            etree.SubElement(item, "title").text = str(post["post_title"])
            etree.SubElement(item, "link").text = str(post["permalink"]).strip()
            body = etree.SubElement(item, f"{{{_NAMESPACES['content']}}}encoded")
            body.text = etree.CDATA(post.content)
            for key, name in _FIELDS.items():
                etree.SubElement(item, f"{{{_NAMESPACES['wp']}}}{name}").text = str(post[key])
            xml.write(item)


def to_posts(source: Path, out: Path) -> None:
    """Write a file for each item."""
    out.mkdir()
    for _, item in etree.iterparse(str(source), tag="item", huge_tree=True):
        values = {name: item.findtext(f"wp:{name}", "", _NAMESPACES) for name in _FIELDS.values()}
        values["title"] = item.findtext("title")
        post = frontmatter.Post(item.findtext("content:encoded", "", _NAMESPACES), **values)
        name = item.findtext("wp:post_name", "", _NAMESPACES)
        (out / f"{name}.md").write_text(frontmatter.dumps(post), encoding="utf-8")
        item.clear()


if __name__ == "__main__":
    made = to_posts if sys.argv[1].endswith(".xml") else to_wxr
    made(Path(sys.argv[1]), Path(sys.argv[2]))
