"""Talking to a WordPress site over HTTP."""
