"""The jekyll mapping: each shape of front matter that Jekyll takes, and what is written of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import RecordError
from migrate.model.finding import Finding
from migrate.model.post import Author, Meta, Post, TermRef
from migrate.syntax.values import Plain, Value
from tests.front_matter import DIALECTS, read_text, written

JEKYLL = DIALECTS["jekyll"]


def decode(values: dict[str, Value], path: str = "_posts/2016-07-16-hello.md") -> Post:
    """Read front matter in which nothing is odd."""
    return JEKYLL.decode(values, path, _nothing)


def _nothing(finding: Finding) -> None:
    pytest.fail(f"unexpected: {finding}")


def names(post: Post, taxonomy: str) -> list[str | None]:
    """Give the names of a post's terms."""
    return [term.name for term in post.terms or () if term.taxonomy == taxonomy]


def test_a_post_as_people_write_it(tmp_path: Path) -> None:
    """Keys give fields, the name gives the slug, unknown keys are metas, a body is Markdown."""
    text = (
        '---\nlayout: post\ntitle: "Boats: three"\ndate: 2016-07-16 07:15:00\nauthor: Nell\n'
        "categories: [News, Harbour]\ntags: [bell]\nexcerpt: Short.\nimage: /a.jpg\n---\nText\n"
    )

    post = read_text(tmp_path, text, "_posts/2016-07-16-boats.md", "jekyll")

    assert post.type == "post"
    assert post.status == "publish"
    assert post.title == "Boats: three"
    assert post.date == "2016-07-16 07:15:00"
    assert post.slug == "boats"
    assert post.author == Author(display_name="Nell")
    assert post.terms == [
        TermRef("category", "News"), TermRef("category", "Harbour"), TermRef("post_tag", "bell"),
    ]  # fmt: skip
    assert post.excerpt == "Short."
    assert post.meta == [Meta("image", "/a.jpg")]
    assert (post.content, post.content_format) == (b"Text\n", "markdown")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"categories": "foo bar baz"}, ["foo", "bar", "baz"]),
        ({"categories": "foo, bar baz"}, ["foo", "bar baz"]),
        ({"categories": ["foo bar", "baz"]}, ["foo bar", "baz"]),
        ({"categories": Plain("")}, []),
        ({"category": "foo bar"}, ["foo bar"]),
        ({"category": Plain("2013")}, ["2013"]),
        ({"category": Plain("~")}, []),
        ({"category": "News", "categories": "Posts Articles"}, ["News", "Posts", "Articles"]),
        ({"categories": ["a", Plain("~"), "b"]}, ["a", "b"]),
    ],
)
def test_shapes_of_categories(values: dict[str, Value], expected: list[str]) -> None:
    """A text under the plural is several names, under the singular one; null is none."""
    assert names(decode(values), "category") == expected


def test_shapes_of_tags() -> None:
    """`tag` and `tags` together give all their names."""
    post = decode({"tag": "Lorem Ipsum", "tags": "dolor Simet-Amet"})

    assert names(post, "post_tag") == ["Lorem Ipsum", "dolor", "Simet-Amet"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"categories": [], "tags": "b", "category": "a"}, ["b", "a"]),
        ({"category": "a", "tags": "b", "categories": ["c"]}, ["a", "c", "b"]),
        ({"tags": "", "category": "a", "tag": "b"}, ["a", "b"]),
    ],
)
def test_terms_keep_their_order(values: dict[str, Value], expected: list[str]) -> None:
    """Those of a taxonomy stand together, where the first key that states some does."""
    post = decode(values)

    assert [term.name for term in post.terms or ()] == expected
    assert decode(JEKYLL.encode(post)).terms == post.terms


def test_a_map_for_tags_is_a_meta() -> None:
    """What is no list of names isn't lost: it is a meta of the key's name, and comes back."""
    values: dict[str, Value] = {"tags": {"a": "b"}}
    post = decode(values)

    assert post.terms is None
    assert post.meta == [Meta("tags", 'a:1:{s:1:"a";s:1:"b";}')]
    assert JEKYLL.encode(post)["tags"] == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "date", "gmt"),
    [
        ("2016-07-16", "2016-07-16 00:00:00", None),
        ("2016-7-6", "2016-07-06 00:00:00", None),
        ("2016-07-16 07:15", "2016-07-16 07:15:00", None),
        ("2016-07-16 07:15:00 +0200", None, "2016-07-16 05:15:00"),
        ("2016-07-16 07:15:00 -07:00", None, "2016-07-16 14:15:00"),
        ("2007-04-11 00:52:59.000000000 -04:00", None, "2007-04-11 04:52:59"),
        ("2016-07-16T07:15:00Z", None, "2016-07-16 07:15:00"),
        ("2016-07-16 07:15:00 UTC", None, "2016-07-16 07:15:00"),
    ],
)
def test_dates(text: str, date: str | None, gmt: str | None) -> None:
    """A date with a zone is an instant, one without the wall clock; both come back as written."""
    post = decode({"date": text})

    assert (date, gmt) == (post.date, post.date_gmt)
    assert JEKYLL.encode(post)["date"] == text


