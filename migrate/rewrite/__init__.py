"""Rewrite rules: small, named changes of bodies and fields, made only where somebody asked."""
