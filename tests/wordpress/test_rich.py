"""The rich site holds what it is there for, on each WordPress, looked at through PHP."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.wordpress.conftest import BootedSites
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.rich import Made, fill
from tests.wordpress.site import Site

COLUMN = "return array_map( fn( $id ) => get_post( $id )->{$column}, $ids );"
ROWS = """
    return $wpdb->get_results(
        "SELECT meta_key, meta_value FROM {$wpdb->prefix}{$kind}meta WHERE {$kind}_id = $id",
        ARRAY_N
    );
"""
FEATURES = """
    $options   = array( 'show_on_front', 'page_on_front', 'page_for_posts', 'site_icon' );
    $revisions = wp_get_post_revisions( $posts['revised'] );
    return array(
        'options'   => array_map( 'get_option', $options ),
        'sticky'    => get_option( 'sticky_posts' ),
        'formats'   => array_map( 'get_post_format', array( $posts['aside'], $posts['quote'] ) ),
        'revisions' => array_values( wp_list_pluck( $revisions, 'post_content' ) ),
        'block'     => get_post_type( $posts['reusable_block'] ),
        'calls it'  => has_block( 'core/block', $posts['with_block'] ),
    );
"""
TERMS = """
    $term = 'get_term';
    return array_map(
        fn( $id ) => array( $term( $id )->name, $term( $id )->slug, $term( $id )->parent ),
        $ids
    );
"""
MENU = """
    return array_map(
        fn( $item ) => array( $item->ID, (int) $item->menu_item_parent, $item->object ),
        wp_get_nav_menu_items( $menu )
    );
"""
COMMENTS = """
    $ids  = implode( ',', $ids );
    $rows = "SELECT comment_ID, comment_approved, comment_type FROM $wpdb->comments";
    return $wpdb->get_results( "$rows WHERE comment_ID IN ($ids)", ARRAY_N );
"""
TRASHED_WITH_POST = """
    return get_comments( array( 'post_id' => $id, 'status' => 'post-trashed', 'count' => true ) );
"""
DEPTH = """
    for ( $depth = 0; $id; $depth++ ) {
        $levels[] = get_comment_meta( $id, 'level', true );
        $id       = (int) get_comment( $id )->comment_parent;
    }
    return array( $depth, $levels );
"""
MEDIA = """
    $file   = fn( $id ) => get_post_meta( $id, '_wp_attached_file', true );
    $exists = fn( $id ) => is_file( get_attached_file( $id ) );
    return array_map( fn( $id ) => array( $file( $id ), $exists( $id ) ), $ids );
"""
PICTURE = """
    return array(
        get_post_meta( $photo, '_wp_attachment_image_alt', true ),
        get_post( $photo )->post_excerpt,
        get_post_thumbnail_id( $owner ),
        basename( wp_get_original_image_path( $scaled ) ),
        wp_get_attachment_metadata( $scaled )['width'],
        count( wp_get_attachment_metadata( $scaled )['sizes'] ) > 2,
    );
"""
USERS = """
    $writers = $wpdb->get_col( "SELECT DISTINCT post_author FROM $wpdb->posts" );
    $role    = fn( $id ) => implode( get_userdata( $id )->roles );
    $writes  = fn( $id ) => in_array( (string) $id, $writers, true );
    return array_map( fn( $id ) => array( $role( $id ), $writes( $id ) ), $ids );
