"""Real WordPress sites for tests and for the demo."""
