"""A private MariaDB server, reached through a Unix socket alone."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

from tests.wordpress.process import Server, ServerError, accepts

DATABASE = "wordpress"

# A test's data may be lost with the machine: nothing waits for the disk, and files stay small.
_FRUGAL = (
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=0",
    "--innodb-file-per-table=0",
    "--innodb-stats-persistent=0",
    "--sync-frm=0",
    "--innodb-log-file-size=8M",
    "--innodb-data-file-path=ibdata1:4M:autoextend",
    "--innodb-buffer-pool-size=64M",
    "--innodb-buffer-pool-dump-at-shutdown=0",
    "--innodb-buffer-pool-load-at-startup=0",
    "--aria-pagecache-buffer-size=8M",
    "--max-allowed-packet=256M",
    "--character-set-server=utf8mb4",
    "--skip-log-bin",
)


class MariaDB:
    """One server on a data folder of its own; the machine's MariaDB, if any, isn't touched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._socket = folder / "mariadb.sock"
        self._clean = folder / "clean.sql"
        self.server: Server | None = None

    @property
    def constants(self) -> dict[str, str]:
        """What wp-config.php has to define."""
        host = f"localhost:{self._socket}"
        return {"DB_NAME": DATABASE, "DB_USER": "root", "DB_PASSWORD": "", "DB_HOST": host}

    @property
    def made_by(self) -> str:
        """The server's version, and the options that the data folder is laid out for."""
        version = subprocess.run([_mariadbd(), "--version"], capture_output=True, check=True)
        return " ".join([version.stdout.decode(), *_FRUGAL])

    def create(self) -> None:
        """Make the data folder with an empty database in it, and start. Raises ServerError."""
        self._folder.mkdir()
        made = subprocess.run(
            [
                "mariadb-install-db",
                "--no-defaults",
                f"--datadir={self._data}",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--skip-name-resolve",
                *_own_user(),
                *_FRUGAL,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if made.returncode != 0:
            raise ServerError(made.stdout.decode("utf-8", "replace"))
        self.start()
        self._client("mariadb", statements=f"CREATE DATABASE {DATABASE}".encode())

    def start(self) -> None:
        """Start the server on the data folder. Raises ServerError."""
        command = [
            _mariadbd(),
            "--no-defaults",
            f"--datadir={self._data}",
            f"--socket={self._socket}",
            f"--pid-file={self._folder / 'mariadb.pid'}",
            "--skip-networking",
            *_own_user(),
            *_FRUGAL,
        ]
        self.server = Server(command, self._folder / "mariadb.log")
        self.server.wait_until(lambda: accepts(socket.AF_UNIX, str(self._socket)))

    def snapshot(self) -> None:
        """Keep the present state as the one that `reset` goes back to."""
        self._clean.write_bytes(self._client("mariadb-dump", DATABASE))

    def reset(self) -> None:
        """Go back to the snapshot."""
        empty = f"DROP DATABASE {DATABASE}; CREATE DATABASE {DATABASE}; USE {DATABASE};\n"
        self._client("mariadb", statements=empty.encode() + self._clean.read_bytes())

    def stop(self) -> None:
        """Shut the server down, its files being whole afterwards."""
        if self.server is not None:
            self.server.stop()

    def _client(self, program: str, *arguments: str, statements: bytes = b"") -> bytes:
        command = [program, "--no-defaults", f"--socket={self._socket}", "--user=root", *arguments]
        return subprocess.run(command, input=statements, stdout=subprocess.PIPE, check=True).stdout


def _own_user() -> list[str]:
    """MariaDB runs as root only where it's told so."""
    return ["--user=root"] if os.geteuid() == 0 else []


def _mariadbd() -> str:
    """The server's path: Debian keeps it in /usr/sbin, which users don't have in their PATH."""
    return shutil.which("mariadbd") or "/usr/sbin/mariadbd"
