"""Findings of the family `target`: what the site or the output says."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

TARGET: Final[dict[str, Code]] = {
    "target-conflict": Code(
        "error",
        "The record can't go where it says: another post holds the slug, WordPress keeps it for "
        "itself, several posts could be meant, or record and post both changed since the last "
        "import. The site is as it was: give the record another slug, or mend the site.",
    ),
    "target-journal-stale": Code(
        "warning",
        "The journal, or the lock, names a post for this record that the site doesn't hold any "
        "more, or that has become another one. It was deleted there, or the site is another copy. "
        "The record was recognised by what exists instead.",
    ),
    "target-changed-on-site": Code(
        "note",
        "Someone changed the post on the site since the last import, and the record stayed as it "
        "was. The post was left. Take the change over into the source if it is to last.",
    ),
    "target-term-left": Code(
        "note",
        "A term of the site isn't what the source says of it, and stays so: --on-existing skip "
        "leaves what exists. Leave that out to have it updated.",
    ),
    "target-option-left": Code(
        "note",
        "An option of the source isn't set on the site: --site-options doesn't name it, or the "
        "site has another value and --on-existing skip or --create-only leaves what exists.",
    ),
    "target-media-changed": Code(
        "note",
        "A file has other bytes than when it was uploaded. It is uploaded anew, and posts that "
        "name it lead to the new one. The former attachment stayed: delete it on the site if "
        "nothing else uses it.",
    ),
    "target-not-undone": Code(
        "error",
        "It wasn't taken back: someone changed it on the site since the import, another post needs "
        "it by now, or a later import changed it as well. It is as it was; --overwrite takes it "
        "back all the same.",
    ),
    "target-answer-lost": Code(
        "note",
        "A request got no good answer: the connection broke off, the server stumbled or asked to "
        "wait. What the site had stored all the same was looked up, and the rest was sent again, "
        "so nothing is missing and nothing is there twice.",
    ),
    "target-record-failed": Code(
        "error",
        "The site refused the record. The others went in; mend what it says and run again.",
    ),
    "target-user-unreachable": Code(
        "warning",
        "An author that --create-authors made has no e-mail address in the source, and WordPress "
        "wants one, so it got one that nobody reads. Set a real one on the site.",
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
    "target-default-category": Code(
        "note",
        "WordPress puts each new post without a category into the site's default one, and can't be "
        "asked not to. Name a category in the record if that matters.",
    ),
    "target-pings": Code(
        "note",
        "Each time that WordPress stores a published post, it notes it down for do_pings, which "
        "tells update services and, if the site is set so, the blogs that the post links to. "
        "Nobody can ask it not to over REST or XML-RPC. Switch both off on the site for the time "
        "of an import: Settings → Discussion, Settings → Writing.",
    ),
    "target-published-late": Code(
        "warning",
        "The post was to be published at a time that has passed, so the site would publish it at "
        "once. It went in as a draft; --publish-missed publishes it.",
    ),
    "target-quick": Code(
        "note",
        "With --quick a plan goes by what the journal knows and by what the site says was changed "
        "since. Terms, custom fields and stickiness change without that showing; --full sees them.",
    ),
    "target-companion-unused": Code(
        "warning",
        "The site has the companion, the plugin through which everything comes and goes whole, but "
        "it is of another version or doesn't take this account. The REST API was used in its "
        "place, and what that can't carry is named. Replace the plugin with the one that "
        "`wpmigrate companion` writes, or use an administrator's account; --no-companion says that "
        "REST is meant.",
    ),
    "target-answer-noise": Code(
        "note",
        "Something, mostly PHP's warnings, a byte order mark or a cache's comment, stood beside an "
        "answer of the site. It was passed over. On a public site display_errors should be off.",
    ),
    "target-seen-as-visitor": Code(
        "note",
        "A dry run without credentials: the site was compared as its visitors see it. Texts count "
        "as the same where their words, links and pictures are; what only those see who may edit "
        "couldn't be compared, and records that aren't public were left out.",
    ),
    "target-part-left": Code(
        "warning",
        "With --split: a file that an earlier run wrote stands behind the last part. Whoever "
        "imports all parts would import it too. Remove it.",
    ),
    "target-more": Code(
        "note",
        "The site holds records that the source says nothing of. They weren't compared.",
    ),
}
