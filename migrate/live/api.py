"""The REST API of one site: routes, listings and errors, whatever the permalinks look like."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from migrate.errors import AnswerError, SiteError
from migrate.live.answer import Answer, count
from migrate.live.form import Form
from migrate.live.http.bodies import Body
from migrate.live.http.client import Client, Parameters
from migrate.live.onward import Onward
from migrate.live.shapes import unshaped

__all__ = ["AHEAD", "PAGE", "Api", "Row"]

Row = dict[str, Any]
"""One object of an answer: a post, a term, a user."""

PAGE: Final = 100
"""The most rows that one listing holds: `per_page` goes no higher."""

AHEAD: Final = 4
"""Pages of a listing that are asked for at once: more than most servers have cores for one site."""

_NO_END: Final = 1_000_000


class Api:
    """The routes below one REST root, asked with the client's credentials.

    `root` is `https://example.com/wp-json/`, or `https://example.com/?rest_route=/` where the site
    has plain permalinks. `noise` tells whether something stood beside an answer.
    """

    def __init__(self, client: Client, root: str) -> None:
        self.client = client
        self.root = root
        self.noise = False

    def url(self, route: str) -> str:
        """Give the URL of a route such as `wp/v2/posts`."""
        parts = urlsplit(self.root)
        query = dict(parse_qsl(parts.query))
        if "rest_route" not in query:
            return f"{self.root.rstrip('/')}/{route}"
        query["rest_route"] = f"/{route}"
        return urlunsplit(parts._replace(query=urlencode(query)))

    def get(self, route: str, parameters: Parameters | None = None) -> Row:
        """Give the one object that a route holds. Raises SiteError, as every method here."""
        answer = self.client.ask("GET", self.url(route), parameters or {})
        return _object(self._content(answer), answer, parameters)

    def options(self, route: str) -> Row:
        """Give what a route says about itself: its endpoints and the schema of its objects."""
        answer = self.client.ask("OPTIONS", self.url(route), {})
        return _object(self._content(answer), answer)

    def rows(self, route: str, parameters: Parameters) -> list[Row]:
        """Give the rows of one page of a listing."""
        return self._page(route, parameters)[0]

    def counted(self, route: str, parameters: Parameters) -> tuple[list[Row], int]:
        """Give the rows of one page of a listing, and how many it has in all; -1 if untold."""
        answer = self.client.ask("GET", self.url(route), parameters)
        return self._listing(answer, parameters), count(answer.headers.get("X-WP-Total", ""))

    def every(
        self, route: str, parameters: Parameters, size: int = PAGE, ahead: int = AHEAD
    ) -> Iterator[Row]:
        """Give all rows of a listing in the order of their ids, pages of this size.

        So many pages are asked for at once; no more than those are held. Raises SiteError, also
        where the pages would have no end.
        """
        asked = {"orderby": "id", "order": "asc", **parameters, "per_page": size}
        rows, total = self._page(route, {**asked, "page": 1})
        onward = Onward(self.url(route))
        onward.see(rows)
        yield from rows
        under_way: deque[Future[tuple[list[Row], int]]] = deque()
        pool, page = ThreadPoolExecutor(ahead, "wpmigrate-listing"), 2
        try:
            while under_way or page <= total:
                while page <= total and len(under_way) < ahead:
                    under_way.append(pool.submit(self._later_page, route, {**asked, "page": page}))
                    page += 1
                rows, total = under_way.popleft().result()
                onward.see(rows)
                yield from rows
        finally:
            pool.shutdown(cancel_futures=True)

    def post(
        self,
        route: str,
        body: Row,
        parameters: Parameters | None = None,
        agent: str | None = None,
    ) -> Row:
        """Create or change an object; gives it as the site holds it afterwards.

        `agent` is what the request says of its sender, where the site keeps that.
        """
        # A lone surrogate is escaped rather than sent as bytes that are no UTF-8.
        encoded = json.dumps(body, ensure_ascii=True).encode()
        return self._sent("POST", route, parameters or {}, encoded, agent)

    def upload(self, route: str, form: Form, parameters: Parameters) -> Row:
        """Make an object of a file; gives it as the site holds it afterwards."""
        return self._sent("POST", route, parameters, form)

    def delete(self, route: str, *, force: bool, told: Parameters | None = None) -> Row:
        """Delete an object, with `force` for good, else into the trash.

        `told` is what its kind wants to know besides.
        """
        forced = "true" if force else "false"
        return self._sent("DELETE", route, {**(told or {}), "force": forced})

    def _sent(
        self,
        method: Literal["POST", "DELETE"],
        route: str,
        parameters: Parameters,
        body: Body | None = None,
        agent: str | None = None,
    ) -> Row:
        answer = self.client.send(method, self.url(route), parameters, body, agent)
        return _object(self._content(answer), answer, parameters)

    def _later_page(self, route: str, parameters: Parameters) -> tuple[list[Row], int]:
        try:
            return self._page(route, parameters)
        except AnswerError as error:
            if error.code == "rest_post_invalid_page_number":
                return [], 0  # rows went away while we were reading
            raise

    def _page(self, route: str, parameters: Parameters) -> tuple[list[Row], int]:
        answer = self.client.ask("GET", self.url(route), parameters)
        rows = self._listing(answer, parameters)
        total = count(answer.headers.get("X-WP-TotalPages", ""))
        if total >= 0:
            return rows, total
        # A proxy has dropped the header: a full page may have another one after it.
        return rows, _NO_END if len(rows) == parameters.get("per_page") else 0

    def _listing(self, answer: Answer, asked: Parameters) -> list[Row]:
        rows = self._content(answer)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise SiteError("a listing came back as something else", path=answer.url)
        unshaped(rows, asked, answer.url)
        return rows

    def _content(self, answer: Answer) -> Any:
        content, noise = answer.content()
        self.noise = self.noise or noise
        return content


def _object(content: Any, answer: Answer, asked: Parameters | None = None) -> Row:
    """Return the content as an object; PHP writes an empty one as a list.

    Where fields of it were asked for, they have to be as those of a listing's row are.
    """
    row = {} if content == [] else content
    if not isinstance(row, dict):
        raise SiteError("an object came back as something else", path=answer.url)
    if asked and "_fields" in asked:
        unshaped([row], asked, answer.url)
    return row
