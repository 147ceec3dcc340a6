"""The lines of a body that say where it came from, and the one source that they agree on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from migrate.rewrite.quoting import Message, quoting
from migrate.rewrite.web_pages import host, is_home, page
from migrate.rewrite.wordings import LONGEST, Gaps, Wordings
from migrate.syntax.html_markup import Markup
from migrate.syntax.text_lines import Anchor, Line, boundary, lines

FIRST: Final = 1
LAST: Final = 3
"""How many other lines may stand before, or else behind, a line that names the source."""

MOST: Final = 10
"""How many lines that name a source are taken for that, and not for a list of links."""

_WINDOW: Final = 2_048

DECIDE: Final = "Decide which is right, and mend the other"
HIDDEN_FIX: Final = "Run again with --resolve-links, or name its host in the option `names`"

_NO_NAME: Final = "via"
_IN_TEXT: Final = (
    "originally published", "originally appeared", "originally posted", "first appeared on",
    "appeared first on", "first published on", "first published at",
)  # fmt: skip


class Attribution(NamedTuple):
    """A line that names a source: its address, empty where it has none, and the name it gives."""

    line: Line
    link: str
    name: str


class UnclearError(Exception):
    """A post leaves a question about its source; `at` is the byte of the body where it does."""

    def __init__(self, message: Message, at: int | None, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.at = at
        self.fix = fix


def find(body: bytes, markup: Markup, known: Wordings) -> list[Attribution]:
    """Give the lines that name a source. Raises UnclearError where one is part of the text."""
    first = _Ends(FIRST, known)
    for line in lines(body, markup):
        if not first.takes(line):
            break
    last = _from_behind(body, markup, known, first.at)
    found = [*first.found, *last.found[::-1]]
    if not found:
        for line in (*first.others, *last.others):
            _refuse_running_text(line)
    return found


class _Ends:
    """The lines from one end of a body on, until enough of them name no source."""

    def __init__(self, most: int, known: Wordings) -> None:
        self.found: list[Attribution] = []
        self.others: list[Line] = []
        self.at = -1
        self._most = most
        self._known = known

    def takes(self, line: Line) -> bool:
        """Take a line; False where it is too far from the end."""
        one = _attribution(line, self._known)
        if one is not None:
            self.found.append(one)
            if len(self.found) > MOST:
                raise UnclearError("the post names its source again and again", line.start, DECIDE)
        elif len(self.others) == self._most:
            return False
        else:
            self.others.append(line)
        self.at = line.start
        return True


def _from_behind(body: bytes, markup: Markup, known: Wordings, done: int) -> _Ends:
    """Give the lines at the end of a body, those behind `done`; looks at no more than it must."""
    window = _WINDOW
    while True:
        ends = _Ends(LAST, known)
        start = boundary(markup, len(body) - window) if window < len(body) else 0
        behind = list(lines(body, markup, start)) if start is not None else []
        if not all(ends.takes(line) for line in reversed(behind) if line.start > done):
            return ends
        if window >= len(body):
            return ends
        window *= 4


def agreed(found: list[Attribution], known: list[str], name_of: Callable[[str], str]) -> str:
    """Give the one address that all lines mean; UnclearError where there is none.

    `known` are the addresses in the metas, and `name_of` gives the name of an address's site. A
    line that leads to the front page of the site agrees with any page of it, one without an
    address with a page of the site that it names.
    """
    pages = {page(one.link): one.link for one in found if one.link and not is_home(one.link)}
    if len(pages) > 1:
        raise UnclearError("the post names several sources", found[-1].line.start, DECIDE)
    candidates = [*pages.values(), *known]
    meant = {page(link): link for link in (_meant(one, candidates, name_of) for one in found)}
    if len(meant) > 1:
        raise UnclearError("the post names several sources", found[-1].line.start, DECIDE)
    link = next(iter(meant.values()))
    if known and page(link) not in set(map(page, known)):
        message = quoting(
            "the line names {} as the source, but the custom fields {}", link[:200], known[0][:200]
        )
        raise UnclearError(message, found[-1].line.start, DECIDE)
    return link


def _meant(one: Attribution, candidates: list[str], name_of: Callable[[str], str]) -> str:
    if one.link and not is_home(one.link):
        return one.link
    if one.link:
        meant = [link for link in candidates if host(link) == host(one.link)] or [one.link]
    else:
        meant = [link for link in candidates if _is_named(one.name, link, name_of)]
    if len(set(map(page, meant))) > 1:
        raise UnclearError("the line may mean several pages", one.line.start, DECIDE)
    if meant:
        return meant[0]
    message = quoting("the line names a source without an address: {}", one.line.text[:100])
    raise UnclearError(message, one.line.start, "Give it a link, or take the line out")


def _is_named(name: str, link: str, name_of: Callable[[str], str]) -> bool:
    """Say whether a name is that of a link's site: Reuters is, for www.reuters.com."""
    own = host(link)
    names = {own, f"www.{own}", name_of(link), *own.split(".")[:-1]}
    return _letters(name) in set(map(_letters, names)) - {""}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _attribution(line: Line, known: Wordings) -> Attribution | None:
    if not line.is_whole or len(line.text) > LONGEST:
        return None
    web = [anchor for anchor in line.anchors if host(anchor.address)]
    if len(web) == 1 and "canonical" in web[0].rel.split():
        return Attribution(line, web[0].address, "")
    matched = known.match(line.text)
    if matched is None or any(_says_more(line, *gap) for gap in matched.values()):
        return None
    anchors = _told_by(matched, web)
    if len({page(anchor.address) for anchor in anchors}) > 1 or _leads_elsewhere(line, anchors):
        raise UnclearError("the line names several sources", line.start, DECIDE)
    start, end = matched.get("name", (0, 0))
    name = line.text[start:end]
    is_sign = bool(anchors) or (bool(name) and not line.text.casefold().startswith(_NO_NAME))
    return Attribution(line, anchors[0].address if anchors else "", name) if is_sign else None


def _says_more(line: Line, start: int, end: int) -> bool:
    """Say whether words stand beside the link in a gap, which would be lost."""
    linked = [anchor for anchor in line.anchors if anchor.start < end and start < anchor.end]
    edges = [start, *(edge for one in linked for edge in (one.start, one.end)), end]
    beside = (line.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
    return bool(linked) and any(map(str.isalnum, "".join(beside)))


def _told_by(matched: Gaps, anchors: list[Anchor]) -> list[Anchor]:
    """Give the links that lead to the source: those of its title, else of its name, else all."""
    for gap in ("title", "name"):
        start, end = matched.get(gap, (0, 0))
        if there := [anchor for anchor in anchors if anchor.start < end and start < anchor.end]:
            return there
    return anchors


def _leads_elsewhere(line: Line, told: list[Anchor]) -> bool:
    """Say whether a link beside those to the source leads to more than a site or a part of it."""
    others = [anchor.address for anchor in line.anchors if anchor not in told]
    source = page(told[0].address) if told else ""
    return any(
        not host(other) or (urlsplit(other).path.strip("/") and not source.startswith(page(other)))
        for other in others
    )


def _refuse_running_text(line: Line) -> None:
    text = line.text.casefold()
    for anchor in line.anchors:
        before = text[: anchor.start].rstrip(' ("“:')
        if host(anchor.address) and (
            any(sign in before[-60:] for sign in _IN_TEXT)
            or (before.endswith("source") and text[len(before) : anchor.start].strip() == ":")
        ):
            message = "a source is named in the midst of the text"
            fix = "Give it a line of its own, or leave it as it is"
            raise UnclearError(message, line.start, fix)
