"""Findings of the family `rewrite`: what a rewrite rule changed, or left for a person to decide."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

REWRITE: Final[dict[str, Code]] = {
    # one for each rule: the change that it made
    "rewrite-control-characters": Code(
        "note",
        "Characters that XML 1.0 forbids, and that nobody can see, were taken out.",
    ),
    "rewrite-mojibake": Code(
        "note",
        "Text that had been decoded with the wrong encoding was put right.",
    ),
    "rewrite-entities": Code(
        "note",
        "HTML entities in a title or a term's name became the characters that they stand for.",
    ),
    "rewrite-ad-markers": Code(
        "note",
        "A marker for an advertisement that nothing fills was taken out.",
    ),
    "rewrite-feed-links": Code(
        "note",
        "A link through a feed proxy or a tracker now leads where it always ended.",
    ),
    "rewrite-canonical": Code(
        "note",
        "The canonical address was written to the fields of an SEO plugin, or from them.",
    ),
    "rewrite-source-attribution": Code(
        "note",
        "The line that names where a post came from was written anew, moved or removed.",
    ),
    "rewrite-categories": Code(
        "note",
        "Names of categories in a custom field became categories or tags.",
    ),
    "rewrite-tracking-pixels": Code(
        "note",
        "An image that only counts readers was taken out.",
    ),
    "rewrite-self-closing": Code(
        "note",
        "An element that HTML doesn't let close itself got its end tag, so that it swallows "
        "nothing.",
    ),
    "rewrite-duplicate-ids": Code(
        "note",
        "An id that stood twice in one body was taken from the later element.",
    ),
    "rewrite-empty-markup": Code(
        "note",
        "An element that holds nothing and shows nothing was taken out.",
    ),
    "rewrite-liquid": Code(
        "note",
        "A Liquid tag whose meaning is known was replaced by what it stands for.",
    ),
    "rewrite-shortcodes": Code(
        "note",
        "A shortcode became the HTML or Markdown that it stands for.",
    ),
    "rewrite-internal-links": Code(
        "note",
        "A link to another post of the source got that post's new address.",
    ),
    "rewrite-markdown": Code(
        "note",
        "The body was turned from Markdown into HTML as WordPress stores it.",
    ),
    "rewrite-rst": Code(
        "note",
        "The body was turned from reStructuredText into HTML as WordPress stores it.",
    ),
    "rewrite-unautop": Code(
        "note",
        "Paragraph and line break tags that WordPress adds by itself became line ends.",
    ),
    "rewrite-autop": Code(
        "note",
        "Line ends became the paragraphs and line breaks that WordPress shows.",
    ),
    "rewrite-blocks": Code(
        "note",
        "Classic HTML became block markup.",
    ),
    "rewrite-unblocks": Code(
        "note",
        "Block markup became classic HTML.",
    ),
    "rewrite-to-markdown": Code(
        "note",
        "The body was turned from HTML into Markdown; what Markdown can't say stays HTML.",
    ),
    # what a rule found and left for a person to decide
}
