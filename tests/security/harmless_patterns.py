"""Regular expressions whose time grows by the square, and why none of them gets such a text.

And what functions compile of what they are given, with what it may hold.
"""

from __future__ import annotations

from typing import Final

_ONCE_BEHIND_A_CHANGE: Final = "it is tried once behind each thing that is changed, at its end"
_NEAR: Final = "200 bytes beside a change are looked at"
_WHOLE: Final = "whole texts are held against it, each once"

HARMLESS: Final = {
    "migrate.live.usual_call_result._END": "an answer's last 200 characters are looked at",
    "migrate.model.finding._QUOTED": "of a message of over 10,000 characters all is hidden",
    "migrate.readers.wxr.item_patterns.BEFORE": _WHOLE,
    "migrate.readers.wxr.item_patterns.COMMENT_META": "it gets metas that COMMENT took",
    "migrate.readers.wxr.limits._TITLE": "what it gets ends with the last `</title>`",
    "migrate.rewrite.ad_markers._BREAK_BEHIND": "it is tried once, behind a body's first marker",
    "migrate.rewrite.empty_markup._BLANK_LINE_BEFORE": _NEAR,
    "migrate.rewrite.redirectors.PUBLISHERS": "it is tried at an address's beginning",
    "migrate.rewrite.shortcodes._BLANK_LINE": _ONCE_BEHIND_A_CHANGE,
    "migrate.rewrite.shortcodes._LINE_END": _ONCE_BEHIND_A_CHANGE,
    "migrate.rewrite.source_place._BLOCK_CLOSED": _ONCE_BEHIND_A_CHANGE,
    "migrate.rewrite.source_place._BREAKS": "1,000 bytes before a line are looked at",
    "migrate.rewrite.source_place._CLOSED": _ONCE_BEHIND_A_CHANGE,
    "migrate.rewrite.whole_lines._BLANKS_BEFORE": _NEAR,
    "migrate.rewrite.whole_lines._LINE_END": _ONCE_BEHIND_A_CHANGE,
    "migrate.syntax.autop_proof._TAG_OR_TEXT": "what it gets ends with the last `>`",
    "migrate.syntax.code_in_text._INDENTED": "it goes on where what it took ends",
    "migrate.syntax.html_head._KNOWN": "what it gets ends with the last `</title>`",
    "migrate.syntax.html_head._METAS": "what it gets ends with the last `>`",
    "migrate.syntax.html_markup._TOKEN": "nothing is read behind a tag that never ends",
    "migrate.syntax.markdown_hidden._TAGS_IN_CODE": "once at the beginning of what shows as code",
    "migrate.syntax.markdown_plain._MARKED": "each link that it gets is closed: `_PLAIN` took it",
    "migrate.syntax.media_references._LISTED": "it is searched for alone, and found at once",
    "migrate.syntax.php_serialized._TOKEN": "where it fails reading ends",
    "migrate.syntax.shortcodes._REST_OF_UNKNOWN": "behind each name, up to the next bracket",
    "migrate.syntax.spyc_dump._LONG_WORD": _WHOLE,
    "migrate.syntax.spyc_dump._ORDINARY": _WHOLE,
    "migrate.syntax.spyc_dump._ORDINARY_OR_PERCENT": _WHOLE,
    "migrate.syntax.spyc_exact._KEY": "it is tried at one place of a line",
    "migrate.syntax.spyc_fast._ITEMS": "it gets lists that `_ENTRY` took, of such items alone",
    "migrate.syntax.spyc_quotes._DOUBLE": "where it fails reading ends",
    "migrate.syntax.unmarked._REST_OF_LINE": "it is tried once, behind a file's first object",
    "migrate.syntax.wxr._PROVENANCE": "what it gets ends with the last `?>`",
    "migrate.syntax.wxr_hidden._FOLLOWING": "behind each section once, up to the next `<`",
}
"""The reasons, by module and name."""

_WORD_OF_OURS: Final = "a word of ours and digits"
_LITERAL: Final = "a text as it stands, with no more than one repeat beside it"

IN_FUNCTIONS: Final = {
    "migrate.mapping.file_names.__init__": "three gaps in a name at most",
    "migrate.output.temporary.remove_left": _LITERAL,
    "migrate.plan.stored.numbered": _LITERAL,
    "migrate.readers.wordpress_folder._line_in": _LITERAL,
    "migrate.readers.wxr.item_patterns._elements": "what the module says, which is looked at there",
    "migrate.rewrite.redirectors._host": "what REDIRECTORS say; tried at a host's beginning",
    "migrate.syntax.autop_exact._pattern": "what the module says, which is looked at there",
    "migrate.syntax.code_in_text._end_of_fence": "searched for once for each fence, up to its end",
    "migrate.syntax.frontmatter._closing": "the marks of a fence behind a line end",
    "migrate.syntax.frontmatter._openings": "tried at a file's beginning",
    "migrate.syntax.heads._line_with": "blanks at a line's beginning, and a key as it stands",
    "migrate.syntax.json_text._duplicate": _LITERAL,
    "migrate.syntax.markdown_hidden.__init__": _WORD_OF_OURS,
    "migrate.syntax.plain_html._named": "tried from a `<` of a plain body, up to its `>`",
    "migrate.syntax.spyc_fast.skeleton": "entries of `_ENTRY`, one behind the other",
    "migrate.syntax.template_tags.__init__": _WORD_OF_OURS,
    "migrate.syntax.template_tags.shown_whole": _WORD_OF_OURS,
}