@pytest.mark.parametrize("text", ["2016-02-30", "2016-07-16 7 o'clock", "soon", "0000-00-00"])
def test_what_is_no_date(text: str) -> None:
    """A date that can't be is an error, not a meta."""
    with pytest.raises(RecordError) as caught:
        decode({"date": text})

    assert caught.value.field == "date"


@pytest.mark.parametrize(
    ("path", "slug", "date", "post_type", "status"),
    [
        ("_posts/2016-07-16-a-b.md", "a-b", "2016-07-16 00:00:00", "post", "publish"),
        ("_posts/2017-2-5-a.md", "a", "2017-02-05 00:00:00", "post", "publish"),
        ("_posts/es/2016-07-16-a.markdown", "a", "2016-07-16 00:00:00", "post", "publish"),
        ("2016-07-16-dots...md", "dots..", "2016-07-16 00:00:00", "post", "publish"),
        ("_drafts/a.md", "a", None, "post", "draft"),
        ("about.md", "about", None, "page", "publish"),
        ("about/index.html", "about", None, "page", "publish"),
        ("about/team", "team", None, "page", "publish"),
    ],
)  # fmt: skip
def test_what_paths_say(
    path: str, slug: str, date: str | None, post_type: str, status: str
) -> None:
    """Names and folders state slug, date, type and status."""
    post = decode({}, path)

    assert (slug, date, post_type, status) == (post.slug, post.date, post.type, post.status)


@pytest.mark.parametrize(
    ("values", "link", "slug"),
    [
        ({"permalink": "/news/the-bell/"}, "/news/the-bell/", "the-bell"),
        ({"permalink": "/news/the-bell.html"}, "/news/the-bell.html", "the-bell"),
        ({"permalink": "/news/the-bell/", "slug": "bell"}, "/news/the-bell/", "bell"),
        ({"permalink": "/:categories/:title/"}, None, "hello"),
        ({"permalink": "pretty"}, None, "hello"),
    ],
)
def test_permalinks(values: dict[str, Value], link: str | None, slug: str) -> None:
    """An address is the link and gives the slug; a template is a meta."""
    post = decode(values)

    assert (link, slug) == (post.link, post.slug)
    assert post.meta == (None if link else [Meta("permalink", str(values["permalink"]))])
    assert JEKYLL.encode(post)["permalink"] == values["permalink"]


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, "publish"),
        ({"published": Plain("true")}, "publish"),
        ({"published": Plain("false")}, "draft"),
        ({"published": Plain("no")}, "draft"),
        ({"published": "false"}, "draft"),
        ({"published": Plain("false"), "status": "pending"}, "pending"),
        ({"published": Plain("false"), "status": "of-a-plugin"}, "of-a-plugin"),
        ({"status": "publish"}, "publish"),
        ({"status": "private"}, "private"),
        ({"status": "published", "published": Plain("true")}, "publish"),
    ],
)
def test_status(values: dict[str, Value], status: str) -> None:
    """The most private of what the keys say is taken; no key is published."""
    assert decode(values).status == status


def test_a_status_of_something_else_is_a_meta() -> None:
    """`status: stable` says nothing of publishing."""
    post = decode({"status": "stable"})

    assert post.status == "publish"
    assert post.meta == [Meta("status", "stable")]
    assert JEKYLL.encode(post)["status"] == "stable"


def test_keys_that_quarrel_are_named() -> None:
    """`status: publish` beside `published: false` is a finding, and the post a draft."""
    found: list[Finding] = []
    values: dict[str, Value] = {"status": "publish", "published": Plain("false")}

    post = JEKYLL.decode(values, "a.md", found.append)

    assert post.status == "draft"
    assert [(f.code, f.field) for f in found] == [("mapping-status", "status")]


