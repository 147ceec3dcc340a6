"""Comments of an import, as WordPress holds them afterwards."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest

from migrate.model.post import Comment, Meta, Post
from migrate.plan.journal.journal import Journal
from tests.wordpress.importing import (
    imported,
    install_plugin,
    record,
    stored,
    write_requests,
    written_by,
)
from tests.wordpress.rich import rich_records
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
COMMENTS = """
    return array_map( fn( $c ) => array( $c->comment_author, $c->comment_content,
        $c->comment_approved, $c->comment_date, $c->comment_parent
            ? get_comment( $c->comment_parent )->comment_content : '' ),
        $wpdb->get_results( "SELECT * FROM $wpdb->comments ORDER BY comment_date, comment_ID" ) );
"""
OFF = "add_filter( 'xmlrpc_enabled', '__return_false' );"
MAIL_TRAP = """
add_filter( 'pre_wp_mail', function ( $done, $mail ) {
    file_put_contents( ABSPATH . 'mails', $mail['subject'] . PHP_EOL, FILE_APPEND );
    return true;
}, 10, 2 );
"""


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def comment(number: int, text: str, above: int = 0, **more: Any) -> Comment:
    """A reader's approved comment, a minute after the one before."""
    stated: dict[str, Any] = {
        "author": f"Reader {number}",
        "author_email": f"reader{number}@example.org",
        "author_url": "",
        "author_ip": "192.0.2.7",
        "date": f"2016-07-17 12:{number:02}:00",
        "approved": "1",
        "type": "comment",
        "user_id": 0,
    }
    return Comment(id=number, content=text, parent=above, **{**stated, **more})


def talked(*comments: Comment, **fields: Any) -> Post:
    """A record with these comments."""
    return record("a.md", slug="a", date=DATE, comments=list(comments), **fields)


def comments(site: Site) -> Any:
    """Each comment's author, text, status, date, and the text that it answers."""
    return site.php(COMMENTS)


def test_threads_and_statuses(site: Site, journal: Journal) -> None:
    """Authors, dates, statuses and threads six deep arrive, whatever the order, and only once."""
    deep = [comment(n, f"Level {n}", n - 1 if n > 1 else 0) for n in range(6, 0, -1)]
    others = [
        comment(7, "Held", approved="0"),
        comment(8, "Spam", approved="spam"),
        comment(9, "Trash", approved="trash"),
    ]
    post = talked(*deep, *others)
    done = imported(site, [post], journal=journal)
    assert (done.verbs, done.findings) == (["create"], [])
    told = [
        *(["Reader 1", "Level 1", "1", "2016-07-17 12:01:00", ""],),
        *(
            [f"Reader {n}", f"Level {n}", "1", f"2016-07-17 12:{n:02}:00", f"Level {n - 1}"]
            for n in range(2, 7)
        ),
        ["Reader 7", "Held", "0", "2016-07-17 12:07:00", ""],
        ["Reader 8", "Spam", "spam", "2016-07-17 12:08:00", ""],
        ["Reader 9", "Trash", "trash", "2016-07-17 12:09:00", ""],
    ]
    assert comments(site) == told
    sent = len(write_requests(site))
    assert imported(site, [post], journal=journal).verbs == ["unchanged"]
    assert len(write_requests(site)) == sent
    assert imported(site, [post]).verbs == ["unchanged"]
    assert comments(site) == told


def test_nothing_of_ours(site: Site) -> None:
    """Neither our address nor our name is stored, and an anonymous comment stays one."""
    site.set_option("require_name_email", "")
    nobody: Any = {"author": "", "author_email": "", "author_ip": ""}
    imported(site, [talked(comment(1, "Anonymous", **nobody), comment(2, "Named"))])
    assert site.php(
        'return $wpdb->get_results( "SELECT comment_author, comment_author_email,'
        " comment_author_IP, comment_agent, user_id FROM $wpdb->comments"
        ' ORDER BY comment_date", ARRAY_N );'
    ) == [
        ["", "", "0.0.0.0", "", "0"],
        ["Reader 2", "reader2@example.org", "192.0.2.7", "", "0"],
    ]


def test_no_mails(site: Site) -> None:
    """Nobody is told of a comment from years ago: neither the post's author nor a moderator."""
    site.create_user("author", "jane", "Jane Doe")
    install_plugin(site, MAIL_TRAP)
    source = [comment(1, "One"), comment(2, "Two", 1), comment(3, "Held", approved="0")]
    imported(site, [talked(*source, author=written_by("Jane Doe"))])
    assert [row[2] for row in comments(site)] == ["1", "1", "0"]
    assert not (site.docroot / "mails").exists()


def test_closed_posts(site: Site, journal: Journal) -> None:
    """A post that takes no comments has its own all the same, and is closed afterwards."""
    post = talked(comment(1, "One"), comment_status="closed")
    assert imported(site, [post], journal=journal).findings == []
    assert [row["comment_status"] for row in stored(site)] == ["closed"]
    assert imported(site, [post], journal=journal).verbs == ["unchanged"]
    assert imported(site, [post]).verbs == ["unchanged"]
    post.comments = [*(post.comments or []), comment(2, "Two")]
    assert imported(site, [post], journal=journal).verbs == ["update"]
    assert ([row["comment_status"] for row in stored(site)], len(comments(site))) == (["closed"], 2)


