"""Writes a folder of posts with front matter, in any dialect, with `.wordpress/` beside them."""
