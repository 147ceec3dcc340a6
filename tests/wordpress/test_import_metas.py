"""Metas that aren't registered for REST: sent over XML-RPC, or named where they can't be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from migrate.model.post import Meta, Post
from migrate.plan.journal.journal import Journal
from tests.wordpress.importing import imported, install_plugin, record, stored, write_requests
from tests.wordpress.rich import rich_records
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
OFF = "add_filter( 'xmlrpc_enabled', '__return_false' );"
CHECKED = """
add_filter( 'check_password', function ( $is, $password, $hash, $user ) {
    if ( $user && get_userdata( $user )->user_pass === $hash ) {
        $lengths = get_option( 'checked', array() );
        update_option( 'checked', array( ...$lengths, strlen( $password ) ) );
    }
    return $is;
}, 10, 4 );
"""
PICKY = """
add_filter( 'authenticate', function ( $user, $name, $password ) {
    return strlen( $password ) > 100 ? new WP_Error( 'long' ) : $user;
}, 100, 3 );
"""
BESIDE = """
    return array(
        $wpdb->get_col( "SELECT post_type FROM $wpdb->posts ORDER BY ID" ),
        $wpdb->get_col( "SELECT DISTINCT meta_key FROM $wpdb->postmeta ORDER BY meta_key" ),
    );
"""


@pytest.fixture
def journal() -> Iterator[Journal]:
    """A journal that several imports share."""
    with Journal.in_memory() as shared:
        yield shared


def metas(site: Site, post_id: int = 1) -> Any:
    """All metas of a post but WordPress's own, as key and raw value in the order of the rows."""
    return site.php(
        'return $wpdb->get_results( $wpdb->prepare( "SELECT meta_key, meta_value FROM'
        " $wpdb->postmeta WHERE post_id = %d AND meta_key NOT LIKE '\\_%%' ORDER BY meta_id\","
        " $id ), ARRAY_N );",
        id=post_id,
    )


def with_metas(*rows: Meta, **fields: Any) -> Post:
    """A record with these metas."""
    return record("a.md", slug="a", date=DATE, meta=list(rows), **fields)


def several(count: int) -> list[Post]:
    """Records with a meta each."""
    return [
        record(f"{n}.md", slug=f"s{n}", date=DATE, meta=[Meta("mood", f"m{n}")])
        for n in range(count)
    ]


def test_every_value_arrives(site: Site) -> None:
    """Repeated keys, empty values, odd texts and arrays are in the database as in the source."""
    rows = [
        *(Meta("many", "1"), Meta("many", "2"), Meta("many", "1"), Meta("empty", "")),
        *(Meta(" key \\ ", "  x\r\ny\rz \t"), Meta("back", "\\\\n \\' C:\\new\\")),
        *(Meta("control", "a\x00\x08\x1bb\ufffe"), Meta("xml", "]]> <![CDATA[ &amp; &bogus; 😀")),
        Meta("tree", 'a:2:{i:0;a:2:{s:1:"k";d:3.25;i:7;b:1;}s:3:" x\n";s:3:" \r\n";}'),
        *(Meta("list", 'a:2:{i:0;i:1099511627776;i:1;s:2:"é";}'), Meta("none", "a:0:{}")),
    ]
    rows = [meta for meta in rows if "\n" not in meta.value or meta.key != "tree"]
    done = imported(site, [with_metas(*rows)])
    assert (done.verbs, done.findings) == (["create"], [])
    assert metas(site) == [list(meta) for meta in rows]


def test_one_request_for_many(site: Site) -> None:
    """The metas of new posts take one request more, which tells what became of them as well."""
    done = imported(site, several(3))
    asked = [line for line in site.requests() if "xmlrpc" in line]
    assert (done.findings, len(asked)) == ([], 2)  # the first one asks whether it is on
    assert [metas(site, number) for number in (1, 2, 3)] == [[["mood", f"m{n}"]] for n in range(3)]


def test_own_password_is_passed_over(site: Site) -> None:
    """To sign in for each post costs no look at the account's own password, which is slow."""
    install_plugin(site, CHECKED)
    imported(site, several(2))
    lengths = site.php("return get_option( 'checked' );")
    assert [length > 4096 for length in lengths] == [
        False,
        *4 * [True],
    ]  # the first asks, see above


def test_site_that_takes_no_blanks(site: Site) -> None:
    """Where a site takes the password only as it is, metas get in all the same."""
    install_plugin(site, PICKY)
    imported(site, several(2))
    assert [metas(site, number) for number in (1, 2)] == [[["mood", "m0"]], [["mood", "m1"]]]


def test_nothing_else_changes(site: Site) -> None:
    """No revision and no second ping comes of it, and the post's times stay."""
    done = imported(site, [with_metas(Meta("mood", "calm"))])
    assert site.php(BESIDE) == [["post"], ["_encloseme", "_pingme", "mood"]]
    (row,) = stored(site)
    assert (row["post_modified"], row["post_date"]) == (DATE, DATE)
    assert done.found("loss-field-changed") == []


