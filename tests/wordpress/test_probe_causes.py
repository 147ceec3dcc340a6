"""Each reason why a site can't be worked with has a name and a way out."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from migrate.errors import SiteError
from migrate.live.credentials import Credentials
from migrate.live.survey import survey
from migrate.writers.rest.options import ImportOptions
from migrate.writers.site import open_site
from tests.wordpress.gateway import Gateway, Handler, answer, known_as, passed_on, self_signed
from tests.wordpress.importing import install_plugin
from tests.wordpress.site import Site

pytestmark = pytest.mark.wordpress

PROFILE = "an application password is made on the site under Users → Profile"
on_one_site = pytest.mark.parametrize("flavour", ["wp67-sqlite"], indirect=True)
"""For what doesn't depend on the version of WordPress: something else answers in its place."""

NOT_ONE = "abcd efgh ijkl mnop qrst uvwx"
"""What could be an application password, but is nobody's."""

ASKS_EARLY = (
    "add_filter( 'rest_authentication_errors', function ( $errors ) {"
    " wp_get_current_user(); return $errors; }, 1 );"
)
XML_RPC_OFF = "add_filter( 'xmlrpc_enabled', '__return_false' );"
HEADER_LINE = '`SetEnvIf Authorization "(.*)" HTTP_AUTHORIZATION=$1` in .htaccess lets it through'
CHECK = (
    "Check WPMIGRATE_USER (the login, not the display name) and WPMIGRATE_APP_PASSWORD: " + PROFILE
)

PAGES: list[tuple[int, dict[str, str], str]] = [
    (
        403,
        {},
        (
            "a firewall or security plugin sends a page of its own (HTTP 403) instead of "
            "letting us through. Have this machine's address, or the user agent wpmigrate, let "
            "through to the REST API"
        ),
    ),
    (
        401,
        {"WWW-Authenticate": "Basic"},
        (
            "the web server asks for a password of its own (HTTP 401), before WordPress is "
            "reached. It takes the place of the application password, so both can't be sent: "
            "lift the server's protection for this machine"
        ),
    ),
    (
        429,
        {"Retry-After": "600"},
        (
            "the server asks for fewer requests (HTTP 429). Wait some minutes, then run again; "
            "or have its limit lifted for this machine"
        ),
    ),
    (500, {}, "the server fails (HTTP 500). The web server's and PHP's error logs say why"),
]
"""A status and headers of something in front of a site, and what we say of it."""


def cause(address: str, credentials: Credentials | None = None) -> str:
    """The message with which looking at a site ends, its addresses made the same in every run."""
    with pytest.raises(SiteError) as caught:
        survey(address, credentials)
    assert caught.value.exit_status == 4
    if credentials:
        assert credentials.password not in str(caught.value)
    return re.sub(r"(?<=127\.0\.0\.1:)[0-9]{4,5}", "PORT", str(caught.value))


def ours(site: Site) -> Credentials:
    """The administrator's credentials."""
    return Credentials(site.user, site.app_password)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate; skips where openssl isn't there to make it."""
    if not shutil.which("openssl"):
        pytest.skip("openssl isn't installed")
    return self_signed(tmp_path)


def unsigned(site: Site) -> Handler:
    """A web server that drops the Authorization header."""
    header = re.compile(rb"(?im)^authorization:.*\r\n")
    return lambda request: passed_on(site, header.sub(b"", request, count=1))


def test_authorization_header_is_dropped(site: Site) -> None:
    """Where XML-RPC takes the credentials that REST never sees, the header is what is missing."""
    with Gateway(unsigned(site)) as proxy, known_as(site, proxy.url):
        said = cause(proxy.url, ours(site))
    assert said == (
        "http://127.0.0.1:PORT: user and password are right, but the web server drops the "
        f"Authorization header before WordPress sees it. On Apache with CGI, {HEADER_LINE}; saving "
        "Settings → Permalinks once writes such a rule; otherwise ask the host"
    )


@pytest.mark.parametrize("user", ["admin", "stranger"])
def test_wrong_password(site: Site, user: str) -> None:
    """A wrong password and an unknown user are alike to WordPress, and told from all else."""
    assert cause(site.url, Credentials(user, NOT_ONE)) == (
        "http://127.0.0.1:PORT: the user name or the application password is wrong. " + CHECK
    )


def test_wrong_password_of_another_shape(site: Site) -> None:
    """What can't be an application password is said to be none."""
    assert cause(site.url, Credentials("admin", "wr0ng-one")) == (
        "http://127.0.0.1:PORT: the user name or the application password is wrong. "
        f"{CHECK}; it has 24 letters and digits, which this one hasn't"
    )


