"""The Debian packages that a test site runs on: which are missing, and how they come."""

import functools
import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

# None of these packages starts or enables a service: mariadb-server-core holds the server
# program alone, which mariadb-server would wrap into the machine's own database.
PROGRAMS = {
    "php": "php-cli",
    "npm": "npm",
    "mariadbd": "mariadb-server-core",
    "mariadb-install-db": "mariadb-server-core",
    "mariadb": "mariadb-client",
    "mariadb-dump": "mariadb-client",
}
PHP_EXTENSIONS = {
    "curl": "php-curl",
    "gd": "php-gd",
    "intl": "php-intl",
    "mbstring": "php-mbstring",
    "mysqli": "php-mysql",
    "pdo_sqlite": "php-sqlite3",
    "SimpleXML": "php-xml",
    "zip": "php-zip",
}
APT_SETTINGS = (
    "DPkg::Lock::Timeout=300",  # seconds; another apt-get may be running
    "Dpkg::Use-Pty=0",
    "Dpkg::Options::=--force-confold",  # a setting that the user changed stays, unasked
)


class InstallError(RuntimeError):
    """Something that the test sites need can't be had; the message says what to do."""


def missing(programs: Iterable[str], extensions: Iterable[str]) -> list[str]:
    """The Debian packages, sorted, of those programs and PHP extensions that aren't here."""
    lacking = {PROGRAMS[name] for name in programs if not _found(name)}
    lacking |= {PHP_EXTENSIONS[name] for name in set(extensions) - _php_extensions()}
    return sorted(lacking)


def _found(program: str) -> bool:
    """Debian keeps servers in /usr/sbin, which an ordinary user's PATH lacks."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is not None


def _php_extensions() -> set[str]:
    if not _found("php"):
        return set()
    listing = ["php", "-r", "echo json_encode(get_loaded_extensions());"]
    names: list[str] = json.loads(subprocess.run(listing, capture_output=True, check=True).stdout)
    return set(names)


def check_installable(names: list[str]) -> None:
    """Raise InstallError where these packages can't be installed here, before anything is."""
    wanted = " ".join(names)
    if shutil.which("apt-get") is None:
        raise InstallError(
            f"The test sites need what Debian packages as {wanted}, and there is no apt-get here "
            "to install it: install it yourself, then try again."
        )
    if os.geteuid() != 0:
        raise InstallError(
            "The test sites need packages that only root can install: "
            f"run `apt-get install --no-install-recommends {wanted}` as root, then try again."
        )


def install(names: list[str]) -> None:
    """Install these packages with apt-get. Raises InstallError."""
    update_lists()
    apt_get("install", "--yes", "--no-install-recommends", *names)


def download(names: list[str], folder: Path) -> list[Path]:
    """These packages' files, in `folder`, not installed. Raises InstallError."""
    if shutil.which("apt-get") is None:
        raise InstallError(
            "WordPress on MariaDB is taken from Debian's package, and there is no apt-get here: "
            "its tests need Debian."
        )
    if os.geteuid() == 0:
        update_lists()
    apt_get("download", *names, folder=folder)
    return sorted(folder.glob("*.deb"))


@functools.cache
def update_lists() -> None:
    """Fetch the package lists, once a run. Raises InstallError."""
    apt_get("update")


def apt_get(command: str, *arguments: str, folder: Path | None = None) -> None:
    """Run apt-get so that it never asks anything. Raises InstallError with its last lines."""
    done = subprocess.run(
        ["apt-get", "-q", *(f"-o{setting}" for setting in APT_SETTINGS), command, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
    if done.returncode != 0:
        last_lines = done.stdout.decode("utf-8", "replace")[-1000:].strip()
        raise InstallError(f"`apt-get {command} {' '.join(arguments)}` failed:\n{last_lines}")
