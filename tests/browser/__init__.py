"""Pages as a real browser, Debian's Chromium, sees them."""
