"""The time zone of the learner's browser."""

from __future__ import annotations

import traitlets

from etiquette.views.controls.in_browser import InBrowser


class BrowserZone(InBrowser):
    """An invisible widget. Once it is drawn, `zone` is the name of the browser's time zone."""

    zone = traitlets.Unicode("").tag(sync=True)
