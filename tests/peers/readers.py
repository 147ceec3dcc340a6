"""Runs other people's readers on WXR files, without any network."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.peers import packages

Output = dict[str, str] | None
"""What a reader made of one file: a text for each post, by its name; None where it gave up."""

STAND_IN = """\
#!/bin/sh
# Says that it is pandoc, and leaves the text as it is.
if [ "$1" = --version ]; then echo "pandoc 3.0"; exit; fi
while [ "$#" -gt 2 ]; do shift; done
cat -- "$2" >"$1"
"""
"""pelican-import hands each body to pandoc, whose work is none of its reading."""

BESIDE = Path(__file__).parent


def wordpress_export_to_markdown(paths: Sequence[Path], scratch: Path) -> list[Output]:
    """Run wordpress-export-to-markdown: a Markdown file for each post of any type, no drafts."""
    program = packages.npm_folder() / "node_modules/wordpress-export-to-markdown"
    folders = [scratch / str(at) for at in range(len(paths))]
    options = {
        "wizard": "false",
        "post-folders": "false",
        "include-other-types": "true",
        "save-attached-images": "false",
        "save-scraped-images": "false",
    }
    always = [f"--{name}={value}" for name, value in options.items()]
    jobs = [
        [f"--input={path}", f"--output={folder}", *always]
        for path, folder in zip(paths, folders, strict=True)
    ]
    ended = _run(["node", BESIDE / "markdown_exports.js", program], jobs)
    return _outputs(ended, folders)


def pelican_import(paths: Sequence[Path], scratch: Path) -> list[Output]:
    """Run pelican-import: a file for each published post and draft of any type, body as HTML."""
    stand_in = scratch / "bin" / "pandoc"
    stand_in.parent.mkdir(parents=True)
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)
    folders = [scratch / str(at) for at in range(len(paths))]
    always = ["--wpfile", "--wp-custpost", "--dir-page", "--markup=markdown"]
    jobs = [
        [*always, f"--output={folder}", str(path)]
        for path, folder in zip(paths, folders, strict=True)
    ]
    ended = _run([sys.executable, BESIDE / "pelican_imports.py"], jobs, before_path=stand_in.parent)
    return _outputs(ended, folders)


def feedparser(paths: Sequence[Path], scratch: Path) -> list[Output]:
    """Run feedparser, which reads WXR as the RSS that it is: a JSON object for each item."""
    del scratch
    said = _run([sys.executable, BESIDE / "feed_entries.py", *paths])
    return [
        entries if entries is None
        else {f"{at:04}": json.dumps(entry, indent=1) for at, entry in enumerate(entries)}
        for entries in json.loads(said or "null")
    ]  # fmt: skip


READERS: dict[str, Callable[[Sequence[Path], Path], list[Output]]] = {
    "wordpress-export-to-markdown": wordpress_export_to_markdown,
    "pelican-import": pelican_import,
    "feedparser": feedparser,
}


def _run(
    command: Sequence[str | Path], jobs: object = None, before_path: Path | None = None
) -> str | None:
    """Give what a program printed that had these jobs as JSON to read, None where it failed."""
    environment = {**os.environ, "PYTHONPATH": str(packages.python_folder()), "PYTHONUTF8": "1"}
    if before_path:
        environment["PATH"] = f"{before_path}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        command, input=json.dumps(jobs).encode(), capture_output=True, env=environment, check=False
    )
    return done.stdout.decode() if done.returncode == 0 else None


def _outputs(ended: str | None, folders: Sequence[Path]) -> list[Output]:
    """What the runs left in their folders, by what was printed of how each of them ended."""
    well = json.loads(ended or "[]")
    return [_files(folder) if one else None for folder, one in zip(folders, well, strict=True)]


def _files(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in found}
