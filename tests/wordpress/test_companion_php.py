"""The companion's PHP: what linters and other versions say of it, and the memory that it takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from migrate.live import companion as plugin
from tests.wordpress import companion, php_versions, sniffer
from tests.wordpress.companion import Line
from tests.wordpress.site import Site

MOST = 24_000_000  # bytes above what a request takes that asks for nothing
LARGE, COUNT = 400_000, 60  # bytes of a post, posts


@pytest.mark.usefixtures("php")
def test_php_finds_no_fault() -> None:
    """The file is valid PHP."""
    checked = subprocess.run(["php", "-l"], input=plugin.php(), capture_output=True, check=False)

    assert checked.stdout.decode().strip() == "No syntax errors detected in Standard input code"


@pytest.mark.parametrize("version", php_versions.VERSIONS)
def test_other_versions_take_it(version: str) -> None:
    """Each version of PHP from the oldest to the newest compiles it without a word."""
    if not php_versions.folder().is_dir() or shutil.which("node") is None:
        pytest.skip(f"PHP {version} needs `python -m tests.wordpress.php_versions`, and node")

    found, *said = php_versions.compiled(version, plugin.php())

    assert found.rpartition(".")[0] == version
    assert said == ["ok"]


def test_the_sniffer_finds_no_fault(tmp_path: Path) -> None:
    """The rules see what is wrong with a bad file, and nothing in it."""
    if not sniffer.folder().is_dir():
        pytest.skip(f"PHP_CodeSniffer is missing (Debian's package {sniffer.PACKAGE})")
    file, bad = tmp_path / plugin.FILE_NAME, tmp_path / "bad.php"
    file.write_bytes(plugin.php())
    bad.write_text("<?php\nif ( $name = eval( '1' ) ) {\n}\n")

    assert len(sniffer.faults(bad)) == 3
    assert sniffer.faults(file) == []


@pytest.mark.wordpress
def test_memory_stays_small(site: Site) -> None:
    """Streams of large posts, in and out, are never held whole: 24 MB above WordPress's own do.

    All of them come, each with all that hangs on it.
    """
    companion.install(site)
    companion.tell_peaks(site)
    text = "<p>It rains.</p>\n" * (LARGE // 17)
    lines: list[Line] = [
        {
            "key": str(number),
            "record": {
                "type": "post",
                "status": "publish",
                "title": f"Large {number}",
                "content": f"{text}{number}",
                "meta": [{"key": "copy", "value": text}],
            },
        }
        for number in range(COUNT)
    ]

    companion.read(site, "capabilities")
    answers = companion.send(site, "records?run=1&digest=1", lines[: COUNT // 2])
    answers += companion.send(site, "records?run=1&digest=1&fast=1", lines[COUNT // 2 :])
    stream = companion.read(site, "snapshot")
    digests = companion.read(site, "digest?fields=content,meta")

    assert [line for line in answers if line.get("status", "created") != "created"] == []
    found = [line["record"] for line in stream if line["kind"] == "post"]
    sent = [line["record"] for line in lines]
    assert [(post["content"], post["meta"]) for post in found] == [
        (post["content"], post["meta"]) for post in sent
    ]
    assert len([line for line in digests if "digest" in line]) == COUNT
    (_, own), *others = companion.peaks(site)
    assert [(route, peak - own) for route, peak in others if peak - own > MOST] == []
    assert [route for route, _ in others] == ["records", "records", "snapshot", "digest"]
