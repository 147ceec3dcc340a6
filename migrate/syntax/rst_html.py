"""reStructuredText to HTML as WordPress stores it, by docutils, its reference implementation.

What it reads is what stands in the text: no file is included, nothing is fetched. `.. raw:: html`
is content here, as it is to Pelican.
"""

from __future__ import annotations

import io
from typing import Any, Final, NamedTuple

from docutils import nodes
from docutils.core import publish_parts
from docutils.readers import standalone
from docutils.transforms import Transform
from docutils.writers import html5_polyglot

from migrate.syntax.autop_proof import autop_proof

_WARNING: Final = 2
_NOTHING_SHOWN: Final = 5
"""Above docutils's highest level: no message is part of the text."""

_SETTINGS: Final[dict[str, Any]] = {
    "_disable_config": True,
    "docinfo_xform": False,
    "doctitle_xform": False,
    "embed_stylesheet": False,
    "file_insertion_enabled": False,
    "halt_level": _NOTHING_SHOWN,
    "initial_header_level": 2,
    "input_encoding": "unicode",
    "line_length_limit": 1 << 30,
    "math_output": "LaTeX",
    "raw_enabled": True,
    "report_level": _NOTHING_SHOWN,
    "smart_quotes": False,
    "stylesheet_path": None,
    "syntax_highlight": "none",
    "table_style": "colwidths-auto",
    "toc_backlinks": False,
}


class Trouble(NamedTuple):
    """What docutils has to say: the line of the text, from 1, or None, and the message."""

    line: int | None
    message: str


class Rendered(NamedTuple):
    """The HTML, and what could not be read; that stands in it as it was written."""

    html: bytes
    troubles: list[Trouble]


def to_html(text: str) -> Rendered | None:
    """Give a text as HTML; None where its parts lie in each other deeper than can be read."""
    troubles: list[Trouble] = []
    try:
        parts = publish_parts(
            text,
            reader=_Reader(troubles),
            writer=_Writer(),
            settings_overrides={**_SETTINGS, "warning_stream": io.StringIO()},
        )
    except RecursionError:
        return None
    return Rendered(autop_proof(parts["body"].encode("utf-8")), sorted(set(troubles), key=_place))


def _place(trouble: Trouble) -> tuple[int, str]:
    return trouble.line or 0, trouble.message


class _Reader(standalone.Reader):  # type: ignore[type-arg]
    """Tells what docutils warns of."""

    def __init__(self, troubles: list[Trouble]) -> None:
        super().__init__()
        self._troubles = troubles

    def new_document(self) -> nodes.document:
        document = super().new_document()
        document.reporter.attach_observer(self._heard)
        return document

    def get_transforms(self) -> list[type[Transform]]:
        return [*super().get_transforms(), _KeepUnread]

    def _heard(self, message: nodes.system_message) -> None:
        if message["level"] >= _WARNING and isinstance(message[0], nodes.Element):
            said = " ".join(message[0].astext().split())
            self._troubles.append(Trouble(message.get("line"), said))


class _KeepUnread(Transform):
    """Leaves in the text, as it is written, what docutils would show with its message alone."""

    default_priority = 860  # messages are taken out at 870

    def apply(self) -> None:
        for message in list(self.document.findall(nodes.system_message)):
            unread = [n for n in message.children if isinstance(n, nodes.literal_block)]
            if unread and message.parent is not None:
                message.parent.replace(message, unread)


class _Writer(html5_polyglot.Writer):
    def __init__(self) -> None:
        super().__init__()
        self.translator_class = _Translator


class _Translator(html5_polyglot.HTMLTranslator):
    """Writes code as everybody's highlighters know it."""

    def visit_image(self, node: nodes.image) -> None:
        alone = not isinstance(node.parent, (nodes.TextElement, nodes.figure, nodes.reference))
        self.body.append("<p>" if alone else "")
        super().visit_image(node)
        self.body.append("</p>\n" if alone else "")

    def visit_literal(self, node: nodes.literal) -> None:
        self.body.append(f"<code>{self.encode(node.astext())}</code>")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        named = [name for name in node["classes"] if name != "code"]
        is_code = "code" in node["classes"] and named
        self.body.append(f'<pre><code class="language-{named[0]}">' if is_code else "<pre><code>")

    def depart_literal_block(self, _node: nodes.literal_block) -> None:
        self.body.append("</code></pre>\n")
