"""The tests: their names and docstrings are the specification."""
