"""The editor of a real WordPress finds nothing wrong with the blocks that are made here."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Final

import pytest

from migrate.syntax.autop import autop
from migrate.syntax.classic_blocks import to_blocks
from tests.browser import chromium
from tests.wordpress.conftest import booted_sites, flavour, site

if TYPE_CHECKING:
    from tests.wordpress.site import Site

__all__ = ["booted_sites", "flavour", "site"]

pytestmark = pytest.mark.browser

_SCRIPTS: Final = """
    ob_start();
    wp_scripts()->do_items( array( 'wp-block-library' ) );
    return ob_get_clean();
"""
_ERRORS: Final = """
    window.onerror = (said, file, line) => {
        const root = document.documentElement;
        root.setAttribute('data-wrong', `${root.dataset.wrong ?? ''} ${file} ${line}: ${said}`);
    };
"""
_CHECK: Final = """
    const found = [];
    const look = (block) => {
        found.push([block.name, block.isValid, block.originalContent ?? '']);
        block.innerBlocks.forEach(look);
    };
    wp.blockLibrary.registerCoreBlocks();
    wp.blocks.parse(BODY).forEach(look);
    document.documentElement.setAttribute('data-found', JSON.stringify(found));
"""
_FOUND: Final = re.compile(r'<html[^>]*? data-found="([^"]*)"')

CLASSIC: Final = """
The ferry <em>Marlow</em> sails again,
at <strong>nine</strong> &amp; noon.

<p class="lead" id="first">Fog <code>&lt;b&gt;</code> <img src="a.png" alt="A buoy"> lifts.</p>
<p style="text-align: center">Centred</p>
<h2>Times</h2>
<h3 class="tight" id="sunday">On <a href="https://example.org/">Sundays</a></h3>
<ul class="short">
<li>Nine</li>
<li>Noon <strong>only</strong>
<ol><li>out</li><li>and back<ul><li>in fog</li></ul></li></ol>
</li>
</ul>
<ul><li><p>Slow</p></li></ul>
<blockquote><p>Fog is weather.</p>
<ul><li>mostly</li></ul></blockquote>
<blockquote>
<h4>Fog</h4>
<cite>The harbour master</cite></blockquote>
<table><caption>Fares</caption><tr><th>From</th><td>3 <b>crowns</b></td></tr></table>
<table><thead><tr><th>A</th></tr></thead><tfoot><tr><td>z</td></tr></tfoot>
<tbody><tr><td>b<br>c</td></tr></tbody></table>
<table width="3"><tbody><tr><td>d</td></tr></tbody></table>
<pre>tide  table

 at <!-- six --></pre>
<pre>tide &amp; time
 at six</pre>
<pre class="wide"><code>a &lt; b
[note]c[/note]</code></pre>
<pre><code class="language-sh">ls</code></pre>
<hr />
<figure><img src="a.jpg" alt="A &lt;quay&gt;"><figcaption>The <b>quay</b></figcaption></figure>

<img src="b.jpg">

<a href="https://example.org/?a=1&amp;b=2"><img src="c.jpg" title="Fog"></a>

<img class="size-full" width="3" src="d.jpg">

[gallery ids="1,2"]

https://example.org/watch?v=abc--d&amp;t=5

<!--more-->

<div class="box"><p>Inside</p></div>
<script>
a < b;
</script>

<!--nextpage-->

The end.
"""
BLOCKS: Final = {
    *("code", "embed", "heading", "html", "image", "list", "list-item", "more", "nextpage"),
    *("paragraph", "preformatted", "quote", "separator", "shortcode", "table"),
}


def found_by_editor(site: Site, body: str) -> list[tuple[str, bool, str]]:
    """Give each block as the editor of that WordPress reads it: name, validity and source."""
    check = _CHECK.replace("BODY", json.dumps(body).replace("<", "\\u003c"))
    head = f'<!DOCTYPE html><meta charset="utf-8"><script>{_ERRORS}</script>'
    page = f"{head}{site.php(_SCRIPTS)}<script>{check}</script>"
    (site.docroot / "editor.html").write_text(page, encoding="utf-8")
    dumped = chromium.dump(f"{site.url}/editor.html")
    found = _FOUND.search(dumped)
    assert found is not None, dumped[:1000]
    return [(name, valid, source) for name, valid, source in json.loads(html.unescape(found[1]))]


@pytest.mark.usefixtures("browser")
def test_editor(site: Site) -> None:
    """Each kind of block that is made of classic HTML is valid to the editor as it stands."""
    body = to_blocks(autop(CLASSIC).encode()).decode()
    found = found_by_editor(site, body)
    assert not [source for _, valid, source in found if not valid]
    assert {f"core/{name}" for name in BLOCKS} == {name for name, _, _ in found}
