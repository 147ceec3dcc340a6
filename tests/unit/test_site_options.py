"""Which options of a site may go to another one, and which name a record."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.live import companion
from migrate.model import site_options
from migrate.model.site_options import named_number, why_kept
from migrate.plan.option_numbers import Named, hides_numbers, named, with_numbers

OWN = [
    *("siteurl", "HOME", "active_plugins", "wp_user_roles", "wp_2_User_Roles", "AUTH_KEY", "cron"),
    *("_transient_x", "_site_transient_x", "wpmigrate_x", "category_children", "core_updater.lock"),
    *("mailserver_pass", "recovery_mode_auth_key", "blacklist_keys"),
    *("siteurl ", "sïteurl", "site\u200burl", "home\n", "a,b", "", "x" * 192),
]
FREE = [
    *("blogname", "page_on_front", "theme_mods_twentytwenty", "woo-commerce.x:y/z", "x" * 191),
    *("homepage", "my_template", "transient"),
]
LISTS = re.compile(r"private const (KEPT|BEGINNINGS|ENDINGS) += array\((.*?)\);", re.DOTALL)


@pytest.mark.parametrize("name", OWN)
def test_some_belong_to_their_site(name: str) -> None:
    """Addresses, code, rights and keys stay, however MySQL would let them be spelled."""
    assert why_kept(name) != ""


@pytest.mark.parametrize("name", FREE)
def test_others_may_move(name: str) -> None:
    """Nothing is said against them."""
    assert why_kept(name) == ""


def test_the_companion_keeps_the_same() -> None:
    """Its lists are those of the program."""
    found = LISTS.findall(companion.php().decode())
    lists = {name: set(re.findall(r"'([^']+)'", values)) for name, values in found}
    ours = [
        {name for names in site_options._KEPT.values() for name in names},
        set(site_options._BEGINNINGS),
        set(site_options._ENDINGS),
    ]

    assert lists == dict(zip(("KEPT", "BEGINNINGS", "ENDINGS"), ours, strict=True))


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("page_on_front", "7", 7),
        ("default_category", "1", 1),
        ("page_on_front", "0", 0),
        ("page_on_front", "x", 0),
        ("page_on_front", "9" * 5000, 0),
        ("page_on_front", "", 0),
        ("posts_per_page", "7", 0),
    ],
)
def test_some_name_a_record(name: str, value: str, number: int) -> None:
    """Those of WordPress's own, where they hold a number."""
    assert named_number(name, value) == number


MODS = (
    'a:4:{i:0;b:0;s:18:"custom_css_post_id";i:-1;s:18:"nav_menu_locations";'
    'a:2:{s:7:"primary";i:%d;s:1:"x";i:0;}s:11:"custom_logo";s:%d:"%d";}'
)


@pytest.mark.parametrize(
    ("name", "before", "numbers", "after"),
    [
        ("theme_mods_one", MODS % (5, 1, 7), {("nav_menu", 5): 12, ("", 7): 907}, (12, 3, 907)),
        ("theme_mods_one", MODS % (5, 1, 7), {("nav_menu", 5): 0, ("", 7): 7}, (0, 1, 7)),
        ("other_mods", MODS % (5, 1, 7), {}, (5, 1, 7)),
    ],
)
def test_arrays_name_records(
    name: str, before: str, numbers: dict[tuple[str, int], int], after: tuple[int, int, int]
) -> None:
    """Menus and pictures of a theme get other numbers, and nothing else of the array changes."""
    found = named(name, before)

    assert {(each.taxonomy, each.number) for each in found} == numbers.keys()
    there = {each: numbers[each.taxonomy, each.number] for each in found}
    assert with_numbers(before, there) == MODS % after


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("page_on_front", "7", [Named(7, "")]),
        ("default_category", "3", [Named(3, "category")]),
        ("nav_menu_options", 'a:1:{s:8:"auto_add";a:1:{i:0;i:4;}}', [("auto_add", 0)]),
        ("widget_nav_menu", 'a:2:{i:2;a:1:{s:8:"nav_menu";i:4;}s:1:"m";i:1;}', [(2, "nav_menu")]),
        ("widget_media_image", 'a:1:{i:3;a:1:{s:13:"attachment_id";i:4;}}', [(3, "attachment_id")]),
        ("widget_media_gallery", 'a:1:{i:3;a:1:{s:3:"ids";a:1:{i:0;i:4;}}}', [(3, "ids", 0)]),
        ("theme_mods_one", 'O:1:"A":1:{s:11:"custom_logo";i:4;}', []),
        ("theme_mods_one", "custom_logo", []),
    ],
)
def test_places_of_numbers(name: str, value: str, found: list[object]) -> None:
    """What is no array as PHP writes it names nothing."""
    assert [each.place or each for each in named(name, value)] == found


@pytest.mark.parametrize("command", ["export", "import", "verify"])
def test_the_others_are_refused(command: str) -> None:
    """They are wrong usage, and no site is asked."""
    words = [command, *(["."] if command != "export" else []), "--site", "http://127.0.0.1:9"]
    done = CliRunner().invoke(commands, [*words, "--site-options", "blogname,siteurl"])

    assert done.exit_code == 2
    assert "'siteurl' can't go from one site to another: it says where" in done.output


HEADER = (
    'a:2:{s:11:"custom_logo";s:%d:"%s";s:17:"header_image_data";'
    'O:8:"stdClass":2:{s:3:"url";s:0:"";s:13:"attachment_id";i:%d;}}'
)


def test_an_object_hides_no_numbers() -> None:
    """WordPress itself keeps one in the settings of a theme: its header's picture."""
    before = HEADER % (1, "7", 5)

    found = {each: each.number + 900 for each in named("theme_mods_one", before)}

    assert with_numbers(before, found) == HEADER % (3, "907", 905)
    assert named("theme_mods_one", HEADER % (5000, "9" * 5000, 0)) == []


def test_what_hides_numbers_is_seen() -> None:
    """Arrays that would come out otherwise than they are; no option is asked that names none."""
    odd = 'a:2:{s:11:"custom_logo";i:7;i:0;d:1;}'

    assert [hides_numbers(name, odd) for name in ("theme_mods_one", "tides")] == [True, False]
    assert named("theme_mods_one", odd) == []
    assert not hides_numbers("theme_mods_one", HEADER % (1, "7", 5))
