"""What a site tells of itself and of us, as `wpmigrate check --site` shows it."""

import json
import shutil
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from migrate.live import address
from migrate.live.credentials import Credentials
from migrate.live.entrance import enter, look
from migrate.live.http.client import Client
from migrate.live.site_facts import SiteFacts
from migrate.live.survey import Survey, survey
from migrate.live.xml_rpc import XmlRpc, xml_rpc
from migrate.report.site import site_report
from tests.wordpress.gateway import Gateway, answer, known_as, passed_on, self_signed
from tests.wordpress.importing import install_plugin, write_requests
from tests.wordpress.newspaper import command, ended, prepare
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

SCHEMA = json.loads(resources.files("migrate.report").joinpath("schema.json").read_text())
SITE_SCHEMA = {"$ref": "#/$defs/site", "$defs": SCHEMA["$defs"]}

on_one_site = pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
"""For what doesn't depend on the version of WordPress."""

METAS = """
add_action( 'init', function () {
    register_post_meta( 'notice', 'subtitle',
        array( 'type' => 'string', 'single' => true, 'show_in_rest' => true ) );
    register_post_meta( 'notice', 'scores',
        array( 'type' => 'integer', 'single' => false, 'show_in_rest' => true ) );
} );
"""
POSTS = """
foreach ( array( '<!-- wp:paragraph --><p>A</p><!-- /wp:paragraph -->', 'B' ) as $content ) {
    wp_insert_post( array( 'post_title' => 'A', 'post_content' => $content,
        'post_status' => 'publish', 'post_date' => '2016-07-07 00:22:22' ) );
}
"""

ROLES: list[tuple[str, str, str, set[str]]] = [
    (
        "author",
        "write posts, publish posts, upload files",
        "change others' posts, write pages, publish pages, create terms, create users",
        {"draft", "pending", "private", "future", "publish"},
    ),
    (
        "contributor",
        "write posts",
        (
            "publish posts, change others' posts, write pages, publish pages, upload files, "
            "create terms, create users"
        ),
        {"draft", "pending"},
    ),
    (
        "subscriber",
        "nothing but read",
        (
            "write posts, publish posts, change others' posts, write pages, publish pages, "
            "upload files, create terms, create users"
        ),
        set(),
    ),
]
"""A role, what it may do and may not, and the statuses that it may set."""


def seen(site: Site, credentials: Credentials | None = None) -> Survey:
    """What looking at the site finds."""
    return survey(site.url, credentials)


def probed(url: str, credentials: Credentials | None = None) -> tuple[SiteFacts, XmlRpc]:
    """What finding a site's REST API and asking its XML-RPC tells."""
    with Client() as client:
        facts = enter(client, url, credentials).facts if credentials else look(client, url)[1]
        return facts, xml_rpc(client, facts, credentials)


def ours(site: Site) -> Credentials:
    """The administrator's credentials."""
    return Credentials(site.user, site.app_password)


def fact(found: Survey, label: str) -> str:
    """What the summary says behind a label; empty where it has none."""
    lines = site_report(found).text.splitlines()
    said = [line[14:] for line in lines if line.startswith(f"  {label:11} ")]
    return said[0] if said else ""


