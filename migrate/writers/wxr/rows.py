"""Items of records beside one another: each kind of them has a format, and columns fill it.

It gives what usual.py gives of each record, to the byte, or nothing. What the joiner may decide
otherwise is taken for granted here: that no earlier record has the ID.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final, NamedTuple

from msgspec import Struct, msgpack

from migrate.model import dates
from migrate.model.post import Author, Post, TermRef
from migrate.model.rows import Rows, name_of
from migrate.syntax import wxr
from migrate.writers.wxr import usual
from migrate.writers.wxr.draft import PROVENANCE, Draft, Gap, cut_instruction, plain_permalink
from migrate.writers.wxr.instruction import is_plain_path
from migrate.writers.wxr.item_format import Format, ItemFormat, item_format, meta_name
from migrate.writers.wxr.numbering import address_key

_NEEDED: Final = frozenset(("id", "date", "link"))
_CR: Final = 0x0D


class KindOfItem(NamedTuple):
    """What the joiner needs to know of the items of one kind: the names that it has to put in.

    `before_guid` is the text between creator and guid, `between` those between the slugs of terms.
    """

    type: str
    author: Author | None
    terms: Sequence[TermRef]
    before_guid: bytes
    between: Sequence[bytes]


class Items(Struct):
    """Items on their way from a chunk to the joiner, which puts in what only it knows.

    An item is its `starts`, its creator, its kind's text before the guid, its `middles`, its terms,
    and its `ends`. A middle is guid, body, ID and columns, as they are unless the ID is taken;
    `cuts` has the lengths of the three that aren't the body. `addresses` are what `address_key`
    gives; `origins` are those of the links. `zones_assumed` says whether no zone was known for the
    dates.
    """

    kinds: Sequence[KindOfItem]
    kind_of: Sequence[int]
    starts: Sequence[bytes]
    middles: Sequence[bytes]
    cuts: Sequence[tuple[int, int, int]]
    ends: Sequence[bytes]
    ids: Sequence[int]
    slugs: Sequence[str]
    addresses: Sequence[str]
    paths: Sequence[str]
    origins: Sequence[str]
    moments: Sequence[str]
    zones_assumed: bool

    def draft(self, row: int) -> Draft:
        """Give one of them as a draft, of which nothing is filled yet."""
        kind, middle = self.kinds[self.kind_of[row]], self.middles[row]
        guid, number, columns = self.cuts[row]
        behind = len(middle) - columns
        parts = [*cut_instruction(self.starts[row]), b"", kind.before_guid, b""]
        parts += [middle[guid : behind - number], b"", middle[behind:]]
        gaps = [(3, Gap("creator")), (5, Gap("guid")), (7, Gap("id"))]
        for at in range(len(kind.terms)):
            gaps.append((len(parts), Gap("nicename", at)))
            parts += [b"", (*kind.between, b"")[at]]
        return Draft(
            type=kind.type,
            slug=self.slugs[row],
            path=self.paths[row],
            address=self.addresses[row].partition("\n")[2],
            id=self.ids[row],
            author=kind.author,
            terms=list(kind.terms),
            origin=self.origins[row],
            gmt=self.moments[row],
            instruction=parts[PROVENANCE].strip(),
            parts=[*parts, self.ends[row]],
            gaps=gaps,
            zone_assumed=self.zones_assumed,
        )


def woven(made: Sequence[Items], order: Sequence[tuple[int, int]]) -> Items:
    """Make one of several, in this order: of the so many-th which item."""
    kinds = [kind for one in made for kind in one.kinds]
    before = [0, *accumulate(len(one.kinds) for one in made)]

    def column(name: str) -> list[Any]:
        columns = [getattr(one, name) for one in made]
        return [columns[part][row] for part, row in order]

    others = ("kinds", "kind_of", "zones_assumed")
    return Items(
        kinds=kinds,
        kind_of=[before[part] + made[part].kind_of[row] for part, row in order],
        zones_assumed=made[0].zones_assumed,
        **{name: column(name) for name in Items.__struct_fields__ if name not in others},
    )


def items(rows: Rows, zone: tzinfo | None, *, provenance: bool) -> Items | None:
    """Make the items of records; None where usual.py would make none of one of them."""
    formats = _formats(rows, provenance=provenance)
    texts = _texts(rows, zone)
    if formats is None or texts is None or not _are_plain(texts):
        return None
    slugs = rows.column("slug")
    if not all(slugs) or not all(map(_is_plain, rows.contents)):
        return None
    start, body, before_id, columns, end = (
        _filled([getattr(one, part) for one in formats], rows.kind_of, texts)
        for part in ("start", "body", "before_id", "columns", "end")
    )
    guids = [guid.encode() for guid in texts["guid"]]
    numbers = [number.encode() for number in texts["id"]]
    pieces = zip(guids, body, rows.contents, before_id, numbers, columns, strict=True)
    cut = zip(map(len, guids), map(len, numbers), map(len, columns), strict=True)
    return Items(
        kinds=[
            KindOfItem(kind.type or "", kind.author, kind.terms or (), one.before_guid, one.terms)
            for kind, one in zip(rows.kinds, formats, strict=True)
        ],
        kind_of=rows.kind_of,
        starts=start,
        middles=list(map(b"".join, pieces)),
        cuts=list(cut),
        ends=end,
        ids=rows.columns["id"],
        slugs=slugs,
        addresses=_addresses(rows, slugs),
        paths=rows.paths,
        origins=texts["origin"],
        moments=texts["gmt"],
        zones_assumed=zone is None,
    )


def _addresses(rows: Rows, slugs: Sequence[str]) -> list[str]:
    """Give what must be one record's alone."""
    types = [kind.type or "" for kind in rows.kinds]
    rows_of = zip(rows.kind_of, rows.columns["link"], slugs, strict=True)
    return [
        address_key(types[kind], link if types[kind] == "page" else slug)
        for kind, link, slug in rows_of
    ]


