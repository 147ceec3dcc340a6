"""Sites whose plugins answer in ways of their own: each has a clear result, read by a person."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrate.cli.main import commands
from migrate.errors import DONE, FINDINGS, UNREACHABLE
from tests.wordpress.importing import install_plugin
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

on_one_site = pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
"""What is answered is a plugin's doing, so that the version of WordPress doesn't matter."""

FILL = """
    foreach ( array( 'One', 'Two', 'Three' ) as $title ) {
        $id = wp_insert_post( array( 'post_title' => $title, 'post_status' => 'publish',
            'post_date' => '2018-03-01 08:00:00' ) );
        wp_insert_comment( array( 'comment_post_ID' => $id, 'comment_content' => 'Yes',
            'comment_approved' => '1' ) );
    }
"""
NOISE = "text that is no JSON stands beside the site's answers"
CODED = "<p><strong>Error:</strong> it is &#8220;closed&#8221; here.<br />\\x1b[31mAsk&nbsp;us</p>"
"""As WordPress and its plugins word errors; in PHP's double quotes."""

PLAIN = "Error: it is “closed” here. Ask us"


def serving(condition: str, code: str) -> str:
    """A plugin that does something before REST's answer to some requests is printed."""
    return f"""
        add_filter( 'rest_pre_serve_request', function ( $served, $response, $request ) {{
            $route = $request->get_route();
            if ( {condition} ) {{ {code} }}
            return $served;
        }}, 10, 3 );
    """


def refusing(route: str, status: int) -> str:
    """A plugin that refuses a route, with HTML in its message."""
    return f"""
        add_filter( 'rest_pre_dispatch', function ( $result, $server, $request ) {{
            return preg_match( '~{route}~', $request->get_route() )
                ? new WP_Error( 'closed', "{CODED}", array( 'status' => {status} ) ) : $result;
        }}, 10, 3 );
    """


MORE_FIELDS = """
    add_action( 'rest_api_init', function () {
        foreach ( array( 'post', 'page', 'user', 'comment', 'category' ) as $type ) {
            register_rest_field( $type, 'yoast_head', array(
                'get_callback' => fn() => '<!-- head --><script>{"@type":[]}</script>' ) );
            register_rest_field( $type, 'acf', array( 'get_callback' => fn() => false ) );
        }
    } );
    foreach ( array( 'post', 'comment', 'user' ) as $type ) {
        add_filter( "rest_prepare_$type", function ( $response ) {
            $response->add_link( 'https://api.example.org/more', 'https://example.org/' );
            $response->data['_more'] = array( 'id' => 0 );
            return $response;
        } );
    }
"""
NO_USERS = """
    add_filter( 'rest_endpoints', fn( $endpoints ) => array_filter( $endpoints,
        fn( $route ) => ! preg_match( '~^/wp/v2/users(?!/me)~', $route ), ARRAY_FILTER_USE_KEY ) );
"""
WARNS = 'echo "<br />\\n<b>Warning</b>: Undefined array key [\\"x\\"] in {x}.php\\n";'
HABITS = {
    "warnings": (serving("true", WARNS), NOISE),
    "byte order marks": (serving("true", 'echo "\\xEF\\xBB\\xBF\\xEF\\xBB\\xBF";'), NOISE),
    "a comment of a cache": (
        "register_shutdown_function( function () { echo '<!-- Cached [1] {2} -->'; } );",
        NOISE,
    ),
    "more fields, and a limit": (
        MORE_FIELDS
        + serving(
            "str_contains( $route, '/posts' ) && add_option( 'limited', 1 )",
            "status_header( 429 ); header( 'Retry-After: 1' ); echo '<h1>Slow</h1>'; return true;",
        ),
        "",
    ),
}
"""What doesn't keep us from anything: a plugin, and the note that stands for it."""

LOSSES = {
    refusing("^/wp/v2/(users$|comments|tags)", 401): [
        "the site shows nobody its users, so authors are unknown",
        "the site doesn't show us comments of the status approve",
        "the site doesn't show us its terms of the taxonomy post_tag",
    ],
    NO_USERS + refusing("^/wp/v2/posts", 403): [
        "the site shows nobody its users, so authors are unknown",
        "the site doesn't show us its records of the type post",
    ],
}
"""What keeps us from parts: a plugin, and the losses that name them."""