def checked(site: Site, *arguments: str, visitor: bool = False) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of `wpmigrate check`."""
    line, environment = command(site, "check", *arguments)
    if visitor:
        for name in ("WPMIGRATE_USER", "WPMIGRATE_APP_PASSWORD"):
            del environment[name]
    done = ended(line, environment)
    said = done.stdout.replace(site.url, "SITE").replace(site.version, "VERSION")
    return done.returncode, said, done.stderr.replace(site.url, "SITE")


def test_summary(site: Site) -> None:
    """The command prints who and what the site is, and asks questions alone."""
    prepare(site, writers=())
    (site.docroot / "wp-content/mu-plugins/metas.php").write_text(f"<?php {METAS}", "utf-8")
    site.set_option("permalink_structure", "/%year%/%monthnum%/%day%/%postname%/")
    site.php(POSTS)
    status, said, complained = checked(site, "--site", site.url)
    head, _, types = said.partition("\n\n")
    assert (status, complained) == (0, "")
    assert head == (
        "Test site\n"
        "  address     SITE\n"
        "  REST API    SITE/wp-json/ (found by its Link header)\n"
        "  WordPress   VERSION\n"
        "  we are      admin (administrator)\n"
        "  we may      write posts, publish posts, change others' posts, write pages, publish "
        "pages, upload files, create terms, create users\n"
        "  HTML        kept as we send it\n"
        "  uploads     taken; types and size limit are not told\n"
        "  time zone   Europe/Oslo\n"
        "  permalinks  /%year%/%monthnum%/%day%/%postname%/\n"
        "  editor      block editor; 1 of the newest 2 posts hold blocks\n"
        "  batches     of 25 requests\n"
        "  XML-RPC     on, and takes our password\n"
        "  companion   not there: what REST can't carry is lost (wpmigrate companion)\n"
        "  imports     fields by REST, metas that aren't registered by XML-RPC"
    )
    supports = "author, autosave" if site.flavour.name == "wp67-sqlite" else "author"
    assert (
        "  notice  wp/v2/notice\n"
        f"    supports    {supports}, custom-fields, editor, excerpt, title\n"
        "    statuses    draft, future, pending, private, publish\n"
        "    metas       "
    ) in types
    assert "scores (several of integer), subtitle (string)\n" in types
    assert "  page  wp/v2/pages  with parents\n" in types
    assert "  category  wp/v2/categories  terms with parents of post\n" in types
    assert write_requests(site) == ["POST /xmlrpc.php"]


def test_visitor(site: Site) -> None:
    """Without credentials the site is seen as a visitor does; what isn't told is said to be so."""
    status, said, complained = checked(site, "--site", site.url, visitor=True)
    assert (status, complained) == (0, "")
    assert said.partition("\n\n")[0] == (
        "Test site\n"
        "  address     SITE\n"
        "  REST API    SITE/wp-json/ (found by its Link header)\n"
        "  WordPress   VERSION\n"
        "  we are      a visitor (WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD say who else)\n"
        "  time zone   UTC\n"
        "  permalinks  not told: there is no post to tell them by\n"
        "  editor      not told\n"
        "  batches     of 25 requests\n"
        "  XML-RPC     on; whether it takes a password isn't known without one\n"
        "  companion   not there: what REST can't carry is lost (wpmigrate companion)"
    )


def test_site_and_source(site: Site, tmp_path: Path) -> None:
    """With a SOURCE both are reported, the site first; the JSON report is as its schema says."""
    report = tmp_path / "report.json"
    both = ("samples/wpghs/_notices", "--site", site.url)
    reports = ("--report", "console", "--report", f"json={report}")
    status, said, _ = checked(site, *both, *reports)
    document = json.loads(report.read_text("utf-8"))
    jsonschema.validate(document, SCHEMA)
    assert (status, said.partition("\n")[0]) == (0, "Test site")
    assert "\nread      2 notice\n" in said
    assert document["totals"]["read"] == {"notice": 2}
    told = document["site"]
    assert told["user"] == {"login": "admin", "roles": ["administrator"]}
    assert (told["batch"], told["xml_rpc"], told["editor"]) == (25, "works", "block editor")
    assert told["types"]["page"]["hierarchical"] is True
    assert site.app_password not in report.read_text("utf-8")


@pytest.mark.parametrize(("role", "may", "may_not", "statuses"), ROLES)
def test_rights(site: Site, role: str, may: str, may_not: str, statuses: set[str]) -> None:
    """Each of WordPress's roles is told what it may do, and the statuses that it may set."""
    found = seen(site, Credentials("bob", site.create_user(role, "bob")))
    posts = next(offer for offer in found.offers if offer.type.name == "post")
    assert fact(found, "we are") == f"bob ({role})"
    assert (fact(found, "we may"), fact(found, "we may not")) == (may, may_not)
    assert posts.statuses == statuses


def test_cleaned_html(site: Site) -> None:
    """A site that lets nobody store any HTML says so to an administrator as well."""
    site.php(POSTS)
    install_plugin(site, "define( 'DISALLOW_UNFILTERED_HTML', true );")
    found = seen(site, ours(site))
    assert fact(found, "HTML") == "cleaned: scripts, forms, iframes go"


def test_plain_permalinks(site: Site) -> None:
    """Without a permalink structure the REST root is a query."""
    site.set_option("permalink_structure", "")
    found = seen(site)
    jsonschema.validate(site_report(found).document, SITE_SCHEMA)
    assert fact(found, "permalinks") == "plain"
    assert fact(found, "REST API") == (
        f"{site.url}/index.php?rest_route=/ (found by its Link header)"
    )