def test_what_changed(site: Site, journal: Journal) -> None:
    """New texts and new comments are sent, the journal keeps the old; others stay as they are."""
    imported(site, [talked(comment(1, "One"), comment(2, "Two"))], journal=journal)
    post = talked(comment(1, "One, better"), comment(2, "Two"), comment(3, "Three", 1))
    done = imported(site, [post], journal=journal)
    assert (done.verbs, [change.field for change in done.actions[0].changes]) == (
        ["update"],
        ["comments"],
    )
    assert [row[1] for row in comments(site)] == ["One, better", "Two", "Three"]
    steps = [step for run in journal.runs() for step in journal.steps(run.number)]
    assert [(s.verb, s.key, s.earlier) for s in steps if s.object == "comment"] == [
        ("create", "a.md#comment:1", ""),
        ("create", "a.md#comment:2", ""),
        ("update", "a.md#comment:1", '{"author_ip":"192.0.2.7","content":"One"}'),
        ("create", "a.md#comment:3", ""),
    ]


def test_changed_on_both_sides(site: Site, journal: Journal) -> None:
    """A comment that was edited here and there is a conflict; one that was deleted stays away."""
    imported(site, [talked(comment(1, "One"), comment(2, "Two"))], journal=journal)
    site.php(
        "foreach ( get_comments() as $c ) { 'Two' === $c->comment_content ?"
        " wp_delete_comment( $c, true ) : wp_update_comment( array( 'comment_ID' =>"
        " $c->comment_ID, 'comment_content' => 'There' ) ); }"
    )
    post = talked(comment(1, "Here"), comment(2, "Two"), comment(3, "Three"))
    done = imported(site, [post], journal=journal)
    assert (done.verbs, done.found("target-conflict")) == (["update"], [("a.md", "comments")])
    assert [row[1] for row in comments(site)] == ["There", "Three"]


def test_what_cannot_travel(site: Site) -> None:
    """Pingbacks, metas and empty texts are named once a kind, and so are comments on drafts."""
    lost = [
        comment(1, "Ping", type="pingback"),
        comment(2, "Ping", type="pingback"),
        comment(3, " "),
        comment(4, "Fine", 1, meta=[Meta("level", "1")]),
    ]
    posts = [talked(*lost), record("b.md", slug="b", date=DATE, comments=lost)]
    done = imported(site, [*posts, record("c.md", status="draft", comments=[comment(9, "x")])])
    assert done.found("loss-comment") == [
        ("a.md", f"comments.{kind}")
        for kind in ("type.pingback", "content", "meta.level", "parent")
    ]
    assert done.found("loss-field-refused") == [("c.md", "comments")]
    assert [row[1] for row in comments(site)] == ["Fine", "Fine"]


def test_refused(site: Site, journal: Journal) -> None:
    """A comment that the site refuses is named, and tried again when the import runs again."""
    posts = [talked(comment(1, "No address", author_email=""), comment(2, "Fine"))]
    done = imported(site, posts, journal=journal)
    assert done.found("loss-field-refused") == [("a.md", "comments")]
    site.set_option("require_name_email", "")
    assert imported(site, posts, journal=journal).findings == []
    assert [row[1] for row in comments(site)] == ["No address", "Fine"]


def test_without_xml_rpc(site: Site) -> None:
    """The same without XML-RPC, on which nothing but a mail to the post's author depends."""
    install_plugin(site, OFF)
    source = [
        comment(1, "One"),
        comment(2, "Held", 1, approved="0"),
        comment(3, "S", approved="spam"),
    ]
    assert imported(site, [talked(*source)]).findings == []
    assert [row[1:3] for row in comments(site)] == [["One", "1"], ["Held", "0"], ["S", "spam"]]


def test_rich_comments(site: Site) -> None:
    """Of the rich site's comments all that are plain arrive as they were."""
    _, posts = rich_records(site.flavour)
    (rich,) = [post for post in posts if len(post.comments or ()) > 6]
    source = rich.comments or []
    site.set_option("timezone_string", "Europe/Oslo")
    site.set_option("require_name_email", "")
    done = imported(site, [talked(*source)])
    assert ("a.md", "comments.date") in done.found("loss-comment")
    source = [each for each in source if each.date]
    plain = [
        each for each in source if each.type in {"", "comment"} and (each.content or "").strip()
    ]
    by_id = {each.id: each for each in source}
    assert sorted(
        [*map(html.unescape, row)] for row in comments(site) if row[3] < "2020"
    ) == sorted(
        [
            each.author,
            html.unescape((each.content or "").strip()),
            each.approved,
            each.date,
            (by_id[each.parent].content or "").strip() if each.parent else "",
        ]
        for each in plain
    )