"""


class RichSite(NamedTuple):
    """A filled site and the IDs of what is in it."""

    site: Site
    made: Made

    def php(self, code: str, **values: object) -> Any:
        """Run PHP in it."""
        return self.site.php(code, **values)

    def column(self, group: str, column: str) -> dict[str, Any]:
        """Give one column of the posts of a group."""
        stored: dict[str, Any] = self.php(COLUMN, ids=self.made[group], column=column)
        return stored

    def metas(self, kind: str, number: int) -> list[tuple[str, str]]:
        """Give the metas of a post, comment or term as the database holds them."""
        rows = self.php(ROWS, kind=kind, id=number)
        return [(key, value) for key, value in rows]


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=pytest.mark.wordpress) for name in FLAVOURS]
)
def filled(request: pytest.FixtureRequest, booted_sites: BootedSites) -> RichSite:
    """A rich site, filled once for this module, whose tests only look."""
    site = booted_sites(FLAVOURS[request.param])
    site.reset()
    return RichSite(site, fill(site))


def test_every_status(filled: RichSite) -> None:
    """Core's six and an own one, with password and trash, which are more than a status."""
    assert filled.column("statuses", "post_status") == {
        "publish": "publish",
        "draft": "draft",
        "pending": "pending",
        "private": "private",
        "auto-draft": "auto-draft",
        "archived": "archived",
        "future": "future",
        "password": "publish",
        "closed": "publish",
        "trash": "trash",
        "gone": "publish",
        "old_guid": "publish",
        "undated": "draft",
    }
    assert filled.column("statuses", "post_password")["password"] == 'sesame ]]> & "salt"'
    assert filled.column("statuses", "ping_status")["closed"] == "closed"
    assert filled.column("statuses", "post_author")["gone"] == "4711"
    assert filled.column("statuses", "menu_order")["closed"] == -3
    guid = filled.column("statuses", "guid")["old_guid"]
    assert guid == "https://old.example.org/?p=12&amp;preview=1"


def test_a_post_without_any_date(filled: RichSite) -> None:
    """All four are zeros, as they are in a comment."""
    columns = ("post_date", "post_date_gmt", "post_modified", "post_modified_gmt")
    of_comment = filled.php(
        "return get_comment( $id )->comment_date;", id=filled.made["comments"]["undated"]
    )

    assert {filled.column("statuses", name)["undated"] for name in columns} == {of_comment}
    assert of_comment == "0000-00-00 00:00:00"


def test_posts_that_are_hard_to_tell_apart(filled: RichSite) -> None:
    """Twins differ in slug and body alone; titles may be empty or 0."""
    titles, dates, slugs = (
        filled.column("slugs", column) for column in ("post_title", "post_date", "post_name")
    )

    assert titles["first_twin"] == titles["second_twin"] == "Twins"
    assert dates["first_twin"] == dates["second_twin"] == "2017-05-05 05:05:05"
    assert (slugs["first_twin"], slugs["second_twin"]) == ("twins", "twins-2")
    assert (titles["untitled"], titles["untitled_draft"], titles["title_zero"]) == ("", "", "0")


def test_odd_slugs(filled: RichSite) -> None:
    """Digits alone, percent signs, cut off at 200 bytes, none, and a draft's that is taken."""
    slugs = filled.column("slugs", "post_name")

    assert slugs["numeric"] == "2017"
    assert filled.column("own", "post_name")["numeric"] == "1917"
    assert slugs["cyrillic"].startswith("%d0%bf%d1%80")
    assert slugs["arabic"].startswith("%d8%a7%d9%84")
    assert slugs["emoji"].startswith("%e2%9b%b4-leaves")
    assert [len(slugs[name]) for name in ("long", "long_again", "long_cjk")] == [200, 200, 198]
    assert slugs["long_again"].endswith("-2")
    assert (slugs["untitled_draft"], slugs["draft_slug"]) == ("", "twins")


def test_a_tree_of_pages(filled: RichSite) -> None:
    """Two pages share a slug under different parents, one is older than its parent, one alone."""
    pages, parents = filled.made["pages"], filled.column("pages", "post_parent")
    slugs = filled.column("pages", "post_name")

    assert slugs["island_about"] == slugs["village_about"] == "about"
    assert (parents["island_about"], parents["village_about"]) == (
        pages["island"],
        pages["village"],
    )
    assert parents["orphan"] == 4712
    assert parents["grandchild"] == pages["child"] < parents["child"] == pages["island"]


