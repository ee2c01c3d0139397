"""Stands in for IPython, of which ipywidgets wants to know only that it does not run here."""


def get_ipython() -> None:
    """There is no shell."""
