"""Which tool wrote a file: told by its keys, by the folder around it, or guessed and said so.

A file that a run of ours wrote has the dialect of that run, and so has any other in its folder
that doesn't plainly belong to another. Else, in this order: keys that only one dialect has; the
site that the file lies in (`_config.yml`, `hugo.toml`, `_posts/` …); the number of keys that mean
something in a dialect; the order that the mappings give. A wrong guess is mended by naming the
mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from migrate.errors import RecordError
from migrate.mapping.dialect import Dialect
from migrate.model.finding import Finding, Note
from migrate.readers.written import Written
from migrate.syntax import heads
from migrate.syntax.heads import Head
from migrate.syntax.post_files import MARKDOWN, suffix
from migrate.syntax.spellings import handler

_LEVELS_ABOVE: Final = 4
"""How many folders above SOURCE are asked for a site's files: `content/posts` lies inside one."""


class Told(NamedTuple):
    """A file's dialect and its head; `others` are the titles of those that could be meant too."""

    dialect: Dialect
    head: Head
    others: tuple[str, ...] = ()

    def note(self, note: Note) -> None:
        """Say so where it was a guess."""
        if self.others:
            note(
                Finding(
                    "mapping-dialect-guessed",
                    f"taken for {self.dialect.title}'s front matter, which "
                    f"{' and '.join(self.others)} might have written too",
                    line=self.head.frame.head_line,
                    fix="Name the dialect with --mapping if it is another",
                    placed=True,
                )
            )


class _Candidate(NamedTuple):
    dialect: Dialect
    head: Head
    own_keys: int
    known_keys: int
    at_home: bool

    def rank(self, written: str) -> tuple[int, bool, bool, int, int]:
        """Sort the likeliest first; `written` is the dialect of a folder that we wrote."""
        order = self.dialect.manner.home.guess_order
        is_other = self.dialect.name != written
        return -self.own_keys, is_other, not self.at_home, -self.known_keys, order

    def is_likely(self) -> bool:
        """Tell whether anything speaks for the dialect."""
        if self.own_keys or self.at_home:
            return True
        fence = handler(self.head.spelling).fence
        # Other marks than `---` are one tool's alone, and so is an object that begins a file.
        only_its = self.head.spelling == "json" or (fence is not None and fence.opening != b"---")
        return only_its or (fence is not None and self.known_keys > 0)


