"""One module of tests for each module that has logic of its own."""
