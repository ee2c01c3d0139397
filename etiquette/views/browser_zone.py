"""The time zone of whoever reads the page."""

from __future__ import annotations

import anywidget
import traitlets

from etiquette.views.attendant import HERE


class BrowserZone(anywidget.AnyWidget):
    """Shows nothing; `zone` becomes the name of the browser's time zone as soon as the page is drawn."""

    _esm = (HERE / "browser_zone.js").read_text(encoding="utf-8")
    zone = traitlets.Unicode("").tag(sync=True)
