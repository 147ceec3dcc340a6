"""What an import stores is what the source says: looked up in the database by WordPress itself."""

from datetime import UTC, datetime

import pytest

from migrate.model.post import Post, TermRef
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import (
    imported,
    install_plugin,
    record,
    stored,
    write_requests,
    written_by,
)
from tests.wordpress.one_flavour import EVERY_FLAVOUR
from tests.wordpress.site import Site

pytestmark = [pytest.mark.wordpress, EVERY_FLAVOUR]

NOW = datetime(2020, 1, 1, tzinfo=UTC)

ODD_TITLES = [
    'It\'s 100% "sure" & <b>bold</b> &#8217; &amp; &bogus;',
    r"C:\new\table \\ \u003c",
    "Слово 日本語 😀 كتاب",
    "a < b > c: #1 [x] {y} | `z`",
    "tab\tand\u00a0blank",
]
DATE = "2016-07-16 00:22:22"
ODD_BODIES = [
    b"one\r\ntwo\rthree\n\n",
    b" [ad_1]\n<br>leading blank, no last newline",
    rb'<!-- wp:x {"a":"\u003cb\u003e \u0026"} /--> \\ \" \n',
    "emoji 😀, 4-byte 𠮷, U+2028 \u2028, BOM \ufeff".encode(),
    b"<script>alert('x')</script><iframe src=\"https://x.example\"></iframe>",
    b"]]> <![CDATA[ --> <!-- &amp; & &nbsp; \x01\x0c",
]


def test_titles(site: Site) -> None:
    """Titles arrive to the character: backslashes, entities, markup, other scripts."""
    posts = [record(f"{at}.md", title=title, date=DATE) for at, title in enumerate(ODD_TITLES)]
    assert imported(site, posts).findings == []
    assert [row["post_title"] for row in stored(site)] == ODD_TITLES


def test_bodies(site: Site) -> None:
    """Bodies arrive to the byte: line ends, blanks, block JSON, control characters, scripts."""
    posts = [record(f"{at}.md", content=body, date=DATE) for at, body in enumerate(ODD_BODIES)]
    assert imported(site, posts).findings == []
    assert [row["post_content"].encode() for row in stored(site)] == ODD_BODIES


def test_nothing_is_rendered(site: Site) -> None:
    """A post is made and read back without WordPress running the filters of texts over its body."""
    install_plugin(
        site, "add_filter( 'the_content', fn( $c ) => $c . update_option( 'rendered', 1 ) );"
    )
    posts = [record("a.md", slug="a"), record("b.md", slug="b", excerpt="")]
    assert imported(site, posts).verbs == ["create", "create"]
    assert site.php("return get_option( 'rendered' );") is False


def test_all_fields(site: Site) -> None:
    """Excerpt, slug, date, status, author and discussion settings are those of the source."""
    site.create_user("editor", "jane", "Jane Doe")
    post = record(
        "a.md",
        excerpt="Short\r\n & sweet ",
        slug="a-slug",
        date="2016-07-16 00:22:22",
        author=written_by("Jane Doe"),
        comment_status="closed",
        ping_status="closed",
        sticky=True,
    )
    assert imported(site, [post]).findings == []
    (row,) = stored(site)
    expected = {
        "post_excerpt": "Short\r\n & sweet ",
        "post_name": "a-slug",
        "post_date": "2016-07-16 00:22:22",
        "post_date_gmt": "2016-07-16 00:22:22",
        "post_status": "publish",
        "post_type": "post",
        "author": "Jane Doe",
        "comment_status": "closed",
        "ping_status": "closed",
        "category": ["Uncategorized"],
    }
    assert {name: row[name] for name in expected} == expected
    assert [int(row["ID"])] == site.php("return get_option( 'sticky_posts' );")


@pytest.mark.parametrize("status", ["draft", "pending", "private", "trash"])
def test_status(site: Site, status: str) -> None:
    """Every status is kept, that of the trash too, and a second import recognises the post."""
    post = record("a.md", status=status, slug="a", date="2016-07-16 00:22:22")
    assert imported(site, [post]).verbs == ["create"]
    (row,) = stored(site)
    assert (row["post_status"], row["post_date"]) == (status, "2016-07-16 00:22:22")
    assert imported(site, [post]).verbs == ["unchanged"]


def test_password(site: Site) -> None:
    """A password is kept, and appears neither in an action nor in a finding."""
    done = imported(site, [record("a.md", password="s3cret", sticky=True)])
    assert stored(site)[0]["post_password"] == "s3cret"
    assert done.found("loss-field-refused") == [("a.md", "sticky")]
    changed = imported(site, [record("a.md", password="0ther")])
    assert [change.field for change in changed.actions[0].changes] == ["password"]
    assert "0ther" not in repr(changed)
    assert "s3cret" not in repr((done, changed))
    assert not changed.actions[0].public


def test_future(site: Site) -> None:
    """A post that is to appear later is kept for later."""
    post = record("a.md", status="future", date="2099-01-01 10:00:00")
    assert imported(site, [post]).findings == []
    assert [(row["post_status"], row["post_date"]) for row in stored(site)] == [
        ("future", "2099-01-01 10:00:00")
    ]
    assert imported(site, [post]).verbs == ["unchanged"]


