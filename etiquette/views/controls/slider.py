"""A slider with a label and with a spoken value."""

from __future__ import annotations

import traitlets

from etiquette.views.controls.in_browser import InBrowser


class Slider(InBrowser):
    """`value` runs from 0 to `most`; `says` is the label, and `means` the value in words for screen readers."""

    value = traitlets.Int().tag(sync=True)
    most = traitlets.Int(100).tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    means = traitlets.Unicode().tag(sync=True)
