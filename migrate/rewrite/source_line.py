"""The line that names a post's source, written by a template of Jinja2."""

from __future__ import annotations

import functools
import html
import re
from typing import Final, NamedTuple

from jinja2 import TemplateError, TemplateSyntaxError

from migrate.errors import MappingError
from migrate.model.post import Post
from migrate.rewrite.line_template import FILTERS, line_template, rendered

TEMPLATE: Final = (
    '<p class="source">Source: <a href="{{ link }}"{% if rel %} rel="{{ rel }}"{% endif %}>'
    "{{ name }}</a></p>"
)

REL: Final = "external"
"""No `nofollow`: who republishes a text vouches for where it came from, and search engines ask
for a link that they can follow. No `noopener`: it says nothing without a `target`.
"""

_SAMPLE: Final = "https://example.org/a"
_LINK: Final = re.compile(r"""href\s*=\s*["']?([^"'\s>]*)""")
_FAILURES: Final = (
    *(TemplateError, ArithmeticError, AssertionError, AttributeError, LookupError),
    *(NameError, TypeError, ValueError),
)


class Source(NamedTuple):
    """Where a post came from."""

    link: str
    name: str


class SourceLine:
    """A template that was found to work; picklable."""

    def __init__(self, template: str, rel: str) -> None:
        """Raise MappingError where the template can't be used."""
        self._template = template
        self._rel = rel
        try:
            line = self.write(Source(_SAMPLE, "example.org"), Post(title="A", date=""))
        except TemplateSyntaxError as error:
            raise _unusable(f"{error.message}, in its line {error.lineno}") from None
        except _FAILURES as error:
            raise _unusable(str(error)) from None
        if any(_SAMPLE in link and link != _SAMPLE for link in _LINK.findall(line.decode())):
            raise _unusable("each run would make its link longer; `href` takes {{ link }} alone")

    def write(self, source: Source, post: Post) -> bytes:
        """Give the line for a post. Raises ValueError where the template fails on it."""
        values = {"link": source.link, "name": source.name, "rel": self._rel}
        values["title"] = html.unescape(post.title or "")
        values["date"] = post.date or ""
        try:
            return rendered(_compiled(self._template), values).encode("utf-8", "replace")
        except TemplateSyntaxError:
            raise
        except _FAILURES as error:
            raise ValueError(str(error)) from None


_compiled = functools.lru_cache(maxsize=8)(line_template)


def _unusable(why: str) -> MappingError:
    return MappingError(
        f"source-attribution: the template can't be used: {why}",
        fix="It may use {{ name }}, {{ link }}, {{ title }}, {{ date }} and {{ rel }}, `if`, slices"
        f" and the filters {', '.join(FILTERS)}",
    )
