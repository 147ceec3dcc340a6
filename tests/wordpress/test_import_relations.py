"""Authors, terms and metas of an import, as WordPress holds them afterwards."""

from typing import Any

import pytest

from migrate.mapping.author_map import AuthorMap
from migrate.model.post import Author, Comment, Meta, TermRef
from migrate.model.site import Head, Term
from migrate.plan.journal.journal import Journal
from migrate.writers.rest.options import ImportOptions
from tests.wordpress.importing import (
    imported,
    install_plugin,
    planned,
    record,
    stored,
    write_requests,
    written_by,
)
from tests.wordpress.site import Site
from tests.wordpress.test_undo import taken_back

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"
DESCRIBED = """
    return array_map( fn( $t ) => array( $t->slug, $t->name, $t->parent ?
        get_term( $t->parent )->slug : '', $t->description ), get_terms( array(
        'hide_empty' => false, 'exclude' => 1, 'taxonomy' => 'category',
        'orderby' => 'term_id' ) ) );
"""
"""Slug, name, parent and description of each category."""

REGISTERED_METAS = r"""
add_action( 'init', function () {
	$of = fn( $type, $more = array() ) => $more + array(
		'type'         => $type,
		'single'       => true,
		'show_in_rest' => true,
	);
	register_post_meta( 'post', 'views', $of( 'integer' ) );
	register_post_meta( 'post', 'rating', $of( 'number' ) );
	register_post_meta( 'post', 'hot', $of( 'boolean' ) );
	register_post_meta( 'post', 'source', $of( 'string' ) );
	register_post_meta( 'post', 'cats', $of( 'string', array( 'single' => false ) ) );
	$nobody = array( 'auth_callback' => '__return_false' );
	register_post_meta( 'post', 'locked', $of( 'string', $nobody ) );
} );
"""


def terms(site: Site) -> Any:
    """Each term of the site as taxonomy, name, parent's name."""
    return site.php(
        "return array_map( fn( $t ) => array( $t->taxonomy, $t->name, $t->parent ?"
        " get_term( $t->parent )->name : '' ), get_terms( array( 'hide_empty' => false,"
        " 'taxonomy' => array( 'category', 'post_tag' ), 'orderby' => 'term_id' ) ) );"
    )


def test_one_name_under_two_parents(site: Site) -> None:
    """Terms are made with their parents first; one name under two parents is two terms."""
    refs = [
        TermRef("category", "News", ancestors=("Sport",)),
        TermRef("category", "News", ancestors=("Arts",)),
        TermRef("category", "Deep", ancestors=("Arts", "News")),
        TermRef("post_tag", "News"),
    ]
    done = imported(site, [record("a.md", terms=refs, date=DATE)])
    assert done.findings == []
    assert [(action.type, action.title) for action in done.terms] == [
        ("category", "Sport"),
        ("category", "Sport / News"),
        ("category", "Arts"),
        ("category", "Arts / News"),
        ("category", "Arts / News / Deep"),
        ("post_tag", "News"),
    ]
    assert all(action.target_url for action in done.terms)
    (row,) = stored(site)
    assert row["category"] == ["Sport/News", "Arts/News", "Arts/News/Deep"]
    assert row["post_tag"] == ["News"]


def test_names_with_markup(site: Site) -> None:
    """A name that WordPress stores as `&amp;` is recognised, and one in other letters as well."""
    first = record(
        "a.md",
        slug="a",
        date=DATE,
        terms=[TermRef("category", "R & D"), TermRef("post_tag", "Übung")],
    )
    assert imported(site, [first]).findings == []
    second = record(
        "b.md", slug="b", terms=[TermRef("category", "r & d"), TermRef("post_tag", "übung")]
    )
    done = imported(site, [first, second])
    assert (done.verbs, done.terms) == (["unchanged", "create"], [])
    assert terms(site) == [
        ["category", "Uncategorized", ""],
        ["category", "R &amp; D", ""],
        ["post_tag", "Übung", ""],
    ]


def test_term_known_by_its_slug(site: Site) -> None:
    """A stated slug tells the term, whatever its name became on the site."""
    site.php("wp_insert_term( 'Renamed', 'category', array( 'slug' => 'old-name' ) );")
    done = imported(site, [record("a.md", terms=[TermRef("category", "Old name", "old-name")])])
    assert (done.terms, stored(site)[0]["category"]) == ([], ["Renamed"])


