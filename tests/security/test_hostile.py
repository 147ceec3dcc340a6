"""Attacks that concern no one module: each comes through a whole reader, writer or client."""

from __future__ import annotations

import csv
import io
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.errors import MappingError, SiteError, UsageError
from migrate.live.fetch import Fetcher
from migrate.mapping.file_names import FileNames
from migrate.model.globs import matches
from migrate.model.post import Post
from migrate.readers.wxr.reader import WxrReader
from migrate.rewrite.source_line import REL, Source, SourceLine
from migrate.syntax import php_serialized
from migrate.writers.redirects import Redirect, lines
from tests.told_server import ToldServer, told_server
from tests.wxr_sources import HEAD, TAIL, read, read_item

SECRET = "somebody's password"


@pytest.fixture
def server() -> Iterator[ToldServer]:
    """Give a server on this machine."""
    with told_server() as told:
        yield told


def test_no_password_for_a_site_of_the_settings(
    tmp_path: Path, server: ToldServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A settings file names a site, and it is asked nothing where another one is ours."""
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n")
    settings = f'source = "."\nsite = "{server.at("/")}"\n[check]\nsite = "{server.at("/")}"\n'
    (tmp_path / "wpmigrate.toml").write_text(settings)
    monkeypatch.chdir(tmp_path)
    known = {"WPMIGRATE_USER": "jane", "WPMIGRATE_APP_PASSWORD": SECRET}
    known["WPMIGRATE_SITE"] = "https://own.example"

    ended = [
        CliRunner().invoke(commands, command, env=known).exit_code
        for command in (["import", "--dry-run"], ["import", "--yes"], ["check"])
    ]

    assert (ended, server.asked) == ([2, 2, 2], [])


def test_nothing_is_included(tmp_path: Path) -> None:
    """An XInclude in a post is the text that it is, and names a file in vain."""
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    included = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href='
    body = f'{included}"{secret.as_uri()}"/>'

    post = read_item(tmp_path, f"<title>T</title><content:encoded>{body}</content:encoded>")

    assert post.content == body.encode()


@pytest.mark.parametrize(
    "markup",
    ["<a>" * 100_000 + "</a>" * 100_000, f'<a b="{"x" * 5_000_000}"/>', "<a " + 'b="" ' * 300_000],
    ids=["deep", "one huge attribute", "many attributes"],
)
def test_markup_without_measure(tmp_path: Path, markup: str) -> None:
    """Elements in elements and attributes without end cost no more than a text of their length."""
    post = read_item(tmp_path, f"<title>T</title>{markup}")

    assert post.title == "T"


@pytest.mark.parametrize("name", ["../../outside.xml", "/tmp/outside.xml", "..\\outside.xml"])
def test_an_archive_is_never_unpacked(tmp_path: Path, name: str) -> None:
    """The names of an archive's members lead nowhere: they are read, and no file is made."""
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    with zipfile.ZipFile(inside / "site.zip", "w") as archive:
        archive.writestr(name, f"{HEAD}<item><title>T</title></item>{TAIL}")

    assert read(WxrReader(inside / "site.zip")).titles == ["T"]
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "b", "site.zip"]


@pytest.mark.parametrize(
    "template",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ name.join.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.environ }}",
        "{{ (name|attr('__class__')).__name__ }}",
        "{{ '{0.__class__.__mro__}'.format(name) }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}{{ os }}",
        "{{ range(10000000)|list }}",
    ],
)
def test_a_template_reaches_nothing(template: str) -> None:
    """The template of a mapping file sees five texts, and neither Python nor a file."""
    link = '<a href="{{ link }}">'
    with pytest.raises(MappingError, match="can't be used"):
        SourceLine(f"{link}{template}</a>", REL).write(Source("https://a.example/", "A"), Post())


