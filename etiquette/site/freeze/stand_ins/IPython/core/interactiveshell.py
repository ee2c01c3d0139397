"""Stands in for `IPython.core.interactiveshell`."""


class InteractiveShell:
    """A shell, of which there is none."""