class Detector:
    """Tells the dialects of a source's files; remembers what it found out about folders."""

    def __init__(self, source: Path, dialects: tuple[Dialect, ...], is_named: bool) -> None:
        self.source = source
        self.dialects = dialects
        self.is_named = is_named
        self._sites: dict[Path, frozenset[str]] = {}
        self._homes: dict[str, frozenset[str]] = {}
        self._told_by: dict[str, str] = {}
        # What an earlier run wrote, in SOURCE or above it.
        self._written = Written(_upwards(self._base, self._base))

    def may_learn(self, told: Told) -> bool:
        """Tell whether any other file in the same folder with these keys is told alike."""
        written = self._written.dialect
        return not told.others and (self.is_named or written in ("", told.dialect.name))

    def told_by(self, path: str) -> str:
        """Give a hash of all but a file's path and text on which `tell` depends."""
        below = path.rpartition("/")[0]
        if below not in self._told_by:
            mappings = [dialect.digest for dialect in self.dialects]
            known = (mappings, self.is_named, self._written.dialect, sorted(self._home(path)))
            self._told_by[below] = sha256(repr(known).encode()).hexdigest()
        is_ours = bool(self._written.dialect) and self._written.has(self._base / path)
        return f"{self._told_by[below]} {is_ours}"

    def tell(self, path: str, data: bytes) -> Told | None:
        """Give the dialect of a file and its head; None where it has no front matter.

        Raises RecordError where the head is never closed, or belongs to no dialect.
        """
        candidates, error = self._candidates(path, data)
        if not candidates:
            if error:
                raise error
            return None
        if self.is_named:
            return Told(candidates[0].dialect, candidates[0].head)
        if likely := self._likely(path, candidates):
            return _told(likely, self._written.dialect)
        if all(handler(found.head.spelling).fence is None for found in candidates):
            return None
        _refuse_broken(candidates)
        raise RecordError(
            "mapping-dialect-unknown",
            "none of its keys tells which tool wrote it",
            line=candidates[0].head.frame.head_line,
            fix="Name the dialect with --mapping (`wpmigrate mappings list`)",
        )

    def _candidates(self, path: str, data: bytes) -> tuple[list[_Candidate], RecordError | None]:
        home = frozenset(d.name for d in self.dialects) if self.is_named else self._home(path)
        cuts = _Cuts(data)
        found = []
        for dialect in self.dialects:
            at_home = dialect.name in home
            trusted = at_home or dialect.name == self._written.dialect
            if head := cuts.first(_spellings(dialect, path, trusted=trusted)):
                keys = head.keys()
                own, known = dialect.own_keys(keys), dialect.knows(keys)
                found.append(_Candidate(dialect, head, own, known, at_home))
        return found, cuts.error

    def _likely(self, path: str, candidates: list[_Candidate]) -> list[_Candidate]:
        """Give those for which anything speaks, the likeliest first."""
        written = self._written.dialect
        likely = [c for c in candidates if c.dialect.name == written or c.is_likely()]
        most = max((c.known_keys for c in likely), default=0)
        ours = next((c for c in likely if c.dialect.name == written), None)
        if ours is None:
            return sorted(likely, key=lambda c: c.rank(""))
        # Keys most of which mean nothing in it are plainly another's.
        is_usual = ours.known_keys * 2 > most or not most
        likely.sort(key=lambda c: c.rank(written if is_usual else ""))
        if likely[0] is not ours and self._written.has(self._base / path):
            return [ours]
        return likely

    def _home(self, path: str) -> frozenset[str]:
        """Name the dialects whose tool's site the file lies in."""
        below = path.rpartition("/")[0]
        if below not in self._homes:
            self._homes[below] = self._home_of(below)
        return self._homes[below]

    def _home_of(self, below: str) -> frozenset[str]:
        folder = self._base / below
        for above in _upwards(folder, self._base):
            if found := self._site(above):
                return found
        names = frozenset(folder.parts)
        return frozenset(
            d.name for d in self.dialects if not d.manner.home.folders.isdisjoint(names)
        )

    @property
    def _base(self) -> Path:
        return (self.source if self.source.is_dir() else self.source.parent).absolute()

    def _site(self, folder: Path) -> frozenset[str]:
        """Name the dialects whose site has its root there."""
        if folder not in self._sites:
            self._sites[folder] = frozenset(
                dialect.name
                for dialect in self.dialects
                if any((folder / name).is_file() for name in dialect.manner.home.files)
            )
        return self._sites[folder]


class _Cuts:
    """A file's heads by spelling, and the first error that one of them made."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._made: dict[str, Head | None] = {}
        self.error: RecordError | None = None

    def first(self, spellings: Iterable[str]) -> Head | None:
        return next(filter(None, map(self._cut, spellings)), None)

    def _cut(self, spelling: str) -> Head | None:
        if spelling not in self._made:
            try:
                self._made[spelling] = heads.cut(spelling, self._data)
            except RecordError as error:
                self.error = self.error or error
                self._made[spelling] = None
        return self._made[spelling]


def _refuse_broken(candidates: Iterable[_Candidate]) -> None:
    """Raise RecordError for a head that can't even be read: its keys would tell nothing."""
    for candidate in candidates:
        if candidate.head.spelling != "spyc":  # which reads nearly everything
            candidate.head.load()


def _told(likely: list[_Candidate], written: str) -> Told:
    best, *others = likely
    guessed = not (best.own_keys or best.at_home or best.dialect.name == written)
    titles = [
        other.dialect.title
        for other in others
        if guessed and other.known_keys and other.head.spelling == best.head.spelling
    ]
    return Told(best.dialect, best.head, tuple(titles))


def _spellings(dialect: Dialect, path: str, *, trusted: bool) -> Iterator[str]:
    """Give the spellings in which a file of this name may be the dialect's."""
    is_markdown = suffix(path) in MARKDOWN
    for spelling in dialect.manner.spellings_at(path):
        if trusted or not (handler(spelling).shy or (spelling == "key-value" and not is_markdown)):
            yield spelling


def _upwards(folder: Path, base: Path) -> Iterator[Path]:
    """Give a folder and those above it, up to some above `base` or the root of a repository."""
    last = [base, *base.parents][: _LEVELS_ABOVE + 1][-1]
    for above in (folder, *folder.parents):
        yield above
        if above == last or (above / ".git").exists():
            return
