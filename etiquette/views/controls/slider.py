"""A slider with a label and with a spoken value."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class Slider(anywidget.AnyWidget):
    """`value` runs from 0 to `most`; `says` is the label, and `means` the value in words for screen readers."""

    _esm = Path(__file__).with_name("slider.js").read_text(encoding="utf-8")
    value = traitlets.Int().tag(sync=True)
    most = traitlets.Int(100).tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    means = traitlets.Unicode().tag(sync=True)
