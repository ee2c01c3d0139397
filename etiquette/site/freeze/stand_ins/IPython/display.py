"""Stands in for `IPython.display`: the page shows widgets by itself."""


def display(*objects: object, **options: object) -> None:
    """Do nothing."""


clear_output = publish_display_data = display
