"""The field in which a learner types a question to the facilitator."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import traitlets

from etiquette.views.controls import SOMETHING_WENT_WRONG, InBrowser, Notice

log = logging.getLogger("etiquette")


class QuestionForm(InBrowser):
    """Calls `on_send` with what was typed. What has not been sent stays in the browser, until it is accepted.

    Folded away at first. `most` is the number of characters that a question may have.
    """

    most = traitlets.Int().tag(sync=True)
    says = traitlets.Unicode().tag(sync=True)
    refused = traitlets.Bool().tag(sync=True)

    def __init__(self, notice: Notice, on_send: Callable[[str], object], most: int) -> None:
        super().__init__(most=most)
        self.notice, self.on_send = notice, on_send
        self.on_msg(self._receive)

    def accept(self, text: str, sentence: str) -> None:
        """Say this, and empty the field if it still has this text."""
        with self.hold_sync():
            self.says, self.refused = sentence, False
        self.send({"accepted": text})

    def refuse(self, sentence: str) -> None:
        """Say this, and keep what was typed."""
        with self.hold_sync():
            self.says, self.refused = sentence, True

    def send_question(self, text: str) -> None:
        """Do what happens when this is sent."""
        try:
            self.on_send(text)
        except Exception:
            log.exception("a question could not be sent")
            self.notice.value = SOMETHING_WENT_WRONG
        else:
            self.notice.value = ""

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        match content:
            case {"question": str(text)}:
                self.send_question(text)
