"""What a test site's database holds, as the project's own records."""

from __future__ import annotations

from typing import Any

from migrate.model.post import Author, Comment, Meta, Post, TermRef
from migrate.model.site import Head, Site, Term
from tests.wordpress import site as wordpress
from tests.wordpress.php import SERVER_FILES

RECORDS_FILE = SERVER_FILES / "records/records.php"
Rows = dict[str, Any]

_ZERO_DATE = "0000-00-00 00:00:00"


def records(site: wordpress.Site) -> tuple[Head, list[Post]]:
    """Everything that `export_wp()` takes, every field stated, read through WordPress itself.

    Posts are in the order of their IDs and so are terms, which may put a child before its parent;
    all accounts are there, those without posts too. A post's terms are sorted: in which order
    WordPress names two of one name, MariaDB decides anew each time.
    """
    return of_rows(rows(site))


def rows(site: wordpress.Site) -> Rows:
    """The same as JSON, which can be kept."""
    found: Rows = site.php("return require $file;", file=str(RECORDS_FILE))
    return found


def of_rows(rows: Rows) -> tuple[Head, list[Post]]:
    """The records that rows are."""
    head = Head(
        Site(**rows["site"]),
        [Author(*row) for row in rows["authors"]],
        [Term(**{**row, "meta": _metas(row["meta"])}) for row in rows["terms"]],
    )
    return head, [_post(row) for row in rows["posts"]]


def _post(row: dict[str, Any]) -> Post:
    return Post(
        id=int(row["ID"]),
        type=row["post_type"],
        status=row["post_status"],
        title=row["post_title"],
        content=row["post_content"].encode(),
        excerpt=row["post_excerpt"],
        slug=row["post_name"],
        author=Author(login=row["login"]),
        date=_date(row["post_date"]),
        date_gmt=_date(row["post_date_gmt"]),
        modified=_date(row["post_modified"]),
        modified_gmt=_date(row["post_modified_gmt"]),
        parent=int(row["post_parent"]),
        menu_order=int(row["menu_order"]),
        password=row["post_password"],
        guid=row["guid"],
        link=row["link"],
        comment_status=row["comment_status"],
        ping_status=row["ping_status"],
        to_ping=row["to_ping"] or None,
        pinged=row["pinged"] or None,
        sticky=row["sticky"],
        attachment_url=row["attachment_url"],
        terms=sorted(TermRef(*term) for term in row["terms"]),
        meta=_metas(row["meta"]),
        comments=[_comment(comment) for comment in row["comments"]],
    )


def _comment(row: dict[str, Any]) -> Comment:
    return Comment(
        id=int(row["comment_ID"]),
        author=row["comment_author"],
        author_email=row["comment_author_email"],
        author_url=row["comment_author_url"],
        author_ip=row["comment_author_IP"],
        agent=row["comment_agent"] or None,
        date=_date(row["comment_date"]),
        date_gmt=_date(row["comment_date_gmt"]),
        content=row["comment_content"],
        approved=row["comment_approved"],
        type=row["comment_type"],
        parent=int(row["comment_parent"]),
        user_id=int(row["user_id"]),
        meta=_metas(row["meta"]),
    )


def _metas(rows: list[list[str]]) -> list[Meta]:
    return [Meta(key, value) for key, value in rows]


def _date(text: str) -> str:
    return "" if text == _ZERO_DATE else text
