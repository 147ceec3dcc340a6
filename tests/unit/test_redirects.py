"""Redirects as nginx, Apache, Netlify and the Redirection plugin take them."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.errors import UsageError
from migrate.writers.redirects import Redirect, form_of, is_ours, lines

REDIRECTS = [
    Redirect("/boats/ferry.html", "/2016/07/ferry/"),
    Redirect("?p=7", "/2016/07/ferry/"),
    Redirect("/fog über/100%", "https://new.example/%e6%97%a5/"),
]

EXPECTED = {
    "nginx": (
        '"~^/boats/ferry\\.html/?(?:\\?.*)?$" "/2016/07/ferry/";\n'
        '"~^/\\?p=7$" "/2016/07/ferry/";\n'
        '"~^/fog%20%C3%BCber/100%25/?(?:\\?.*)?$" "https://new.example/%e6%97%a5/";\n'
    ),
    "apache": (
        "RewriteEngine On\n"
        'RewriteRule "^boats/ferry\\.html/?$" "/2016/07/ferry/" [R=301,L,NE]\n'
        "RewriteCond %{QUERY_STRING} ^p=7$\n"
        'RewriteRule ^$ "/2016/07/ferry/?" [R=301,L,NE]\n'
        'RewriteRule "^fog\\ über/100%/?$" "https://new.example/%e6%97%a5/" [R=301,L,NE]\n'
    ),
    "netlify": (
        "/boats/ferry.html /2016/07/ferry/ 301\n"
        "/ p=7 /2016/07/ferry/ 301\n"
        "/fog%20%C3%BCber/100%25 https://new.example/%e6%97%a5/ 301\n"
    ),
    "redirection": (
        "source,target,regex,code\n"
        "/boats/ferry.html,/2016/07/ferry/,0,301\n"
        "/?p=7,/2016/07/ferry/,0,301\n"
        "/fog über/100%,https://new.example/%e6%97%a5/,0,301\n"
    ),
}


@pytest.mark.parametrize("form", EXPECTED)
def test_each_form_has_its_own_words(form: str) -> None:
    """Paths are encoded as the server compares them, new addresses as they are."""
    assert "".join(lines(form, REDIRECTS)) == EXPECTED[form]


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("out/_redirects", "netlify"),
        (".htaccess", "apache"),
        ("old.map", "nginx"),
        ("old.conf", "nginx"),
        ("old.csv", "redirection"),
    ],
)
def test_the_name_tells_the_form(path: str, form: str) -> None:
    """Each form has names that its readers give such files."""
    assert form_of(path) == form


def test_a_name_that_tells_nothing_is_refused() -> None:
    """The error names the endings that tell."""
    with pytest.raises(UsageError) as refused:
        form_of("old.txt")

    assert refused.value.fix == "End it in _redirects, .htaccess, .map, .conf, .csv"


@pytest.mark.parametrize("name", ["_redirects", ".htaccess", "old.map", "old.csv"])
def test_a_file_of_ours_is_known(tmp_path: Path, name: str) -> None:
    """Each line is one that is written here; another one makes it the user's."""
    path = tmp_path / name
    path.write_text(EXPECTED[form_of(name)])
    assert is_ours(path)

    path.write_text(EXPECTED[form_of(name)] + "Deny from all\n")
    assert not is_ours(path)
