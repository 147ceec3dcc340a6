"""The companion's PHP: what linters and other versions say of it, and the memory that it takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from migrate.live import companion as plugin
from tests.wordpress import companion, php_versions
from tests.wordpress.companion import Line
from tests.wordpress.site import Site

MOST = 24_000_000  # bytes above what a request takes that asks for nothing
LARGE, COUNT = 400_000, 60  # bytes of a post, posts


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


def test_no_version_lacks_what_it_uses(tmp_path: Path) -> None:
    """Nothing in it came after PHP 7.4 or went before today's, as PHPCompatibility knows."""
    sniffer = shutil.which("phpcs")
    if sniffer is None:
        pytest.skip("PHP_CodeSniffer is missing (Debian's package php-codesniffer)")
    standards = subprocess.run([sniffer, "-i"], capture_output=True, text=True, check=True).stdout
    if "PHPCompatibility" not in standards:
        pytest.skip("PHP_CodeSniffer lacks the standard PHPCompatibility")
    file = tmp_path / plugin.FILE_NAME
    file.write_bytes(plugin.php())

    asked = ["--standard=PHPCompatibility", "--runtime-set", "testVersion", "7.4-"]
    checked = subprocess.run(
        [sniffer, *asked, str(file)], capture_output=True, text=True, check=False
    )

    assert checked.stdout.strip() == ""


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
