"""A countdown to the end of a vote."""

from __future__ import annotations

from datetime import datetime

import traitlets

from etiquette.views.controls.in_browser import InBrowser


class Countdown(InBrowser):
    """Counts down in the browser from `left`, in seconds, as soon as it is set. Hidden while `left` is negative."""

    left = traitlets.Float(-1.0).tag(sync=True)
    _until: datetime | None = None

    def show(self, until: datetime | None, now: datetime) -> None:
        """Count down to `until`, or hide the countdown if it is None."""
        if until != self._until:
            self._until = until
            self.left = -1.0 if until is None else max(0.0, (until - now).total_seconds())
