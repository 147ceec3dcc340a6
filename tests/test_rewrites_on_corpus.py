"""Real posts that nobody asked to be mended: what each rewrite rule would change in them.

The golden file keeps rule, path, line and lengths, no text. A line that comes or goes is to be
looked at: `WPMIGRATE_CORPUS=… pytest tests/test_rewrites_on_corpus.py --accept` writes it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from tests.rewritten_corpus import Rewritten, rewritten

GOLDEN: Final = Path(__file__).parent / "goldens" / "rewrites-on-corpus.tsv"
POSTS: Final = 1518


def table(seen: Rewritten) -> str:
    """Give a row for each change, and for each conversion and source the number of its bodies."""
    rows: list[tuple[object, ...]] = [
        (each.rule, each.path, each.line or "-", each.before, each.after) for each in seen.changes
    ]
    rows += [(*place, f"{count} bodies", "-", "-") for place, count in seen.converted.items()]
    lines = sorted("\t".join(map(str, row)) for row in rows)
    return "\n".join(["rule\tpath\tline\tbefore\tafter", *lines, ""])


def test_the_rules_change_what_is_listed(corpus: Path, golden: Any) -> None:
    """Every rule with its default options, each by itself, over every post that can be read."""
    seen = rewritten(corpus)

    golden(GOLDEN, table(seen).encode())
    assert seen.posts == POSTS