REFUSALS = {
    "everything refused": (
        f"""add_filter( 'rest_authentication_errors', fn() =>
            new WP_Error( 'rest_login_required', "{CODED}", array( 'status' => 401 ) ) );""",
        PLAIN,
    ),
    "our account refused": (refusing("^/wp/v2/users/me", 403), PLAIN),
    "a limit that lasts": (
        serving(
            "str_contains( $route, '/posts' )",
            "status_header( 429 ); header( 'Retry-After: 600' ); echo '<h1>Slow</h1>';"
            " return true;",
        ),
        "the server asks for fewer requests (HTTP 429)",
    ),
}
"""What keeps us from everything: a plugin, and what is said."""


def exported(site: Site, out: Path) -> Result:
    """Export the site as its administrator."""
    known = {"WPMIGRATE_USER": site.user, "WPMIGRATE_APP_PASSWORD": site.app_password}
    asked = ["export", "--site", site.url, "-o", str(out)]
    done = CliRunner().invoke(commands, asked, env=known, catch_exceptions=False)
    assert re.findall(r"</?[a-z!][^\n]*?>|&#?\w+;|\x1b.", done.output) == []
    return done


def kept_open() -> int:
    """Count the nameless files that this process has open."""
    count = 0
    for each in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one that listed them
            count += "(deleted)" in str(each.readlink())
    return count


@on_one_site
def test_habits_change_nothing(site: Site, tmp_path: Path) -> None:
    """The same file comes of it, to the byte; what stands beside answers is named."""
    site.php(FILL)
    plain = exported(site, tmp_path / "plain.xml")
    for name, (plugin, note) in HABITS.items():
        install_plugin(site, plugin)
        done = exported(site, tmp_path / "site.xml")

        assert (name, done.exit_code) == (name, DONE), done.output
        assert (name, note in done.output) == (name, True)
        assert (name, NOISE in done.output) == (name, note == NOISE)
        same = (tmp_path / "site.xml").read_bytes() == (tmp_path / "plain.xml").read_bytes()
        assert (name, same) == (name, True)
    assert NOISE not in plain.output


@on_one_site
def test_what_a_site_refuses_is_a_loss(site: Site, tmp_path: Path) -> None:
    """It is named, and all else is read."""
    site.php(FILL)
    site.php("wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'Page' ) );")
    for plugin, losses in LOSSES.items():
        install_plugin(site, plugin)
        done = exported(site, tmp_path / "site.xml")

        said = " ".join(done.output.split())
        assert done.exit_code == DONE, done.output
        assert [loss for loss in losses if loss not in said] == []
        assert b"<title><![CDATA[Page]]></title>" in (tmp_path / "site.xml").read_bytes()


@on_one_site
def test_a_refusal_is_said_in_plain_text(site: Site, tmp_path: Path) -> None:
    """Its message comes without tags, entities and escapes; nothing is written or left open."""
    site.php(FILL)
    before = kept_open()
    for name, (plugin, reason) in REFUSALS.items():
        install_plugin(site, plugin)
        done = exported(site, tmp_path / "site.xml")

        said = " ".join(done.output.split())
        assert (name, done.exit_code, reason in said) == (name, UNREACHABLE, True), done.output
        assert (name, kept_open()) == (name, before)
        assert not (tmp_path / "site.xml").exists()


@on_one_site
def test_what_wordpress_says_of_a_broken_post_is_plain(site: Site, tmp_path: Path) -> None:
    """WordPress's own page about a critical error is HTML in JSON; all other posts are read."""
    site.php(FILL)
    install_plugin(
        site,
        """add_filter( 'rest_prepare_post', function ( $response, $post ) {
            if ( 'Two' === $post->post_title ) {
                throw new Error( 'No such function' );
            }
            return $response;
        }, 10, 2 );""",
    )
    done = exported(site, tmp_path / "site.xml")

    said = " ".join(done.output.split())
    assert done.exit_code == FINDINGS
    assert "number 2 of wp/v2/posts in the order of ids: " in said
    assert "There has been a critical error on this website. Learn more" in said
    titles = re.findall(
        rb"<title><!\[CDATA\[(One|Two|Three)\]", (tmp_path / "site.xml").read_bytes()
    )
    assert titles == [b"One", b"Three"]