def test_the_accounts_own_password(site: Site) -> None:
    """The password for logging in, which XML-RPC takes and REST doesn't, is named as that."""
    site.php("wp_set_password( '0wn and s3cret', 1 );")
    assert cause(site.url, Credentials(site.user, "0wn and s3cret")) == (
        "http://127.0.0.1:PORT: the password is the account's own, for logging in, and REST takes "
        f"only application passwords. Set WPMIGRATE_APP_PASSWORD to another one; {PROFILE}"
    )


def test_where_xml_rpc_is_off(site: Site) -> None:
    """Without XML-RPC the causes that are alike are all named."""
    install_plugin(site, XML_RPC_OFF)
    assert cause(site.url, Credentials(site.user, NOT_ONE)) == (
        "http://127.0.0.1:PORT: the site doesn't take us for the user: the user name or the "
        "application password is wrong, or the web server drops the Authorization header before "
        f"WordPress sees it (XML-RPC, which would tell, is off). {CHECK}. If both are right, the "
        f"header is dropped: on Apache with CGI, {HEADER_LINE}"
    )
    assert cause(site.url, Credentials(site.user, "0wn and s3cret")) == (
        "http://127.0.0.1:PORT: the password is no application password: those have 24 letters "
        f"and digits. Set WPMIGRATE_APP_PASSWORD to another one; {PROFILE}"
    )


def test_where_a_plugin_asks_early(site: Site) -> None:
    """Where WordPress says what is wrong, XML-RPC isn't asked."""
    install_plugin(site, ASKS_EARLY)
    assert cause(site.url, Credentials("stranger", NOT_ONE)) == (
        "http://127.0.0.1:PORT: the site has no user stranger. "
        "WPMIGRATE_USER is the login (or the e-mail), not the display name"
    )
    assert cause(site.url, Credentials("admin", NOT_ONE)) == (
        "http://127.0.0.1:PORT: the password isn't an application password of the user admin. "
        f"Set WPMIGRATE_APP_PASSWORD; {PROFILE}"
    )
    assert [line for line in site.requests() if line.startswith("POST")] == []


def test_application_passwords_off(site: Site, certificate: Path, trusted: None) -> None:
    """Switched off on a site with https, they are named as that; on http, https is the reason."""
    del trusted
    install_plugin(site, "add_filter( 'wp_is_application_passwords_available', '__return_false' );")
    assert cause(site.url, ours(site)) == (
        "http://127.0.0.1:PORT: the site takes no application passwords; it calls itself http://, "
        "and WordPress offers them over https alone. Set both addresses under Settings → General "
        "to https://; behind a proxy, have it tell WordPress; on a test machine, define "
        "WP_ENVIRONMENT_TYPE as local. Otherwise a plugin switches them off"
    )
    with (
        Gateway(lambda request: passed_on(site, request), certificate) as proxy,
        known_as(site, proxy.url),
    ):
        said = cause(proxy.url, ours(site))
    assert said == (
        "https://127.0.0.1:PORT: the site takes no application passwords: they are switched off, "
        "or WordPress is older than 5.6. Look for a security plugin that switches them off, and "
        "switch them on"
    )


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Trust the test's certificate."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    return iter([None])


@on_one_site
def test_self_signed_certificate(site: Site, certificate: Path) -> None:
    """A certificate that nobody vouches for is named, with the way to trust it."""
    with Gateway(lambda request: passed_on(site, request), certificate) as proxy:
        said = cause(proxy.url)
    assert said == (
        "https://127.0.0.1:PORT/: the site's certificate isn't trusted: it is self-signed. Where "
        "you know the certificate, name its file in REQUESTS_CA_BUNDLE; a public site gets one "
        "that everybody trusts from its host"
    )


@on_one_site
def test_no_encryption_there(site: Site) -> None:
    """A server that speaks no TLS is told from one with a bad certificate."""
    assert cause(site.url.replace("http:", "https:")) == (
        "https://127.0.0.1:PORT/: no encrypted connection came about: the server speaks no TLS "
        "there, or too old a one. Check the address: http:// for a site without encryption, the "
        "right port otherwise"
    )


def test_rest_closed(site: Site) -> None:
    """A REST API that a plugin closes speaks the plugin's words; a visitor is told to sign in."""
    install_plugin(
        site,
        "add_filter( 'rest_authentication_errors', fn() =>"
        " new WP_Error( 'off', 'REST is <i>off</i>', array( 'status' => 403 ) ), 99 );",
    )
    said = (
        "http://127.0.0.1:PORT/wp-json/: "
        "the site's REST API isn't open: REST is off (HTTP 403, off). "
    )
    assert cause(site.url) == (
        f"{said}Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD, in case it is open to users"
    )
    assert cause(site.url, ours(site)) == (
        f"{said}A security plugin closes it: open it for as long as the run takes"
    )


