"""What stands in WXR is what the model holds: every field, to the byte, in all three versions."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from migrate.errors import RecordError
from migrate.model.post import Author, Comment, Meta, TermRef
from migrate.model.settings import Handle
from migrate.model.site import Site, Term
from migrate.readers.wxr.reader import WxrReader
from tests.wxr_sources import HEAD, TAIL, read_item, read_text

FULL = """<item>
	<title><![CDATA[Lamp & oil]]></title>
	<link>https://tarrow.example/?p=7&#038;x=1</link>
	<pubDate>Sat, 16 Jul 2016 00:22:22 +0000</pubDate>
	<dc:creator><![CDATA[jane]]></dc:creator>
	<guid isPermaLink="false">https://tarrow.example/?p=7</guid>
	<description></description>
	<content:encoded><![CDATA[<p>a ]]]]><![CDATA[> b</p>]]></content:encoded>
	<excerpt:encoded><![CDATA[ short ]]></excerpt:encoded>
	<wp:post_id>7</wp:post_id>
	<wp:post_date><![CDATA[2016-07-16 02:22:22]]></wp:post_date>
	<wp:post_date_gmt><![CDATA[2016-07-16 00:22:22]]></wp:post_date_gmt>
	<wp:post_modified><![CDATA[0000-00-00 00:00:00]]></wp:post_modified>
	<wp:comment_status><![CDATA[open]]></wp:comment_status>
	<wp:ping_status><![CDATA[closed]]></wp:ping_status>
	<wp:post_name><![CDATA[lamp-oil]]></wp:post_name>
	<wp:status><![CDATA[publish]]></wp:status>
	<wp:post_parent>3</wp:post_parent>
	<wp:menu_order>-1</wp:menu_order>
	<wp:post_type><![CDATA[page]]></wp:post_type>
	<wp:post_password><![CDATA[]]></wp:post_password>
	<wp:is_sticky>1</wp:is_sticky>
	<wp:attachment_url><![CDATA[https://tarrow.example/a.jpg]]></wp:attachment_url>
	<category domain="category" nicename="news"><![CDATA[News & views]]></category>
	<category domain="genre" nicename="a&quot;b"><![CDATA[Ghost story]]></category>
	<wp:postmeta>
		<wp:meta_key><![CDATA[k]]></wp:meta_key>
		<wp:meta_value><![CDATA[1]]></wp:meta_value>
	</wp:postmeta>
	<wp:postmeta>
		<wp:meta_key><![CDATA[k]]></wp:meta_key>
		<wp:meta_value><![CDATA[a:1:{i:0;s:1:"x";}]]></wp:meta_value>
	</wp:postmeta>
	<wp:comment>
		<wp:comment_id>4</wp:comment_id>
		<wp:comment_author><![CDATA[Ann]]></wp:comment_author>
		<wp:comment_author_email><![CDATA[ann@tarrow.example]]></wp:comment_author_email>
		<wp:comment_author_url>https://ann.example</wp:comment_author_url>
		<wp:comment_author_IP><![CDATA[192.0.2.1]]></wp:comment_author_IP>
		<wp:comment_date><![CDATA[2016-07-17 10:00:00]]></wp:comment_date>
		<wp:comment_date_gmt><![CDATA[2016-07-17 08:00:00]]></wp:comment_date_gmt>
		<wp:comment_content><![CDATA[Nice]]></wp:comment_content>
		<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
		<wp:comment_type><![CDATA[comment]]></wp:comment_type>
		<wp:comment_parent>2</wp:comment_parent>
		<wp:comment_user_id>0</wp:comment_user_id>
		<wp:commentmeta>
			<wp:meta_key><![CDATA[rating]]></wp:meta_key>
			<wp:meta_value><![CDATA[5]]></wp:meta_value>
		</wp:commentmeta>
	</wp:comment>
</item>
"""


def test_every_field_of_an_item(tmp_path: Path) -> None:
    """Each element has its field, and nothing is noted about a file in order."""
    export = read_text(tmp_path, FULL)
    (post,) = export.posts

    assert (post.id, post.type, post.status, post.slug) == (7, "page", "publish", "lamp-oil")
    assert (post.title, post.excerpt) == ("Lamp & oil", " short ")
    assert post.content == b"<p>a ]]> b</p>"
    assert post.author == Author(login="jane")
    assert (post.date, post.date_gmt) == ("2016-07-16 02:22:22", "2016-07-16 00:22:22")
    assert (post.parent, post.menu_order, post.password, post.sticky) == (3, -1, "", True)
    assert post.link == "https://tarrow.example/?p=7&x=1"
    assert post.guid == "https://tarrow.example/?p=7"
    assert (post.comment_status, post.ping_status) == ("open", "closed")
    assert post.attachment_url == "https://tarrow.example/a.jpg"
    assert post.terms == [
        TermRef("category", "News & views", "news"),
        TermRef("genre", "Ghost story", 'a"b'),
    ]
    assert post.meta == [Meta("k", "1"), Meta("k", 'a:1:{i:0;s:1:"x";}')]
    assert post.comments == [
        Comment(
            id=4,
            author="Ann",
            author_email="ann@tarrow.example",
            author_url="https://ann.example",
            author_ip="192.0.2.1",
            date="2016-07-17 10:00:00",
            date_gmt="2016-07-17 08:00:00",
            content="Nice",
            approved="1",
            type="comment",
            parent=2,
            user_id=0,
            meta=[Meta("rating", "5")],
        )
    ]
    assert export.found == []


def test_a_zero_date_is_stated_and_a_missing_one_is_not(tmp_path: Path) -> None:
    """`0000-00-00` means none; no element means that nobody says."""
    (post,) = read_text(tmp_path, FULL).posts

    assert (post.modified, post.modified_gmt) == ("", None)


def test_what_an_item_does_not_state_is_unset(tmp_path: Path) -> None:
    """Fields stay unset; rows that an export would list are none."""
    post = read_item(tmp_path, "<title>a</title>")

    assert (post.id, post.status, post.content, post.author, post.sticky) == (None,) * 5
    assert (post.terms, post.meta, post.comments) == ([], [], [])


def test_line_ends_stay_as_the_file_has_them(tmp_path: Path) -> None:
    """Raw carriage returns in CDATA, which core writes, and escaped ones are both kept."""
    inner = b"<content:encoded><![CDATA[a\r\nb\rc\n]]>&#13;<![CDATA[\n]]></content:encoded>"

    assert read_item(tmp_path, inner).content == b"a\r\nb\rc\n\r\n"


def test_pub_date_counts_where_no_other_moment_is_stated(tmp_path: Path) -> None:
    """It is an instant, so it gives the date in GMT."""
    alone = read_item(tmp_path, "<pubDate>Sat, 16 Jul 2016 00:22:22 +0200</pubDate>")
    beside = read_item(
        tmp_path,
        "<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>"
        "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
    )

    assert (alone.date_gmt, beside.date_gmt) == ("2016-07-15 22:22:22", "")


CHANNEL = """<title>Tarrow Haven &amp; Co</title>
<link>https://tarrow.example</link>
<description>Fog</description>
<pubDate>Sat, 16 Jul 2016 00:22:22 +0000</pubDate>
<language>en-GB</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://network.example</wp:base_site_url>
<wp:base_blog_url>https://tarrow.example/blog</wp:base_blog_url>
<wp:author><wp:author_id>2</wp:author_id><wp:author_login>jane</wp:author_login>\
<wp:author_email>jane@tarrow.example</wp:author_email>\
<wp:author_display_name><![CDATA[Jane D.]]></wp:author_display_name>\
<wp:author_first_name>Jane</wp:author_first_name><wp:author_last_name/></wp:author>
<wp:wp_author><wp:author_login>tom</wp:author_login></wp:wp_author>
<wp:category><wp:term_id>9</wp:term_id><wp:category_nicename>ferries</wp:category_nicename>\
<wp:category_parent>harbour</wp:category_parent><wp:cat_name><![CDATA[Ferries]]></wp:cat_name>\
</wp:category>
<wp:category><wp:category_nicename>harbour</wp:category_nicename>\
<wp:category_parent></wp:category_parent><wp:cat_name><![CDATA[Harbour]]></wp:cat_name>\
<wp:category_description><![CDATA[At the mole]]></wp:category_description></wp:category>
<wp:tag><wp:term_id>4</wp:term_id><wp:tag_slug>fog</wp:tag_slug>\
<wp:tag_name><![CDATA[Fog]]></wp:tag_name></wp:tag>
<wp:term><wp:term_id>5</wp:term_id><wp:term_taxonomy>genre</wp:term_taxonomy>\
<wp:term_slug>story</wp:term_slug><wp:term_parent/><wp:term_name>Story</wp:term_name>\
<wp:termmeta><wp:meta_key>icon</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:termmeta></wp:term>
<generator>https://wordpress.org/?v=6.7</generator>
"""


def test_the_head_of_an_export(tmp_path: Path) -> None:
    """Site, authors, and terms of every taxonomy with their meta, parents before children."""
    export = read_text(tmp_path, CHANNEL)

    assert export.head.site == Site(
        url="https://tarrow.example/blog",
        network_url="https://network.example",
        title="Tarrow Haven & Co",
        description="Fog",
        language="en-GB",
    )
    assert export.head.authors == [
        Author("jane", "Jane D.", "jane@tarrow.example", "Jane", "", 2),
        Author("tom"),
    ]
    assert export.head.terms == [
        Term("category", "harbour", "Harbour", "", "At the mole", None, []),
        Term("category", "ferries", "Ferries", "harbour", "", 9, []),
        Term("post_tag", "fog", "Fog", "", "", 4, []),
        Term("genre", "story", "Story", "", "", 5, [Meta("icon", "7")]),
    ]
    assert export.found == []


def test_what_our_own_writer_inferred_is_no_head(tmp_path: Path) -> None:
    """The channel's provenance names what the source didn't state; a post's author comes back."""
    said = (
        '{"filled":[["site","url"],["authors","tom"],["authors","jane","email"],'
        '["terms","post_tag","fog"],["terms","genre","story","id"]]}'
    )
    item = (
        '<item><?wpmigrate {"filled":["author.login","terms.0.slug"]}?><title>a</title>'
        '<dc:creator>jane</dc:creator><category domain="category" nicename="ferries">Ferries'
        "</category></item>"
    )
    export = read_text(tmp_path, f"<?wpmigrate {said}?>{CHANNEL}{item}")

    assert export.head.site.url is None
    assert export.head.authors == [Author("jane", "Jane D.", None, "Jane", "", 2)]
    assert [(term.slug, term.id) for term in export.head.terms] == [
        ("harbour", None),
        ("ferries", 9),
        ("story", None),
    ]
    assert export.posts[0].author == Author(display_name="Jane D.")
    assert export.posts[0].terms == [TermRef("category", "Ferries", None, ("Harbour",))]
    assert export.found == []


@pytest.mark.parametrize(
    "row", ['"a"', "[]", '["site"]', '["site","x"]', '["authors"]', '["terms","a","b","slug"]']
)
def test_a_channels_provenance_that_nobody_wrote(tmp_path: Path, row: str) -> None:
    """It is named and passed over; the head is read."""
    export = read_text(tmp_path, f'<?wpmigrate {{"filled":[{row}]}}?><title>a</title>')

    assert export.head.site.title == "a"
    assert export.found == [("source-provenance", 8)]


def test_definitions_behind_items_count_too(tmp_path: Path) -> None:
    """The head is all that is no item, wherever it stands."""
    export = read_text(tmp_path, f"<item><title>a</title></item>{CHANNEL}<item/>")

    assert export.head.site.title == "Tarrow Haven & Co"
    assert len(export.head.terms) == 4


def test_terms_in_a_circle_are_each_given_once(tmp_path: Path) -> None:
    """A hierarchy that can't be doesn't hang the reader."""
    circle = "".join(
        f"<wp:category><wp:category_nicename>{a}</wp:category_nicename>"
        f"<wp:category_parent>{b}</wp:category_parent></wp:category>"
        for a, b in ("ab", "bc", "ca", "dd")
    )
    slugs = [term.slug for term in read_text(tmp_path, circle).head.terms]

    assert sorted(slugs) == ["a", "b", "c", "d"]


OLD = (
    HEAD.replace("1.2", "1.0")
    + """<wp:wxr_version>1.0</wp:wxr_version>
<wp:category><wp:category_nicename>ferries</wp:category_nicename>\
<wp:category_parent>The harbour</wp:category_parent><wp:cat_name>Ferries</wp:cat_name></wp:category>
<wp:category><wp:category_nicename>harbour</wp:category_nicename>\
<wp:category_parent></wp:category_parent><wp:cat_name>The harbour</wp:cat_name></wp:category>
"""
)


def test_wxr_1_0(tmp_path: Path) -> None:
    """Display names as creators, parents by name, `tag` for `post_tag`, each term twice."""
    export = read_text(
        tmp_path,
        "<item><title>a</title><dc:creator><![CDATA[Jane D.]]></dc:creator>"
        "<category><![CDATA[Ferries]]></category>"
        '<category domain="category" nicename="ferries"><![CDATA[Ferries]]></category>'
        '<category domain="tag"><![CDATA[Fog]]></category>'
        '<category domain="tag" nicename="fog"><![CDATA[Fog]]></category>'
        "<category><![CDATA[Alone]]></category></item>",
        OLD,
    )
    (post,) = export.posts

    assert post.author == Author(display_name="Jane D.")
    assert post.terms == [
        TermRef("category", "Ferries", "ferries"),
        TermRef("post_tag", "Fog", "fog"),
        TermRef("category", "Alone"),
    ]
    assert [(term.slug, term.parent) for term in export.head.terms] == [
        ("harbour", ""),
        ("ferries", "harbour"),
    ]


def test_a_taxonomy_may_be_called_tag_today(tmp_path: Path) -> None:
    """Only WXR 1.0 means post_tag by it."""
    post = read_item(tmp_path, '<category domain="tag" nicename="fog">Fog</category>')

    assert post.terms == [TermRef("tag", "Fog", "fog")]


def test_names_go_by_their_namespace(tmp_path: Path) -> None:
    """Other prefixes are as good, on the root or on an element; so is https."""
    head = (
        '<rss xmlns:w="https://wordpress.org/export/1.1/" '
        'xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel>'
    )
    export = read_text(
        tmp_path,
        "<item><w:post_id>7</w:post_id><c:encoded>b</c:encoded>"
        '<post_name xmlns="http://wordpress.org/export/1.2/">s</post_name>'
        '<x:encoded xmlns:x="http://wordpress.org/export/1.0/excerpt/">e</x:encoded></item>',
        head,
    )
    (post,) = export.posts

    assert (post.id, post.content, post.slug, post.excerpt) == (7, b"b", "s", "e")
    assert export.found == []


def test_the_line_of_each_field(tmp_path: Path) -> None:
    """Findings that come later can still say where, down to the row."""
    path = tmp_path / "export.xml"
    path.write_text(HEAD + FULL + TAIL)
    reader = WxrReader(path)
    (handle,) = reader.locate(lambda _: None)
    fields = ("", "title", "content", "terms.1.slug", "meta.1.value", "comments.0.author", "x")

    assert [reader.line_of(handle, field) for field in fields] == [9, 10, 16, 33, 38, 42, 9]


def test_a_handle_names_its_bytes(tmp_path: Path) -> None:
    """A record stays in the file until it is asked for."""
    path = tmp_path / "export.xml"
    path.write_text(f"{HEAD}<item>é</item>\n<item >b</item ></channel>")
    handles = list(WxrReader(path).locate(lambda _: None))

    assert [path.read_bytes()[h.start : h.end].decode() for h in handles] == [
        "<item>é</item>",
        "<item >b</item >",
    ]


def test_another_process_reads_the_same(tmp_path: Path) -> None:
    """A pickled reader finds the namespaces of the head again, asked or not."""
    path = tmp_path / "export.xml"
    path.write_text(OLD + "<item><dc:creator>Jane D.</dc:creator></item>" + TAIL)
    reader = WxrReader(path)
    fresh = pickle.loads(pickle.dumps(reader))
    (handle,) = reader.locate(lambda _: None)
    knowing = pickle.loads(pickle.dumps(reader))
    posts = [each.read(handle, lambda _: None).post for each in (reader, fresh, knowing)]

    assert posts == [posts[0]] * 3
    assert posts[0]
    assert posts[0].author == Author(display_name="Jane D.")


def test_a_file_that_became_shorter_is_an_error_of_its_record(tmp_path: Path) -> None:
    """What is gone is named; the run goes on."""
    path = tmp_path / "export.xml"
    path.write_text(HEAD + FULL + TAIL)
    reader = WxrReader(path)
    (handle,) = reader.locate(lambda _: None)
    path.write_text(HEAD)

    with pytest.raises(RecordError, match="became shorter"):
        reader.read(handle, lambda _: None)
    with pytest.raises(RecordError, match="can't be read any more"):
        reader.read(Handle("vanished.xml", 0, 9), lambda _: None)
