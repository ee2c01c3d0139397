"""The keys of a presenter, pressed in the control's window or in the projector's."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import traitlets

from etiquette.views.controls import SOMETHING_WENT_WRONG, InBrowser, Notice

log = logging.getLogger("etiquette")

FORWARD, BACK = "PageDown", "PageUp"


class PresenterKeys(InBrowser):
    """Listens for PageDown and PageUp, which a presenter's remote control sends too, and for Space as PageDown.

    `when_pressed` is called with the key and the state that was on screen when it was pressed. `code` is the room's:
    the projector's window passes its keys on under that name. Keys in text fields, keys held down, keys while a dialog
    is open, and keys within 0.4 s of a change of the state do nothing.
    """

    state = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)

    def __init__(self, code: str, notice: Notice, when_pressed: Callable[[str, str], object]) -> None:
        super().__init__(code=code)
        self.notice, self.when_pressed = notice, when_pressed
        self.on_msg(self._receive)

    def press(self, key: str, state: str | None = None) -> None:
        """Do what the key does; `state` is the one that was on screen, by default this one."""
        try:
            self.when_pressed(key, self.state if state is None else state)
        except Exception:
            log.exception("the key %r failed", key)
            self.notice.value = SOMETHING_WENT_WRONG
        else:
            self.notice.value = ""

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        match content:
            case {"key": "PageDown" | "PageUp" as key, "state": str(state)}:
                self.press(key, state)
