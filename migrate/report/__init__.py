"""Telling people and machines what a run would do, or did."""
