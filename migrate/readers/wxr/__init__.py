"""WXR in: parts are opened, cut into items, and each item is read by itself."""
