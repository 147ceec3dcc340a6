"""The test sites are what the other tests take them for: real, empty, loopback, and gone after."""

import json
import os
import re
import select
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import requests
from lxml import etree

from tests.wordpress.cache import CHECKOUT
from tests.wordpress.one_flavour import EVERY_FLAVOUR
from tests.wordpress.php import PhpError
from tests.wordpress.process import accepts
from tests.wordpress.site import Site

pytestmark = EVERY_FLAVOUR

WP = "{http://wordpress.org/export/1.2/}"

ROWS = """
    $rows = array( 'name' => get_option( 'blogname' ) );
    foreach ( $wpdb->tables() as $table ) {
        $rows[ $table ] = $wpdb->get_var( "SELECT COUNT(*) FROM $table" );
    }
    return $rows;
"""


def call(site: Site, method: str, route: str, **options: Any) -> Any:
    """The decoded answer of the REST API to the administrator; raises on an error status."""
    account = (site.user, site.app_password)
    url = f"{site.url}/wp-json/wp/v2/{route}"
    answer = requests.request(method, url, auth=account, timeout=30, **options)
    answer.raise_for_status()
    return answer.json()


def contents(site: Site) -> tuple[dict[str, str], list[str]]:
    """The site's name and how many rows each of its tables has, and the uploaded files."""
    uploads = (site.docroot / "wp-content/uploads").rglob("*")
    return site.php(ROWS), [file.name for file in uploads if file.is_file()]


def upload(site: Site) -> None:
    """Put a text file into the media library."""
    named = {"Content-Disposition": 'attachment; filename="note.txt"', "Content-Type": "text/plain"}
    call(site, "POST", "media", headers=named, data=b"a note")


def test_application_password(site: Site) -> None:
    """The REST API takes the application password for the administrator's."""
    assert call(site, "GET", "users/me?context=edit")["roles"] == ["administrator"]


def test_version(site: Site) -> None:
    """Both the oldest and the newest WordPress that is to be supported run here."""
    wanted = {"wp61-mariadb": r"6\.1\.\d+", "wp67-sqlite": r"6\.7-alpha.*"}
    assert re.fullmatch(wanted[site.flavour.name], site.version)


def test_empty_at_first(site: Site) -> None:
    """A clean site lists no posts, pages, comments or media, and its first post is number 1."""
    kinds = ("posts", "pages", "comments", "media")
    assert [call(site, "GET", kind) for kind in kinds] == [[], [], [], []]
    assert call(site, "POST", "posts", json={"title": "First"})["id"] == 1


def test_home_page(site: Site) -> None:
    """A visit to the home page names the REST root and makes WordPress write no post."""
    home = requests.get(site.url, timeout=30)
    assert home.links["https://api.w.org/"]["url"] == f"{site.url}/wp-json/"
    assert site.php('return $wpdb->get_var( "SELECT COUNT(*) FROM $wpdb->posts" );') == "0"


def test_reset(site: Site) -> None:
    """After a reset no post, term, option, user, upload or must-use file of before is left."""
    before = contents(site)
    call(site, "POST", "posts", json={"title": "A", "content": "B", "status": "publish"})
    call(site, "POST", "categories", json={"name": "News"})
    upload(site)
    site.set_option("blogname", "Another name")
    site.create_user("author", "jane")
    added = site.docroot / "wp-content/mu-plugins/added.php"
    added.write_text("<?php", "utf-8")
    rows, files = contents(site)
    assert (rows["name"], rows["wp_posts"], rows["wp_terms"]) == ("Another name", "2", "2")
    assert (rows["wp_users"], files) == ("2", ["note.txt"])
    site.reset()
    assert contents(site) == before
    assert not added.exists()
    assert call(site, "POST", "posts", json={"title": "First again"})["id"] == 1


def test_php_reads_through_wordpress(site: Site) -> None:
    """PHP code sees what REST stored, with its values passed in as variables."""
    stored = call(site, "POST", "posts", json={"title": 'A "\\" & 日本', "content": "C\r\nD"})
    code = "$post = get_post( $id ); return array( $post->post_title, $post->post_content );"
    assert site.php(code, id=stored["id"]) == ['A "\\" & 日本', "C\r\nD"]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("throw new Exception( 'no good' );", "no good"),
        ("echo 'left'; exit;", "ended early:\nleft"),
        ("return nonsense( ;", "syntax error"),
    ],
)
def test_php_errors(site: Site, code: str, said: str) -> None:
    """PHP code that fails or ends early is an error with what PHP said."""
    with pytest.raises(PhpError, match=re.escape(said)):
        site.php(code)


def test_printing_is_no_answer(site: Site) -> None:
    """What PHP code prints doesn't get into what it returns."""
    assert site.php("echo 'noise'; return array( 'a' => 1.0 );") == {"a": 1.0}