def test_terms(filled: RichSite) -> None:
    """Three levels, one name under two parents, a slug of its own, meta and a description."""
    made = filled.made["terms"]
    terms = filled.php(TERMS, ids=made)

    assert terms["ferries"] == ["Ferries", "ferries", made["harbour"]]
    assert terms["timetables"] == ["A timetable", "a-timetable", made["ferries"]]
    assert terms["other_ferries"] == ["Ferries", "ferries-museum", made["museum"]]
    assert terms["other_slug"] == ["Weather &amp; wind", "sky", 0]
    assert terms["zero"] == ["0", "0", 0]
    assert terms["august"] == ["August", "august", made["summer"]]
    assert filled.metas("term", made["harbour"]) == [
        ("colour", "blue"),
        ("colour", "grey ]]>"),
        ("piers", 'a:2:{s:5:"north";i:2;s:5:"south";s:5:"three";}'),
    ]
    described = filled.php("return get_term( $id )->description;", id=made["harbour"])
    assert described == 'Ships &amp; nets, "]]&gt;"\r\nin two lines'


def test_metas(filled: RichSite) -> None:
    """Every kind of row, with the text that WordPress stores for it."""
    rows = filled.metas("post", filled.made["metas"]["post"])
    stored = dict(rows)

    assert [value for key, value in rows if key == "many"] == ["first", "second", "first"]
    assert (stored["empty"], stored["zero"]) == ("", "0")
    assert (stored["number"], stored["yes"]) == ("1.5", "1")
    assert stored["object"] == 'O:8:"stdClass":1:{s:5:"depth";i:3;}'
    assert stored["looks_serialized"] == 's:20:"a:1:{i:0;s:3:"one";}";'
    assert stored["starts_serialized"] == 's:29:"a:1:{i:0;s:3:"one";} and more";'
    assert stored["serialized_false"] == 's:4:"b:0;";'
    assert stored["broken_serialized"] == 'a:1:{s:4:"name";s:5:"naïve";}'
    assert stored["a key with  blanks"] == stored["a \"quoted\" 'key' & <b>"] == "v"
    assert stored["a ]]> key"] == "a ]]> value ]]>"
    assert stored[" blank key "] == "  blank value  "
    assert stored["back\\slash"] == "C:\\new\\table\\"
    assert stored["lines"] == "one\r\ntwo\rthree\nfour"
    assert stored["blocks"] == '[{"name":"core/html","html":"\\u003cb\\u003e\\u0026"}]'
    assert stored["k" * 255] == "the longest key"
    assert {"_protected", "_edit_lock", "海", "title"} <= set(stored)


def test_texts(filled: RichSite) -> None:
    """Bodies stand in the database as they were given, however hard to carry."""
    bodies = filled.column("texts", "post_content")

    assert bodies["crlf"] == "One\r\nTwo\r\n\r\nOld Mac\rThree\n"
    assert bodies["odd"].startswith("a\r\nb\rc\n]]> <![CDATA[ </item> <!-- & &amp;")
    assert bodies["odd"].endswith("\u2028 ?>\t ")
    assert bodies["slashes"] == "C:\\new\\table \\' \\\" \\0 \\u0041 \\\\\\ end\\"
    assert bodies["emoji"].startswith("Ferry ⛴, family 👩‍👩‍👧‍👦")
    assert bodies["cjk"] == "夕日が港に沈む。배가 떠났다。渡轮离开了。"
    assert "\u202eabc\u202c" in bodies["rtl"]
    assert bodies["blanks"].startswith("\n \t leading")
    assert bodies["blanks"].endswith("\u2028 \t \n\n")
    assert '{"html":"\\u003cb\\u003e' in bodies["blocks"]
    assert bodies["markers"] == "<p>a ]]> b ]]]]>> c <![CDATA[ d ]]></p>"
    assert 1_500_000 <= len(bodies["huge"]) < 1_501_000


