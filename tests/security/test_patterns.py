"""Patterns of ours over texts that are made for them to start again and again.

A child has three seconds of the processor for what takes it a small part of one: where time grew
by the square it would take ten and more.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

LIMIT = """
import resource, time
limit = int(time.process_time()) + 4
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
N = 100_000
ITEM = b'<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>a</title>'
"""
WXR = "from migrate.rewrite.rules import RULES; from tests.fuzz.targets import TARGETS"
TRIED = {
    "a line of front matter": (
        "from migrate.syntax import heads",
        'heads.cut("yaml", b"---\\na" + b" " * N + b"b\\n---\\n").keys()',
    ),
    "comments in an item": (WXR, 'TARGETS["wxr"](ITEM + b"<!--" * (N // 2))'),
    "instructions in an item": (WXR, 'TARGETS["wxr"](ITEM + b"<?a " * (N // 2))'),
    "sections before one end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<a><![CDATA[<item>" * (N // 4) + b"]]>")',
    ),
    "comments before one end": (WXR, 'TARGETS["wxr"](ITEM + b"<a><!--</a>" * (N // 2) + b"-->")'),
    "comments that hold an end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<a>" + b"<!--</a><item>-->" * (N // 4))',
    ),
    "bodies before one end": (
        WXR,
        'TARGETS["wxr"](ITEM + b"<item><content:encoded><![CDATA[]" * (N // 4) + b"]]>")',
    ),
    "declarations of a document's type": (
        WXR,
        'TARGETS["wxr"](b"<!DOCTYPE a><item/>" * (N // 5) + ITEM)',
    ),
    "terms below each other": (
        "from migrate.model.site import Term\nfrom migrate.readers.wxr import terms",
        'terms.parents_first([Term("a", str(at), parent=str(at - 1)) for at in range(N // 10)])',
    ),
    "a comment": (
        "from migrate.plan import comments",
        'comments.plain("content", "a" + " " * N + "b")',
    ),
    "blocks": (
        "from migrate.plan import rendered",
        'rendered.may_be_filled_in("<!-- wp:a { " * (N // 4), "")',
    ),
    "blank lines": (
        "from migrate.plan import rendered",
        'rendered.may_be_filled_in("\\n" * N + "a", "")',
    ),
    "a list of names": (
        "from migrate.mapping import name_lists",
        'name_lists.Names("words").decode("a," + " " * N + "b")',
    ),
    "a pattern for file names": (
        "from migrate.mapping import file_names",
        'file_names._TOKEN.findall("{" * N)',
    ),
    "a place with placeholders": (
        "from migrate.mapping import places",
        'places._PLACEHOLDER.findall("{" * N)',
    ),
    "a settings file": (
        "from migrate.cli import settings_file",
        'settings_file._place("# a long line of words\\n" * 4_000 + "yes = 1", ["yes"])',
    ),
    "scripts in a login": (
        "from migrate.model import sanitize",
        'sanitize.sanitize_user("<style><script>" * (N // 4))',
    ),
    "a login": ("from migrate.model import sanitize", 'sanitize.sanitize_user("&" * N)'),
    "a page": (
        "from migrate.live import answer, causes",
        'causes.instead_of_rest(answer.Answer("", 200, {}, b"<input " * (N // 4)))',
    ),
    "lines before an HTML post's end": (
        "from migrate.syntax import unmarked",
        'unmarked._HTML_TAIL.findall(b" " * 3 * N)',
    ),
    "lines in an HTML post's head": (
        "from migrate.syntax import unmarked",
        'unmarked._html(b"<html><head>" + b" " * 3 * N)',
    ),
    "titles in an HTML post's head": (
        "from migrate.syntax import html_head",
        'html_head.rest("<title>" * (N // 2))',
    ),
    "metas in an HTML post's head": (
        "from migrate.syntax import html_head",
        'html_head.rest("<meta name=" * (N // 2))',
    ),
    "blanks in an HTML post's head": (
        "from migrate.syntax import html_head",
        'html_head.rest(" " * 3 * N + "x")',
    ),
    "a quoted text of two lines": (
        "from migrate.syntax import spyc_quotes",
        'spyc_quotes.unquoted("\'a" + " " * 3 * N + "b\\n\'")',
    ),
    "a list in one line": (
        "from migrate.syntax import spyc_flow",
        'spyc_flow._LINE_BREAK.sub(" ", "a" + " " * 3 * N + "b")',
    ),
    "a text in TOML that nothing closes": (
        "from migrate.syntax import toml_load",
        "any(toml_load._DOTTED.finditer('a = \"' + '\\\\\"' * N))",
    ),
    "a date with blanks": (
        "from migrate.mapping import loose_dates",
        'loose_dates._usual("2016-07-16 10:10" + " " * N + "x")',
    ),
    "what says where an item comes from": (
        WXR,
        'TARGETS["wxr"](ITEM.replace(b"<title>", b"<?wpmigrate a" * N + b"<title>"))',
    ),
    "the beginning of an export": (
        "from migrate.readers.wxr import source",
        'source._is_wxr(b"<?a?>" * 100)',
    ),
    "attributes in an export": (
        "from migrate.syntax import wxr_markup",
        'wxr_markup.attributes(wxr_markup.Tag(b"a", 0, 1, False, False, b"a" * N))',
    ),
    "a permalink": (
        "from migrate.live import sample",
        'sample.permalink_structure({"link": "a" * N + "%"}, "")',
    ),
    "the name of a file in the library": (
        "from migrate.plan.media import library",
        'library._stem("a" + "-scaled" * (N // 2) + "x.jpg")',
    ),
    "signs that begin tags": (
        "from migrate.syntax import autop_exact",
        'autop_exact._LINE_IN_TAG.search("<" * N)',
    ),
    "line ends in HTML that autop leaves": (
        "from migrate.syntax import autop_proof",
        'autop_proof.autop_proof(b"<p>a" + b" " * 4 * N + b"b\\nc</p>")',
    ),
    "code in HTML that autop leaves": (
        "from migrate.syntax import autop_proof",
        'autop_proof._code(b"<" * 3 * N, lines_stay=True)',
    ),
    "an address in a meta": (
        "from migrate.rewrite import canonical",
        'canonical._ADDRESS.fullmatch("http://" + "a" * N + "\\n")',
    ),
    "a tag of Liquid": (
        "from migrate.syntax import liquid, template_tags",
        'liquid.meaning(template_tags.TemplateTag(0, 0, "{% " + "a" * N))',
    ),
    "blanks in a tag of Liquid": (
        "from migrate.syntax import liquid, template_tags",
        'liquid.meaning(template_tags.TemplateTag(0, 0, "{% a b" + " " * N + "c %}"))',
    ),
    "an output of Liquid": (
        "from migrate.syntax import liquid, template_tags",
        'liquid.meaning(template_tags.TemplateTag(0, 0, "{{ a" + " " * N + "b }}"))',
    ),
    "filters of Liquid": (
        "from migrate.syntax import liquid, template_tags",
        "liquid.meaning(template_tags.TemplateTag(0, 0, '{{ \"a\"' + ' |a' * 100 + '\" }}'))",
    ),
    "code in Liquid": (
        "from migrate.syntax import liquid, template_tags",
        'liquid.meaning(template_tags.TemplateTag(0, 0, "{% highlight " + "a" * 2 * N))',
    ),
    "blank lines in Liquid's code": (
        WXR,
        (
            'TARGETS["rules"](bytes((list(RULES).index("liquid"), 1)) + b"a {% highlight b %}a"'
            ' + b"\\n" * N + b"a{% endhighlight %}")'
        ),
    ),
    "words behind text in another encoding": (
        "from migrate.rewrite import mojibake",
        'list(mojibake._runs(b"a" * 4 * N))',
    ),
    "elements that close themselves, of many names": (
        "from migrate.model.post import Post; from tests.rewritten_posts import rewrite",
        'rewrite("self-closing", Post(content=b"".join(b"<x%d/>" % n for n in range(N))))',
    ),
    "ids in one tag": (
        "from migrate.model.post import Post; from tests.rewritten_posts import rewrite",
        "rewrite('duplicate-ids', Post(content=b'<a ' + b'id=\"x\" ' * N + b'>'))",
    ),
    "a heading": (
        "from migrate.syntax import markdown_attributes",
        'markdown_attributes._AT_END_OF_HEADING.search("a" + " " * 3 * N + "b")',
    ),
    "an attribute list": (
        "from migrate.syntax import markdown_attributes",
        'list(markdown_attributes._attributes("a" * N))',
    ),
    "an element in Markdown": (
        "from migrate.syntax import markdown_plain",
        'markdown_plain.simple_block("<" + "a" * 4 * N)',
    ),
    "an image's addresses": (
        "from migrate.syntax import media_references",
        'list(media_references._in_srcset(b"a" * N + b" b c", 0, ""))',
    ),
    "a block's attributes": (
        "from migrate.syntax import media_references",
        "list(media_references._in_json(b'{\"' + b'\\\\\"' * N, 0, 2 * N))",
    ),
    "ends of links in Markdown": (
        "from migrate.syntax import html_markup, links",
        'body = b"](a)" * 2 * N; list(links.markdown_images(body, html_markup.scan(body)))',
    ),
    "a key of JSON again and again": (
        "from migrate.errors import RecordError; from migrate.syntax import json_text",
        (
            "import contextlib\nwith contextlib.suppress(RecordError):\n"
            "    json_text.load('{' + '\"a\":1,' * 2 * N + '\"b\":1}')"
        ),
    ),
    "a message": (
        "from migrate.model.finding import Finding",
        'Finding("source-front-matter-syntax", "\u201c" * 2 * N).hide_quotes()',
    ),
}
"""What is imported, and what is then tried."""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are POSIX's")
@pytest.mark.parametrize(("imported", "call"), TRIED.values(), ids=TRIED)
def test_a_text_is_gone_through_once(imported: str, call: str) -> None:
    """No line of blanks, and no row of what begins something, keeps a pattern busy."""
    code = f"{imported}\n{LIMIT}\n{call}\n"

    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )

    assert (ended.returncode, ended.stderr) == (0, "")
