"""Findings of the family `loss`: what the target can't hold."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

LOSS: Final[dict[str, Code]] = {
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
        "The REST API takes only metas that a plugin or theme registered with show_in_rest. Others "
        "go over XML-RPC where the site has that on, but for protected ones (_key) and serialized "
        "objects. This one wasn't sent, of no record of the type. The lines of PHP that register "
        "it belong into a plugin or the theme's functions.php.",
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
        "user on the site, name another one in a file with --author-map, or let --create-authors "
        "make the author, then import again. --fail-on loss makes it a failure.",
    ),
    "loss-parent-missing": Code(
        "warning",
        "The page that this one belongs under isn't in the source, couldn't be sent, or is itself "
        "below this one, so it went in at the top. Import the parent as well, then again.",
    ),
    "loss-comment": Code(
        "warning",
        "The REST API makes plain comments with their authors, dates, threads and statuses. It "
        "takes no pingbacks, no metas that aren't registered and no empty texts, and none at all "
        "on drafts. The finding names the kind of thing once; a WXR file takes it all.",
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
    "loss-media-refused": Code(
        "warning",
        "A file that a post names isn't on the site: it is too large or of a type that the site "
        "takes not, or it couldn't be read or fetched. The post went in and names it as before. "
        "The message says what was wrong; mend that and import again.",
    ),
    "loss-media-number": Code(
        "warning",
        "A post names an attachment of its old site by a number, in a gallery or as its featured "
        "image, and the source doesn't say which file that was. On this site the number may be "
        "another file's. Export the media as well, or choose the file again on the site.",
    ),
    "loss-no-place": Code(
        "warning",
        "Front matter has no place for it, and with --only-posts there is no .wordpress/ that "
        "could hold it. Or it is an option, for which WXR has no place, and --no-provenance leaves "
        "out the one that wpmigrate makes.",
    ),
    "loss-option-untold": Code(
        "warning",
        "An option that --site-options names isn't there: SOURCE or the site holds none of that "
        "name, the account that reads the site lacks the right manage_options, or the site has no "
        "companion, without which no option is told. The others went along.",
    ),
    "loss-option-refused": Code(
        "warning",
        "The site can't be given options: it has no companion, or the account lacks the right "
        "manage_options. Everything else went in; set them by hand.",
    ),
    "loss-option-number": Code(
        "warning",
        "An option names a record by the number that it has on its old site, and nobody knows "
        "which one that is here: it isn't in the source, or didn't go in. The option stayed as it "
        "was, or names none where that is one number among others. Import the record as well, or "
        "set the option by hand. Or the option is an array that PHP wouldn't write so today: it "
        "was set with its old numbers, look whether they mean the same.",
    ),
    "loss-site-visitor": Code(
        "warning",
        "The site was read without an account, and visitors aren't shown this. Nothing of it is "
        "in the output.",
    ),
    "loss-site-hidden": Code(
        "warning",
        "The site doesn't show this to the account that reads it, or to nobody over the REST API.",
    ),
    "loss-site-meta": Code(
        "warning",
        "The REST API tells only metas that a plugin or theme registered with show_in_rest, and "
        "XML-RPC, where it is on, those of posts whose key doesn't begin with _.",
    ),
    "loss-site-field": Code(
        "warning",
        "The REST API doesn't tell this field of records of this type, so it is left unset.",
    ),
    "loss-site-media": Code(
        "warning",
        "A media file of the site couldn't be fetched, or lies elsewhere. Its record is there, the "
        "file isn't. What has arrived of it is gone on with when the export is run again, where "
        "the server says that it is still the same file.",
    ),
}
