"""Liquid as Jekyll knows it: what a tag in a body says."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from migrate.syntax.template_tags import TemplateTag

Kind = Literal["highlight", "raw", "post", "site", "page", "path", "unknown"]

_TAG: Final = re.compile(r"\{%-?\s*+(\w++)\s*+(|\S[^\n]*?(?<!\s))\s*+-?%\}")
_OUTPUT: Final = re.compile(r"\{\{-?\s*+((?:[^\s}]++|\s++(?!-?\}\}))++)\s*+-?\}\}")
_HIGHLIGHT: Final = re.compile(
    r"\{%-?\s*+highlight\s++([\w+#.-]++)[^%\n]*+%\}(.*)\{%-?\s*+endhighlight\s*+-?%\}", re.DOTALL
)
_PATH: Final = re.compile(r"""(?:"([^"{}]*)"|'([^'{}]*)')((?:\s*+\|[^|"'{}]*+)++)""")
_RAW_TAG: Final = re.compile(r"\{%-?\s*+(?:end)?raw\s*+-?%\}")
_END_OF_RAW: Final = re.compile(r"\{%-?\s*+endraw\s*+-?%\}")
_FILTERS: Final = {
    "relative_url": ("baseurl",),
    "absolute_url": ("baseurl", "url"),
    "prepend: site.baseurl": ("baseurl",),
    "prepend: site.url": ("url",),
    "prepend:site.baseurl": ("baseurl",),
    "prepend:site.url": ("url",),
}


class Meaning(NamedTuple):
    """What a tag is, and what it speaks of.

    - `highlight`: `what` is the language, `text` the code.
    - `post`: the address of another post; `what` is its name or path.
    - `site`, `page`: `what` is `url`, `baseurl` or `title`.
    - `path`: an address; `text` is what follows the parts of the site's address named in `what`.
    """

    kind: Kind
    what: str = ""
    text: str = ""


UNKNOWN: Final = Meaning("unknown")


def meaning(tag: TemplateTag) -> Meaning:
    """Give what a tag says, as far as that is known without Jekyll."""
    if found := _HIGHLIGHT.fullmatch(tag.text):
        return Meaning("highlight", found[1], _RAW_TAG.sub("", found[2]).lstrip("\r\n").rstrip())
    if found := _TAG.fullmatch(tag.text):
        return _of_tag(found[1], found[2])
    found = _OUTPUT.fullmatch(tag.text)
    return _of_output(found[1]) if found else UNKNOWN


def _of_tag(name: str, said: str) -> Meaning:
    if name in ("post_url", "link") and said and "{" not in said:
        return Meaning("post", said.removesuffix(".md") if name == "post_url" else said)
    return Meaning("raw") if name == "raw" and not said else UNKNOWN


def _of_output(said: str) -> Meaning:
    if said in ("site.url", "site.baseurl"):
        return Meaning("site", said.removeprefix("site."))
    if said in ("page.title", "page.url"):
        return Meaning("page", said.removeprefix("page."))
    if not (found := _PATH.fullmatch(said)):
        return UNKNOWN
    names = [name.strip() for name in found[3].split("|")[1:]]
    if not all(name in _FILTERS for name in names):
        return UNKNOWN
    parts = [part for name in names for part in _FILTERS[name]]
    return Meaning("path", " ".join(reversed(parts)), found[1] or found[2] or "")


def end_of_raw(text: str, at: int) -> tuple[int, int] | None:
    """Give where the `{% endraw %}` behind `at` stands; None where there is none."""
    found = _END_OF_RAW.search(text, at)
    return found.span() if found else None