def _formats(rows: Rows, *, provenance: bool) -> list[ItemFormat] | None:
    """Give the format of each kind; None where one has none, or other places than the first."""
    fields, keys = tuple(rows.columns), tuple(key for key, _ in rows.metas)
    names = [name for name in map(name_of, rows.kinds) if name is not None]
    found = (_format_of(name, fields, keys, provenance=provenance) for name in names)
    formats = [one for one in found if one is not None]
    if len(formats) < len(rows.kinds) or len({one.names() for one in formats}) > 1:
        return None
    return formats


@lru_cache(maxsize=256)
def _format_of(
    kind: bytes, fields: tuple[str, ...], keys: tuple[str, ...], *, provenance: bool
) -> ItemFormat | None:
    """Give the format of a kind, by what `name_of` gives."""
    return item_format(msgpack.decode(kind, type=Post), fields, keys, provenance=provenance)


def _texts(rows: Rows, zone: tzinfo | None) -> dict[str, Sequence[str]] | None:
    """Give the texts that fill the formats, and the links' origins; None where one isn't usual."""
    columns = rows.columns
    if any(kind.date_gmt is not None for kind in rows.kinds) or not columns.keys() >= _NEEDED:
        return None
    ids, walls, links = columns["id"], columns["date"], columns["link"]
    addresses = list(map(usual.ADDRESS.fullmatch, links))
    if min(ids) <= 0 or None in addresses or not dates.are_usual(walls):
        return None
    moments = walls if zone is None else [usual.moment_of(wall, zone) for wall in walls]
    if "" in moments:
        return None
    known: dict[str, str] = {}  # one text for each site, which is sent to another process once
    origins = [known.setdefault(found[1], found[1]) for found in addresses if found]
    texts: dict[str, Sequence[str]] = {name: columns[name] for name in columns if name != "id"}
    texts["id"] = list(map(str, ids))
    texts["origin"] = origins
    if usual.ESCAPED.search("".join(links)):
        texts["link"] = list(map(usual.escaped, links))
    texts["gmt"], texts["pub_date"] = moments, usual.pub_dates(moments)
    bases = {origin: plain_permalink(origin, 0)[:-1] for origin in {*origins}}
    texts["guid"] = [
        f"{bases[origin]}{number}" for origin, number in zip(origins, ids, strict=True)
    ]
    texts["path"] = rows.paths
    texts.update((meta_name(at), values) for at, (_, values) in enumerate(rows.metas))
    return texts


def _are_plain(texts: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether all texts may stand in an item as they are."""
    if not all(texts["path"]) or not is_plain_path("".join(texts["path"])):
        return False
    try:
        data = "\n".join(map("\n".join, texts.values())).encode()
    except UnicodeEncodeError:
        return False
    return _is_plain(data)


def _is_plain(data: bytes) -> bool:
    """Tell whether a text may stand in a section as it is."""
    return _CR not in data and wxr.section_end(data) < 0 and not wxr.has_forbidden(data)


def _filled(
    formats: Sequence[Format], kind_of: Sequence[int], texts: Mapping[str, Sequence[str]]
) -> list[bytes]:
    """Fill each row's format."""
    names = formats[0].names
    if not names:
        plain = [one.text.replace("%%", "%").encode() for one in formats]
        return [plain[kind] for kind in kind_of]
    rows = zip(kind_of, zip(*map(texts.__getitem__, names), strict=True), strict=True)
    each = [one.text for one in formats]
    return [(each[kind] % row).encode() for kind, row in rows]
