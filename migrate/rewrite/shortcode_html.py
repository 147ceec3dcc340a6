"""What WordPress's shortcodes stand for, as HTML."""

from __future__ import annotations

import html
import re
from typing import Final, NamedTuple

from migrate.syntax.shortcodes import Attributes


class Kept(Exception):  # noqa: N818  it is no error
    """Why a shortcode stays as it is."""


class Made(NamedTuple):
    """What stands for a shortcode, and the attributes that it has no place for."""

    body: bytes
    unsaid: list[bytes]


_PICTURE: Final = re.compile(
    rb"((?:<a [^<>]++>\s*+)?<img [^<>]++>(?:\s*+</a>)?)(.*)", re.IGNORECASE | re.DOTALL
)
_WIDTH: Final = re.compile(rb"\s*+([0-9]{1,9})(?![0-9.eE])")
_NO_CLASS: Final = re.compile(rb"%[a-fA-F0-9][a-fA-F0-9]|[^A-Za-z0-9_-]")
_CAPTION: Final = frozenset(b"id caption_id align width caption class".split())

_TYPES: Final[dict[bytes, dict[bytes, bytes]]] = {
    b"audio": {
        b"mp3": b"audio/mpeg",
        b"ogg": b"audio/ogg",
        b"flac": b"audio/flac",
        b"m4a": b"audio/mpeg",
        b"wav": b"audio/wav",
    },
    b"video": {
        b"mp4": b"video/mp4",
        b"m4v": b"video/mp4",
        b"webm": b"video/webm",
        b"ogv": b"video/ogg",
        b"flv": b"video/x-flv",
    },
}
"""The kinds of file that they play, in the order in which WordPress names them to the browser."""

_ADDRESS: Final = re.compile(
    rb"(?:https?:)?[^\s<>\"'\\\[\]:/?#]*+(?:[/?#][^\s<>\"'\\\[\]]*+)?", re.IGNORECASE
)
_TRACKS: Final = re.compile(rb"(?:\s*+<(?:track|source)\s[^<>]*+>)*+\s*+", re.IGNORECASE)
_WEB_ADDRESS: Final = re.compile(rb"https?://[^\s<>\"'\[\]]++", re.IGNORECASE)
_LANGUAGE: Final = re.compile(rb"[\w+#.-]++")
_BARE: Final = re.compile(rb"&(?!(?:[A-Za-z][A-Za-z0-9]*+|#[0-9]++|#[xX][0-9A-Fa-f]++);)")
_NEXT_SHORTCODE: Final = re.compile(rb"\[(?=/?[A-Za-z\[])")


def caption(said: Attributes, content: bytes) -> Made:
    """Give the figure that img_caption_shortcode() makes for a theme with HTML5 captions.

    Without a caption there is none: the image stands alone.
    """
    picture, text = content, said.named.get(b"caption")
    if text is None:
        found = _PICTURE.search(content)
        if found is None or content[: found.start()].strip():
            raise Kept("it encloses no image, or a text before it")
        picture, text = found[1], found[2].strip()
    text = text.replace(b"[", b"&#91;") if b"caption" in said.named else text
    others = [*said.others, *(name for name in said.named if name not in _CAPTION)]
    if not text or text == b"0":
        return Made(content, [*others, *(n for n in said.named if n in _CAPTION - {b"caption"})])
    width = _WIDTH.match(said.named.get(b"width", b""))
    if width is None or not int(width[1]):
        raise Kept("without a `width` WordPress shows no caption")
    return Made(_figure(said.named, int(width[1]), picture, text), others)


def _figure(named: dict[bytes, bytes], width: int, picture: bytes, text: bytes) -> bytes:
    own = _NO_CLASS.sub(b"", named.get(b"id", b""))
    of_text = _NO_CLASS.sub(b"", named.get(b"caption_id", b""))
    if own and not of_text:
        of_text = b"caption-" + own.replace(b"_", b"-")
    names = b" ".join((b"wp-caption", named.get(b"align", b"alignnone"), named.get(b"class", b"")))
    return b'<figure %s%sstyle="width: %dpx" class="%s">%s<figcaption %sclass="%s">%s%s' % (
        b'id="%s" ' % own if own else b"",
        b'aria-describedby="%s" ' % of_text if of_text else b"",
        width,
        escaped(names.strip()),
        picture,
        b'id="%s" ' % of_text if of_text else b"",
        b"wp-caption-text",
        text,
        b"</figcaption></figure>",
    )


