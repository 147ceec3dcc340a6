"""Finding a site, signing in, and what its settings mean for an import."""

import threading
from collections.abc import Iterator
from datetime import timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest

from migrate.errors import SiteError, UsageError
from migrate.live.credentials import Credentials
from migrate.model.finding import Finding
from migrate.writers.rest.options import ImportOptions
from migrate.writers.site import open_site
from tests.wordpress.importing import (
    imported,
    install_plugin,
    plan,
    planned,
    record,
    stored,
    write_requests,
)
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

DATE = "2016-07-16 00:22:22"


def refusal(site: Site, user: str, password: str) -> SiteError:
    """Return the error with which opening the site ends."""
    with pytest.raises(SiteError) as caught:
        open_site(site.url, Credentials(user, password), ImportOptions(), print)
    assert password not in str(caught.value)
    assert set(write_requests(site)) <= {"POST /xmlrpc.php"}  # a question, as all its calls
    return caught.value


def test_plain_permalinks(site: Site) -> None:
    """A site without pretty permalinks is filled through ?rest_route=, and recognised again."""
    site.set_option("permalink_structure", "")
    posts = [record("a.md", slug="a", date="2016-07-16 00:22:22"), record("b.md", type="page")]
    posts[0].link = "https://old.example/a/"
    done = imported(site, posts)
    assert (done.verbs, done.found("target-link-differs")) == (["create"] * 2, [("a.md", "link")])
    assert imported(site, posts).verbs == ["unchanged"] * 2
    assert all("rest_route=" in line for line in write_requests(site))


def test_rest_root_without_link_header(site: Site) -> None:
    """The REST root is found in the home page, and where neither names it at its usual places."""
    install_plugin(site, "remove_action( 'template_redirect', 'rest_output_link_header', 11 );")
    assert planned(site, [record("a.md")]).verbs == ["create"]
    install_plugin(
        site,
        "remove_action( 'template_redirect', 'rest_output_link_header', 11 );"
        "remove_action( 'wp_head', 'rest_output_link_wp_head' );",
    )
    assert planned(site, [record("a.md")]).verbs == ["create"]


def test_rest_for_users_only(site: Site) -> None:
    """A site that shows its REST API to users alone is signed in to right away."""
    install_plugin(
        site,
        "add_filter( 'rest_authentication_errors', fn( $e ) => is_user_logged_in() ? $e"
        " : new WP_Error( 'rest_login_required', 'Users only', array( 'status' => 401 ) ), 99 );",
    )
    assert planned(site, [record("a.md")]).verbs == ["create"]


def test_warnings_before_answers(site: Site) -> None:
    """PHP's warnings before the JSON are passed over, and named once."""
    install_plugin(
        site,
        "add_filter( 'rest_pre_serve_request', function ( $served ) {"
        ' echo "<br />\\n<b>Warning</b>: Undefined [key] in {x}<br />\\n"; return $served; } );',
    )
    done = imported(site, [record(path, date=DATE) for path in ("a.md", "b.md")])
    assert done.verbs == ["create", "create"]
    assert [finding.code for finding in done.findings] == ["target-answer-noise"]


def test_wrong_password(site: Site) -> None:
    """A wrong password and a wrong user end the import before it begins."""
    for user, password in ((site.user, "wr0ng-one"), ("stranger", site.app_password)):
        error = refusal(site, user, password)
        assert error.message == "the user name or the application password is wrong"
        assert error.exit_status == 4


def test_wrong_password_where_a_plugin_asks_early(site: Site) -> None:
    """Where WordPress says what is wrong, so do we."""
    install_plugin(
        site,
        "add_filter( 'rest_authentication_errors', function ( $errors ) {"
        " wp_get_current_user(); return $errors; }, 1 );",
    )
    error = refusal(site, site.user, "wr0ng-one")
    assert error.message == "the password isn't an application password of the user admin"


def test_application_passwords_off(site: Site) -> None:
    """A site without application passwords is named as that."""
    install_plugin(site, "add_filter( 'wp_is_application_passwords_available', '__return_false' );")
    error = refusal(site, site.user, site.app_password)
    assert "takes no application passwords" in str(error)


@pytest.mark.parametrize(
    ("role", "right", "roles"),
    [
        ("subscriber", "edit_others_posts, edit_posts, publish_posts", "Editor or Administrator"),
        ("contributor", "edit_others_posts, publish_posts", "Editor or Administrator"),
        ("author", "edit_others_posts", "Editor or Administrator"),
    ],
)
def test_missing_rights(site: Site, role: str, right: str, roles: str) -> None:
    """A user without the rights is told which one is missing, and which role has it."""
    error = refusal(site, "bob", site.create_user(role, "bob"))
    assert f"the user bob lacks the right{'s' if ',' in right else ''} {right}" in str(error)
    assert f"whose role is {roles}" in str(error)


def test_right_for_pages(site: Site) -> None:
    """The rights for a type are checked when the plan meets it, before anything is changed."""
    password = site.create_user("editor", "ed")
    site.php("get_role( 'editor' )->remove_cap( 'publish_pages' );")
    with open_site(site.url, Credentials("ed", password), ImportOptions(), print) as live:
        assert [action.verb for action, _ in plan(live, [record("a.md")])] == ["create"]
        with pytest.raises(SiteError, match="lacks the right publish_pages"):
            plan(live, [record("b.md", type="page")])
    assert write_requests(site) == []


