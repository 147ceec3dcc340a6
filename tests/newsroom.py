"""A small site as WordPress holds it: a record of every kind, more than front matter can say."""

from __future__ import annotations

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.site import Head, Site, Term

HEAD = Head(
    Site(
        url="https://lantern.example",
        title="The Lantern",
        description="News from Tarrow Haven: tides, ferries & fog",
        language="en-GB",
    ),
    [
        Author(login="mara", display_name="Mara Lind", email="mara@lantern.example", id=2),
        Author(login="desk", display_name="News desk", email=""),
    ],
    [
        Term("category", "harbour", "Harbour", "", "All that floats.\n\nAnd sinks.", 3),
        Term("category", "ferries", "Ferries", "harbour", "", 4, [Meta("colour", "#06c")]),
        Term("nav_menu", "main", "Main menu"),
    ],
    {
        "page_on_front": "7",
        "blogname": "The <b>Lantern</b> ]]> &amp; more ",
        "tides": 'a:1:{s:4:"high";a:2:{i:0;s:7:"06:15\r\n";i:1;b:1;}}',
    },
)


def dated(day: str, **stated: object) -> dict[str, object]:
    """Give the dates of a record of one day, at noon in Oslo."""
    return {"date": f"{day} 12:00:00", "date_gmt": f"{day} 11:00:00", **stated}


def made(number: int, post_type: str, slug: str, **stated: object) -> Post:
    """Make a record as an export states one."""
    usual: dict[str, object] = {
        "status": "publish",
        "content": b"",
        "excerpt": "",
        "author": Author(login="mara"),
        "link": f"https://lantern.example/{slug}/" if slug else "",
        **dated("2016-01-30"),
    }
    return Post(id=number, type=post_type, slug=slug, **(usual | stated))  # type: ignore[arg-type]


RECORDS = [
    made(
        11,
        "post",
        "tide-clock",
        title="The tide clock",
        content=b"<!-- wp:paragraph -->\n<p>It is <em>wrong</em>.</p>\n<!-- /wp:paragraph -->",
        excerpt="Wrong twice a day.\n",
        terms=[
            TermRef("category", "Ferries", "ferries", ("Harbour",)),
            TermRef("post_tag", "Clocks", "clocks-2"),
        ],
        meta=[
            Meta("_thumbnail_id", "15"),
            Meta("mood", "wry"),
            Meta("author", "not the author"),
            Meta("gallery", 'a:1:{i:0;s:2:"15";}'),
        ],
        comments=[
            Comment(
                id=1,
                author="Jon",
                author_email="jon@lantern.example",
                author_ip="192.0.2.7",
                content="It's right\ntwice a day!",
                approved="1",
            ),
            Comment(id=2, author="Bot", content="Buy clocks", approved="spam", parent=1),
        ],
        sticky=True,
    ),
    made(12, "page", "about", title="About us", content=b"We write."),
    made(
        13,
        "page",
        "about",
        title="About the harbour",
        parent=12,
        link="https://lantern.example/harbour/about/",
    ),
    made(14, "notice", "water-off", title="Water off", content=b"From noon."),
    made(
        15,
        "attachment",
        "clock-jpg",
        title="clock.jpg",
        status="inherit",
        attachment_url="https://lantern.example/clock.jpg",
        meta=[Meta("_wp_attached_file", "clock.jpg")],
        parent=11,
    ),
    made(
        16,
        "nav_menu_item",
        "about-us",
        title="",
        terms=[TermRef("nav_menu", "Main menu", "main")],
        menu_order=1,
        meta=[Meta("_menu_item_object_id", "12")],
    ),
    made(17, "revision", "11-revision-v1", title="The tide", status="inherit", parent=11),
    made(18, "post", "", title="The key to the lamp room", status="draft", content=b"Soon."),
    made(19, "post", "who-paid", title="Who paid?", status="private", content=b"Names."),
    made(20, "post", "for-members", title="For members", password="sesame", content=b"Yes."),
    made(21, "post", "regatta", title="Regatta", status="future", **dated("2036-05-01")),
    made(22, "page", "old-rules", title="Old rules", status="trash"),
    made(23, "post", "Tide-Clock", title=" Two  blanks: kept ", content=b"\r\n kept \n"),
]
