"""A question that has to be answered before something is done that can't easily be taken back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import traitlets

from etiquette.views.controls import SOMETHING_WENT_WRONG, InBrowser, Notice

log = logging.getLogger("etiquette")


class Confirmation(InBrowser):
    """A modal dialog that asks one question at a time, away from what was pressed. Escape means no.

    `asked` numbers the questions, from 1, so that an answer that arrives late answers no other question; 0 while there
    is none. Afterwards the focus is where it was before.
    """

    asked = traitlets.Int().tag(sync=True)
    question = traitlets.Unicode().tag(sync=True)
    yes = traitlets.Unicode().tag(sync=True)

    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice
        self._count = 0
        self._then: Callable[[], object] = lambda: None
        self.on_msg(self._receive)

    def ask(self, question: str, yes: str, then: Callable[[], object]) -> None:
        """Ask this question, with this label on the button that means yes. `then` is called if the answer is yes."""
        self._count += 1
        self._then = then
        with self.hold_sync():
            self.question, self.yes, self.asked = question, yes, self._count

    def answer(self, *, yes: bool, asked: int | None = None) -> None:
        """Answer the question of this number, by default the one on screen, as its buttons do."""
        if not self.asked or (asked is not None and asked != self.asked):
            return
        self.asked = 0
        try:
            if yes:
                self._then()
        except Exception:
            log.exception("the answer to %r failed", self.question)
            self.notice.value = SOMETHING_WENT_WRONG
        else:
            self.notice.value = ""

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        match content:
            case {"asked": int(asked), "yes": bool(yes)}:
                self.answer(yes=yes, asked=asked)
