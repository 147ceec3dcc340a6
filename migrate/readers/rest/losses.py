"""Losses: what a site doesn't tell over its REST API, named once per kind."""

from __future__ import annotations

from typing import Final, NamedTuple

from migrate.model.finding import Finding, Note

__all__ = ["Loss", "Losses"]

_SIGN_IN: Final = "Set WPMIGRATE_USER and WPMIGRATE_APP_PASSWORD to read as a user of the site"
_EDITOR: Final = "Use an account whose role is Editor or Administrator"
_ADMINISTRATOR: Final = "Use an account whose role is Administrator"


class Loss(NamedTuple):
    """A kind of loss; `message` has a place for what it is about."""

    code: str
    field: str
    message: str
    fix: str = ""


RENDERED: Final = Loss(
    "loss-site-visitor",
    "content",
    "titles and bodies are as the site shows them, not as they are stored: no blocks' comments, "
    "no shortcodes; hand-written excerpts can't be told from those that the site makes",
    _SIGN_IN,
)
UNPUBLISHED: Final = Loss(
    "loss-site-visitor", "status", "posts that aren't public aren't shown to visitors", _SIGN_IN
)
VISITORS_COMMENTS: Final = Loss(
    "loss-site-visitor",
    "comments",
    "of comments a visitor sees neither e-mail and IP addresses nor those that aren't approved, "
    "nor pingbacks and trackbacks",
    _SIGN_IN,
)
VISITORS_METAS: Final = Loss(
    "loss-site-visitor", "meta", "a visitor sees few metas, if any, and no password", _SIGN_IN
)
PROTECTED: Final = Loss(
    "loss-site-visitor",
    "password",
    "posts behind a password don't show their text to visitors, so they were left out",
    _SIGN_IN,
)
LOGINS: Final = Loss(
    "loss-site-hidden",
    "author",
    "logins and e-mail addresses of authors, and authors without public posts, are shown to "
    "those alone who may list users",
    _ADMINISTRATOR,
)
NO_USERS: Final = Loss(
    "loss-site-hidden", "author", "the site shows nobody its users, so authors are unknown"
)
NO_RIGHT: Final = Loss(
    "loss-site-hidden",
    "type",
    "the account may not edit all records of the type {}, so they are read as by a visitor",
    _EDITOR,
)
HIDDEN_TYPE: Final = Loss(
    "loss-site-hidden", "type", "the site doesn't show us its records of the type {}"
)
HIDDEN_TAXONOMY: Final = Loss(
    "loss-site-hidden", "terms", "the site doesn't show us its terms of the taxonomy {}"
)
REVISIONS: Final = Loss(
    "loss-site-hidden",
    "revision",
    "the site doesn't show us what its records of the type {} said before",
    _EDITOR,
)
VISITORS_REVISIONS: Final = Loss(
    "loss-site-visitor", "revision", "what posts said before isn't shown to visitors", _SIGN_IN
)
THEME: Final = Loss(
    "loss-site-hidden",
    "type",
    "what belongs to the theme isn't read: {}",
    "Use --templates, where XML-RPC is on",
)
HIDDEN_COMMENTS: Final = Loss(
    "loss-site-hidden", "comments", "the site doesn't show us comments of the status {}", _EDITOR
)
UNREGISTERED: Final = Loss(
    "loss-site-meta",
    "meta",
    "metas of posts that nobody registered for REST can't be read (XML-RPC: {}); templates and "
    "featured images are",
    "Switch XML-RPC on, or register the metas with show_in_rest",
)
PROTECTED_METAS: Final = Loss(
    "loss-site-meta",
    "meta",
    "metas whose key begins with _ can't be read, but for templates, featured images and those of "
    "media and menus",
    "Register them with show_in_rest",
)
TERM_METAS: Final = Loss(
    "loss-site-meta", "terms", "metas of terms are told as far as they are registered for REST"
)
COMMENTS: Final = Loss(
    "loss-site-meta",
    "comments",
    "metas of comments are told as far as they are registered for REST; a comment without a type "
    "reads as one of the type comment",
)
UNSUPPORTED: Final = Loss(
    "loss-site-field",
    "type",
    "author and comment status of records of the type {} aren't told, which doesn't support them",
)
ORDER: Final = Loss(
    "loss-site-field",
    "menu_order",
    "the order of records of types without page attributes isn't told",
)
MENU_ITEMS: Final = Loss(
    "loss-site-field", "nav_menu_item", "dates, slugs and authors of menu items aren't told"
)
REVISIONS_FIELDS: Final = Loss(
    "loss-site-field",
    "revision",
    "comment status and unregistered metas of revisions aren't told, which XML-RPC leaves out "
    "where they were saved automatically",
)
DRAFT_DATES: Final = Loss(
    "loss-site-field",
    "date_gmt",
    "whether drafts and pending posts have dates of their own isn't told, so their GMT is unset",
)
PASSWORDLESS: Final = Loss("loss-site-field", "attachment", "the passwords of media aren't told")
EXCERPT: Final = Loss("loss-site-field", "excerpt", "the site can't give the excerpt of {}")
XML_RPC_TEXT: Final = Loss(
    "loss-site-meta", "meta", "XML-RPC's answer about records of the type {} can't be read"
)
XML_RPC_ODD: Final = Loss(
    "loss-site-meta",
    "meta",
    "what XML-RPC says of a record is odd: {}",
    "Look for a plugin that changes it",
)
NO_OPTION: Final = Loss(
    "loss-option-untold",
    "options",
    "the site holds no option {}",
    "Look for its name in options.php",
)
HIDDEN_OPTIONS: Final = Loss(
    "loss-option-untold",
    "options",
    "the site doesn't tell this account any options: {}",
    _ADMINISTRATOR,
)
OPTIONS: Final = Loss(
    "loss-option-untold",
    "options",
    "options are told by a site's companion alone: {}",
    "See `wpmigrate companion --help`",
)


SINCE: Final = Loss(
    "source-site-since",
    "modified",
    "the site was asked for what was changed on or after {} alone; a post made since with an older "
    "date, a changed term, meta or comment isn't among it",
    "Use --since last, which compares everything",
)


class Losses:
    """Says each kind of loss once; `site` stands for where."""

    def __init__(self, site: str, note: Note) -> None:
        self._site = site
        self._note = note
        self._said: set[tuple[Loss, str]] = set()

    def once(self, loss: Loss, about: str = "", fix: str = "") -> None:
        """Say a loss, unless that was done; `about` fills the place in its message."""
        if (loss, about) in self._said:
            return
        self._said.add((loss, about))
        self._note(
            Finding(
                loss.code,
                loss.message.format(about),
                path=self._site,
                field=loss.field,
                fix=fix or loss.fix,
            )
        )
