"""Findings of the family `mapping`: what front matter means, and what a rewrite would mend."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

MAPPING: Final[dict[str, Code]] = {
    "mapping-dialect-guessed": Code(
        "note",
        "Several tools write such front matter, and neither a key of one alone nor the folder "
        "tells which did. Name the dialect with --mapping if the guess is wrong.",
    ),
    "mapping-dialect-unknown": Code(
        "error",
        "No key of the front matter belongs to the dialect, so its fields can't be told. Name the "
        "dialect with --mapping.",
    ),
    "mapping-value": Code(
        "error",
        "A value doesn't have the form that its key needs, so the record can't be read.",
    ),
    "mapping-date": Code(
        "error",
        "The date doesn't exist or isn't a date. Write it as YYYY-MM-DD HH:MM:SS.",
    ),
    "mapping-date-ambiguous": Code(
        "note",
        "The clock showed this hour twice that night. The first one is meant; state a zone "
        "to mean the other.",
    ),
    "mapping-date-gap": Code(
        "note",
        "The clock never showed this hour: it was skipped that night. As in PHP, it moves forward.",
    ),
    "mapping-timezone-assumed": Code(
        "note",
        "Dates state no zone, and the source's site isn't known, so they were taken as UTC. Say "
        "which zone they are in with --timezone.",
    ),
    "mapping-status": Code(
        "warning",
        "The folder and the keys disagree about the status. The more private one was taken.",
    ),
    "mapping-status-guessed": Code(
        "note",
        "The key of the status holds none of its values, such as `true` in quotes or `1`. As the "
        "dialect's own tool does, the post was taken for a draft.",
    ),
    "mapping-date-missing": Code(
        "warning",
        "A post that is public states no date. WordPress gives it the time of the import.",
    ),
    "mapping-entities": Code(
        "note",
        "A title holds HTML entities where people will see them as letters. Nothing is changed "
        "unasked: the rewrite rule `entities` decodes them.",
    ),
    "mapping-id-taken": Code(
        "warning",
        "Two records state one ID. The first keeps it, the later one gets the next free ID.",
    ),
    "mapping-slug-taken": Code(
        "warning",
        "Two records of one type have one slug, so WordPress would rename the later one. Give one "
        "of them another permalink.",
    ),
    "mapping-login-taken": Code(
        "note",
        "Two different author names become one login. The later one got a number.",
    ),
    "mapping-base-url-missing": Code(
        "warning",
        "No record has a permalink and no --base-url was given, so the site's address, links and "
        "guids stay empty. Name the site with --base-url.",
    ),
    "mapping-sidecar": Code(
        "warning",
        "Front matter and the post's file in .wordpress/posts/ disagree. The front matter was "
        "taken; change the other one as well, or remove the field there.",
    ),
    "mapping-link-relative": Code(
        "note",
        "Permalinks state a path and no site, as those of site generators do, and no site is "
        "known. They went into the WXR as they are. Name the site with --base-url.",
    ),
    "mapping-rules-would-help": Code(
        "note",
        "Rewrite rules would mend something in so many records. Nothing is changed unasked: switch "
        "them on with --rewrite, and look at the changes with --dry-run first.",
    ),
    "mapping-body-is-markdown": Code(
        "warning",
        "The body is Markdown and goes to WordPress, which shows it as it stands unless a plugin "
        "reads Markdown. Nothing is changed unasked: --rewrite markdown makes HTML of it.",
    ),
    "mapping-body-is-rst": Code(
        "warning",
        "The body is reStructuredText and goes to WordPress, which shows it as it stands. Nothing "
        "is changed unasked: --rewrite rst makes HTML of it.",
    ),
}
