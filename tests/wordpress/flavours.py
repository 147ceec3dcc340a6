"""The WordPress installations that tests run against."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from tests.wordpress import debian, packages, playground
from tests.wordpress.mariadb import MariaDB
from tests.wordpress.process import Server
from tests.wordpress.sqlite import Sqlite


class Database(Protocol):
    """What holds a site's data; everything of it lies in one folder that can be copied."""

    @property
    def constants(self) -> dict[str, str]:
        """What wp-config.php has to define."""

    @property
    def server(self) -> Server | None:
        """The server process, where it has one and that was started."""

    @property
    def made_by(self) -> str:
        """The settings and the version that the folder can only be started with."""

    def create(self) -> None:
        """Make the folder and an empty database in it, and start."""

    def start(self) -> None:
        """Start on the folder as it is."""

    def snapshot(self) -> None:
        """Keep the present state as the one that `reset` goes back to."""

    def reset(self) -> None:
        """Go back to the snapshot."""

    def stop(self) -> None:
        """End, the folder being whole afterwards; the second call does nothing."""


class Flavour(Struct, frozen=True):
    """A version of WordPress on a kind of database, and what the two need."""

    name: str
    title: str
    tree: Callable[[], Path]
    fetch: Callable[[], None]
    fetched_with: tuple[str, ...]
    database: Callable[[Path], Database]
    programs: tuple[str, ...]
    php_extensions: tuple[str, ...]

    def missing_packages(self) -> list[str]:
        """The Debian packages that have to be installed before it boots."""
        fetching = () if self.tree().is_dir() else self.fetched_with
        return packages.missing(self.programs + fetching, self.php_extensions)

    def missing(self) -> list[str]:
        """All that has to come before it boots, in words; nothing is fetched or changed."""
        lacking = self.missing_packages()
        return lacking if self.tree().is_dir() else [*lacking, f"the files of {self.title}"]


_EXTENSIONS = ("curl", "gd", "intl", "mbstring", "SimpleXML", "zip")

WORDPRESS61_MARIADB = Flavour(
    name="wp61-mariadb",
    title="WordPress 6.1 (Debian's package)",
    tree=debian.tree,
    fetch=debian.fetch,
    fetched_with=(),
    database=MariaDB,
    programs=("php", "mariadbd", "mariadb-install-db", "mariadb", "mariadb-dump"),
    php_extensions=(*_EXTENSIONS, "mysqli"),
)
WORDPRESS67_SQLITE = Flavour(
    name="wp67-sqlite",
    title="WordPress 6.7-alpha with the SQLite plugin (npm, 158 MB)",
    tree=playground.tree,
    fetch=playground.fetch,
    fetched_with=("npm",),
    database=Sqlite,
    programs=("php",),
    php_extensions=(*_EXTENSIONS, "pdo_sqlite"),
)
FLAVOURS = {flavour.name: flavour for flavour in (WORDPRESS61_MARIADB, WORDPRESS67_SQLITE)}
