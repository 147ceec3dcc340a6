"""Recognition on a real site: which post a record is, and when nobody can tell."""

import pytest

from tests.wordpress.importing import imported, planned, record, stored, write_requests
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
INSERT = "return wp_insert_post( wp_slash( $post ), true );"


def insert(site: Site, **fields: str) -> int:
    """Put a post into the site, as somebody else would; return its id."""
    post = {
        "post_title": "Title",
        "post_name": "a-slug",
        "post_content": "Text",
        "post_status": "publish",
        "post_date": DATE,
        **fields,
    }
    post_id: int = site.php(INSERT, post=post)
    return post_id


def test_id_of_this_site(site: Site) -> None:
    """An ID counts where the permalink says that the record comes from this very site."""
    post_id = insert(site)
    ours = record("a.md", id=post_id, slug="renamed", date=DATE, link=f"{site.url}/renamed/")
    assert planned(site, [ours]).verbs == ["update"]
    theirs = record("a.md", id=post_id, slug="other", date=DATE, link="https://old.example/other/")
    done = planned(site, [theirs])
    assert (done.verbs, done.found("loss-id")) == (["create"], [("a.md", "id")])


def test_id_of_a_draft(site: Site) -> None:
    """A draft of this site is known by its ID, however much of it has changed."""
    post_id = insert(site, post_status="draft", post_name="")
    draft = record("a.md", id=post_id, status="draft", title="New", link=f"{site.url}/?p={post_id}")
    done = imported(site, [draft])
    assert (done.verbs, [row["post_title"] for row in stored(site)]) == (["update"], ["New"])


def test_id_that_is_another_post(site: Site) -> None:
    """An ID whose post has neither the slug nor the date of the record is a conflict."""
    post_id = insert(site)
    post = record("a.md", id=post_id, slug="b", date="2001-01-01 00:00:00", link=f"{site.url}/b/")
    done = imported(site, [post])
    assert (done.verbs, done.found("target-conflict")) == (["conflict"], [("a.md", "slug")])
    assert write_requests(site) == []


def test_permalink(site: Site) -> None:
    """The path of the permalink is recognised on another host, whatever the date."""
    insert(site)
    post = record(
        "a.md", title="Title", link="http://old.example/a-slug", date="2001-01-01 00:00:00"
    )
    done = planned(site, [post])
    assert done.verbs == ["update"]
    assert [change.field for change in done.actions[0].changes] == ["date"]


def test_permalink_that_another_site_has_as_well(site: Site) -> None:
    """The same path on another host, with other date and texts, is another post: a conflict."""
    insert(site, post_name="taken", post_date="2010-01-01 00:00:00")
    insert(site, post_name="priv", post_status="private")
    before = stored(site)
    posts = [
        record("a.md", slug="taken", date=DATE, link="https://e.org/taken/"),
        record("b.md", slug="taken", link="https://e.org/taken/"),
        record("c.md", slug="priv", date="2001-01-01 00:00:00", link="https://e.org/priv/"),
        record("d.md", slug="priv", date="2001-01-01 00:00:00", link=f"{site.url}/priv/"),
    ]
    done = imported(site, posts)
    assert done.verbs == ["conflict"] * 4
    assert (write_requests(site), stored(site)) == ([], before)


def test_edited_file_from_another_host(site: Site) -> None:
    """A file of another host that was edited is the same post as long as its date is."""
    post = record("a.md", slug="a", date=DATE, link="https://e.org/a/")
    imported(site, [post])
    post.title, post.content = "New", b"New text"
    assert imported(site, [post]).verbs == ["update"]
    assert [row["post_title"] for row in stored(site)] == ["New"]


def test_permalink_of_another_type(site: Site) -> None:
    """A permalink under which the site serves a record of another type is a conflict."""
    insert(site)
    post, page = record("b.md"), record("a.md", type="page", link="https://old.example/a-slug/")
    assert planned(site, [post, page]).verbs == ["create", "conflict"]


def test_slug_and_date(site: Site) -> None:
    """Without a usable permalink, type, slug and date together tell the post."""
    site.set_option("permalink_structure", "/archive/%post_id%/")
    insert(site)
    post = record(
        "a.md", title="Title", slug="A-Slug", date=DATE, link="https://old.example/a-slug/"
    )
    done = planned(site, [post])
    assert (done.verbs, done.found("target-link-differs")) == (["unchanged"], [("a.md", "link")])


def test_slug_taken(site: Site) -> None:
    """A slug that another post holds is a conflict: nothing is sent, the others go in."""
    insert(site)
    posts = [record("a.md", slug="a-slug", date="2001-01-01 00:00:00"), record("b.md", slug="b")]
    done = imported(site, posts)
    assert (done.verbs, done.found("target-conflict")) == (
        ["conflict", "create"],
        [("a.md", "slug")],
    )
    assert [row["post_name"] for row in stored(site)] == ["a-slug", "b"]


def test_slug_taken_in_other_letters(site: Site) -> None:
    """Slugs are compared decoded and in lower case."""
    insert(site, post_name="日本")
    post = record("a.md", slug="%E6%97%A5%E6%9C%AC", date="2001-01-01 00:00:00")
    assert planned(site, [post]).verbs == ["conflict"]