def test_comments(filled: RichSite) -> None:
    """Each state and type, an empty type, meta, and a thread of six levels."""
    ids = {name: number for name, number in filled.made["comments"].items() if name != "post"}
    rows = filled.php(COMMENTS, ids=list(ids.values()))
    names = {str(number): name for name, number in ids.items()}

    assert {names[row[0]]: row[1:] for row in rows} == {
        "approved": ["1", "comment"],
        "held": ["0", "comment"],
        "spam": ["spam", "comment"],
        "trash": ["trash", "comment"],
        "pingback": ["1", "pingback"],
        "trackback": ["1", "trackback"],
        "review": ["1", "review"],
        "odd": ["1", "comment"],
        "anonymous": ["1", "comment"],
        "by_user": ["1", "comment"],
        "undated": ["1", "comment"],
        "untyped": ["1", ""],
        "deepest": ["1", "comment"],
    }
    assert filled.php(DEPTH, id=ids["deepest"]) == [6, ["6", "5", "4", "3", "2", "1"]]
    assert filled.metas("comment", ids["odd"]) == [
        ("rating", "5"),
        ("rating", "4"),
        ("a ]]> key", 'a:1:{s:6:"nested";a:2:{i:0;s:9:"value ]]>";i:1;s:1:"\\";}}'),
    ]
    assert filled.php(TRASHED_WITH_POST, id=filled.made["statuses"]["trash"]) == 1


def test_attachments(filled: RichSite) -> None:
    """Real files: two of one name, a scaled one, a non-ASCII name, text; one file is gone."""
    media = filled.made["media"]
    files = {name: media[name] for name in media if name not in ("owner", "gallery")}

    assert filled.php(MEDIA, ids=files) == {
        "photo": ["2018/04/photo.png", True],
        "photo_two": ["2018/04/photo-1.png", True],
        "scaled": ["2018/04/wide-scaled.jpg", True],
        "non_ascii": ["2018/04/Grose-海.png", True],
        "icon": ["2018/04/icon.png", True],
        "text": ["2018/04/timetable.txt", True],
        "missing": ["2016/07/film & más.jpg", False],
    }
    assert filled.php(PICTURE, **media) == [
        'The pier \\ "at dusk" ]]>',
        "A caption ]]> & <b>more</b>",
        media["photo"],
        "wide.jpg",
        2560,
        True,
    ]
    gallery = filled.column("media", "post_content")["gallery"]
    assert f'<!-- wp:gallery {{"ids":[{media["photo"]},{media["photo_two"]}]}} -->' in gallery


def test_a_nested_menu(filled: RichSite) -> None:
    """Three levels: an address, a page, a category."""
    menu = filled.made["menu"]

    assert filled.php(MENU, menu=menu["menu"]) == [
        [menu["first"], 0, "custom"],
        [menu["second"], menu["first"], "page"],
        [menu["third"], menu["second"], "category"],
    ]


def test_what_ties_the_site_together(filled: RichSite) -> None:
    """Front page, icon, stickies, formats, revisions, and a reusable block."""
    pages, posts = filled.made["pages"], filled.made["posts"]

    assert filled.php(FEATURES, posts=posts) == {
        "options": ["page", *(str(n) for n in (pages["front"], pages["news"])), icon(filled)],
        "sticky": [posts["sticky"], posts["sticky_too"]],
        "formats": ["aside", "quote"],
        "revisions": ["Third words", "Second words ]]>"],
        "block": "wp_block",
        "calls it": True,
    }


def icon(filled: RichSite) -> str:
    """Give the ID of the site's icon, as options hold numbers."""
    return str(filled.made["media"]["icon"])


def test_users(filled: RichSite) -> None:
    """Every role and none, some without posts; a backslash stays in the name."""
    assert filled.php(USERS, ids=filled.made["users"]) == {
        "admin": ["administrator", True],
        "editor": ["editor", True],
        "author": ["author", True],
        "contributor": ["contributor", True],
        "subscriber": ["subscriber", False],
        "idle": ["author", False],
        "no_role": ["", True],
        "backslash": ["author", True],
        "cjk": ["author", True],
    }
    name = filled.php("return get_userdata( $backslash )->display_name;", **filled.made["users"])
    assert name == "Back\\slash O'Neill"
