"""Readers and rules under inputs that nobody wrote: `make fuzz` runs each target for a time."""
