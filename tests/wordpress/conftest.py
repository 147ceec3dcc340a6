"""Fixtures: real WordPress sites, booted when the first test asks and then shared."""

import os
from collections.abc import Callable, Iterator

import pytest

from tests.conftest import LONG
from tests.wordpress import spilled
from tests.wordpress.flavours import FLAVOURS, Flavour
from tests.wordpress.site import Site

BootedSites = Callable[[Flavour], Site]


@pytest.fixture(scope="session")
def booted_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedSites]:
    """One running site a flavour, booted on the first call for it, ended with the session.

    With the full counts all that tests have left is searched for the sites' passwords then.
    """
    sites: dict[str, Site] = {}

    def booted(flavour: Flavour) -> Site:
        if flavour.name not in sites:
            require(flavour)
            sites[flavour.name] = Site(flavour)
        return sites[flavour.name]

    yield booted
    left = [tmp_path_factory.getbasetemp()] if LONG else []
    found = [place for site in sites.values() if left for place in spilled.places(site, left)]
    for site in sites.values():
        site.stop()
    assert found == []


def require(flavour: Flavour) -> None:
    """Skip where the flavour can't boot; under CI=true that is a failure."""
    missing = flavour.missing()
    if not missing:
        return
    reason = (
        f"{flavour.name} needs {', '.join(missing)}: `python -m tests.wordpress.install` installs"
    )
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.wordpress) for name in FLAVOURS])
def flavour(request: pytest.FixtureRequest) -> Flavour:
    """Each flavour in turn; nothing is booted."""
    return FLAVOURS[request.param]


@pytest.fixture
def site(flavour: Flavour, booted_sites: BootedSites) -> Site:
    """An empty running WordPress, of each flavour in turn."""
    clean = booted_sites(flavour)
    clean.reset()
    return clean