def test_rest_switched_off(site: Site) -> None:
    """A WordPress without any REST route is told from a website that is no WordPress."""
    install_plugin(site, "remove_action( 'parse_request', 'rest_api_loaded' );")
    assert cause(site.url) == (
        "http://127.0.0.1:PORT/: WordPress is there, but its REST API is switched off: no route of "
        "it answers. Look for a plugin that switches it off, or for a rule of the web server that "
        "hides /wp-json/; saving Settings → Permalinks once makes WordPress's own rules again"
    )


def test_login_wall(site: Site) -> None:
    """A plugin that shows visitors nothing but a form to log in is named as that."""
    install_plugin(
        site,
        "add_action( 'init', function () { if ( ! defined( 'XMLRPC_REQUEST' ) ) {"
        ' echo \'<html><form><input name="pwd" type="password"></form></html>\'; exit; } } );',
    )
    assert cause(site.url, ours(site)) == (
        "http://127.0.0.1:PORT/wp-json/: a login page (HTTP 200) stands before the site, so its "
        "REST API can't be reached. Look for a plugin that hides the site from visitors (coming "
        "soon, members only), and let the REST API through or switch it off for as long as the run "
        "takes"
    )


def test_maintenance(site: Site) -> None:
    """Maintenance mode is named with the pause that it asks for, which isn't waited."""
    (site.docroot / ".maintenance").write_text("<?php $upgrading = time();", "utf-8")
    try:
        said = cause(site.url, ours(site))
    finally:
        (site.docroot / ".maintenance").unlink()
    assert said == (
        "http://127.0.0.1:PORT/: the site is in maintenance mode or overloaded (HTTP 503) and asks "
        "to come back in 600 s. Wait, then run again; where it lasts, an update broke off: delete "
        "the file .maintenance in WordPress's folder"
    )


@on_one_site
@pytest.mark.parametrize(("status", "headers", "said"), PAGES)
def test_pages_instead_of_rest(site: Site, status: int, headers: dict[str, str], said: str) -> None:
    """A page that something in front sends for REST alone is named by what it is."""

    def guard(request: bytes) -> bytes:
        refused = re.match(rb"GET \S*(wp-json|rest_route)", request)
        return answer(status, "<h1>No</h1>", headers) if refused else passed_on(site, request)

    with Gateway(guard) as proxy, known_as(site, proxy.url):
        assert cause(proxy.url) == f"http://127.0.0.1:PORT/wp-json/: {said}"


@on_one_site
def test_page_instead_of_the_account(site: Site) -> None:
    """A firewall that refuses signed requests alone is named as well."""

    def guard(request: bytes) -> bytes:
        refused = b"\r\nAuthorization:" in request
        return answer(403, "<h1>No</h1>") if refused else passed_on(site, request)

    with Gateway(guard) as proxy, known_as(site, proxy.url):
        said = cause(proxy.url, ours(site))
    assert said.startswith(
        "http://127.0.0.1:PORT/wp-json/wp/v2/users/me: a firewall or security plugin sends a page "
        "of its own (HTTP 403) instead of letting us through. "
    )


@on_one_site
@pytest.mark.parametrize("path", ["/ ", "/wp-json/wp/v2/users/me"])
def test_redirect_to_another_host(site: Site, path: str) -> None:
    """A redirect to another host is named and not followed, with or without credentials."""
    with Gateway(lambda _: answer(200)) as other:
        away = answer(302, headers={"Location": f"{other.url}/login"})

        def lead_away(request: bytes) -> bytes:
            return away if f"GET {path}".encode() in request else passed_on(site, request)

        with Gateway(lead_away) as proxy, known_as(site, proxy.url):
            said = cause(proxy.url, ours(site))
    assert said == (
        f"http://127.0.0.1:PORT{path.strip()}: the site redirects to http://127.0.0.1:PORT, and "
        "the password isn't sent after it. Where that is the site that you mean, name it with "
        "--site"
    )
    assert other.requests == []


@on_one_site
def test_import_names_the_same_causes(site: Site) -> None:
    """An import ends with the very message that the check gives."""
    wrong = Credentials("stranger", NOT_ONE)
    with pytest.raises(SiteError) as caught:
        open_site(site.url, wrong, ImportOptions(), print)
    with pytest.raises(SiteError) as looked:
        survey(site.url, wrong)
    assert str(caught.value) == str(looked.value)
