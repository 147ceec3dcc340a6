"""WordPress's `wpautop()`: the paragraphs and line breaks that a classic body is shown with."""

from __future__ import annotations

from migrate.syntax import autop_exact, autop_usual


def autop(text: str) -> str:
    """Give `text` as WordPress shows it: blank lines part paragraphs, a line end is a `<br />`.

    A text of nothing but blanks gives none. A `</pre>` that nothing opened goes, as in WordPress,
    where another one stands in the text.
    """
    shown = autop_usual.autop(text)
    return autop_exact.autop(text) if shown is None else shown
