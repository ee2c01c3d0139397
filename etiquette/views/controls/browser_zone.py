"""The time zone of whoever reads the page."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets


class BrowserZone(anywidget.AnyWidget):
    """Shows nothing; `zone` becomes the name of the browser's time zone as soon as the page is drawn."""

    _esm = Path(__file__).with_name("browser_zone.js").read_text(encoding="utf-8")
    zone = traitlets.Unicode("").tag(sync=True)
