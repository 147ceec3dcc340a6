"""New names for terms, in the posts that carry them and in the site's own list."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from migrate.model.finding import Finding, Note
from migrate.model.post import TermRef
from migrate.model.site import Head, Term
from migrate.rewrite.draft import Draft

Rename = Callable[[str], str]
"""Gives the new name for one; it has to be the same wherever the name stands."""


def rename_terms(draft: Draft, rename: Rename, said: str) -> None:
    """Give the terms of a post, and those above them, their new names; slugs stay."""
    for place, term in enumerate(draft.post.terms or ()):
        new = term._replace(
            name=term.name and rename(term.name), ancestors=tuple(map(rename, term.ancestors))
        )
        if new != term:
            terms = list(draft.post.terms or ())
            terms[place] = new
            draft.change(f"terms.{place}.name", terms, (_path(term), _path(new)), said)


def rename_head(head: Head, rename: Rename, code: str, said: str, note: Note) -> Head:
    """Give the site's terms their new names, each change a finding of that code."""
    terms = []
    for place, term in enumerate(head.terms):
        new = _renamed(term, rename)
        if new is not term:
            finding = Finding(code, said, field=f"terms.{place}.name")
            finding.before, finding.after = term.name or "", new.name or ""
            note(finding)
        terms.append(new)
    return replace(head, terms=terms)


def _renamed(term: Term, rename: Rename) -> Term:
    name = term.name and rename(term.name)
    return term if name == term.name else replace(term, name=name)


def _path(term: TermRef) -> str:
    return "/".join((*term.ancestors, term.name or ""))