@pytest.mark.parametrize(("publish_missed", "status"), [(False, "draft"), (True, "publish")])
def test_missed_future(site: Site, *, publish_missed: bool, status: str) -> None:
    """A post whose time has passed goes in as a draft, unless missed ones are to be published."""
    post = record("a.md", status="future", slug="late", date="2019-01-01 10:00:00")
    options = ImportOptions(publish_missed=publish_missed, now=NOW)
    done = imported(site, [post], options)
    assert [status] == [row["post_status"] for row in stored(site)]
    assert done.found("target-published-late") == ([] if publish_missed else [("a.md", "date")])
    assert imported(site, [post], options).verbs == ["unchanged"]


def test_published_in_time(site: Site) -> None:
    """A post that the site has published at its time isn't drawn back by a later import."""
    post = record("a.md", status="future", slug="late", date="2019-01-01 10:00:00")
    imported(site, [post], ImportOptions(publish_missed=True, now=NOW))
    assert imported(site, [post], ImportOptions(now=NOW)).verbs == ["unchanged"]


def test_slugs(site: Site) -> None:
    """A slug of another script is stored encoded, and one that the site changes is a finding."""
    posts = [record("日.md", slug="日本語"), record("b.md", slug="Big Slug")]
    done = imported(site, posts)
    assert [row["post_name"] for row in stored(site)] == [
        "%e6%97%a5%e6%9c%ac%e8%aa%9e",
        "big-slug",
    ]
    assert done.found("loss-field-changed") == [("b.md", "slug")]
    assert imported(site, posts).verbs == ["unchanged", "unchanged"]


def test_trimmed_title(site: Site) -> None:
    """Blanks round a title are lost in WordPress: a finding once, no update ever after."""
    post = record("a.md", title="  Padded ", slug="padded")
    assert imported(site, [post]).found("loss-field-changed") == [("a.md", "title")]
    assert imported(site, [post]).verbs == ["unchanged"]


def test_published_without_date(site: Site) -> None:
    """A published record with no date, or a zero one, gets the time of the import: a finding."""
    posts = [
        record("a.md", slug="a"),
        record("b.md", slug="b", date=""),
        record("c.md", slug="c", status="draft"),
    ]
    assert imported(site, posts).found("mapping-date-missing") == [
        ("a.md", "date"),
        ("b.md", "date"),
    ]


def test_pattern(site: Site) -> None:
    """A reusable block goes in: its own rights are those of posts."""
    block = record("a.md", type="wp_block", slug="greeting", date="2016-07-16 00:22:22")
    assert imported(site, [block]).verbs == ["create"]
    assert site.php("return get_post( 1 )->post_type;") == "wp_block"


def test_empty(site: Site) -> None:
    """An empty body is fine; a post without any text is named and skipped, a page goes in."""
    empty = {"title": " ", "content": b"", "excerpt": ""}
    posts = [
        record("body.md", content=b""),
        record("none.md", slug="none", **empty),
        record("page.md", slug="page", type="page", **empty),
    ]
    done = imported(site, posts)
    assert done.verbs == ["create", "skip", "create"]
    assert done.found("loss-record-refused") == [("none.md", "title")]
    assert [(row["post_title"], row["post_content"]) for row in stored(site)] == [
        ("body.md", ""),
        ("", ""),
    ]


def test_page(site: Site) -> None:
    """A page goes in as a page; what pages don't have is named where it says something."""
    page = record(
        "a.md", type="page", slug="about", date=DATE, excerpt="", sticky=False, menu_order=3
    )
    assert imported(site, [page]).findings == []
    (row,) = stored(site)
    assert (row["post_type"], row["menu_order"]) == ("page", "3")
    tagged = record("b.md", type="page", sticky=True, terms=[TermRef("post_tag", "x")])
    assert imported(site, [tagged]).found("loss-field-refused") == [
        ("b.md", "sticky"),
        ("b.md", "terms.post_tag"),
    ]


def test_unset_is_not_sent(site: Site) -> None:
    """What the source doesn't state gets WordPress's default, and isn't compared later."""
    post = Post(title="Bare")
    assert imported(site, [post]).verbs == ["create"]
    (row,) = stored(site)
    assert (row["post_status"], row["post_content"]) == ("draft", "")
    site.php("wp_update_post( array( 'ID' => $id, 'post_excerpt' => 'x' ) );", id=row["ID"])
    assert imported(site, [post]).verbs == ["unchanged"]


def test_types_and_statuses_that_rest_refuses(site: Site) -> None:
    """Attachments, unknown types and inner statuses are named and skipped, nothing is sent."""
    posts = [
        record("a.md", type="attachment"),
        record("b.md", type="book"),
        record("c.md", status="auto-draft"),
        record("d.md", status="inherit"),
    ]
    done = imported(site, posts)
    assert done.verbs == ["skip"] * 4
    assert done.found("loss-record-refused") == [
        ("a.md", "attachment_url"),
        ("b.md", "type"),
        ("c.md", "status"),
        ("d.md", "status"),
    ]
    assert write_requests(site) == []
