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
    "source-file-name": Code(
        "error",
        "The file's name isn't UTF-8, so neither slug nor address can be taken from it. Rename the "
        "file.",
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
    # source: what a WXR file holds
    "source-not-wxr": Code(
        "warning",
        "A file in the folder has the ending of an export but isn't WXR. It was passed over.",
    ),
    "source-damaged-archive": Code(
        "error",
        "A compressed file is damaged or cut off. What could be unpacked was read; fetch it again.",
    ),
    "source-encoding-declared": Code(
        "warning",
        "The XML declaration names an encoding that the bytes contradict. The file was read as "
        "UTF-8; --encoding names another one.",
    ),
    "source-invalid-bytes": Code(
        "warning",
        "Bytes aren't text in the file's encoding. Nothing is guessed: each reads U+FFFD now, and "
        "the finding gives the bytes. Where all of the file is in one other encoding, name it with "
        "--encoding.",
    ),
    "source-doctype": Code(
        "note",
        "The file has a document type declaration. It was passed over: nothing is fetched, and "
        "declared entities are refused.",
    ),
    "source-no-channel": Code(
        "note",
        "Items stand in the file without `<rss>` and `<channel>`, so site, authors and terms are "
        "unknown. The items were read.",
    ),
    "source-several-documents": Code(
        "note",
        "Several documents were joined into one file. Each was read as a part of the export.",
    ),
    "source-cut-off": Code(
        "error",
        "The file, or an item in it, breaks off. What is complete was read; what comes behind is "
        "missing. Export again.",
    ),
    "source-item-empty": Code(
        "error",
        "An item holds nothing at all, so there is no record to make of it.",
    ),
    "source-text-too-long": Code(
        "error",
        "One text is longer than 256 MB. The record was left out, the others were read.",
    ),
    "source-stray-text": Code(
        "warning",
        "Text stands between elements, where none belongs. No field can hold it, so it was left "
        "out.",
    ),
    "source-element-unclosed": Code(
        "warning",
        "An element has no end tag. Its text was read up to the next tag: look if it is whole.",
    ),
    "source-element-twice": Code(
        "warning",
        "An element that may stand once stands again with another value. The first one was taken.",
    ),
    "source-section-unclosed": Code(
        "warning",
        "A CDATA section has no `]]>`. Its text was read up to the end tag of its element.",
    ),
    "source-value": Code(
        "warning",
        "A number, date or flag isn't one, so the field stays unset. The line says where.",
    ),
    "source-namespace": Code(
        "note",
        "Prefixes aren't bound to WXR's namespaces. The elements were read as WordPress writes "
        "them.",
    ),
    "source-ampersand": Code(
        "note",
        "A `&` isn't escaped, or XML doesn't know the entity. It was taken as it stands.",
    ),
    "source-markup-in-text": Code(
        "note",
        "A text holds tags or a `<` that nobody escaped. It was taken as it stands, references "
        "included.",
    ),
    "source-control-character": Code(
        "note",
        "A text holds characters that XML 1.0 forbids. WordPress stores and exports them, so they "
        "were kept; other programs may refuse the file.",
    ),
    "source-serialized-length": Code(
        "note",
        "A value in PHP's serialized form states lengths that its strings don't have, as after a "
        "change of encoding or an unmindful search and replace. It was kept as it is; PHP reads "
        "nothing from it.",
    ),
    "source-defined-twice": Code(
        "warning",
        "An author or a term is defined several times, and differently. The first definition was "
        "taken.",
    ),
    "source-provenance": Code(
        "warning",
        "What wpmigrate wrote about an item can't be used, so the item was read as anybody's. "
        "Remove the line, or write the file again.",
    ),
    "source-sidecar-alone": Code(
        "warning",
        "The post that a file in .wordpress/posts/ belongs to is gone, so what it holds (comments, "
        "metas, exact status) wasn't read. Remove it, or put the post back.",
    ),
    "source-front-matter-syntax": Code(
        "error",
        "The front matter can't be read as its spelling (TOML, JSON, `Key: value` lines, a field "
        "list) wants it. The line says where.",
    ),
    # mapping: what front matter means
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
    "mapping-sidecar": Code(
        "warning",
        "Front matter and the post's file in .wordpress/posts/ disagree. The front matter was "
        "taken; change the other one as well, or remove the field there.",
    ),
    # loss: what the target can't hold
    "loss-character": Code(
        "warning",
        "XML 1.0 forbids these characters, so they were taken out of the text. Their places are "
        "kept in the provenance, from which wpmigrate puts them back; others won't see them.",
    ),
    "loss-element-unknown": Code(
        "warning",
        "The file has an element that no record of WordPress holds. It was left out.",
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
    "loss-no-place": Code(
        "warning",
        "Front matter has no place for it, and with --only-posts there is no .wordpress/ that "
        "could hold it.",
    ),
    # target: what the site or the output says
    "target-conflict": Code(
        "error",
        "The record can't go where it says: another post holds the slug, WordPress keeps it for "
        "itself, or several posts could be meant. The site is as it was: give the record another "
        "slug, or mend the site.",
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
    "target-file-conflict": Code(
        "error",
        "A file of the output folder was edited since it was written, or wpmigrate never wrote it. "
        "It was left. Take over what was changed, or replace it with --overwrite.",
    ),
    "target-record-gone": Code(
        "warning",
        "An earlier run wrote this, and its record isn't in the source any more. It was left; "
        "--prune removes it.",
    ),
    "target-name-taken": Code(
        "warning",
        "Two records want one file name, on some file systems at least. The first keeps it, the "
        "later one got its ID or a number behind its own.",
    ),
    "target-name-changed": Code(
        "note",
        "A slug can't be a file's name everywhere, or not a post's. The file got another name, and "
        "the slug stands in .wordpress/.",
    ),
    "target-encoding": Code(
        "warning",
        "The file's old encoding can't hold its text any more, so it was written as UTF-8.",
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
