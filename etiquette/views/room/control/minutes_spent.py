"""How long the room has spent on what is on screen."""

from __future__ import annotations

from datetime import datetime

import traitlets

from etiquette.views.controls import InBrowser


class MinutesSpent(InBrowser):
    """Counts the minutes up in the browser, from `spent` seconds. Hidden while `spent` is negative.

    Only what began while this page was open has a time: the room does not store when it reached an item.
    """

    spent = traitlets.Float(-1.0).tag(sync=True)
    item = traitlets.Int(0).tag(sync=True)
    _since: datetime | None = None

    def show(self, item: int, now: datetime) -> None:
        """Count for the item of this number, from the moment at which it first came on screen; 0 hides the count."""
        if self._since is not None and item == self.item:
            return
        watched = self._since is not None and item > 0
        self._since = now
        with self.hold_sync():
            self.item, self.spent = item, 0.0 if watched else -1.0
