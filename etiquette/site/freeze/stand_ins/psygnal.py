"""Stands in for psygnal, with which anywidget watches files, and objects that are not widgets."""

from collections.abc import Callable


class Signal:
    """Sends nothing to anybody."""

    def __init__(self, *types: type) -> None:
        """Take no note of the types."""

    def connect(self, receiver: Callable[..., object]) -> None:
        """Take no note of the receiver."""


def evented(cls: type) -> type:
    """Leave the class as it is."""
    return cls
