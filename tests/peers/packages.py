"""The packages of other people's readers: which ones, where they lie, and how they come."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.wordpress.cache import CHECKOUT, made_whole

NPM_PACKAGE = "wordpress-export-to-markdown@2.2.2"
SARIF_PACKAGE = "@microsoft/sarif-multitool@5.7.0"
PYTHON_PACKAGES = ("pelican==4.12.0", "beautifulsoup4==4.15.0", "lxml==6.1.3", "feedparser==6.0.14")


class InstallError(RuntimeError):
    """A package can't be had; the message says what to do."""


def cache_folder() -> Path:
    """The folder `peers` in the one that WPMIGRATE_CACHE names, else .cache/peers."""
    named = os.environ.get("WPMIGRATE_CACHE")
    return (Path(named).absolute() if named else CHECKOUT / ".cache") / "peers"


def npm_folder() -> Path:
    """Where the npm package lies, with what it needs; named by its version."""
    return cache_folder() / NPM_PACKAGE


def sarif_folder() -> Path:
    """Where Microsoft's validator of SARIF lies, with the standard's own schema."""
    return cache_folder() / SARIF_PACKAGE.replace("/", "-")


def python_folder() -> Path:
    """Where the Python packages lie; they are built for one version of Python."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return cache_folder() / f"python{version}-{'-'.join(PYTHON_PACKAGES)}"


def missing() -> list[str]:
    """What has to be installed before the tests can run."""
    lacking = [] if shutil.which("node") else ["node"]
    lacking += [] if npm_folder().is_dir() else [NPM_PACKAGE]
    lacking += [] if sarif_folder().is_dir() else [SARIF_PACKAGE]
    lacking += [] if python_folder().is_dir() else PYTHON_PACKAGES
    return lacking


def install_npm_package(package: str, folder: Path) -> None:
    """Download an npm package and what it needs; no script of theirs runs. Raises InstallError."""
    if shutil.which("npm") is None:
        raise InstallError(
            f"{package} needs npm, which isn't here: install it, or let "
            "`python -m tests.wordpress.install` do so."
        )
    with made_whole(folder) as draft:
        quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        _run("npm", "install", *quietly, "--prefix", str(draft), package)


def install_python_packages() -> None:
    """Download the Python packages and what they need. Raises InstallError."""
    with made_whole(python_folder()) as draft:
        quietly = ("--quiet", "--disable-pip-version-check", "--only-binary=:all:")
        _run(sys.executable, "-m", "pip", "install", *quietly, f"--target={draft}",
             *PYTHON_PACKAGES)  # fmt: skip


def _run(*command: str) -> None:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace")[-1000:].strip()
        raise InstallError(f"`{' '.join(command)}` failed; is the network there? It said:\n{said}")
