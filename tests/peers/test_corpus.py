"""A WXR that was read and written by us says the same to other people's readers."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate.cli.main import commands
from migrate.readers.wxr.source import looks_like_wxr
from tests.conftest import LONG
from tests.peers.conftest import Read
from tests.peers.differences import DIFFERENCES, GIVEN_UP, LARGE, SAME

pytestmark = [pytest.mark.peers, pytest.mark.timeout(600)]


@pytest.fixture(scope="session")
def exports(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Each real export, with what `wpmigrate export` makes of it; large ones with full counts."""
    folder = tmp_path_factory.mktemp("ours")
    originals = [
        path
        for path in sorted((corpus / "wxr").rglob("*.xml"))
        if looks_like_wxr(path) and (LONG or path.name not in LARGE)
    ]
    ours = {path: folder / path.name for path in originals}
    for source, target in ours.items():
        convert(source, target)
    return ours


def convert(source: Path, target: Path) -> None:
    """Convert as the command line does; findings are none of this test's business."""
    asked = ["export", str(source), "-o", str(target), "--quiet", "--fail-on", "never"]
    done = CliRunner().invoke(commands, asked, catch_exceptions=False)
    assert done.exit_code == 0, done.output


def comparable(peer: str, export: str, output: dict[str, str]) -> dict[str, str]:
    """What is left of an output without the known differences."""
    for difference in DIFFERENCES:
        if difference.peer == peer and export in (difference.exports or (export,)):
            pattern = re.compile(difference.pattern, re.MULTILINE)
            output = {name: pattern.sub("", text) for name, text in output.items()}
    return output


def test_same_posts(peer: str, read: Read, exports: dict[Path, Path]) -> None:
    """The same posts under the same names, with the same text, of every export of the corpus."""
    names = [path.name for path in exports]
    outputs = read([*exports, *exports.values()])
    of_originals = dict(zip(names, outputs[: len(names)], strict=True))
    of_ours = dict(zip(names, outputs[len(names) :], strict=True))

    assert [name for name, output in of_ours.items() if output is None] == []
    assert set(GIVEN_UP[peer]) == {name for name, out in of_originals.items() if out is None}
    compared = 0
    for name, original in of_originals.items():
        if original is not None:
            expected = comparable(peer, name, original)
            assert (name, expected) == (name, comparable(peer, name, of_ours[name] or {}))
            compared += len(expected)
    print(f"{peer}: {compared} posts are the same")
    assert SAME[peer] == compared