def test_editor(site: Site) -> None:
    """An editor can import; what kses takes out of a body is a finding."""
    password = site.create_user("editor", "ed", "Ed Itor")
    site.create_user("author", "jane", "Jane Doe")
    site.php("get_role( 'editor' )->remove_cap( 'unfiltered_html' );")
    findings: list[Finding] = []
    post = record("a.md", content=b"<script>x</script>text", date=DATE)
    options = ImportOptions()
    with open_site(site.url, Credentials("ed", password), options, findings.append) as live:
        decisions = [decision for _, decision in plan(live, [post])]
        assert [action.verb for action in live.apply(zip([post], decisions, strict=True))] == [
            "create"
        ]
    assert [(f.code, f.field) for f in findings] == [("loss-field-changed", "content")]
    assert [(row["post_content"], row["author"]) for row in stored(site)] == [("xtext", "Ed Itor")]


def test_maintenance(site: Site) -> None:
    """A site in maintenance mode is named as that, without waiting the ten minutes it asks for."""
    (site.docroot / ".maintenance").write_text("<?php $upgrading = time();", "utf-8")
    try:
        error = refusal(site, site.user, site.app_password)
    finally:
        (site.docroot / ".maintenance").unlink()
    assert "maintenance" in str(error)
    assert len(site.requests()) < 5


def test_rest_switched_off(site: Site) -> None:
    """A REST API that a plugin has closed to everyone is named, with the plugin's words."""
    install_plugin(
        site,
        "add_filter( 'rest_authentication_errors', fn() =>"
        " new WP_Error( 'off', 'REST is <i>off</i>', array( 'status' => 403 ) ), 99 );",
    )
    error = refusal(site, site.user, site.app_password)
    assert "REST API isn't open: REST is off" in str(error)


class _Website(BaseHTTPRequestHandler):
    """A website that isn't WordPress: the same page everywhere."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html><![foo bar[<body>Hello {} []</body></html>")

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def website() -> Iterator[str]:
    """The address of a website that isn't WordPress."""
    with HTTPServer(("127.0.0.1", 0), _Website) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_not_wordpress(website: str) -> None:
    """A website that isn't WordPress is one clear sentence."""
    with pytest.raises(SiteError, match="there is no WordPress with a REST API at this address"):
        open_site(website, Credentials("u", "p"), ImportOptions(), print)


def test_no_site() -> None:
    """An address where nothing listens, and what is no address, are told apart."""
    with pytest.raises(SiteError, match="can't be reached"):
        open_site("http://127.0.0.1:9", Credentials("u", "p"), ImportOptions(), print)
    with pytest.raises(UsageError, match="https://"):
        open_site("example.com", Credentials("u", "p"), ImportOptions(), print)


def test_timezone_of_the_site(site: Site) -> None:
    """In the site's own zone the GMT date is right, and there is nothing to say."""
    site.set_option("timezone_string", "America/New_York")
    options = ImportOptions(timezone=ZoneInfo("America/New_York"))
    assert imported(site, [record("a.md", date="2016-07-16 00:22:22")], options).findings == []
    (row,) = stored(site)
    assert row["post_date_gmt"] == "2016-07-16 04:22:22"


def test_other_timezone(site: Site) -> None:
    """In another zone the wall clock is kept, and one finding a run names both zones."""
    site.set_option("timezone_string", "")
    site.set_option("gmt_offset", "5.5")
    options = ImportOptions(timezone=ZoneInfo("Europe/Berlin"))
    posts = [record(f"{n}.md", date=f"2016-07-1{n} 00:22:22") for n in range(3)]
    done = imported(site, posts, options)
    assert done.found("target-timezone-differs") == [("0.md", "date")]
    assert done.findings[0].message == (
        "the source's dates were written in the zone Europe/Berlin, the site's zone is +05:30"
    )
    row = stored(site)[0]
    assert (row["post_date"], row["post_date_gmt"]) == (
        "2016-07-10 00:22:22",
        "2016-07-09 18:52:22",
    )


def test_same_offset_is_the_same_moment(site: Site) -> None:
    """Zones of two names say nothing as long as the records' moments are the same."""
    site.set_option("timezone_string", "Europe/Berlin")
    summer = ImportOptions(timezone=timezone(timedelta(hours=2)))
    post = record("a.md", date="2016-07-16 00:22:22")
    assert planned(site, [post], summer).findings == []


def test_instant(site: Site) -> None:
    """A date that states its zone is sent as GMT alone; the wall clock follows from the site."""
    site.set_option("timezone_string", "Asia/Tokyo")
    imported(site, [record("a.md", date_gmt="2016-07-16 00:22:22")])
    (row,) = stored(site)
    assert (row["post_date"], row["post_date_gmt"]) == (
        "2016-07-16 09:22:22",
        "2016-07-16 00:22:22",
    )


def test_hour_that_happens_twice(site: Site) -> None:
    """An hour that happens twice is the first, also where PHP would take the second one."""
    site.set_option("timezone_string", "Europe/Berlin")
    post = record("a.md", date="2016-10-30 02:30:00", slug="twice")
    done = imported(site, [post])
    (row,) = stored(site)
    assert (row["post_date"], row["post_date_gmt"]) == (
        "2016-10-30 02:30:00",
        "2016-10-30 00:30:00",
    )
    assert done.found("loss-field-changed") == []
    assert imported(site, [post]).verbs == ["unchanged"]


def test_hour_that_the_zone_skips(site: Site) -> None:
    """An hour that the site's clocks skip moves forward, is named, and compared as stored."""
    site.set_option("timezone_string", "Europe/Berlin")
    post = record("a.md", date="2016-03-27 02:30:00", slug="gap")
    assert imported(site, [post]).found("loss-field-changed") == [("a.md", "date")]
    assert stored(site)[0]["post_date"] == "2016-03-27 03:30:00"
    assert imported(site, [post]).verbs == ["unchanged"]