def test_export_is_wxr(site: Site) -> None:
    """The export is well-formed WXR 1.2, and its items are the site's posts."""
    for title in ("One", "Two"):
        call(site, "POST", "posts", json={"title": title, "status": "publish"})
    channel = etree.fromstring(site.export_wxr()).find("channel")
    assert channel is not None
    assert channel.findtext(f"{WP}wxr_version") == "1.2"
    items = [(item.findtext("title"), item.findtext("link")) for item in channel.iter("item")]
    assert items == [("One", f"{site.url}/one/"), ("Two", f"{site.url}/two/")]


def test_request_log(site: Site) -> None:
    """Each request is logged once, in order, with its method, path and query."""
    call(site, "GET", "posts?per_page=1")
    call(site, "POST", "tags", json={"name": "x"})
    requests.head(f"{site.url}/readme.html", timeout=30)
    assert site.requests() == [
        "GET /wp-json/wp/v2/posts?per_page=1",
        "POST /wp-json/wp/v2/tags",
        "HEAD /readme.html",
    ]


def test_users_of_a_role(site: Site) -> None:
    """A new user signs in with the application password, under the role and name given."""
    password = site.create_user("author", "jane", "Jane Doe")
    me = f"{site.url}/wp-json/wp/v2/users/me?context=edit"
    answer = requests.get(me, auth=("jane", password), timeout=30).json()
    assert (answer["roles"], answer["name"]) == (["author"], "Jane Doe")


def test_options(site: Site) -> None:
    """A time zone set as an option decides a post's GMT date."""
    site.set_option("timezone_string", "Europe/Berlin")
    post = call(site, "POST", "posts", json={"title": "A", "date": "2016-07-16T00:22:22"})
    assert post["date_gmt"] == "2016-07-15T22:22:22"


def test_permalinks(site: Site) -> None:
    """The rewrite rules follow a new permalink structure: a post answers at its new address."""
    site.set_option("permalink_structure", "/%year%/%postname%/")
    fields = {"title": "A", "date": "2016-07-16T00:22:22", "status": "publish"}
    link = call(site, "POST", "posts", json=fields)["link"]
    assert link == f"{site.url}/2016/a/"
    assert requests.get(link, timeout=30, allow_redirects=False).status_code == 200


def test_plain_permalinks(site: Site) -> None:
    """Without a permalink structure REST is served under ?rest_route= alone."""
    site.set_option("permalink_structure", "")
    root = requests.get(site.url, timeout=30).links["https://api.w.org/"]["url"]
    assert root == f"{site.url}/index.php?rest_route=/"
    answers = [requests.get(at, timeout=30) for at in (root, f"{site.url}/wp-json/")]
    kinds = [answer.headers["Content-Type"].partition(";")[0] for answer in answers]
    assert kinds == ["application/json", "text/html"]


def test_nothing_leaves_the_machine(site: Site) -> None:
    """The site refuses to ask other hosts, and mail counts as sent without being sent."""
    asked = "return wp_remote_get( 'http://example.org/' )->get_error_code();"
    assert site.php(asked) == "http_request_not_executed"
    assert site.php("return wp_mail( 'a@example.org', 'subject', 'text' );") is True


def test_stop_leaves_nothing(site: Site) -> None:
    """After `stop` no process is left, the port is free, and the temporary folder is gone."""
    own = Site(site.flavour)
    folder, groups = own._folder, own.process_groups()
    port = int(own.url.rpartition(":")[2])
    assert living(groups) != []
    own.stop()
    assert living(groups) == []
    assert not accepts(socket.AF_INET, ("127.0.0.1", port))
    assert not folder.exists()


BOOT_AND_WAIT = """
import json, sys
from tests.wordpress.flavours import FLAVOURS
from tests.wordpress.site import Site
print(json.dumps(Site(FLAVOURS[sys.argv[1]]).process_groups()), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_killed_tests_leave_no_process(site: Site, number: signal.Signals) -> None:
    """Where the tests themselves are killed, the servers and their workers end as well."""
    booting = [sys.executable, "-c", BOOT_AND_WAIT, site.flavour.name]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            booting,
            cwd=CHECKOUT,
            env={**os.environ, "TMPDIR": folder},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        ) as tests,
    ):
        assert tests.stdout is not None
        groups = json.loads(tests.stdout.readline())
        servers = [os.pidfd_open(process) for process in living(groups)]
        tests.send_signal(number)
        ended = [select.select([server], [], [], 20)[0] == [server] for server in servers]
        for server in servers:
            os.close(server)
    assert servers != []
    assert ended == [True] * len(servers)
    assert living(groups) == []


def living(groups: list[int]) -> list[int]:
    """The processes of these process groups that haven't ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = status.read_text("utf-8").rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(group) in groups and state != "Z":
            found.append(int(status.parent.name))
    return found
