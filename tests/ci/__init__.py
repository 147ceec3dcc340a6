"""What CI systems run: the Action, the hook, and the examples of docs/ci.md."""
