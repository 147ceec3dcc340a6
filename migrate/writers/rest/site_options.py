"""The options of a source that an import was asked to set, whichever way it takes."""

from __future__ import annotations

from collections.abc import Iterable

from migrate.model.finding import Finding, Note
from migrate.writers.rest.options import ImportOptions

__all__ = ["named", "refused"]

_NAME_THEM = "Name them with --site-options to set them"


def named(options: ImportOptions, note: Note) -> dict[str, str]:
    """Give those that were named and the source holds; says which of either are left over."""
    held, asked = options.head.options, options.site_options
    left = sorted(held.keys() - set(asked))
    if left:
        message = f"options of the source that weren't named stay behind: {', '.join(left)}"
        note(Finding("target-option-left", message, field="options", fix=_NAME_THEM))
    for name in asked:
        if name not in held:
            message = f"the source holds no option {name}"
            fix = "Export the site with --site-options, too"
            note(Finding("loss-option-untold", message, field="options", fix=fix))
    return {name: held[name] for name in asked if name in held}


def refused(names: Iterable[str], why: str, site: str) -> Finding:
    """Return the finding for options that a site can't be given."""
    message = f"{why}, so options stay behind: {', '.join(names)}"
    return Finding("loss-option-refused", message, path=site, field="options")