@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 2 ** 10 ** 9 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ name.center(10 ** 9) }}",
        "{{ name.center(999999999) }}",
        "{{ name|center(999999999) }}",
        "{{ name|indent(999999999) }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ name|wordwrap(1) }}",
        "{{ name|batch(999999999, 'a')|first }}",
        "{{ 'aaaaaaaa'|replace('a', 'aaaaaaaa')" + "|replace('a', 'aaaaaaaa')" * 9 + " }}",
        "{% for a in name %}{% for b in name %}{% endfor %}{% endfor %}",
        "{% set a = name %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{{ range(999999999)|last }}",
        "{{ lipsum(999999999) }}",
        "{{" + "(" * 900 + "1" + ")" * 900 + "}}",
        "{{" + "not " * 400 + "1}}",
        "{% if 1 %}" * 80 + "{% endif %}" * 80,
        "a" * 2_001,
    ],
)
def test_a_template_takes_no_time_without_end(template: str) -> None:
    """What multiplies, repeats or nests in a template is refused before anything is made of it."""
    with pytest.raises(MappingError, match="can't be used"):
        SourceLine(f'<a href="{{{{ link }}}}">{template}</a>', REL)


@pytest.mark.parametrize(
    ("template", "title"),
    [
        ("{{ title }}", "a" * 10_001),
        ("{{ title }}" * 9, "a" * 2_000),
        ("{{ (title ~ title)|upper }}", "a" * 6_000),
        ("{{ title|replace('', title) }}", "a" * 2_000),
    ],
)
def test_a_line_of_a_template_has_a_measure(template: str, title: str) -> None:
    """Over a long title a template makes nothing that is longer than a line."""
    line = SourceLine(template, REL)

    with pytest.raises(ValueError, match="longer than"):
        line.write(Source("https://a.example/", "A"), Post(title=title))


@pytest.mark.parametrize("text", ["*a*a*a*a*b", "posts/*-*-*-*.md", "**/**/**/**/a"])
def test_a_pattern_takes_no_time_without_end(text: str) -> None:
    """A pattern that would try every length of many `*` is refused, by name."""
    with pytest.raises(UsageError, match=re.escape(text)):
        matches((text,), "a" * 200)
    with pytest.raises(ValueError, match="more than 3"):
        FileNames([text], {})


def test_no_option_takes_a_regular_expression() -> None:
    """What backtracks without end as a regular expression is letters in a pattern."""
    names = FileNames(["(a+)+$ {slug}.md"], {})
    assert names.facts("(a+)+$ fog.md").slug == "fog"
    assert names.facts("a" * 200 + "!").slug is None
    assert matches(("(a+)+$",), "(a+)+$")
    assert not matches(("(a+)+$",), "a" * 200 + "!")


def test_a_name_that_resolves_to_something_else(
    server: ToldServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that was public when somebody asked leads to no private host: nothing is sent."""
    here = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))

    def rebound(*_asked: Any, **_named: Any) -> list[Any]:
        return [here]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    address = f"http://public.example:{server.server_port}/a.png"

    with (
        Fetcher(tmp_path, allow_private=False) as fetcher,
        pytest.raises(SiteError, match="private network"),
    ):
        fetcher.fetch(address)

    assert server.asked == []


@pytest.mark.parametrize("address", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_no_formula_in_a_table(address: str) -> None:
    """No cell of the redirects' CSV begins as a spreadsheet's formula does."""
    made = lines("redirection", [Redirect(f"/{address}", f"/{address}"), Redirect("?p=1", "/a/")])

    cells = [cell for row in csv.reader(io.StringIO("".join(made), newline="")) for cell in row]

    assert [cell for cell in cells if cell[:1] in "=+-@\t\r"] == []


@pytest.mark.parametrize(
    "value",
    [
        'a:1:{i:0;O:8:"stdClass":0:{}}',
        'a:1:{i:0;C:11:"ArrayObject":0:{}}',
        'a:1:{i:0;E:9:"Suit:Fool";}',
        "a:1:{i:0;R:1;}",
        "a:9999999999:{i:0;i:1;}",
    ],
)
def test_no_object_is_made(value: str) -> None:
    """What PHP would make an object, a reference or no end of stays a text."""
    with pytest.raises(ValueError, match=r"object|opcode"):
        php_serialized.array(value)
