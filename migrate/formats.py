"""Every format by name: where its reader and its writer are. Adding one is a module and a line.

Entries are imported when they are used, so a conversion of files never loads the HTTP client.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, Final

from migrate.errors import UsageError

READERS: Final = {
    "posts": "migrate.readers.posts:PostsReader",
    "wxr": "migrate.readers.wxr.reader:WxrReader",
}
SITE_READERS: Final = {
    "wordpress": "migrate.readers.site:open_site",
}
FILE_WRITERS: Final = {
    "wxr": "migrate.writers.wxr.writer:WxrWriter",
}
FOLDER_WRITERS: Final = {
    "posts": "migrate.writers.posts.writer:PostsWriter",
}
REPORTS: Final = {
    "console": "migrate.report.console:ConsoleReport",
    "json": "migrate.report.json:JsonReport",
    "junit": "migrate.report.junit:JunitReport",
    "sarif": "migrate.report.sarif:SarifReport",
    "github": "migrate.report.github:GithubReport",
    "gitlab": "migrate.report.gitlab:GitlabReport",
    "markdown": "migrate.report.markdown:MarkdownReport",
    "html": "migrate.report.html:HtmlReport",
}
ENDINGS: Final = {
    ".xml": "wxr",
    ".xml.gz": "wxr",
}
"""Ending of OUT → the format that it asks for."""


def find(table: dict[str, str], name: str, what: str) -> Any:
    """Import and give what a table names; UsageError with the known names where there is none."""
    if name not in table:
        raise UsageError(f"there is no {what} {name!r}", fix=f"Known: {', '.join(table)}")
    module, _, attribute = table[name].partition(":")
    return getattr(importlib.import_module(module), attribute)


def for_output(path: str) -> str:
    """Tell the format that an output's name asks for: that of its ending, or a folder of posts."""
    for ending, name in ENDINGS.items():
        if path.endswith(ending):
            return name
    if Path(path).suffix and not path.endswith("/") and not Path(path).is_dir():
        raise UsageError(
            "what to write can't be told from the name",
            path=path,
            fix=f"End it in {' or '.join(ENDINGS)}, or in / for a folder of posts",
        )
    return "posts"
