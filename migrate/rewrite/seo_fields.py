"""Where the SEO plugins keep the canonical address that somebody gave a post."""

from __future__ import annotations

from typing import Final

SEO_FIELDS: Final[dict[str, str]] = {
    "yoast": "_yoast_wpseo_canonical",
    "rank-math": "rank_math_canonical_url",
    "seopress": "_seopress_robots_canonical",
    "aioseo": "_aioseop_custom_link",
}
"""Plugin → the post meta that it reads.

All in One SEO reads this one up to version 3. Version 4 keeps its data in a table of its own,
`wp_aioseo_posts`, which no export holds; it takes the meta over when it migrates a site's data.
"""
