"""A button that takes back the last command, for as long as that is possible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import traitlets

from etiquette.views.controls import InBrowser


class UndoButton(InBrowser):
    """A button that keeps its place, and rests except for `left` seconds after a command that can be undone.

    `when_clicked` is called with the state that the button showed. A late click is passed on too: the room refuses it.
    """

    state = traitlets.Unicode().tag(sync=True)
    left = traitlets.Float().tag(sync=True)

    def __init__(self, when_clicked: Callable[[str], object]) -> None:
        super().__init__()
        self.when_clicked = when_clicked
        self.on_msg(self._receive)

    def show(self, state: str, until: datetime | None, now: datetime) -> None:
        """Offer to undo until that time what led to this state; None if there is nothing to undo."""
        if state != self.state:
            with self.hold_sync():
                self.state = state
                self.left = max(0.0, (until - now).total_seconds()) if until else 0.0

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        match content:
            case {"state": str(state)}:
                self.when_clicked(state)