def test_flat_name_of_a_child(site: Site) -> None:
    """A name without parents is the only term of that name, wherever it stands."""
    site.php(
        "wp_insert_term( 'Child', 'category', array( 'parent' =>"
        " wp_insert_term( 'Parent', 'category' )['term_id'] ) );"
    )
    done = imported(site, [record("a.md", terms=[TermRef("category", "Child")])])
    assert (done.terms, stored(site)[0]["category"]) == ([], ["Parent/Child"])


def test_no_terms_for_conflicts(site: Site) -> None:
    """Terms that only a conflicting record has aren't made."""
    posts = [record("a.md", slug="a"), record("b.md", slug="a", terms=[TermRef("category", "New")])]
    assert planned(site, posts).terms == []


def test_refused_term(site: Site) -> None:
    """A term that the site refuses fails by itself; its post goes in without it."""
    install_plugin(
        site,
        "add_filter( 'pre_insert_term', fn( $name ) => 'Bad' === $name"
        " ? new WP_Error( 'no', 'Not <b>here</b>' ) : $name );",
    )
    refs = [TermRef("category", "Below", ancestors=("Bad",)), TermRef("category", "Good")]
    done = imported(site, [record("a.md", terms=refs)])
    assert [(a.title, a.verb) for a in done.terms] == [
        ("Bad", "failed"),
        ("Bad / Below", "failed"),
        ("Good", "create"),
    ]
    assert (done.verbs, stored(site)[0]["category"]) == (["create"], ["Good"])
    assert len(done.found("target-record-failed")) == 2
    assert done.found("loss-field-refused") == [("a.md", "categories")]


def test_authors(site: Site) -> None:
    """Users are found by login, by e-mail, then by display name."""
    site.create_user("author", "jane", "Jane Doe")
    site.create_user("author", "joe", "Joe & Co")
    authors = [
        Author(login="JANE", display_name="Somebody"),
        Author(login="gone", email="joe@example.org"),
        written_by("Jane Doe"),
        written_by("Joe & Co"),
    ]
    posts = [record(f"{at}.md", author=author, date=DATE) for at, author in enumerate(authors)]
    assert imported(site, posts).findings == []
    shown = [row["author"].replace("&amp;", "&") for row in stored(site)]
    assert shown == ["Jane Doe", "Joe & Co", "Jane Doe", "Joe & Co"]


def test_unknown_author(site: Site) -> None:
    """An unknown author is one finding however often they wrote; we become the author."""
    site.create_user("author", "ann1", "Ann")
    site.create_user("author", "ann2", "Ann")
    names = ["Nobody", "Nobody", "Ann"]
    posts = [
        record(f"{at}.md", author=written_by(name), date=DATE) for at, name in enumerate(names)
    ]
    done = imported(site, posts)
    assert [row["author"] for row in stored(site)] == ["admin"] * 3
    assert [f.message.partition(";")[0] for f in done.findings] == [
        "author Nobody: the site has no such user",
        "author Ann: 2 users of the site have that name",
    ]


def test_terms_of_the_head(site: Site) -> None:
    """Terms get their descriptions and slugs, and those that no post carries are made as well."""
    terms = [
        Term("category", "top-level", "Top", description="All & more"),
        Term("category", "odd-slug", "Below", "top-level", "Deep", meta=[Meta("colour", "red")]),
        Term("post_tag", "alone", "Alone", description="Nobody's"),
        Term("planet", "mars", "Mars"),
    ]
    options = ImportOptions(head=Head(terms=terms))
    ref = TermRef("category", "Below", ancestors=("Top",))
    done = imported(site, [record("a.md", slug="a", date=DATE, terms=[ref])], options)
    assert [action.title for action in done.terms] == ["Top", "Top / Below", "Alone"]
    assert (
        done.findings[0].message
        == "taxonomy category: the meta colour of its terms can't be sent over REST"
    )
    assert site.php(
        "return array_map( fn( $t ) => array( $t->slug, $t->description, $t->parent ?"
        " get_term( $t->parent )->slug : '' ), get_terms( array( 'hide_empty' => false,"
        " 'exclude' => 1, 'taxonomy' => array( 'category', 'post_tag' ),"
        " 'orderby' => 'term_id' ) ) );"
    ) == [
        ["top-level", "All &amp; more", ""],
        ["odd-slug", "Deep", "top-level"],
        ["alone", "Nobody's", ""],
    ]
    sent = write_requests(site)
    assert imported(site, [record("a.md", slug="a", date=DATE, terms=[ref])], options).terms == []
    assert write_requests(site) == sent


