"""What only the whole source can tell: logins, terms and their nicenames, taken IDs and slugs.

Everything is decided in source order, so the same source gives the same bytes however it was cut
into chunks. Per author and term one object is kept, per record a bit for its ID, the hash of its
address and its path.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from migrate.model.finding import Finding, Note
from migrate.model.first_places import FirstPlaces
from migrate.model.paths import Paths
from migrate.model.post import Author, TermRef
from migrate.model.sanitize import sanitize_title, sanitize_user
from migrate.model.site import Term

_Key = tuple[str, str]  # taxonomy, slug

PAGE: Final = 256
"""How many IDs one number holds a bit for: those of a site lie close together."""

UNDEFINED_BY_CORE: Final = frozenset(
    {"post_format", "link_category", "wp_theme", "wp_template_part_area", "wp_pattern_category"}
)
"""Built-in taxonomies whose terms `export_wp()` means to name in the items alone.

Where a site has no own taxonomy, core lists every term there is as a wp:term, categories, tags and
these too; a term that the source defines is kept, once.
"""


class Authors:
    """The authors of a source, each with a login of its own."""

    def __init__(self) -> None:
        self._logins: dict[Author, str] = {}
        self._taken: dict[str, Author] = {}
        self._declared: set[Author] = set()

    def declare(self, author: Author) -> None:
        """Take an author whom the source names by login beside its posts."""
        if author.login:
            self._declared.add(author)
            self._logins[author] = author.login
            self._taken[author.login.casefold()] = author

    def login(self, author: Author | None, note: Note) -> str:
        """Give the login: as stated, else WordPress's `sanitize_user()` of the display name.

        Two names that become one login (MySQL compares without case) get different ones, noted.
        """
        if author is None or not (author.login or author.display_name):
            return ""
        if author not in self._logins:
            self._logins[author] = author.login or self._new_login(author, note)
            self._taken.setdefault(self._logins[author].casefold(), author)
        return self._logins[author]

    def is_settled(self, author: Author | None) -> bool:
        """Tell whether `login` has nothing to note about an author."""
        if author is None or author in self._logins or author.login:
            return True
        return _wanted_login(author).casefold() not in self._taken

    def _new_login(self, author: Author, note: Note) -> str:
        wanted = _wanted_login(author)
        login, number = wanted, 1
        while login.casefold() in self._taken:
            number += 1
            login = f"{wanted}-{number}"
        if login != wanted:
            note(
                Finding(
                    "mapping-login-taken",
                    f"the login {wanted} belongs to another author; "
                    f"{author.display_name} becomes {login}",
                    field="author",
                )
            )
        return login

    def declared(self, author: Author) -> bool:
        """Say whether the source names this author beside its posts."""
        return author in self._declared

    def in_order(self) -> list[tuple[str, Author]]:
        """Give (login, author), each login once, in the order in which they first came."""
        return [(self._logins[author], author) for author in self._taken.values()]


def _wanted_login(author: Author) -> str:
    return sanitize_user(author.display_name or "") or "author"


class Terms:
    """The terms of a source, parents before children, each slug once a taxonomy."""

    def __init__(self) -> None:
        self._by_path: dict[tuple[str, tuple[str, ...]], Term] = {}
        self._by_slug: dict[_Key, Term] = {}
        self._declared: set[_Key] = set()
        self._highest = 0

    def declare(self, term: Term) -> None:
        """Take a term that the source describes beside its posts."""
        self._declared.add((term.taxonomy, term.slug))
        self._keep(term)

    def declared(self, term: Term) -> bool:
        """Say whether the source describes this term beside its posts."""
        return (term.taxonomy, term.slug) in self._declared

    def nicename(self, ref: TermRef) -> str:
        """Give the slug of the term that a post carries; the term and those above it are kept."""
        if ref.slug and (ref.taxonomy, ref.slug) in self._by_slug:
            return ref.slug
        parent = ""
        for depth in range(len(ref.ancestors)):
            parent = self._slug(ref.taxonomy, ref.ancestors[: depth + 1], parent)
        path = (*ref.ancestors, ref.name or ref.slug or "")
        if not ref.slug:
            return self._slug(ref.taxonomy, path, parent)
        known = self._keep(Term(ref.taxonomy, ref.slug, path[-1], parent, id=self._highest + 1))
        self._by_path.setdefault((ref.taxonomy, path), known)
        return ref.slug

    def _slug(self, taxonomy: str, path: tuple[str, ...], parent: str) -> str:
        known = self._by_path.get((taxonomy, path))
        if known is None:
            number = self._highest + 1
            slug = self._free_slug(taxonomy, path[-1], parent, number)
            known = self._keep(Term(taxonomy, slug, path[-1], parent, id=number))
            self._by_path[taxonomy, path] = known
        return known.slug

    def _keep(self, term: Term) -> Term:
        known = self._by_slug.setdefault((term.taxonomy, term.slug), term)
        self._highest = max(self._highest, known.id or 0)
        return known

    def _free_slug(self, taxonomy: str, name: str, parent: str, number: int) -> str:
        # As wp_insert_term() and wp_unique_term_slug() do: the ID where nothing is left of the
        # name, the parent's slug behind a taken one, then a number.
        slug = sanitize_title(name) or str(number)
        if parent and (taxonomy, slug) in self._by_slug:
            slug = f"{slug}-{parent}"
        free, suffix = slug, 1
        while (taxonomy, free) in self._by_slug:
            suffix += 1
            free = f"{slug}-{suffix}"
        return free

    def in_order(self) -> list[Term]:
        """Give the terms that the head defines: as they first came, parents before children."""
        placed: dict[_Key, Term] = {}
        for key in self._by_slug:
            placed.update(reversed(self._up_to(placed, key).items()))
        return [
            term
            for key, term in placed.items()
            if key in self._declared or term.taxonomy not in UNDEFINED_BY_CORE
        ]

    def _up_to(self, placed: dict[_Key, Term], key: _Key) -> dict[_Key, Term]:
        # From a term upwards to what is placed already; a ring of parents ends it as well.
        line: dict[_Key, Term] = {}
        while key in self._by_slug and key not in placed and key not in line:
            line[key] = self._by_slug[key]
            key = (key[0], line[key].parent or "")
        return line


class Identities:
    """The IDs and addresses that records hold."""

    def __init__(self) -> None:
        self.highest = 0
        self._ids: dict[int, int] = {}  # page → its IDs as bits
        self._addresses = FirstPlaces()
        self._paths = Paths()

    def claim_id(self, number: int | None) -> bool:
        """Take a stated ID; false where there is none (0 is none) or an earlier record holds it."""
        page, bit = divmod(number or 0, PAGE)
        taken = self._ids.get(page, 0)
        if not number or taken >> bit & 1:
            return False
        self._ids[page] = taken | 1 << bit
        self.highest = max(self.highest, number)
        return True

    def claim_all(
        self, numbers: Sequence[int], addresses: Sequence[str], paths: Sequence[str]
    ) -> bool:
        """Take the IDs and addresses of records, of which none may be taken; false, and no ID.

        An address is what `address_key` gives, and isn't empty.
        """
        pages: dict[int, int] = {}
        for number in numbers:
            page, bit = divmod(number, PAGE)
            pages[page] = pages.get(page, 0) | 1 << bit
        if sum(map(int.bit_count, pages.values())) < len(numbers):
            return False
        if any(self._ids.get(page, 0) & bits for page, bits in pages.items()):
            return False
        if not self._addresses.take_all(addresses, self._paths.extend(paths)):
            return False
        for page, bits in pages.items():
            self._ids[page] = self._ids.get(page, 0) | bits
        self.highest = max(self.highest, *numbers)
        return True

    def earlier_at(self, post_type: str, address: str, path: str) -> str:
        """Give the path of the earlier record of this type at this address, else nothing."""
        if not address:
            return ""
        place = self._paths.append(path)
        first = self._addresses.first(address_key(post_type, address), place)
        if first == place:
            return ""
        earlier = self._paths[first]
        return "" if earlier == path else earlier


def address_key(post_type: str, address: str) -> str:
    """Give what must be one record's alone."""
    return f"{post_type}\n{address}"
