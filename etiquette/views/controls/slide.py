"""A range from 0 up, by keyboard or pointer, with a label and a value in words."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Slide(anywidget.AnyWidget):
    """`value` runs from 0 to `most`; `means` is what a screen reader says of it, and `says` the label."""

    _esm = Path(__file__).with_name("slide.js").read_text(encoding="utf-8")
    value = traitlets.Int().tag(sync=True)
    most = traitlets.Int(100).tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    means = traitlets.Unicode().tag(sync=True)