def test_author_map(site: Site) -> None:
    """The author map speaks before the site's own names do, also of users by their number."""
    site.create_user("author", "jane", "Jane Doe")
    known = AuthorMap({"Joe": "jane", "old@example.org": "1", "Jane Doe": "nobody"})
    authors = [written_by("Joe"), Author(email="old@example.org"), written_by("Jane Doe")]
    posts = [record(f"{at}.md", author=author, date=DATE) for at, author in enumerate(authors)]
    done = imported(site, posts, ImportOptions(author_map=known))
    assert [row["author"] for row in stored(site)] == ["Jane Doe", "admin", "admin"]
    assert done.found("loss-author-unknown") == [("2.md", "author")]


def test_created_authors(site: Site) -> None:
    """Authors that the site lacks are made once, without a mail, and recognised from then on."""
    install_plugin(
        site,
        "add_filter( 'pre_wp_mail', function () { touch( ABSPATH . 'mails' ); return true; } );",
    )
    known = Author("jane", "Jane Doe", "jane@example.org", "Jane", "Doe", 7)
    authors = [known, written_by("Joe Bloggs"), known]
    posts = [record(f"{at}.md", author=author, date=DATE) for at, author in enumerate(authors)]
    commented = Comment(
        1, "Jane", "jane@example.org", "", "", DATE, content="Hello", approved="1", user_id=7
    )
    posts[0].comments = [commented]
    options = ImportOptions(create_authors=True, head=Head(authors=[known]))
    assert [action.title for action in planned(site, posts, options).terms] == [
        "Jane Doe",
        "Joe Bloggs",
    ]
    done = imported(site, posts, options)
    assert [row["author"] for row in stored(site)] == ["Jane Doe", "Joe Bloggs", "Jane Doe"]
    assert site.php(
        "return array_map( fn( $u ) => array( $u->user_login, $u->user_email, $u->first_name,"
        " $u->roles ), get_users( array( 'exclude' => array( 1 ) ) ) );"
    ) == [
        ["jane", "jane@example.org", "Jane", ["author"]],
        ["joe-bloggs", "joe-bloggs@users.invalid", "", ["author"]],
    ]
    assert site.php("return get_comments()[0]->user_id;") == "2"
    assert [found.code for found in done.findings] == ["target-user-unreachable"]
    assert not (site.docroot / "mails").exists()
    sent = write_requests(site)
    assert imported(site, posts, options).verbs == ["unchanged"] * 3
    assert write_requests(site) == sent


def test_author_given_on_the_site(site: Site) -> None:
    """A post whose author the site doesn't know keeps the one that somebody gave it there."""
    post = record("a.md", author=written_by("Nobody"))
    imported(site, [post])
    site.create_user("author", "jane", "Jane Doe")
    site.php(
        "wp_update_post( array( 'ID' => 1, 'post_author' => get_user_by( 'login', 'jane' )->ID ) );"
    )
    assert imported(site, [post]).verbs == ["unchanged"]


def test_registered_metas(site: Site) -> None:
    """Registered metas arrive in their type, several rows as several rows."""
    install_plugin(site, REGISTERED_METAS)
    metas = [
        *(Meta("views", "42"), Meta("rating", "1.5"), Meta("hot", "1"), Meta("source", r"a \ b")),
        *(Meta("cats", "x"), Meta("cats", "y")),
    ]
    post = record("a.md", slug="a", date=DATE, meta=metas)
    assert imported(site, [post]).findings == []
    assert site.php(
        "return array_map( fn( $key ) => get_post_meta( 1, $key ),"
        " array( 'views', 'rating', 'hot', 'source', 'cats' ) );"
    ) == [["42"], ["1.5"], ["1"], [r"a \ b"], ["x", "y"]]
    assert imported(site, [post]).verbs == ["unchanged"]
    post.meta = [*metas[:5], Meta("cats", "z")]
    done = imported(site, [post])
    assert [change.field for change in done.actions[0].changes] == ["meta.cats"]


