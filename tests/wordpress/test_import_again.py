"""Importing again: what is there is recognised, and only what differs is sent."""

import pytest

from migrate.model.finding import Finding
from migrate.model.post import Post, TermRef
from tests.wordpress.importing import (
    imported,
    plan,
    planned,
    record,
    stored,
    target,
    write_requests,
    written_by,
)
from tests.wordpress.one_flavour import one_flavour
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"


def source() -> list[Post]:
    """Records of every kind that an import meets."""
    return [
        record(
            "a.md",
            slug="a",
            date=DATE,
            link="https://old.example/a/",
            excerpt="",
            author=written_by("admin"),
            terms=[
                TermRef("category", "Two & Three", ancestors=("One",)),
                TermRef("post_tag", "T"),
            ],
        ),
        record("page.md", type="page", slug="about", date=DATE, content="Ü\r\n".encode()),
        record("b.md", slug="日本語", date=DATE, author=written_by("Nobody")),
        record("draft.md", status="draft", title="No slug yet", date=DATE),
        record("private.md", status="private", slug="p", password="", date=DATE),
        record("trash.md", status="trash", slug="t", date=DATE),
        record("soon.md", status="future", slug="soon", date="2099-01-01 00:00:00"),
        record("instant.md", slug="instant", date_gmt="2016-07-16 01:00:00"),
    ]


def test_second_import_writes_nothing(site: Site) -> None:
    """A second import makes no request that could change something."""
    site.set_option("timezone_string", "Europe/Berlin")
    assert imported(site, source()).verbs == ["create"] * 8
    before = stored(site)
    sent = len(write_requests(site))
    assert imported(site, source()).verbs == ["unchanged"] * 8
    assert len(write_requests(site)) == sent
    assert stored(site) == before


def test_planning_writes_nothing(site: Site) -> None:
    """A plan names what would be made, terms with their parents included, and only reads."""
    plan = planned(site, source())
    assert plan.verbs == ["create"] * 8
    assert [action.title for action in plan.terms] == ["One", "One / Two & Three", "T"]
    assert write_requests(site) == []
    assert stored(site) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "New title"),
        ("content", b"New text"),
        ("excerpt", "New"),
        ("status", "draft"),
        ("date", "2016-07-17 00:00:00"),
        ("slug", "new-slug"),
        ("comment_status", "closed"),
    ],
)
def test_one_changed_field(site: Site, field: str, value: object) -> None:
    """A changed file is one update, which sends just the changed field."""
    link = {"link": "https://old.example/same/"}
    old = record("a.md", slug="same", date=DATE, excerpt="", comment_status="open", **link)
    imported(site, [old])
    sent = len(write_requests(site))
    setattr(old, field, value)
    done = imported(site, [old])
    assert done.verbs == ["update"]
    assert [field] == [change.field for change in done.actions[0].changes]
    assert len(write_requests(site)) - sent == 1
    assert len(stored(site)) == 1
    if field != "slug":  # the permalink that it is recognised by is another one now
        assert imported(site, [old]).verbs == ["unchanged"]


def test_changed_terms(site: Site) -> None:
    """Other terms are one update of their field; terms that the source doesn't state stay."""
    imported(site, [record("a.md", slug="a", terms=[TermRef("category", "One")])])
    done = imported(site, [record("a.md", slug="a", terms=[TermRef("category", "Two")])])
    assert [change.field for change in done.actions[0].changes] == ["categories"]
    assert imported(site, [record("a.md", slug="a")]).verbs == ["unchanged"]
    assert stored(site)[0]["category"] == ["Two"]


def test_into_the_trash(site: Site) -> None:
    """A record whose status became trash takes its post into the trash."""
    imported(site, [record("a.md", slug="a", date=DATE)])
    assert imported(site, [record("a.md", slug="a", date=DATE, status="trash")]).verbs == ["update"]
    assert [row["post_status"] for row in stored(site)] == ["trash"]


def test_draft_without_a_date(site: Site) -> None:
    """A draft that WordPress would date anew at each update keeps the date of its record."""
    site.php(
        "wp_insert_post( array( 'post_title' => 'Draft', 'post_date' => $date ) ); return 1;",
        date=DATE,
    )
    post = record("a.md", status="draft", slug="", title="Draft", date=DATE, content=b"New")
    assert imported(site, [post]).verbs == ["update"]
    assert [row["post_date"] for row in stored(site)] == [DATE]


def test_rendered_title(site: Site) -> None:
    """A title as WordPress GitHub Sync writes it, texturized, is no difference."""
    imported(site, [record("a.md", slug="a", title='It\'s "so" & so')])
    shown = site.php("return get_the_title( 1 );")
    assert shown != 'It\'s "so" & so'
    assert imported(site, [record("a.md", slug="a", title=shown)]).verbs == ["unchanged"]


def test_changed_while_planned(site: Site) -> None:
    """A record that changed between plan and apply is left alone."""
    post = record("a.md", slug="a", date=DATE)
    findings: list[Finding] = []
    with target(site, findings) as live:
        ((_, decision),) = plan(live, [post])
        post.title = "Edited"
        (action,) = live.apply([(post, decision)])
    assert (action.verb, [f.code for f in findings]) == ("skip", ["source-changed"])
    assert write_requests(site) == []


@one_flavour("wp61-mariadb")
def test_hundreds_of_posts(site: Site) -> None:
    """A site of several listing pages is known in full."""
    posts = site.php(
        "return array_map( fn( $n ) => wp_insert_post( array( 'post_title' => \"Post $n\","
        " 'post_name' => \"post-$n\", 'post_status' => 'publish', 'post_content' => 'Text' ) ),"
        " range( 1, 230 ) );"
    )
    records = [record(f"post-{n}.md", title=f"Post {n}", slug=f"post-{n}") for n in range(1, 231)]
    assert len(posts) == 230
    assert planned(site, records).verbs == ["unchanged"] * 230
