"""SOURCE as the options name it: its path, its format, its reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import click
from msgspec.structs import replace

from migrate import formats, rewriting
from migrate.cli import changed
from migrate.cli.filters import LAST
from migrate.cli.options import Common
from migrate.cli.session import Session
from migrate.cli.terminal import complain
from migrate.errors import SourceError, UsageError
from migrate.mapping import load
from migrate.mapping.author_map import AuthorMap
from migrate.mapping.author_map import load as load_authors
from migrate.mapping.dialect import Dialect
from migrate.output import shared
from migrate.readers.wxr.source import EXPORT_AGAIN, is_called_wxr, looks_like_wxr
from migrate.renamed_authors import RenamingReader
from migrate.rewrite.address_index import AddressIndex
from migrate.rewrite.rewrites import Rewrites
from migrate.rewriting import Bound
from migrate.selection import SelectingReader, Selection
from migrate.stages import Reader

STANDARD_INPUT: Final = "-"


def existing(source: str, here: Session) -> Path:
    """Give SOURCE as a path, `-` or what lies elsewhere as that of a copy.

    Raises SourceError where there is nothing.
    """
    if source == STANDARD_INPUT:
        return here.standard_input()
    if shared.is_shared(source):
        return here.copy_of(source)
    path = Path(shared.as_path(source))
    if not path.exists():
        raise SourceError(
            "doesn't exist", path=source, fix="Name a folder of posts or a single post"
        )
    return path


def named_source(path: Path, common: Common) -> tuple[str, str | None]:
    """Give the format of a source, and the mapping that the user named for it, if any.

    Raises UsageError where --from and --mapping both name one, SourceError for an .xml file that
    holds neither an export nor front matter.
    """
    asked = common.source_format
    if asked in formats.READERS:
        return str(asked), common.mapping
    if asked and common.mapping:
        raise UsageError("--from names the dialect already", fix="Leave out --mapping")
    if asked:
        return "posts", asked
    if looks_like_wxr(path):
        return "wxr", common.mapping
    if not common.mapping and is_called_wxr(path):
        raise SourceError("isn't an export of WordPress", path=str(path), fix=EXPORT_AGAIN)
    return "posts", common.mapping


def reader(path: Path, here: Session, bound: Bound | None = None) -> Reader:
    """Make the reader of a source, as the options and its content say.

    Where it is `bound` for a target, what it reads is chosen and rewritten as was asked. One that
    isn't is no SOURCE, so --from says nothing about it.
    """
    common = here.common if bound else replace(here.common, source_format=None)
    if common.selection.since == LAST:
        raise UsageError("--since last: only an export of a site has a last time", fix="Name a day")
    made, dialects = _plain(path, here, common, here.summary.totals.passed_over)
    if bound is None:
        return made
    if not common.selection.is_all:
        made = SelectingReader(made, _selection(path, here), here.summary.totals)
    is_named = named_source(path, common)[1] is not None
    rewrites = rewriting.choose(common.rewrite, dialects, bound, named=is_named)
    return rewritten(made, lambda: plain(path, here), rewrites, here, bound)


def rewritten(
    made: Reader, again: Callable[[], Reader], rewrites: Rewrites, here: Session, bound: Bound
) -> Reader:
    """Lay over a reader the rewrites on the way to a target.

    `again` makes a reader of the whole source as it stands, for a look ahead.
    """
    if rewrites.need_addresses:
        rewrites = replace(rewrites, addresses=addresses(again(), here, bound))
    if here.common.resolve_links:
        rewrites = _resolved(again, here, rewrites)
    return rewriting.RewritingReader(made, rewrites) if rewrites else made


def author_map(here: Session) -> AuthorMap:
    """Give who the authors are to be; MappingError for a file that doesn't say so."""
    path = here.common.author_map
    return load_authors(path) if path else AuthorMap()


def renamed(made: Reader, here: Session) -> Reader:
    """Lay the author map over the reader of a source that goes to files; a site knows its users."""
    if here.common.author_map is None:
        return made
    known = made.head(lambda _finding: None).authors
    return RenamingReader(made, author_map(here), tuple(known))


def _selection(path: Path, here: Session) -> Selection:
    """Give what was asked for, with the files that a branch changed; those it deleted are named.

    A post whose sidecar is gone is another one, and may be public now.
    """
    asked = here.common.selection
    ref = asked.changed_since
    if not ref:
        return asked
    if path == here.spooled:
        raise UsageError("--changed-since: standard input has no history", fix="Name a folder")
    found = changed.changes(path, ref)
    gone = [name for name in found.deleted if not asked.option_against_name(name)]
    found = found._replace(deleted=tuple(gone))

    def reader_of(folder: Path) -> Reader:
        return plain(folder, here)

    here.known_before.extend(changed.deletions(path, ref, found, reader_of))
    return replace(asked, changed=changed.selected(path, found))


def plain(path: Path, here: Session) -> Reader:
    """Make the reader of a whole source as it stands, which counts nothing."""
    return _plain(path, here, here.common, Counter())[0]


def addresses(plain: Reader, here: Session, bound: Bound) -> AddressIndex:
    """Read a source once to learn where each of its records was and will be."""
    return rewriting.index(plain, here.common.base_url, bound)


def _resolved(again: Callable[[], Reader], here: Session, rewrites: Rewrites) -> Rewrites:
    """Ask the network about the links of a source that hide where they lead."""
    if not rewrites.follow_links:
        raise UsageError(
            "--resolve-links: no rule makes use of it",
            fix="Switch one on with --rewrite feed-links",
        )
    from migrate.live.resolve import resolve  # noqa: PLC0415 - loads requests

    links = rewriting.hidden_links(again(), rewrites)
    cache = Path(click.get_app_dir("wpmigrate")) / "links.json"
    private = here.common.allow_private
    return rewrites.knowing(resolve(links, cache, complain, allow_private=private))


def _plain(
    path: Path, here: Session, common: Common, passed_over: Counter[str]
) -> tuple[Reader, tuple[Dialect, ...]]:
    """Make the reader of a source without any rewriting, and give the dialects that it reads."""
    name, named = named_source(path, common)
    make = formats.find(formats.READERS, name, "format")
    dialects: tuple[Dialect, ...] = (load.load(named),) if named else ()
    if name == "wxr":
        return make(path, common.encoding or "", here.progress), dialects
    dialects = dialects or load.detected()
    encoding = common.encoding or "utf-8"
    nameless = path == here.spooled
    return make(path, dialects, named is not None, encoding, passed_over, nameless), dialects


def featured(common: Common) -> dict[str, tuple[str, ...]]:
    """Give the metas of each dialect that may name the image of a post."""
    named = load.load(common.mapping) if common.mapping else None
    dialects = (*load.detected(), *([named] if named else []))
    return {dialect.name: dialect.manner.featured_image for dialect in dialects}


def refuse_own_source(source: Path, out: Path) -> None:
    """Refuse an OUT that is its own SOURCE."""
    if out.exists() and source.samefile(out):
        raise UsageError("OUT is its own SOURCE", path=str(out), fix="Write elsewhere with -o")