def test_metas_of_the_wrong_form(site: Site) -> None:
    """A value that its registered type doesn't hold is named and left out."""
    install_plugin(site, REGISTERED_METAS)
    metas = [
        *(Meta("views", "many"), Meta("source", "one"), Meta("source", "two")),
        *(Meta("cats", 'a:1:{i:0;s:1:"x";}'), Meta("rating", "5")),
    ]
    done = imported(site, [record("a.md", meta=metas)])
    assert done.found("loss-field-refused") == [
        ("a.md", "views"),
        ("a.md", "source"),
        ("a.md", "cats"),
    ]
    assert site.php("return get_post_meta( 1, 'rating', true );") == "5"


def test_error_after_storing(site: Site) -> None:
    """A meta that the site refuses after the post is stored costs the meta, and no second post."""
    install_plugin(site, REGISTERED_METAS)
    done = imported(site, [record("a.md", slug="a", meta=[Meta("locked", "x")])])
    assert done.verbs == ["create"]
    assert done.found("loss-field-changed") == [("a.md", "locked")]
    assert len(stored(site)) == 1
    assert len([line for line in write_requests(site) if "xmlrpc" not in line]) == 1


def test_refused_field(site: Site) -> None:
    """A field whose value the site refuses is left out and named, and the rest goes in."""
    post = record("a.md", slug="a", comment_status="registered_only", ping_status="closed")
    done = imported(site, [post])
    assert (done.verbs, done.found("loss-field-refused")) == (
        ["create"],
        [("a.md", "comment_status")],
    )
    assert [row["ping_status"] for row in stored(site)] == ["closed"]


def test_terms_of_private_records(site: Site) -> None:
    """A term is hidden in reports while only records carry it that visitors can't read."""
    posts = [
        record(
            "a.md", status="private", terms=[TermRef("post_tag", n) for n in ("Secret", "Both")]
        ),
        record("b.md", terms=[TermRef("post_tag", "Both")]),
    ]
    done = imported(site, posts)
    assert [(term.title, term.public, term.slug) for term in done.terms] == [
        ("Secret", False, ""),
        ("Both", True, ""),
    ]
    assert done.terms[0].target_url == ""


def test_what_the_site_hides_stays_hidden(site: Site) -> None:
    """A post that isn't public on the site isn't shown when the record publishes it."""
    secret = record("a.md", slug="a", date=DATE, status="private", content=b"Hidden")
    imported(site, [secret])
    opened = record("a.md", slug="a", date=DATE, content=b"Open")
    assert [action.public for action in planned(site, [opened]).actions] == [False]
    assert [action.public for action in imported(site, [opened]).actions] == [False]
    assert [action.public for action in imported(site, [opened]).actions] == [True]
    site.php("wp_update_post( array( 'ID' => 1, 'post_password' => 'pw' ) );")
    assert [action.public for action in planned(site, [opened]).actions] == [False]
    assert [action.public for action in imported(site, [opened]).actions] == [False]


def test_terms_that_stay(site: Site) -> None:
    """An empty list of terms takes none away, and says so."""
    imported(site, [record("a.md", slug="a", terms=[TermRef("post_tag", "One")])])
    done = imported(site, [record("a.md", slug="a", terms=[])])
    assert (done.verbs, done.found("loss-field-refused")) == (
        ["unchanged"],
        [("a.md", "terms.post_tag")],
    )


def test_names_that_the_site_changes(site: Site) -> None:
    """A term's name that WordPress cleans is a finding once, entities aside."""
    refs = [TermRef("post_tag", name) for name in ("<b>x</b>", " y", "A & B")]
    done = imported(site, [record("a.md", slug="a", terms=refs)])
    assert [f.message for f in done.findings if f.code == "loss-field-changed"] == [
        "post_tag <b>x</b>: it has another name there",
        "post_tag  y: it has another name there",
    ]
    again = imported(site, [record("a.md", slug="a", terms=refs)])
    assert (again.verbs, again.found("loss-field-changed")) == (["unchanged"], [])