def test_once_and_then_no_more(site: Site, journal: Journal) -> None:
    """A second import sends nothing, with a journal and without, and asks nothing with one."""
    posts = [with_metas(Meta("mood", " calm "), Meta("mood", "")), record("b.md", slug="b")]
    imported(site, posts, journal=journal)
    before = len(site.requests())
    assert imported(site, posts, journal=journal).verbs == ["unchanged", "unchanged"]
    assert [line for line in site.requests()[before:] if "xmlrpc" in line] == []
    sent = [line for line in write_requests(site) if "xmlrpc" not in line]
    assert imported(site, posts).verbs == ["unchanged", "unchanged"]
    assert [line for line in write_requests(site) if "xmlrpc" not in line] == sent
    assert metas(site) == [["mood", " calm "], ["mood", ""]]


def test_update(site: Site, journal: Journal) -> None:
    """Rows are changed in place, added and taken away; the metas of other keys stay."""
    first = [Meta("cats", "a"), Meta("cats", "b"), Meta("cats", "c"), Meta("other", "o")]
    imported(site, [with_metas(*first)], journal=journal)
    site.php("add_post_meta( 1, 'theirs', 't' );")
    new = [Meta("cats", "a"), Meta("cats", "z"), Meta("new", "n")]
    done = imported(site, [with_metas(*new)], journal=journal)
    assert done.verbs == ["update"]
    assert [(c.field, c.before, c.after) for c in done.actions[0].changes] == [
        ("custom_fields.cats", "a, b, c", "a, z"),
        ("custom_fields.new", "", "n"),
    ]
    assert metas(site) == [
        *(["cats", "a"], ["cats", "z"], ["other", "o"], ["theirs", "t"], ["new", "n"])
    ]
    steps = [step for run in journal.runs() for step in journal.steps(run.number)]
    assert [(s.verb, s.object, s.site_id, s.earlier) for s in steps if s.object == "meta"] == [
        ("update", "meta", 1, '{"cats":["a","b","c"],"new":[]}')
    ]


def test_what_is_there_is_not_doubled(site: Site) -> None:
    """What somebody else has set on a new post, or a lost import before, is changed, not added."""
    install_plugin(
        site, "add_action( 'save_post', fn( $id ) => add_post_meta( $id, 'mood', 'theirs' ) );"
    )
    imported(site, [with_metas(Meta("mood", "ours"))])
    assert metas(site) == [["mood", "ours"]]


def test_what_cannot_travel(site: Site) -> None:
    """Protected keys and serialized scalars and objects are one finding a key, with a way out."""
    rows = [
        *(Meta("_secret", "x"), Meta("flag", "b:0;"), Meta("thing", 'O:8:"stdClass":0:{}')),
        *(Meta("broken", 'a:1:{s:4:"name";s:5:"naïve";}'), Meta("fine", "f")),
    ]
    posts = [with_metas(*rows), record("b.md", slug="b", date=DATE, meta=rows)]
    done = imported(site, posts)
    assert done.found("loss-meta-not-registered") == [
        ("a.md", key) for key in ("_secret", "flag", "thing", "broken")
    ]
    fixes = [found.fix for found in done.findings]
    assert fixes[0] == (
        "Register it on the site, then import again: register_post_meta( 'post', '_secret', array("
        " 'type' => 'string', 'single' => true, 'show_in_rest' => true, 'auth_callback' =>"
        " fn() => current_user_can( 'edit_posts' ) ) );"
    )
    assert fixes[1:] == ["Bring it in with a WXR file"] * 3
    assert metas(site) == metas(site, 2) == [["fine", "f"]]


def test_registering_as_told(site: Site) -> None:
    """The lines that a finding gives make the site take the meta."""
    install_plugin(site, OFF)
    posts = [
        with_metas(Meta("it's \\ odd", "x")),
        record("p.md", type="page", meta=[Meta("m", "1")]),
    ]
    done = imported(site, posts)
    assert done.found("loss-meta-not-registered") == [("a.md", "it's \\ odd"), ("p.md", "m")]
    lines = [found.fix.partition(": ")[2] for found in done.findings]
    install_plugin(site, f"{OFF} add_action( 'init', function () {{ {' '.join(lines)} }} );")
    assert imported(site, posts).verbs == ["update", "update"]
    assert (metas(site), metas(site, 2)) == ([["it's \\ odd", "x"]], [["m", "1"]])


def test_refused_by_the_site(site: Site, journal: Journal) -> None:
    """A meta that a plugin keeps away is named, and not sent at each import."""
    install_plugin(
        site,
        "add_filter( 'add_post_metadata', fn( $done, $id, $key ) => 'no' === $key ? false : $done,"
        " 10, 3 );",
    )
    posts = [with_metas(Meta("no", "x"), Meta("yes", "y"))]
    done = imported(site, posts, journal=journal)
    assert done.found("loss-field-changed") == [("a.md", "no")]
    assert imported(site, posts, journal=journal).verbs == ["unchanged"]
    assert metas(site) == [["yes", "y"]]


def test_rich_metas(site: Site) -> None:
    """Of every kind of meta that plugins leave, all arrive or are named."""
    _, posts = rich_records(site.flavour)
    (rich,) = [post for post in posts if post.title == "Metas of all kinds"]
    source = rich.meta or []
    done = imported(site, [with_metas(*source)])
    named = {field for _, field in done.found("loss-meta-not-registered")}
    protected = {meta.key for meta in source if meta.key.startswith("_")}
    assert named == protected | {"broken_serialized", "object", "serialized"}
    assert metas(site) == [list(meta) for meta in source if meta.key not in named]
