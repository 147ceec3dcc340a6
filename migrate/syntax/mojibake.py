"""Mojibake: UTF-8 that was once decoded as if it were Windows-1252 or the like."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, NamedTuple

_LONGEST_KEPT: Final = 64
_MOST_TURNS: Final = 4  # text may have been through it more than once
_ERRORS: Final = "surrogatepass"  # YAML can escape a lone surrogate


class Mended(NamedTuple):
    """What a run was before, and by how many characters it is too long: two for `â€œ`."""

    text: bytes
    surplus: int


def mended(run: bytes) -> Mended | None:
    """Give what a run of non-ASCII characters was before; None where it is nothing but itself.

    ftfy decides. Of all that it can do only the encodings are asked for: no quotes are
    straightened, no widths changed, no characters taken away.
    """
    return _kept(run) if len(run) <= _LONGEST_KEPT else _mended(run)


def _mended(run: bytes) -> Mended | None:
    # Importing it takes as long as a hundred posts, and most posts don't need it.
    import ftfy  # noqa: PLC0415
    from ftfy.badness import is_bad  # noqa: PLC0415

    try:
        before = text = run.decode("utf-8", _ERRORS)
    except UnicodeDecodeError:
        return None
    if not is_bad(text):  # fix_encoding() asks that too, after ten times the work
        return None
    for _ in range(_MOST_TURNS):
        after = ftfy.fix_encoding(text, _encodings_only())
        if after == text:
            break
        text = after
    else:
        return None
    if text == before or "\ufffd" in text:
        return None
    return Mended(text.encode("utf-8", _ERRORS), len(before) - len(text))


_kept = lru_cache(maxsize=4096)(_mended)


@lru_cache(maxsize=1)
def _encodings_only() -> Any:
    import ftfy  # noqa: PLC0415

    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        restore_byte_a0=False,
        replace_lossy_sequences=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
