"""Every finding code, with its severity and the text that explains it.

A code is stable: scripts and baselines rest on it. Its first word is its family.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Severity = Literal["error", "warning", "note"]


class Code(NamedTuple):
    """What a code means and what to do about it."""

    severity: Severity
    explanation: str


CODES: Final[dict[str, Code]] = {
    # source: what a file or an answer holds
    "source-unreadable": Code(
        "error",
        "The file couldn't be opened or read. Check its permissions; the other files were read.",
    ),
    "source-not-text": Code(
        "error",
        "The file has the name of a post but holds binary data. Remove or rename it.",
    ),
    "source-encoding": Code(
        "error",
        "The file isn't UTF-8. Nothing is guessed: save it as UTF-8, or name what it is with "
        "--encoding.",
    ),
    "source-no-front-matter": Code(
        "warning",
        "A Markdown file without front matter is no post. Add a front matter block or leave the "
        "file where it is: it is passed over.",
    ),
    "source-named-no-front-matter": Code(
        "error",
        "The file that was named as SOURCE has no front matter, so there is nothing to read.",
    ),
    "source-front-matter-unclosed": Code(
        "error",
        "The front matter is opened and never closed. Close it with a line that is exactly `---`.",
    ),
    "source-yaml-tab": Code(
        "error",
        "A tab stands where YAML wants blanks for indentation. Replace it by blanks.",
    ),
    "source-yaml-duplicate-key": Code(
        "error",
        "A key stands twice in one front matter, so one of its values would be lost. Keep one.",
    ),
    "source-yaml-syntax": Code(
        "error",
        "The front matter can't be read as the dialect's YAML. The line says where.",
    ),
    "source-byte-order-mark": Code(
        "note",
        "The file begins with a byte order mark. It is read, and kept for the way back; WordPress "
        "GitHub Sync itself would pass the file over.",
    ),
    "source-blank-before-front-matter": Code(
        "note",
        "Blank lines stand before the front matter. The file is read, and they are kept for the "
        "way back; WordPress GitHub Sync itself would pass the file over.",
    ),
    "source-crlf": Code(
        "note",
        "The front matter's lines end in CR LF. They are read as lines, and the body keeps its own "
        "line ends; WordPress GitHub Sync itself would read no key from such a file.",
    ),
    "source-link-not-followed": Code(
        "warning",
        "A symbolic link leads out of SOURCE, back into it, or nowhere. It isn't followed: copy "
        "what it points to into SOURCE, or name that as a SOURCE of its own.",
    ),
    "source-changed": Code(
        "error",
        "The file changed while the run was under way. It was left alone: run again.",
    ),
    # mapping: what front matter means
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
    "mapping-status-missing": Code(
        "note",
        "No key and no folder states the status. WordPress's default for such a post is draft.",
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
    # loss: what the target can't hold
    "loss-character": Code(
        "warning",
        "XML 1.0 forbids these characters, so they were taken out of the text. Their places are "
        "kept in the provenance, from which wpmigrate puts them back; others won't see them.",
    ),
    "loss-meta-not-registered": Code(
        "warning",
        "The REST API takes only metas that a plugin or theme registered with show_in_rest; the "
        "others are dropped without a word, so they weren't sent.",
    ),
    "loss-field-refused": Code(
        "warning",
        "The site doesn't take this field over the REST API, so it wasn't sent.",
    ),
    "loss-field-changed": Code(
        "warning",
        "The site stored something else than was sent. Filters, kses for users without "
        "unfiltered_html, and WordPress's own rules do so.",
    ),
    "loss-author-unknown": Code(
        "warning",
        "The site has no user of this name, so the importing user becomes the author. Create the "
        "user on the site, then import again.",
    ),
    "loss-id": Code(
        "warning",
        "The REST API lets nobody choose a post's ID, so the site gave it another one. Links of "
        "the form ?p=ID lead elsewhere.",
    ),
    "loss-record-refused": Code(
        "warning",
        "The REST API takes no records of this type or status, or none that is empty, so it "
        "wasn't sent. A WXR file takes them all.",
    ),
    # target: what the site or the output says
    "target-conflict": Code(
        "error",
        "Another post on the site holds the slug, or several could be meant. Nothing was sent: "
        "give the record another slug, or mend the site.",
    ),
    "target-record-failed": Code(
        "error",
        "The site refused the record. The others went in; mend what it says and run again.",
    ),
    "target-differs": Code(
        "error",
        "The other source holds another value than this one says. Convert or import again, or mend "
        "the other side.",
    ),
    "target-missing": Code(
        "error",
        "The other source doesn't hold this record. Convert or import again.",
    ),
    "target-extra": Code(
        "error",
        "Only the other source holds this record; this one says nothing of it.",
    ),
    "target-link-differs": Code(
        "warning",
        "The site serves the post under another address than its permalink says. Set the same "
        "permalink structure, or make redirects.",
    ),
    "target-timezone-differs": Code(
        "warning",
        "The site's zone isn't the one that the dates were written in. The wall clock was kept, so "
        "the instants moved. Set the site's zone, or import with it.",
    ),
    "target-published-late": Code(
        "warning",
        "The post was to be published at a time that has passed, so the site would publish it at "
        "once. It went in as a draft; --publish-missed publishes it.",
    ),
    "target-answer-noise": Code(
        "note",
        "Something, mostly PHP's warnings, stood before an answer of the site. It was passed over. "
        "On a public site display_errors should be off.",
    ),
}
