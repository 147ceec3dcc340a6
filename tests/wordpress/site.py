"""A running throwaway WordPress."""

import atexit
import base64
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, Self

from tests.wordpress import docroot, php
from tests.wordpress.flavours import Flavour
from tests.wordpress.process import Server
from tests.wordpress.template import prepared

_EXPORT = """
    require_once ABSPATH . 'wp-admin/includes/export.php';
    ob_start();
    export_wp();
    return base64_encode( ob_get_clean() );
"""
_SET_OPTION = """
    update_option( $name, $value );
    if ( 'permalink_structure' === $name ) {
        $GLOBALS['wp_rewrite']->init();
        flush_rewrite_rules( false );
    }
"""
_CREATE_USER = """
    $id = wp_insert_user( array(
        'user_login'   => $login,
        'user_pass'    => wp_generate_password(),
        'user_email'   => $login . '@example.org',
        'display_name' => $display_name ?: $login,
        'role'         => $role,
    ) );
    if ( is_wp_error( $id ) ) {
        throw new Exception( $id->get_error_message() );
    }
    return WP_Application_Passwords::create_new_application_password(
        $id,
        array( 'name' => 'wpmigrate' )
    )[0];
"""


class Site:
    """WordPress on a free port of 127.0.0.1, with files and database in a temporary folder.

    It starts empty: no posts, pages or comments, the next post being number 1, one category
    (Uncategorized), pretty permalinks by post name, time zone UTC. It sends no mail and asks
    nothing of other machines. `user` is an administrator, `app_password` an application
    password of theirs. Use it as a context manager, or call `stop`.
    """

    def __init__(self, flavour: Flavour) -> None:
        """Boot it; the first one of a flavour takes longer, since it has to be installed."""
        template = prepared(flavour)
        account = json.loads((template / "account.json").read_text("utf-8"))
        self.flavour = flavour
        self.user: str = account["user"]
        self.app_password: str = account["app_password"]
        self.version: str = account["version"]
        self._folder = Path(tempfile.mkdtemp(prefix="wpmigrate-"))
        self._server: Server | None = None
        self._database = flavour.database(self._folder / "database")
        atexit.register(self.stop)
        try:
            self._boot(template)
        except BaseException:
            self.stop()
            raise

    def _boot(self, template: Path) -> None:
        shutil.copytree(template / "database", self._folder / "database")
        self._database.start()
        docroot.lay(self.flavour.tree(), self.docroot)
        self._request_log.touch()
        self._server, port = php.serve(self.docroot, self._request_log, self._folder / "server.log")
        self.url = f"http://127.0.0.1:{port}"
        docroot.configure(self.docroot, self.url, self._database.constants)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    @property
    def docroot(self) -> Path:
        """WordPress's own folder, the one with wp-load.php."""
        return self._folder / "wordpress"

    @property
    def _request_log(self) -> Path:
        return self._folder / "requests.log"

    def php(self, code: str, **values: object) -> Any:
        """What `code`, the body of a PHP function, returns inside this WordPress.

        It runs as the administrator, sees `values` as variables, and `$wpdb`:
        `site.php("return get_post( $id )->post_title;", id=7)`. Both ways go through JSON; an
        empty PHP array comes back as a list. Raises PhpError.
        """
        return php.run(self.docroot, code, values)

    def reset(self) -> None:
        """Back to the empty site it started as: database, uploads, must-use files, requests.

        Accounts made since are gone; `user` and `app_password` stay valid.
        """
        self._database.reset()
        docroot.empty_content(self.docroot)
        self._request_log.write_bytes(b"")

    def requests(self) -> list[str]:
        """Each request that reached the server since the start or `reset`, as "METHOD PATH"."""
        return self._request_log.read_text("utf-8", "replace").splitlines()

    def set_option(self, name: str, value: object) -> None:
        """Set an option; `permalink_structure` makes the rewrite rules follow."""
        self.php(_SET_OPTION, name=name, value=value)

    def create_user(self, role: str, login: str, display_name: str = "") -> str:
        """Add a user of that role; returns an application password of theirs."""
        password: str = self.php(_CREATE_USER, role=role, login=login, display_name=display_name)
        return password

    def export_wxr(self) -> bytes:
        """The whole site as WXR, written by WordPress's own export_wp()."""
        return base64.b64decode(self.php(_EXPORT))

    def folders_written(self) -> list[Path]:
        """Where it writes as it runs, its database aside: its logs, and WordPress's content."""
        return [self._request_log, self._folder / "server.log", self.docroot / "wp-content"]

    def written_by_tests(self) -> list[Path]:
        """What of that a test makes it write: WordPress's own files are left out."""
        folders = (docroot.UPLOADS, docroot.MUST_USE)
        logs = (self._request_log, self._folder / "server.log")
        return [*logs, *(self.docroot / folder for folder in folders)]

    def process_groups(self) -> list[int]:
        """The ids of the process groups that its servers run in."""
        servers = (self._server, self._database.server)
        return [server.group for server in servers if server is not None]

    def stop(self) -> None:
        """End the servers and remove all files; the second call does nothing."""
        atexit.unregister(self.stop)
        if self._server is not None:
            self._server.stop()
        self._database.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
        php.forget(self._folder)
