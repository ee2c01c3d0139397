"""Widgets with one of our scripts in the browser."""

from __future__ import annotations

from inspect import getfile
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets


class InBrowser(anywidget.AnyWidget):
    """A widget whose script is next to its module and has the same name, but ends in `.js`.

    anywidget adds traits to each instance, and creates a class for each instance to do so. Here the traits belong to
    the subclass, which halves the time and memory that a widget takes.
    """

    script: ClassVar[str]
    _esm = traitlets.Unicode().tag(sync=True)
    _anywidget_id = traitlets.Unicode().tag(sync=True)

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if InBrowser in cls.__bases__:
            cls.script = Path(getfile(cls)).with_suffix(".js").read_text(encoding="utf-8")

    @property
    def copied_label(self) -> str:
        """What a still copy has in its place."""
        return ""

    def add_traits(self, **traits: Any) -> None:
        """Add these traits, except those that the class already has."""
        if missing := {name: trait for name, trait in traits.items() if not self.has_trait(name)}:
            super().add_traits(**missing)

    @traitlets.default("_esm")
    def _default_esm(self) -> str:
        return self.script

    @traitlets.default("_anywidget_id")
    def _default_anywidget_id(self) -> str:
        return f"{type(self).__module__}.{type(self).__name__}"
