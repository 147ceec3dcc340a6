"""Runs wpmigrate as `python -m migrate`."""

from migrate.cli.main import main

main()
