"""The tests: what the program promises, on real files and real servers."""
