"""WXR out: items are made chunk by chunk, then numbered and put behind their channel head."""
