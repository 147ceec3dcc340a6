"""Installs the browser where there is none yet: `python -m tests.browser.install`."""

import sys
from typing import Final

from tests.browser.chromium import program
from tests.wordpress.packages import InstallError, check_installable, install

PACKAGES: Final = ["chromium", "fonts-liberation"]


def main() -> int:
    """Run the command; where the browser can't be had it says why, and the tests will skip."""
    if program() is not None:
        return 0
    try:
        check_installable(PACKAGES)
        print(f"Installing with apt-get: {' '.join(PACKAGES)}", file=sys.stderr, flush=True)
        install(PACKAGES)
    except InstallError as error:
        print(f"No browser, so its tests are skipped. {error}", file=sys.stderr, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
