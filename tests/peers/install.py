"""Installs other people's readers where they aren't yet: `python -m tests.peers.install`."""

import sys

from tests.peers import packages


def install() -> None:
    """Have every package in the cache, saying what comes. Raises InstallError."""
    npm_packages = {
        packages.NPM_PACKAGE: packages.npm_folder(),
        packages.SARIF_PACKAGE: packages.sarif_folder(),
    }
    for package, folder in npm_packages.items():
        if not folder.is_dir():
            _say(f"Installing {package} into {packages.cache_folder()}")
            packages.install_npm_package(package, folder)
    if not packages.python_folder().is_dir():
        _say(f"Installing {', '.join(packages.PYTHON_PACKAGES)} into {packages.cache_folder()}")
        packages.install_python_packages()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    """Run the command: 0 where everything is there now, 1 after saying what can't be had."""
    try:
        install()
    except packages.InstallError as error:
        _say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
