"""Fixtures: real WordPress sites, booted when the first test asks and then shared."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator, Sequence

import pytest

from tests.wordpress import spilled
from tests.wordpress.flavours import FLAVOURS, Flavour
from tests.wordpress.one_flavour import DRAWS, drawn
from tests.wordpress.site import Site

BootedSites = Callable[[Flavour], Site]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave each test on the flavour that was drawn for it, where the run draws them."""
    if not DRAWS:
        return
    left = drawn(items, config.getoption("hypothesis_seed"))
    config.hook.pytest_deselected(items=[item for item in items if item not in left])
    items[:] = [item for item in items if item in left]


@pytest.fixture(scope="session")
def booted_sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BootedSites]:
    """One running site a flavour, booted on the first call for it, ended with the session.

    All that tests have left by then is searched for the sites' passwords.
    """
    sites: dict[str, Site] = {}

    def booted(flavour: Flavour) -> Site:
        if flavour.name not in sites:
            require(flavour)
            sites[flavour.name] = Site(flavour)
        return sites[flavour.name]

    yield booted
    left = tmp_path_factory.getbasetemp()
    found = [
        place
        for site in sites.values()
        for place in spilled.places(site, [left, *site.written_by_tests()])
    ]
    for site in sites.values():
        site.stop()
    assert found == []


def require(flavour: Flavour) -> None:
    """Skip where the flavour can't boot; under CI=true that is a failure."""
    _have(flavour.name, flavour.missing())


@pytest.fixture
def php() -> None:
    """PHP's command line, without WordPress."""
    _have("PHP", [] if shutil.which("php") else ["php"])


def _have(name: str, missing: Sequence[str]) -> None:
    if not missing:
        return
    reason = f"{name} needs {', '.join(missing)}: `python -m tests.wordpress.install` installs"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.wordpress) for name in FLAVOURS])
def flavour(request: pytest.FixtureRequest) -> Flavour:
    """Each flavour in turn; nothing is booted."""
    return FLAVOURS[request.param]


@pytest.fixture
def site(flavour: Flavour, booted_sites: BootedSites) -> Iterator[Site]:
    """An empty running WordPress, of each flavour in turn.

    What a test leaves there, journals and logs, is searched for the password before it is gone.
    """
    clean = booted_sites(flavour)
    clean.reset()
    yield clean
    assert spilled.places(clean, clean.written_by_tests()) == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that has the password of its site in its output or in a traceback."""
    report = yield
    said = "\n".join([report.longreprtext, *(text for _, text in report.sections)])
    values = getattr(item, "funcargs", {}).values()
    if any(spilled.is_said(value, said) for value in values if isinstance(value, Site)):
        report.outcome, report.sections = "failed", []
        report.longrepr = f"{item.nodeid} has the site's password in its output"
    return report