@pytest.mark.parametrize(
    ("status", "keys"),
    [
        ("publish", {}),
        ("draft", {"published": "false"}),
        ("pending", {"published": "false", "status": "pending"}),
        ("private", {"published": "false", "status": "private"}),
        ("future", {"published": "false", "status": "future"}),
        ("trash", {"published": "false", "status": "trash"}),
        (None, {"published": "false"}),
    ],
)
def test_what_is_written_of_a_status(status: str | None, keys: dict[str, str]) -> None:
    """Jekyll builds nothing that isn't published, and the exact status comes back."""
    values = JEKYLL.encode(Post(title="T", type="post", status=status, slug="t"))

    said = {key: value for key, value in values.items() if key in ("published", "status")}
    assert keys == said
    assert all(isinstance(value, Plain) for key, value in said.items() if key == "published")
    path = JEKYLL.path_for(Post(title="T", type="post", status=status, slug="t"))
    assert decode(values, path).status == (status or "draft")


def test_a_post_with_a_password_is_held_back() -> None:
    """The password is no key, and the post isn't published."""
    values = JEKYLL.encode(Post(title="T", type="post", status="publish", password="x", slug="t"))

    assert values["published"] == "false"
    assert "password" not in values


def test_what_jekyll_import_writes(tmp_path: Path) -> None:
    """`type`, `status`, the map of metas and the map of the author are what they were."""
    text = (
        "---\nlayout: post\ntitle: T\ndate: 2007-04-11 00:52:59.000000000 -04:00\ntags: []\n"
        "status: publish\ntype: post\npublished: true\n"
        "meta:\n  _edit_last: '2'\n  title: other\nauthor:\n  login: nell\n  email: ''\n"
        "  display_name: Nell\n  first_name: N\n  last_name: H\n---\n<p>Text</p>\n"
    )

    post = read_text(tmp_path, text, "_posts/2007-04-11-t.html", "jekyll")

    assert post.author == Author("nell", "Nell", "", "N", "H")
    assert post.meta == [Meta("_edit_last", "2"), Meta("title", "other")]
    assert post.content_format == "html"
    assert written(post, JEKYLL).decode() == text.replace("'2'", '"2"').replace("''", '""')


def test_a_person_with_more_than_a_name_is_author_and_meta() -> None:
    """What an author's record has no place for stays in a meta, and the map comes back."""
    values: dict[str, Value] = {"author": {"name": "Nell", "boat": "Petrel"}}
    post = decode(values)

    assert post.author == Author(display_name="Nell")
    assert post.meta == [Meta("author", 'a:2:{s:4:"name";s:4:"Nell";s:4:"boat";s:6:"Petrel";}')]
    assert JEKYLL.encode(post)["author"] == values["author"]


def test_several_authors() -> None:
    """The first one is the author; all of them are a meta, and nothing else is written."""
    post = decode({"authors": ["Nell", "Tom"]})

    assert post.author == Author(display_name="Nell")
    assert post.meta == [Meta("authors", "Nell"), Meta("authors", "Tom")]
    assert JEKYLL.encode(post) == {"authors": ["Nell", "Tom"]}


def test_a_foreign_record_is_written_as_people_write() -> None:
    """A record from elsewhere gets the keys that say something, and the path says the rest."""
    post = Post(
        id=7, title="2019: a year", type="post", status="publish", slug="a-year",
        date="2019-12-31 10:00:00", link="https://example.org/2019/12/a-year/",
        author=Author("nell", "Nell", "nell@example.org"),
        terms=[TermRef("post_tag", "bell", "bell")], meta=[Meta("mood", "cross")],
        excerpt="Short.",
    )  # fmt: skip

    assert JEKYLL.path_for(post) == "_posts/2019-12-31-a-year.md" or post.content_format == "html"
    assert JEKYLL.encode(post) == {
        "layout": "post",
        "title": "2019: a year",
        "date": "2019-12-31 10:00:00",
        "permalink": "/2019/12/a-year/",
        "author": "Nell",
        "tags": ["bell"],
        "excerpt": "Short.",
        "mood": "cross",
    }


def test_types_and_layouts() -> None:
    """A custom type is stated; a layout of the theme's own is a meta."""
    product = JEKYLL.encode(Post(title="T", type="product", status="publish"))
    themed = decode({"layout": "news_item"})

    assert product["type"] == "product"
    assert "layout" not in product
    assert themed.type == "post"
    assert themed.meta == [Meta("layout", "news_item")]
    assert JEKYLL.encode(themed) == {"layout": "news_item"}


def test_numbers_stay_numbers(tmp_path: Path) -> None:
    """What stood without quotes does so again, inside maps and lists too."""
    text = '---\ntitle: 2019\nrating: 4.50\nsize:\n  w: 640\n  h: "480"\nyears:\n  - 1911\n---\n'

    post = read_text(tmp_path, text, "a.md", "jekyll")

    assert post.title == "2019"
    assert written(post, JEKYLL).decode() == text
