"""What is fuzzed: each target takes any bytes, and may raise nothing but our own errors."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from migrate.errors import RecordError, WpmigrateError
from migrate.mapping import load
from migrate.model.finding import Finding
from migrate.model.post import ContentFormat, Post
from migrate.model.site import Site
from migrate.readers.wxr.reader import WxrReader
from migrate.rewrite import rules
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.rewrites import Rewrites
from migrate.syntax import php_serialized
from tests import front_matter

Target = Callable[[bytes], None]

_FOLDER: Final = Path(tempfile.mkdtemp(prefix="wpmigrate-fuzz-"))
FORMATS: Final[tuple[ContentFormat, ...]] = ("html", "markdown", "rst")
_ADDRESSES: Final = AddressIndex(Site(url="https://example.org"), "", relative=False)
_RULES: Final = tuple(
    Rewrites(rules.make({name: {}}), addresses=_ADDRESSES) for name in rules.RULES
)


def read_front_matter(data: bytes) -> None:
    """Read a post of whatever dialect it has."""
    path = _FOLDER / "posts" / "2016-07-16-a.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    with suppress(WpmigrateError):
        front_matter.read(path.parent, path.name)


def read_wxr(data: bytes) -> None:
    """Read an export, and mend what is broken of it."""
    path = _FOLDER / "export.xml"
    path.write_bytes(data)
    with suppress(WpmigrateError):
        reader = WxrReader(path)
        reader.head(_ignore)
        for handle in reader.locate(_ignore):
            with suppress(RecordError):
                reader.read(handle, _ignore)


def load_mapping(data: bytes) -> None:
    """Load a mapping file."""
    path = _FOLDER / "mapping.yaml"
    path.write_bytes(data)
    with suppress(WpmigrateError):
        load.load(str(path))


def rewrite(data: bytes) -> None:
    """Run the rule and in the format that the first two bytes choose, over the rest."""
    if len(data) > 1:
        kind = FORMATS[data[1] % len(FORMATS)]
        post = Post(type="post", status="publish", content=data[2:], content_format=kind)
        _RULES[data[0] % len(_RULES)].rewrite(post, _ignore)


def read_php(data: bytes) -> None:
    """Look at a meta's value as PHP serializes them."""
    text = data.decode("utf-8", "replace")
    php_serialized.has_wrong_length(data)
    php_serialized.is_taken_for_serialized(text)
    php_serialized.text(text)
    with suppress(ValueError):
        php_serialized.array(text)


TARGETS: Final[dict[str, Target]] = {
    "front-matter": read_front_matter,
    "wxr": read_wxr,
    "mapping": load_mapping,
    "rules": rewrite,
    "php": read_php,
}


def _ignore(_finding: Finding) -> None:
    pass
