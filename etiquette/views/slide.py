"""A range from 0 up, by keyboard or pointer, with a label and a value in words."""

from __future__ import annotations

import anywidget
import traitlets

from etiquette.views.attendant import HERE


class Slide(anywidget.AnyWidget):
    """`value` runs from 0 to `most`; `means` is what a screen reader says of it, and `says` the label."""

    _esm = (HERE / "slide.js").read_text(encoding="utf-8")
    value = traitlets.Int().tag(sync=True)
    most = traitlets.Int(100).tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    means = traitlets.Unicode().tag(sync=True)
