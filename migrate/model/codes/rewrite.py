"""Findings of the family `rewrite`: what a rewrite rule changed, or left for a person to decide."""

from __future__ import annotations

from typing import Final

from migrate.model.codes.code import Code

REWRITE: Final[dict[str, Code]] = {
    # one for each rule: the change that it made
    "rewrite-control-characters": Code(
        "note",
        "Characters that XML 1.0 forbids, and that nobody can see, were taken out.",
    ),
    "rewrite-mojibake": Code(
        "note",
        "Text that had been decoded with the wrong encoding was put right.",
    ),
    "rewrite-entities": Code(
        "note",
        "HTML entities in a title or a term's name became the characters that they stand for.",
    ),
    "rewrite-ad-markers": Code(
        "note",
        "A marker for an advertisement that nothing fills was taken out.",
    ),
    "rewrite-feed-links": Code(
        "note",
        "A link through a feed proxy or a tracker now leads where it always ended.",
    ),
    "rewrite-canonical": Code(
        "note",
        "The canonical address was written to the fields of an SEO plugin, or from them.",
    ),
    "rewrite-source-attribution": Code(
        "note",
        "The line that names where a post came from was written anew, moved or removed.",
    ),
    "rewrite-categories": Code(
        "note",
        "Names of categories in a custom field became categories or tags.",
    ),
    "rewrite-tracking-pixels": Code(
        "note",
        "An image that only counts readers was taken out.",
    ),
    "rewrite-self-closing": Code(
        "note",
        "An element that HTML doesn't let close itself got its end tag, so that it swallows "
        "nothing.",
    ),
    "rewrite-duplicate-ids": Code(
        "note",
        "An id that stood twice in one body was taken from the later element.",
    ),
    "rewrite-empty-markup": Code(
        "note",
        "An element that holds nothing and shows nothing was taken out.",
    ),
    "rewrite-liquid": Code(
        "note",
        "A Liquid tag whose meaning is known was replaced by what it stands for.",
    ),
    "rewrite-shortcodes": Code(
        "note",
        "A shortcode became the HTML or Markdown that it stands for.",
    ),
    "rewrite-internal-links": Code(
        "note",
        "A link to another post of the source got that post's new address.",
    ),
    "rewrite-markdown": Code(
        "note",
        "The body was turned from Markdown into HTML as WordPress stores it.",
    ),
    "rewrite-rst": Code(
        "note",
        "The body was turned from reStructuredText into HTML as WordPress stores it.",
    ),
    "rewrite-unautop": Code(
        "note",
        "Paragraph and line break tags that WordPress adds by itself became line ends.",
    ),
    "rewrite-autop": Code(
        "note",
        "Line ends became the paragraphs and line breaks that WordPress shows.",
    ),
    "rewrite-blocks": Code(
        "note",
        "Classic HTML became block markup.",
    ),
    "rewrite-unblocks": Code(
        "note",
        "Block markup became classic HTML.",
    ),
    "rewrite-to-markdown": Code(
        "note",
        "The body was turned from HTML into Markdown; what Markdown can't say stays HTML.",
    ),
    # an import's own, where it uploads files
    "rewrite-media": Code(
        "note",
        "The address or the number of a file that a post names became that of the uploaded file; "
        "--no-media leaves both as they are. Of one that is yet to be uploaded the address shown "
        "isn't the final one.",
    ),
    "rewrite-media-size": Code(
        "note",
        "A post shows a smaller copy of an image, of a size that this site doesn't make. It shows "
        "the whole image instead. Set the sizes under Settings → Media as they were, before the "
        "import, if that is too heavy.",
    ),
    # what a rule found and left for a person to decide
    "rewrite-mojibake-unsure": Code(
        "warning",
        "Something in the post looks like text that was decoded with the wrong encoding, but there "
        "is so little of it that it may be meant. Nothing was changed. If it is wrong, put it "
        "right by hand, or lower the rule's option `evidence` in a mapping.",
    ),
    "rewrite-entity-left": Code(
        "note",
        "An `&amp;` in a title or a term's name hides another entity, as in `&amp;eacute;`: it was "
        "encoded twice, or it is meant to be read as it stands. Write the character that was "
        "meant in the source.",
    ),
    "rewrite-canonical-differs": Code(
        "warning",
        "A post names two different pages as the one that search engines are to list, or its own "
        "site under another path than its permalink. Nothing was overwritten. Decide which one is "
        "right, and change the other in the source.",
    ),
    "rewrite-category-unmapped": Code(
        "warning",
        "A name of a category in a custom field stands in no table, so it became no term. Add it "
        "to `table` or `tags` of the rule's options in a mapping, or say `unmapped: as-is` or "
        "`unmapped: skip` there.",
    ),
    "rewrite-category-unclear": Code(
        "warning",
        "A custom field that should hold names of categories holds something else, serialized data "
        "or markup. It was left. Write the names into it, with commas between them.",
    ),
    "rewrite-liquid-unknown": Code(
        "warning",
        "What a Liquid tag stands for can't be known without Jekyll: an include, a loop, a value "
        "of the site's own. It stayed as it is and would be shown so. Replace it in the source.",
    ),
    "rewrite-to-markdown-left": Code(
        "warning",
        "A body is no sound HTML, so that no Markdown comes back as the same; it stayed HTML. Put "
        "its tags right, by hand or with the rules that mend markup.",
    ),
    "rewrite-html-kept": Code(
        "note",
        "Something that Markdown has no spelling for stayed HTML in it: a caption, an embed, a "
        "wide table cell. Jekyll, Pelican and Eleventy show it; Hugo does so with "
        "`markup.goldmark.renderer.unsafe: true`.",
    ),
    "rewrite-block-left": Code(
        "warning",
        "A block without HTML of its own, a list of the latest posts or a reusable block, is "
        "filled by WordPress when it shows the post. Its comment stayed in the text, and a site "
        "generator shows nothing there. Put into its place what it showed.",
    ),
    "rewrite-template-tag": Code(
        "warning",
        "A tag of a template language, Liquid's, Nunjucks's or Hugo's, means nothing to WordPress "
        "and would be shown as it stands. Replace it in the source by what it stands for; the "
        "rule `liquid` does so for those of Jekyll whose meaning is known.",
    ),
    "rewrite-markdown-left": Code(
        "warning",
        "Something in a Markdown body that its tool would have worked out stayed as it is. Write "
        "it out in the source, or in WordPress.",
    ),
    "rewrite-body-deep": Code(
        "warning",
        "Lists or quotations lie in each other so deep that nothing could read them, so the body "
        "wasn't turned. Write it flatter in the source.",
    ),
    "rewrite-body-large": Code(
        "warning",
        "A body holds so much markup that a rule which turns whole bodies would take seconds over "
        "it: tens of thousands of tags or signs, where a long post has some hundred. It stayed as "
        "it is. Part it into several posts, or look whether something in it was repeated by "
        "mistake.",
    ),
    "rewrite-rst-unread": Code(
        "warning",
        "Something in a body in reStructuredText means nothing to docutils: a directive or a role "
        "of another tool, or a mistake. It stayed in the text as it is written. Put it right in "
        "the source.",
    ),
    "rewrite-link-broken": Code(
        "warning",
        "A link to the own site leads to no post of the source. Correct it, or add what it leads "
        "to.",
    ),
    "rewrite-link-hidden": Code(
        "warning",
        "A link goes through a feed proxy that keeps to itself where it leads; most of these have "
        "stopped answering. It was left. Run again with `--resolve-links`, which asks the proxy, "
        "or write the address into the source that it led to.",
    ),
    "rewrite-link-dead": Code(
        "warning",
        "A link goes through a feed proxy, and the network gave no page for it: the proxy or the "
        "page is gone, or didn't answer this time. It was left. Write the address that it led to, "
        "or take the link out; an archive of the web may still know it.",
    ),
    "rewrite-source-unclear": Code(
        "warning",
        "A post names its source in a way that leaves a question: two different ones, another one "
        "than its custom fields, one without an address, or one in the midst of the text. Nothing "
        "was changed. Decide which is right and write that into the source; a wording of your own "
        "belongs into `patterns` of the rule's options in a mapping.",
    ),
    "rewrite-autop-unstable": Code(
        "warning",
        "WordPress's paragraphs don't settle on a body: shaping the shaped body again would change "
        "it again, mostly because its tags don't match. It was left. Put its tags right.",
    ),
    "rewrite-unautop-left": Code(
        "note",
        "Paragraph tags or line breaks stayed in a body, since WordPress would not show the same "
        "without them. Nothing needs to be done.",
    ),
    "rewrite-block-dynamic": Code(
        "warning",
        "A block holds no HTML: WordPress makes what it shows when a reader asks for it, such as a "
        "list of the latest posts. Its delimiter stayed. Put into the source what it should show.",
    ),
    "rewrite-control-characters-left": Code(
        "warning",
        "A serialized custom field holds characters that XML 1.0 forbids. It states how long its "
        "texts are, so nothing was taken out of it. Correct it at the site that it comes from.",
    ),
    "rewrite-id-unclear": Code(
        "warning",
        "An id stands more than once in a body, and a link or a label in it refers to that id. "
        "Browsers go by the first. Nothing was changed: give the later elements ids of their own.",
    ),
    "rewrite-pixel-left": Code(
        "note",
        "An image that counts readers for the author's pay was left. Take it out by hand if the "
        "text isn't reported there.",
    ),
    "rewrite-shortcode-left": Code(
        "warning",
        "A shortcode of WordPress's own stayed, since what it shows can't be known from the post "
        "alone: a gallery names attachments by their numbers, a caption has no width. WordPress "
        "works it out; elsewhere it would be shown as it stands. Put what it showed in its place.",
    ),
    "rewrite-shortcode-attribute": Code(
        "warning",
        "A shortcode became HTML or Markdown that can't say everything that it stated. The message "
        "names what went. Add it by hand where it matters.",
    ),
    "rewrite-shortcode-unknown": Code(
        "warning",
        "A shortcode is none of WordPress's own: a plugin or a theme works it out, and without "
        "that it is shown as it stands. It stayed. Put what it showed in its place, or install "
        "the plugin at the new site.",
    ),
}
