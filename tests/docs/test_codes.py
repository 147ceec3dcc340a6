"""docs/codes.md is what `wpmigrate explain` prints, as a page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final

import pytest

from migrate.model.codes import CODES
from tests.sources import SAMPLES

PAGE: Final = SAMPLES.parent / "docs" / "codes.md"

FAMILIES: Final = {
    "source": "What is wrong with what is read.",
    "mapping": "How keys of front matter became fields, and what had to be guessed.",
    "rewrite": "What a rewrite rule changed; [rewriting.md](rewriting.md) says how.",
    "loss": "What the target can't hold. `--fail-on loss` makes them end a run with status 1.",
    "target": "What a site or another source holds, and what became of a record there.",
}


def page() -> Iterator[str]:
    """Give the page's lines."""
    yield "# The codes of findings"
    yield ""
    yield "Every finding has a code that never gets another meaning: scripts and baselines can rest"
    yield "on it. `wpmigrate explain CODE` prints what stands here. An error ends a run with status"
    yield "1, a warning does so with `--fail-on warning`, a note never."
    for family, meaning in FAMILIES.items():
        yield from ("", f"## {family}", "", meaning)
        for name, about in CODES.items():
            if name.partition("-")[0] == family:
                yield from ("", f"### {name}", "", f"*{about.severity}.* {about.explanation}")


def test_the_page_is_what_the_code_says(golden: Any) -> None:
    """It is fresh; `--accept` writes it again."""
    golden(PAGE, ("\n".join(page()) + "\n").encode())


def test_each_code_stands_in_a_family_of_the_page() -> None:
    """No code is left out."""
    assert [name for name in CODES if name.partition("-")[0] not in FAMILIES] == []


@pytest.mark.parametrize("name", CODES)
def test_an_explanation_is_a_sentence(name: str) -> None:
    """It begins with a capital letter and ends in a full stop."""
    said = CODES[name].explanation

    assert said[:1].isupper()
    assert said.endswith(".")


def test_explain_prints_it() -> None:
    """The command says the severity and the explanation."""
    run = [sys.executable, "-m", "migrate", "explain", "loss-character"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    said = done.stdout.split("\n\n")

    assert said[0] == "loss-character (warning)"
    assert " ".join(said[1].split()) == CODES["loss-character"].explanation
