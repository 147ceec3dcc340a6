"""The companion's PHP judges the options of a site as the program does."""

from __future__ import annotations

import subprocess

import pytest

from migrate.live import companion
from migrate.model.site_options import why_kept
from tests.unit.test_site_options import FREE, OWN


@pytest.mark.usefixtures("php")
def test_the_companion_judges_alike() -> None:
    """Of each name PHP says what Python says."""
    code = options_class()
    asked = "".join(f"echo (int) $moves->invoke( null, {name!r} );" for name in names_for_php())
    reach = "$moves = new ReflectionMethod( 'Options', 'moves' ); $moves->setAccessible( true );"
    told = subprocess.run(["php", "-r", f"{code}{reach}{asked}"], capture_output=True, check=True)

    assert told.stdout.decode() == "".join(str(int(not why_kept(n))) for n in names_for_php())


@pytest.mark.usefixtures("php")
@pytest.mark.parametrize(
    ("network", "rights", "may"),
    [
        (0, "'manage_options'", "1"),
        (1, "'manage_options'", ""),
        (1, "'manage_options', 'manage_network_options'", "1"),
        (0, "'manage_network_options'", ""),
    ],
)
def test_networks_keep_options_for_themselves(network: int, rights: str, may: str) -> None:
    """As WordPress does, whose own page of all options is for those who manage the network."""
    php = (
        f"function is_multisite() {{ return {network}; }}"
        f"function current_user_can( $right ) {{ return in_array( $right, array( {rights} ) ); }}"
        f"{options_class()} echo Options::may();"
    )

    assert (
        subprocess.run(["php", "-r", php], capture_output=True, check=True).stdout == may.encode()
    )


def options_class() -> str:
    """The companion's class of that name."""
    body = companion.php().decode().partition("final class Options {")[2]
    return f"final class Options {{{body.partition('/** Takes records in')[0]}"


def names_for_php() -> list[str]:
    """The names that Python's and PHP's quotes spell alike."""
    return [name for name in (*OWN, *FREE) if "\\" not in repr(name)]
