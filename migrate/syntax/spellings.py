"""The spellings in which front matter can stand, by the names that mappings give them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar, Final

from frontmatter.default_handlers import BaseHandler

from migrate.syntax import (
    json_text,
    key_value,
    rst_fields,
    spyc_dump,
    spyc_load,
    yaml_dump,
    yaml_load,
)
from migrate.syntax.frontmatter import DASHES, Fence
from migrate.syntax.values import Value


class Spelling(BaseHandler):
    """What every spelling offers: `load` and `export`, and the marks round its heads.

    python-frontmatter's own ways to cut a file and to put it together aren't used: they strip the
    body and turn CRLF into LF. syntax/heads.py does both, by `fence`; where that is None the head
    has no marks and is told by how its lines look. A `shy` spelling looks like one of another tool,
    so it is read only where the user or the folder says whose it is.
    """

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    fence: ClassVar[Fence | None] = DASHES
    shy: ClassVar[bool] = False
    reader: ClassVar[staticmethod[[str], dict[str, Value]]]
    writer: ClassVar[staticmethod[[Mapping[str, Value]], str]]

    def load(self, fm: str) -> dict[str, Any]:
        """Give the values of a head; RecordError with the line where it can't be read."""
        return self.reader(fm)

    def export(self, metadata: dict[str, Any], **kwargs: object) -> str:
        """Give the lines of the head for `metadata`."""
        del kwargs
        return self.writer(metadata)


class Spyc(Spelling):
    """The YAML of WordPress GitHub Sync; `variant` is the plugin's release."""

    reader = staticmethod(spyc_load.load)

    def export(self, metadata: dict[str, Any], **kwargs: object) -> str:
        """Give the head for `metadata` as the plugin's release `variant` writes it."""
        return spyc_dump.dump(metadata, str(kwargs.get("variant", "1.0")))


class Yaml(Spelling):
    """YAML between `---`; a line `...` may close it as well."""

    fence: ClassVar[Fence | None] = Fence(b"---", (b"---", b"..."))
    reader = staticmethod(yaml_load.load)
    writer = staticmethod(yaml_dump.dump)


class Toml(Spelling):
    """TOML between `+++`, as Hugo has it."""

    fence: ClassVar[Fence | None] = Fence(b"+++", (b"+++",))

    def load(self, fm: str) -> dict[str, Any]:
        """Give the values of a head; RecordError with the line where it can't be read."""
        from migrate.syntax import toml_text  # noqa: PLC0415 - start-up is kept short

        return toml_text.load(fm)

    def export(self, metadata: dict[str, Any], **kwargs: object) -> str:
        """Give the lines of the head for `metadata`."""
        from migrate.syntax import toml_text  # noqa: PLC0415 - start-up is kept short

        del kwargs
        return toml_text.dump(metadata)


class DashedToml(Toml):
    """TOML between `---toml` and `---`, as Eleventy has it."""

    fence: ClassVar[Fence | None] = Fence(b"---toml", (b"---",))


class Json(Spelling):
    """A JSON object that begins the file, as Hugo has it."""

    fence: ClassVar[Fence | None] = None
    reader = staticmethod(json_text.load)
    writer = staticmethod(json_text.dump)


class DashedJson(Json):
    """JSON between `---json` and `---`, as Eleventy has it."""

    fence: ClassVar[Fence | None] = Fence(b"---json", (b"---",))


class KeyValue(Spelling):
    """`Key: value` lines up to the first blank one, as Pelican has it for Markdown."""

    fence: ClassVar[Fence | None] = None
    reader = staticmethod(key_value.load)
    writer = staticmethod(key_value.dump)


class DashedKeyValue(KeyValue):
    """The same between `---`, which Python-Markdown takes too."""

    fence: ClassVar[Fence | None] = Fence(b"---", (b"---", b"..."))
    shy = True


class Rst(Spelling):
    """A title and a field list, as Pelican has it for reStructuredText."""

    fence: ClassVar[Fence | None] = None
    reader = staticmethod(rst_fields.load)
    writer = staticmethod(rst_fields.dump)


class HtmlHead(Spelling):
    """The head of an HTML page, as Pelican has it for HTML."""

    fence: ClassVar[Fence | None] = None

    def load(self, fm: str) -> dict[str, Any]:
        """Give the values of a head."""
        from migrate.syntax import html_head  # noqa: PLC0415 - start-up is kept short

        return html_head.load(fm)

    def export(self, metadata: dict[str, Any], **kwargs: object) -> str:
        """Give the elements of the head for `metadata`."""
        from migrate.syntax import html_head  # noqa: PLC0415 - start-up is kept short

        del kwargs
        return html_head.dump(metadata)


SPELLINGS: Final[Mapping[str, type[Spelling]]] = {
    "spyc": Spyc,
    "yaml": Yaml,
    "toml": Toml,
    "json": Json,
    "dashed-toml": DashedToml,
    "dashed-json": DashedJson,
    "key-value": KeyValue,
    "dashed-key-value": DashedKeyValue,
    "rst": Rst,
    "html-head": HtmlHead,
}


@cache
def handler(name: str) -> Spelling:
    """The handler of a spelling, made when it is first asked for; `KeyError` for another name."""
    return SPELLINGS[name]()