def test_addresses_of_authors_are_hidden(site: Site) -> None:
    """No finding about an author repeats an e-mail address."""
    author = Author(login="joe@example.org", display_name="joe@example.org")
    done = imported(site, [record("a.md", author=author)])
    (said,) = [f.message for f in done.findings if f.code == "loss-author-unknown"]
    assert said.startswith("author with an e-mail address only: the site has no such user")
    assert "@" not in said


def test_terms_that_are_there(site: Site) -> None:
    """A term of the site becomes what the source says of it, once; what others write there stays.

    Taking the import back gives its earlier values to it.
    """
    earlier = site.php(
        "wp_insert_term( 'Harbour', 'category' ); wp_insert_term( 'Boats', 'category',"
        " array( 'slug' => 'ferries', 'description' => 'Old' ) );" + DESCRIBED
    )
    head = [
        Term("category", "harbour", "Harbour"),
        Term("category", "ferries", "Ferries", "harbour", "To & <b>from</b> <i-x>it</i-x>"),
    ]
    options = ImportOptions(head=Head(terms=head))
    with Journal.in_memory() as journal:
        done = imported(site, [], options, journal)
        assert [(action.verb, action.reason) for action in done.terms] == [
            ("update", "differing: name, parent, description")
        ]
        held = site.php(DESCRIBED)
        assert held[1] == ["ferries", "Ferries", "harbour", "To &amp; <b>from</b> it"]
        assert [found.code for found in done.findings] == ["loss-field-changed"]
        again = imported(site, [], options, journal)
        assert (again.terms, again.findings, site.php(DESCRIBED)) == ([], [], held)
        site.php(
            "wp_update_term( get_term_by( 'slug', 'ferries', 'category' )->term_id,"
            " 'category', array( 'description' => 'Mine' ) );"
        )
        later = imported(site, [], options, journal)
        assert [found.code for found in later.findings] == ["target-changed-on-site"]
        assert later.terms == []
        head[1].description = "Anew"
        both = imported(site, [], options, journal)
        assert ([found.code for found in both.findings], both.terms) == (["target-conflict"], [])
        assert taken_back(site, journal, overwrite=True).verbs == ["update"]
    assert site.php(DESCRIBED) == earlier


def test_terms_that_were_equal(site: Site) -> None:
    """Of a term that no import had to change, an edit on the site is seen as well, and stays."""
    site.php("wp_insert_term( 'Ferries', 'category' );")
    edit = (
        "wp_update_term( get_term_by( 'slug', 'ferries', 'category' )->term_id, 'category',"
        " array( 'description' => $text ) );"
    )
    head = [Term("category", "ferries", "Ferries", None, "")]
    options = ImportOptions(head=Head(terms=head))
    with Journal.in_memory() as journal:
        assert imported(site, [], options, journal).findings == []
        site.php(edit, text="Mine")
        there = imported(site, [], options, journal)
        assert ([f.code for f in there.findings], there.terms) == (["target-changed-on-site"], [])
        head[0].description = "Theirs"
        both = imported(site, [], options, journal)
        assert ([f.code for f in both.findings], both.terms) == (["target-conflict"], [])
        site.php(edit, text="")
        done = imported(site, [], options, journal)
        assert (done.findings, [action.verb for action in done.terms]) == ([], ["update"])
    assert site.php("return get_term_by( 'slug', 'ferries', 'category' )->description;") == "Theirs"


def test_terms_of_another_name(site: Site) -> None:
    """A term that a post calls otherwise than the site does is named, once; case counts."""
    site.php("wp_insert_term( 'WordPress', 'post_tag' );")
    refs = [TermRef("post_tag", "wordpress", "wordpress"), TermRef("post_tag", "quay", "quay")]
    posts = [record(f"{n}.md", slug=f"n-{n}", date=DATE, terms=refs) for n in range(2)]
    posts.append(record("2.md", date=DATE, terms=[TermRef("post_tag", "Quay", "quay")]))
    done = imported(site, posts)
    named = [(f.code, f.field) for f in done.findings if f.record and f.record.type == "post_tag"]
    assert named == [("loss-field-changed", "post_tag")] * 2
    tags = [row["post_tag"] for row in stored(site)]
    assert tags == [["WordPress", "quay"]] * 2 + [["quay"]]
