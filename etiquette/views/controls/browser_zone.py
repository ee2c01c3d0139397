"""The time zone of the learner's browser."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class BrowserZone(anywidget.AnyWidget):
    """An invisible widget. Once it is drawn, `zone` is the name of the browser's time zone."""

    _esm = Path(__file__).with_name("browser_zone.js").read_text(encoding="utf-8")
    zone = traitlets.Unicode("").tag(sync=True)