def test_new_slug_taken(site: Site) -> None:
    """A record that changes its slug into another post's is a conflict."""
    insert(site, post_name="first")
    second = insert(site, post_name="second")
    post = record("a.md", id=second, slug="first", date=DATE, link=f"{site.url}/?p={second}")
    assert planned(site, [post]).verbs == ["conflict"]


def test_two_records_of_one_slug(site: Site) -> None:
    """Of two records with one slug the first goes in, the second names it as its conflict."""
    posts = [record("a.md", slug="same"), record("b.md", slug="Same", title="Other")]
    done = imported(site, posts)
    assert done.verbs == ["create", "conflict"]
    assert done.actions[1].reason == "a.md has the slug same as well"
    again = imported(site, posts)
    assert again.verbs == ["unchanged", "conflict"]
    assert again.actions[1].reason == "a.md is post 1 of the site as well"


def test_slug_that_only_wordpress_refuses(site: Site) -> None:
    """A create that comes back with another slug is taken back at once, for good."""
    insert(site, post_status="auto-draft", post_name="held")  # no listing shows it
    done = imported(site, [record("a.md", slug="held"), record("b.md", slug="fine")])
    assert done.verbs == ["conflict", "create"]
    assert (
        done.actions[0].reason == "the site gave it the slug held-2 instead, so it was taken back"
    )
    assert [f.fix for f in done.findings if f.code == "target-conflict"] == [
        "The site refuses the slug by its own rules: give the record another one"
    ]
    assert [row["post_name"] for row in stored(site)] == ["held", "fine"]


def test_slug_that_wordpress_keeps(site: Site) -> None:
    """A slug that WordPress never gives to a post is a conflict before anything is sent."""
    posts = [record("a.md", slug="feed"), record("b.md", slug="2016")]
    done = imported(site, posts)
    assert done.verbs == ["conflict", "conflict"]
    assert done.actions[0].reason == "WordPress keeps the slug feed for itself"
    assert write_requests(site) == []


def test_year_as_a_slug_below_dates(site: Site) -> None:
    """Where addresses begin with a date, a year is a slug like any other."""
    site.set_option("permalink_structure", "/%year%/%monthnum%/%day%/%postname%/")
    insert(site)
    assert imported(site, [record("a.md", slug="2016")]).verbs == ["create"]
    assert [row["post_name"] for row in stored(site)] == ["a-slug", "2016"]


def test_slugless_draft(site: Site) -> None:
    """A draft without slug is recognised by title and content, and else is a new one."""
    draft = record("a.md", status="draft", title="Idea", content=b"One")
    assert imported(site, [draft]).verbs == ["create"]
    assert imported(site, [draft]).verbs == ["unchanged"]
    other = record("b.md", status="draft", title="Idea", content=b"Two")
    assert imported(site, [draft, other]).verbs == ["unchanged", "create"]


def test_edited_slugless_draft(site: Site) -> None:
    """A draft with a date stays one post when its text changes, and when it is published."""
    draft = record("a.md", status="draft", title="Idea", content=b"One", date=DATE)
    imported(site, [draft])
    draft.content = b"Two"
    assert imported(site, [draft]).verbs == ["update"]
    draft.status, draft.slug, draft.content = "publish", "idea", b"Three"
    assert imported(site, [draft]).verbs == ["update"]
    assert [(row["post_name"], row["post_content"]) for row in stored(site)] == [("idea", "Three")]


def test_edited_draft_of_several(site: Site) -> None:
    """Where several drafts have title and date of an edited one, nobody can tell: a conflict."""
    twin = {"post_status": "draft", "post_name": "", "post_title": "Idea"}
    insert(site, **twin)
    insert(site, **twin)
    draft = record("a.md", status="draft", title="Idea", content=b"Other", date=DATE)
    assert planned(site, [draft]).verbs == ["conflict"]


def test_ambiguous_drafts(site: Site) -> None:
    """Where several drafts fit, the date decides; where that doesn't either, it is a conflict."""
    twin = {"post_status": "draft", "post_name": "", "post_title": "Idea"}
    insert(site, **twin)
    second = insert(site, **twin, post_date="2017-01-01 00:00:00")
    draft = {"status": "draft", "title": "Idea"}
    dated = planned(site, [record("a.md", date="2017-01-01 00:00:00", **draft)])
    assert (dated.verbs, dated.actions[0].target_url) == (["unchanged"], f"{site.url}/?p={second}")
    assert planned(site, [record("a.md", **draft)]).verbs == ["conflict"]


def test_published_without_slug(site: Site) -> None:
    """A published record without slug gets WordPress's, and is recognised all the same."""
    post = record("a.md", title="Some title")
    assert imported(site, [post]).verbs == ["create"]
    assert [row["post_name"] for row in stored(site)] == ["some-title"]
    assert imported(site, [post]).verbs == ["unchanged"]


def test_trashed_on_the_site(site: Site) -> None:
    """A post that somebody put into the trash isn't made again: it is a conflict."""
    post = record("a.md", slug="a", date=DATE)
    imported(site, [post])
    site.php("wp_trash_post( 1 );")
    assert imported(site, [post]).verbs == ["conflict"]
    assert len(stored(site)) == 1
