"""The set-up says what it lacks, and takes no more of a download than a site needs."""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.wordpress import install, playground
from tests.wordpress.cache import made_whole
from tests.wordpress.conftest import require
from tests.wordpress.flavours import WORDPRESS67_SQLITE


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No program in PATH, an empty cache, and no options on the command line."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WPMIGRATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "argv", ["install", "--embedded"])


@pytest.mark.usefixtures("bare_machine")
def test_neither_apt_nor_the_tools(capsys: pytest.CaptureFixture[str]) -> None:
    """Without apt and without PHP the set-up ends with 1 and one sentence that names both."""
    assert install.main() == 1
    assert capsys.readouterr().err == (
        "The test sites need what Debian packages as npm php-cli php-curl php-gd php-intl "
        "php-mbstring php-sqlite3 php-xml php-zip, and there is no apt-get here to install it: "
        "install it yourself, then try again.\n"
    )


@pytest.mark.usefixtures("bare_machine")
@pytest.mark.parametrize(
    ("ci", "outcome"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)]
)
def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    """Tests that lack their site are skipped with what it lacks; under CI=true they fail."""
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match=r"needs npm, php-cli, .*, the files of WordPress 6.7"):
        require(WORDPRESS67_SQLITE)


def zipped(members: dict[str, str]) -> bytes:
    """A zip of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


def test_unpack(tmp_path: Path) -> None:
    """A site gets core, its assets, one theme and the SQLite plugin with its drop-in, no more."""
    theme, other = "wp-content/themes/twentytwentyfour", "wp-content/themes/twentyten"
    core = {"wp-load.php": "load", "wp-config.php": "theirs", f"{theme}/index.php": "theme"}
    plugin = {"plugin-main/db.copy": "'{SQLITE_PLUGIN}'", "plugin-main/load.php": "plugin"}
    members = {
        "package/public/wp-6.5/wp-admin/css/login.css": b"old",
        f"{playground.ASSETS}wp-admin/css/login.css": b"css",
        f"{playground.ASSETS}{other}/style.css": b"css",
        playground.CORE_ZIP: zipped(core),
        playground.PLUGIN_ZIP: zipped(plugin),
    }
    tarball = tmp_path / "package.tgz"
    with tarfile.open(tarball, "w:gz") as package:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            package.addfile(member, io.BytesIO(content))
    site = tmp_path / "site"
    playground.unpack(tarball, site)
    files = (file for file in site.rglob("*") if file.is_file())
    assert {str(file.relative_to(site)): file.read_text("utf-8") for file in files} == {
        "wp-load.php": "load",
        "wp-admin/css/login.css": "css",
        f"{theme}/index.php": "theme",
        "wp-content/db.php": "'sqlite-database-integration/load.php'",
        "wp-content/plugins/sqlite-database-integration/db.copy": "'{SQLITE_PLUGIN}'",
        "wp-content/plugins/sqlite-database-integration/load.php": "plugin",
    }


def test_interrupted_download(tmp_path: Path) -> None:
    """A folder of the cache whose making failed isn't there at all."""

    def fetch() -> None:
        with made_whole(tmp_path / "tree") as draft:
            (draft / "half.php").write_text("half", "utf-8")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        fetch()
    assert list(tmp_path.iterdir()) == []


def test_two_downloads_at_once(tmp_path: Path) -> None:
    """Of two runs that make the same folder at once, the first one's stays."""
    with made_whole(tmp_path / "tree") as late:
        (late / "late.php").write_text("late", "utf-8")
        with made_whole(tmp_path / "tree") as early:
            (early / "early.php").write_text("early", "utf-8")
    assert [file.name for file in (tmp_path / "tree").iterdir()] == ["early.php"]