def test_rest_root_that_is_only_linked(site: Site) -> None:
    """Where no header names the REST root, the home page does; else it is looked for."""
    no_header = "remove_action( 'template_redirect', 'rest_output_link_header', 11 );"
    install_plugin(site, no_header)
    assert probed(site.url)[0].found_by == "a link in its home page"
    install_plugin(site, f"{no_header} remove_action( 'wp_head', 'rest_output_link_wp_head' );")
    assert probed(site.url)[0].found_by == "its usual place"


@on_one_site
def test_firewall_that_hides_pretty_routes(site: Site) -> None:
    """A firewall that refuses /wp-json/ alone is passed by, through ?rest_route=."""

    def guard(request: bytes) -> bytes:
        return answer(403) if b"wp-json" in request else passed_on(site, request)

    with Gateway(guard) as proxy, known_as(site, proxy.url):
        assert probed(proxy.url, ours(site))[0].root == f"{proxy.url}/?rest_route=/"


@on_one_site
def test_warnings_before_answers(site: Site) -> None:
    """PHP's warnings before the JSON are passed over, and named."""
    install_plugin(
        site,
        "add_filter( 'rest_pre_serve_request', function ( $served ) {"
        ' echo "<b>Warning</b>: Undefined [key] in {x}<br />"; return $served; } );',
    )
    said = "text that is no JSON stands beside answers; turn display_errors off"
    assert fact(seen(site), "warnings") == said


def test_subfolder(site: Site) -> None:
    """A WordPress in a subfolder is found there, with XML-RPC below it."""
    folder = f"{site.url}/blog"
    (site.docroot / "blog").symlink_to(site.docroot)
    try:
        with known_as(site, folder):
            facts, calls = probed(folder, ours(site))
    finally:
        (site.docroot / "blog").unlink()
    assert (facts.home, facts.root) == (folder, f"{folder}/wp-json/")
    assert calls == "works"


@on_one_site
def test_redirect_to_https(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A redirect from http to https is followed and named, and the password waits for it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl isn't installed")
    certificate = self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    with (
        Gateway(lambda request: passed_on(site, request), certificate) as safe,
        Gateway(lambda _: answer(301, headers={"Location": f"{safe.url}/"})) as plain,
        known_as(site, safe.url),
    ):
        monkeypatch.setitem(address.PORTS, "http", plain.port)
        monkeypatch.setitem(address.PORTS, "https", safe.port)
        found = survey(plain.url, ours(site))
    assert fact(found, "redirected") == f"{plain.url} → {safe.url}/"
    assert fact(found, "REST API") == f"{safe.url}/wp-json/ (found by its Link header)"
    assert found.account is not None
    assert [b"Authorization" in request for request in plain.requests] == [False]


@pytest.mark.parametrize(
    ("code", "signed", "visitor"),
    [
        ("add_filter( 'xmlrpc_enabled', '__return_false' );", "off", "answers"),
        ("add_filter( 'xmlrpc_methods', '__return_empty_array' );", "off", "off"),
        ("defined( 'XMLRPC_REQUEST' ) && wp_die( 'No', '', 403 );", "hidden", "hidden"),
    ],
)
def test_xml_rpc_off(site: Site, code: str, signed: str, visitor: str) -> None:
    """XML-RPC that WordPress has off is told from one that is hidden, and neither is an error."""
    install_plugin(site, code)
    assert (probed(site.url, ours(site))[1], probed(site.url)[1]) == (signed, visitor)


@on_one_site
def test_classic_editor(site: Site) -> None:
    """An active plugin that brings the classic editor back is known to an administrator."""
    plugin = site.docroot / "wp-content/plugins/classic-editor/classic-editor.php"
    plugin.parent.mkdir()
    plugin.write_text("<?php\n/* Plugin Name: Classic Editor */", "utf-8")
    try:
        site.set_option("active_plugins", ["classic-editor/classic-editor.php"])
        found = seen(site, ours(site))
    finally:
        shutil.rmtree(plugin.parent)
    assert found.editor == "classic"


@on_one_site
def test_one_name_without_the_other(site: Site) -> None:
    """A user without a password is wrong usage, not a visitor."""
    line, environment = command(site, "check", "--site", site.url)
    del environment["WPMIGRATE_APP_PASSWORD"]
    done = ended(line, environment)
    assert done.stderr.startswith(
        "wpmigrate: the site's user name and application password aren't known. "
    )
    assert done.returncode == 2
