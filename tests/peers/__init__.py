"""Other people's readers of WXR, and what they make of ours."""
