"""WordPress's naming rules: slugs and nicenames from titles, logins from names.

Each function gives what WordPress 6.7 with its default filters, the locale en_US and PHP 8.2 with
mbstring and intl gives. Elsewhere a site may differ in this:

- WordPress 6.1 leaves Ə and ǝ alone; 6.7 makes them E and e.
- Before WordPress 6.1, or without PHP's intl, decomposed letters (`e` + U+0301) are not composed
  first, so their marks stay.
- From PHP 8.3 a capital sigma at the end of a word becomes a final sigma.
- German, Danish, Catalan, Serbian and Bosnian sites have letters of their own (`ä` as `ae`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from migrate.model.accents import ASCII_LETTERS
from migrate.model.strip_tags import strip_tags
from migrate.patterns import pattern

__all__ = ["SLUG_LENGTH", "remove_accents", "sanitize_title", "sanitize_user"]

SLUG_LENGTH: Final = 200
"""The most characters a slug has, percent-encoded: the width of wp_posts.post_name."""

_OCTET: Final = pattern("%([0-9a-fA-F]{2})")
_SET_ASIDE: Final = pattern("---([0-9a-fA-F]{2})---")
_ENTITY: Final = pattern("&.+?;|(&.*+)")
"""An entity; else, as the group, a line's rest that holds none: it is gone through once."""
_SCRIPT_OR_STYLE: Final = pattern(r"<(script|style)", re.IGNORECASE | re.ASCII)
_ENDS: Final = {
    name: pattern(f"</{name}>", re.IGNORECASE | re.ASCII) for name in ("script", "style")
}
_NOT_IN_SLUGS: Final = pattern("[^%a-z0-9 _-]")
_NOT_IN_STRICT_LOGINS: Final = pattern(r"[^A-Za-z0-9 _.@-]")
_DASHES: Final = pattern("[ -]+")
_BLANKS: Final = pattern(r"\s+", re.ASCII)
_TRIMMED: Final = " \t\n\r\v\0"  # what PHP's trim() takes off
_DASHED: Final = str.maketrans("/.", "--")


def remove_accents(text: str) -> str:
    """Return the text with accented Latin letters as ASCII ones; all other text stays.

    remove_accents(): composes letters and marks first (NFC), turns € into `E`, drops £.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text).translate(ASCII_LETTERS)


def sanitize_title(title: str) -> str:
    """Return the slug WordPress makes of a title, term name or login; it may be empty.

    sanitize_title() and sanitize_title_with_dashes() in the context `save`. Other scripts come
    out percent-encoded in lower case; more than 200 characters are cut, between whole characters,
    before entities and punctuation go, so that a slug may be shorter than it had to be.
    """
    title = _keep_octets(strip_tags(remove_accents(title)))
    title = _percent_encode(_lower(title))
    if "%" in title or "&" in title:
        for spelling, replacement in _TYPOGRAPHY.items():
            title = title.replace(spelling, replacement)
        title = _ENTITY.sub(r"\1", title)
    title = _NOT_IN_SLUGS.sub("", title.translate(_DASHED))
    return _DASHES.sub("-", title).strip("-")


def _without_scripts(text: str) -> str:
    """Take out scripts and styles as wp_strip_all_tags() does; one that never ends stays."""
    pieces: list[str] = []
    done, opened = 0, -1
    endless = set[str]()
    for found in _SCRIPT_OR_STYLE.finditer(text):
        name = found[1].lower()
        if found.start() < done or name in endless:
            continue
        if opened < found.end():
            opened = text.find(">", found.end())
        if opened < 0:
            break
        closed = _ENDS[name].search(text, opened + 1)
        if closed is None:
            endless.add(name)
            continue
        pieces.append(text[done : found.start()])
        done = closed.end()
    return "".join([*pieces, text[done:]])


def sanitize_user(username: str, *, strict: bool = False) -> str:
    """Return the login WordPress makes of a name; it may be empty.

    sanitize_user(): `strict` leaves only ASCII letters, digits, blanks and `_.-@`, as WordPress
    demands of new users. Without it other scripts stay. Neither cuts to the 60 characters that
    wp_users.user_login holds.
    """
    username = strip_tags(_without_scripts(username)).strip(_TRIMMED)
    username = _OCTET.sub("", remove_accents(username))
    username = _ENTITY.sub(r"\1", username)
    if strict:
        username = _NOT_IN_STRICT_LOGINS.sub("", username)
    return _BLANKS.sub(" ", username.strip(_TRIMMED))


def _keep_octets(title: str) -> str:
    """Return the title with `%` only where two hexadecimal digits follow.

    The octets wait as `---e6---`, so a title that holds such text gets an octet of it.
    """
    if "%" in title:
        title = _OCTET.sub(r"---\1---", title).replace("%", "")
    return _SET_ASIDE.sub(r"%\1", title)


def _lower(title: str) -> str:
    # str.lower() alone would write a final sigma, unlike PHP 8.2.
    return title.replace("\u03a3", "\u03c3").lower()


def _percent_encode(title: str) -> str:
    """Return what fits of the title into a slug, non-ASCII percent-encoded: utf8_uri_encode()."""
    if title.isascii():
        return title[:SLUG_LENGTH]
    encoded: list[str] = []
    room = SLUG_LENGTH
    for char in title:
        spelling = char if char.isascii() else _octets(char)
        room -= len(spelling)
        if room < 0:
            break
        encoded.append(spelling)
    return "".join(encoded)


def _octets(char: str) -> str:
    # A lone surrogate has no UTF-8, but must not end the run.
    return "%" + char.encode(errors="surrogatepass").hex("%")


def _typography() -> dict[str, str]:
    """Return what becomes a dash, nothing or `x`, in the order in which WordPress looks for it.

    The order shows only where taking out one thing lets another come together.
    """
    dashes = "\u00a0\u2013\u2014"
    entities = ("&nbsp;", "&#160;", "&ndash;", "&#8211;", "&mdash;", "&#8212;")
    dropped = (
        "\u00ad¡¿«»\u2039\u203a"
        "\u2018\u2019\u201c\u201d\u201a\u201b\u201e\u201f"  # quotes
        "•©®°…™\u00b4\u02ca"
        "\u0301\u0341\u0300\u0304\u030c"  # combining acute, grave, macron, caron
        "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff\ufffc"  # no width
    )
    blanks = "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    return {
        **dict.fromkeys(map(_octets, dashes), "-"),
        **dict.fromkeys(entities, "-"),
        **dict.fromkeys(map(_octets, dropped), ""),
        **dict.fromkeys(map(_octets, blanks), "-"),
        _octets("\u00d7"): "x",
    }


_TYPOGRAPHY: Final = _typography()
