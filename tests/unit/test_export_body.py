"""`--body` says what bodies become, and a file's name says what its body is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from tests.posts_folders import files
from tests.sources import SAMPLES

WXR = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<wp:wxr_version>1.2</wp:wxr_version><item><title>Fog</title><wp:post_id>7</wp:post_id>"
    "<wp:post_date>2016-01-30 10:00:00</wp:post_date><wp:post_name>fog</wp:post_name>"
    "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
    "<content:encoded><![CDATA[<h2>Fog</h2>\nIt is <b>late</b>.]]></content:encoded>"
    "</item></channel></rss>"
)


def export(*asked: str) -> None:
    """Run the command; it has to end well."""
    done = CliRunner().invoke(commands, ["export", *asked, "-q"], catch_exceptions=False)
    assert done.exit_code == 0, done.output


def bodies(folder: Path, mark: bytes) -> dict[str, bytes]:
    """Give what stands behind the front matter of each post."""
    found = files(folder)
    return {
        path: data.split(mark, 2)[2] for path, data in found.items() if not path.startswith(".")
    }


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ("as-is", "_posts/2016-01-30-fog.html", b"<h2>Fog</h2>\nIt is <b>late</b>."),
        ("html", "_posts/2016-01-30-fog.html", b"<h2>Fog</h2>\nIt is <b>late</b>."),
        ("markdown", "_posts/2016-01-30-fog.md", b"## Fog\n\nIt is **late**.\n"),
    ],
)
def test_a_wordpress_export_for_jekyll(
    tmp_path: Path, body: str, path: str, expected: bytes
) -> None:
    """HTML gets `.html`, Markdown `.md`."""
    (tmp_path / "site.xml").write_text(WXR)
    out = tmp_path / "out"
    export(str(tmp_path / "site.xml"), "-o", str(out), "--to", "jekyll", "--body", body)

    assert bodies(out, b"---\n") == {path: expected}


def test_rewritten_posts_of_a_dialect_keep_their_folders(tmp_path: Path) -> None:
    """The name gets another ending, and the head the spelling that goes with it."""
    out = tmp_path / "out"
    source = str(SAMPLES / "pelican")
    export(source, "-o", str(out), "--from", "pelican", "--to", "pelican", "--body", "html")
    written = files(out)["content/ice.html"]

    assert {"content/ice.html", "content/pages/about.html"} < set(files(out))
    assert written.startswith(b"<html>\n<head>\n<title>Ice cream by the mile</title>\n")
    assert b"<h2>Two flavours</h2>\n" in written


@pytest.mark.parametrize("dialect", ["eleventy", "hugo", "jekyll", "pelican"])
def test_wordpress_gets_html(tmp_path: Path, dialect: str) -> None:
    """The mappings of site generators ask for it; `--rewrite none` leaves bodies as they are."""
    source, out = str(SAMPLES / dialect), tmp_path / "site.xml"
    export(source, "-o", str(out), "--from", dialect)
    turned = out.read_bytes()
    export(source, "-o", str(out), "--from", dialect, "--rewrite", "none")
    as_it_is = out.read_bytes()

    assert (b'"content_format"' in turned, b'"content_format"' in as_it_is) == (False, True)
    assert turned.count(b"<![CDATA[<p>") > as_it_is.count(b"<![CDATA[<p>")
