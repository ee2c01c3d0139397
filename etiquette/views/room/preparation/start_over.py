"""Starting again with an empty session."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.views.controls import Announcer, ButtonGroup, GroupButton, Notice, View

QUESTION = "This takes everything out of your session, and you haven’t saved it. Start again?"


class StartOver(View):
    """A button that asks first if `must_ask` says that something would be lost. `on_empty` is called after that."""

    def __init__(
        self, notice: Notice, announcer: Announcer, must_ask: Callable[[], bool], on_empty: Callable[[], None]
    ) -> None:
        self.announcer, self.must_ask, self.on_empty = announcer, must_ask, on_empty
        self.question, self.edition = HTML(), 0
        self.buttons = ButtonGroup(notice, self._clicked, "pp-row-buttons", "Start again")
        super().__init__([self.question, self.buttons])
        self.show(something=False)

    def show(self, *, something: bool) -> None:
        """Show the button if there is something in the session, and withdraw the question."""
        self.layout.display = "" if something else "none"
        self._draw(asking=False)

    def _draw(self, *, asking: bool) -> None:
        self.edition += 1
        self.question.value = (
            Markup('<p data-id="{}" tabindex="-1"><b>{}</b></p>').format(self.element_id("question"), QUESTION)
            if asking
            else ""
        )
        ask = [GroupButton("yes", "Yes, start again", look="pp-step"), GroupButton("no", "No, keep it", look="pp-step")]
        self.buttons.draw(
            f"{self.edition}",
            ask if asking else [GroupButton("empty", "Start with an empty session", look="pp-step")],
        )

    def _clicked(self, name: str, state: str) -> None:
        if state != self.buttons.state:
            return
        if name == "empty" and self.must_ask():
            self._draw(asking=True)
            self.focus_on("question", QUESTION)
        elif name == "no":
            self._draw(asking=False)
            self.announcer.say("Nothing has changed.")
        else:
            self.on_empty()
