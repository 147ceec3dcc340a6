"""Options of a site: which of them may move to another one, and which name a record by its number.

The companion holds the same list of those that stay (`Options` in wpmigrate-companion.php).
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["BY_POST", "BY_TERM", "as_number", "named_number", "why_kept"]

BY_POST: Final = frozenset(
    {"page_for_posts", "page_on_front", "site_icon", "site_logo", "wp_page_for_privacy_policy"}
)
"""Those of WordPress's options that hold the number of a post."""

BY_TERM: Final = {
    "default_category": "category",
    "default_email_category": "category",
    "default_link_category": "link_category",
}
"""Those that hold the number of a term, with its taxonomy."""

_KEPT: Final = {
    "it says where the site is": ("home", "siteurl", "upload_path", "upload_url_path"),
    "it says which code the site runs": (
        *("active_plugins", "current_theme", "recently_activated", "stylesheet", "stylesheet_root"),
        *("template", "template_root", "theme_switched", "uninstall_plugins"),
    ),
    "it says who may do what there": (
        *("admin_email", "adminhash", "default_role", "new_admin_email", "recovery_keys"),
        "users_can_register",
    ),
    "it is a secret of the site": (
        *("auth_key", "auth_salt", "logged_in_key", "logged_in_salt", "nonce_key", "nonce_salt"),
        *("mailserver_pass", "recovery_mode_auth_key", "recovery_mode_auth_salt"),
        *("secret", "secret_key", "secure_auth_key", "secure_auth_salt"),
    ),
    "WordPress keeps it itself": (
        *("cron", "db_upgraded", "db_version", "fresh_site", "initial_db_version"),
        *("rewrite_rules", "sticky_posts"),
    ),
    "WordPress calls it otherwise since 5.5": ("blacklist_keys", "comment_whitelist"),
}
_WHY: Final = {name: why for why, names in _KEPT.items() for name in names}
_BEGINNINGS: Final = {
    "_site_transient_": "WordPress keeps it itself",
    "_transient_": "WordPress keeps it itself",
    "wpmigrate": "WordPress keeps it itself",
}
_ENDINGS: Final = {
    "_children": "WordPress keeps it itself",
    ".lock": "WordPress keeps it itself",
    "user_roles": "it says who may do what there",
}
_NAME: Final = re.compile(r"[!-+\--~]{1,191}")
"""What a name may be made of: ASCII without blanks and commas. MySQL takes others for the same."""

_LONGEST: Final = 20  # digits of MySQL's largest number


def why_kept(name: str) -> str:
    """Say why an option belongs to its site alone; nothing of one that may move.

    An address, a theme, a role or a key of another site would break this one, or hand it over.
    """
    if not _NAME.fullmatch(name):
        return "no option is called so"
    folded = name.lower()  # as MySQL compares names
    said = [_WHY.get(folded, "")]
    said += [why for beginning, why in _BEGINNINGS.items() if folded.startswith(beginning)]
    said += [why for ending, why in _ENDINGS.items() if folded.endswith(ending)]
    return next(filter(None, said), "")


def named_number(name: str, value: str) -> int:
    """Give the number of the record that an option names; 0 for none, or a value of its own."""
    names_one = name in BY_POST or name in BY_TERM
    return as_number(value) if names_one else 0


def as_number(text: str) -> int:
    """Give the number that a text is, as long as a record may have it; else 0."""
    is_one = text.isascii() and text.isdecimal() and len(text) <= _LONGEST
    return int(text) if is_one else 0
