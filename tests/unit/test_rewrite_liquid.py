"""Liquid's tags become what they stand for; code, and what isn't known, is left."""

from __future__ import annotations

import pytest

from migrate.model.finding import Finding
from migrate.model.post import ContentFormat, Post
from migrate.rewrite.draft import Draft
from migrate.rewrite.liquid import Liquid


class Known:
    """Two posts' addresses, one of them whole."""

    def new_address(self, path: str) -> str | None:
        """Give an address by its name."""
        addresses = {"2016-01-30-tide": "https://lantern.example/tide/", "about.md": "/about/"}
        return addresses.get(path)

    def is_own(self, host: str) -> bool:
        """No host is asked for."""
        return not host


def worked_out(body: str, content_format: ContentFormat = "markdown") -> tuple[str, list[Finding]]:
    """Run the rule over a body; give what it is then, and what was said."""
    post = Post(content=body.encode(), content_format=content_format, title="Fog & ice")
    found: list[Finding] = []
    Liquid().rewrite(Draft(post, found.append, "liquid", Known()))
    return (post.content or b"").decode(), found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("ä {% post_url 2016-01-30-tide %}", "ä https://lantern.example/tide/"),
        ("ä {{page.title}} ö {{ '/a' | relative_url }}", "ä Fog & ice ö /a"),
        ("{{ site.url }}{% post_url 2016-01-30-tide %}", "https://lantern.example/tide/"),
        ("[a]({{ site.baseurl }}{%- link about.md -%})", "[a](/about/)"),
        ("{{ site.url }}{% link about.md %}", "/about/"),
        ("{% highlight c %}\na ``` b\n{% endhighlight %}", "````c\na ``` b\n````"),
        ("{% raw %}`{{ a }}`{% endraw %}", "`{{ a }}`"),
        ("```\n{% raw %}{{ a }}{% endraw %}\n```", "```\n{{ a }}\n```"),
        ("{% raw %}{% b %}{% endraw %}", "&#123;% b %}"),
    ],
)
def test_known_tags(body: str, expected: str) -> None:
    """Addresses come from the index of the source, code keeps its lines."""
    assert expected == worked_out(body)[0]
    assert expected == worked_out(expected)[0]


@pytest.mark.parametrize(
    "body",
    [
        "```\n{{ site.url }}\n```",
        "`{{ site.url }}`",
        "<pre>{{ site.url }}</pre>",
        "{{ site.url }",
        "{% raw %} {{ site.url }",
        "{{ site.url\n\n}}",
        "{% raw %}{% raw %}{% endraw %}",
    ],
)
def test_what_is_shown_or_never_ends_stays(body: str) -> None:
    """Jekyll would look into code; what it shows is what is meant."""
    assert body == worked_out(body)[0]


def test_each_unknown_tag_is_named_once() -> None:
    """With the line of its first place."""
    body, found = worked_out("Fog\n{% include a.html %}\n{% include b.html %}\n{{ x | y }}\n")

    assert body == "Fog\n{% include a.html %}\n{% include b.html %}\n{{ x | y }}\n"
    assert [(said.code, said.line) for said in found] == [
        ("rewrite-liquid-unknown", 2),
        ("rewrite-liquid-unknown", 4),
    ]
