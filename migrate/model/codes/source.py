"""Findings of the family `source`: what a file or an answer holds."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

SOURCE: Final[dict[str, Code]] = {
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
    "source-post-deleted": Code(
        "note",
        "With --changed-since: a post that the branch deletes. An import never deletes a post on a "
        "site, so it stays there; put it into the trash yourself if it is to go. A folder of posts "
        "loses it with --prune.",
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
        "One text is longer than 256 MB, or the front matter of a post longer than 64 MB. The "
        "record was left out, the others were read.",
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
        "metas, exact status) wasn't read. A post that was renamed is known by its ID, else by its "
        "bytes; one that was edited too isn't. Give the file the post's new name with .yaml behind "
        "it, put the post back, or remove the file.",
    ),
    "source-front-matter-syntax": Code(
        "error",
        "The front matter can't be read as its spelling (TOML, JSON, `Key: value` lines, a field "
        "list) wants it. The line says where.",
    ),
    "source-media-missing": Code(
        "warning",
        "A post shows or links to a file that isn't there: not beside it, not below SOURCE, not "
        "in the folder of --media-dir. The post went in and names it as before. Add the file, or "
        "correct the address.",
    ),
    "source-media-remote": Code(
        "note",
        "A post shows a file that lies on its old site, and it stays there. --fetch-media brings "
        "such files over, and --media-dir takes them from a copy of wp-content/uploads.",
    ),
    "source-site-media-name": Code(
        "note",
        "A media file of the site can't have the name here that its address gives it: bytes in "
        "there are no text, or several files differ in what follows a `?` alone. It lies where the "
        "finding says. Posts name it as before, and an import finds it by that; a web server that "
        "serves the folder doesn't.",
    ),
    "source-site-since": Code(
        "note",
        "With --since DATE a site is asked for posts by the time of their last change "
        "(modified_after). A post that was made with an older date has that time; terms, metas, "
        "comments and stickiness change without touching it. --since last compares all that the "
        "site lists with what the folder was made from.",
    ),
    "source-site-record": Code(
        "error",
        "The site answers with an error, or with nothing that can be read, whenever this record is "
        "among what it is asked for. The others were read. The site's error log tells which plugin "
        "or value is to blame.",
    ),
}