def media(name: bytes, said: Attributes, content: bytes) -> Made:
    """Give the `<audio>` or `<video>` element; its type is stated where there are several files."""
    types, named = _TYPES[name], dict(said.named)
    files = [file for key in (b"src", *types) if (file := named.pop(key, b""))]
    if not files:
        raise Kept("it names no file: WordPress plays one of the post's attachments")
    kinds = [types.get(file.rpartition(b".")[2].lower()) for file in files]
    if not all(kinds) or not all(_ADDRESS.fullmatch(file) for file in files):
        raise Kept("its file is none that WordPress plays")
    if content.strip() and (name == b"audio" or not _TRACKS.fullmatch(content)):
        raise Kept("it encloses something that a player has no place for")
    stated = _player(name, named)
    inside = re.sub(rb"[\r\n\t]", b"", content).strip()
    if len(files) == 1:
        stated += b' src="%s"' % escaped(files[0])
    else:
        pairs = zip(kinds, files, strict=True)
        sources = [b'<source type="%s" src="%s"/>' % (k or b"", escaped(f)) for k, f in pairs]
        inside = b"".join(sources) + inside
    made = b"<%s controls%s>%s</%s>" % (name, stated, inside, name)
    return Made(made, [*said.others, *named])


def _player(name: bytes, named: dict[bytes, bytes]) -> bytes:
    """Take the attributes that the element has too; give them as they are written in it."""
    written = b""
    for switch in (b"loop", b"autoplay", *((b"muted",) if name == b"video" else ())):
        if named.pop(switch, b"").lower() not in (b"", b"0", b"false"):
            written += b" " + switch
    for key in (b"preload", b"class", *((b"style",) if name == b"audio" else (b"poster",))):
        value = named.get(key, b"")
        if key != b"poster" or _ADDRESS.fullmatch(value):
            named.pop(key, None)
            written += b' %s="%s"' % (key, escaped(value)) if value else b""
    for key in (b"width", b"height") if name == b"video" else ():
        if named.get(key, b"").isdigit():
            written += b' %s="%s"' % (key, named.pop(key))
    return written


def embedded(said: Attributes, content: bytes) -> tuple[bytes, list[bytes]]:
    """Give the address that is to be embedded, and the attributes that go."""
    address = content.strip() or said.named.get(b"src", b"")
    if not _WEB_ADDRESS.fullmatch(address):
        raise Kept("it encloses no address")
    return address, [*said.others, *(name for name in said.named if name != b"src")]


def code(said: Attributes, content: bytes) -> tuple[bytes, bytes, list[bytes]]:
    """Give the code itself, its language, and the attributes that only a highlighter knows.

    The plugins that bring the shortcode store the code with entities; code in which a `<` or `>`
    stands was never encoded.
    """
    named = dict(said.named)
    language = next((named[key] for key in (b"lang", b"language") if named.get(key)), b"")
    unsaid = [*said.others, *(key for key in named if key not in (b"lang", b"language"))]
    if not _LANGUAGE.fullmatch(language):
        unsaid += [b"language"] if language else []
        language = b""
    text = content
    if b"<" not in content and b">" not in content and b"&" in content:
        text = html.unescape(content.decode("utf-8", "surrogateescape")).encode(
            "utf-8", "surrogateescape"
        )
    return text.lstrip(b"\r\n").rstrip(), language, unsaid


def preformatted(text: bytes, language: bytes) -> bytes:
    """Give code as HTML shows it, with no bracket that WordPress takes for a shortcode's."""
    shown = text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    stated = b' class="language-%s"' % language if language else b""
    return b"<pre><code%s>%s</code></pre>" % (stated, _NEXT_SHORTCODE.sub(b"&#91;", shown))


def escaped(value: bytes) -> bytes:
    """Give an attribute's value as esc_attr() writes it, with no bracket of a shortcode."""
    value = _BARE.sub(b"&amp;", value).replace(b"<", b"&lt;").replace(b">", b"&gt;")
    value = value.replace(b'"', b"&quot;").replace(b"'", b"&#039;")
    return value.replace(b"[", b"&#91;")
