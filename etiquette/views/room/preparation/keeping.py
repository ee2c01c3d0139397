"""Keeping a session for another day: under a name, or as a file."""

from __future__ import annotations

import re
from collections.abc import Callable

from ipywidgets import HTML
from markupsafe import Markup

from etiquette.room import NAME_TAKEN, RoomError, check_name
from etiquette.views.controls import Announcer, ButtonGroup, Download, GroupButton, Notice, View, text_field

UNNAMED = "My session"
NOT_IN_FILES = re.compile(r'[\\/:*?"<>|\s]+')


class Keeping(View):
    """The name, and what can be done with it. `on_save` is called with the name, and whether to overwrite.

    Overwriting asks first.
    """

    def __init__(self, notice: Notice, announcer: Announcer, on_save: Callable[[str, bool], None]) -> None:
        self.announcer, self.on_save = announcer, on_save
        self.name, self.answer, self.download = text_field("Name of your session"), HTML(), Download()
        self.buttons = ButtonGroup(notice, self._clicked, "pp-row-buttons", "Save")
        super().__init__(
            [HTML("<h3>Save it for another day</h3>"), self.name, self.buttons, self.answer, self.download], "pp-form"
        )
        self.name.control.observe(lambda _: self._draw(), "value")
        self._draw()

    @property
    def title(self) -> str:
        """The name that has been typed, or one for a session without a name."""
        try:
            return check_name(self.name.text)
        except RoomError:
            return UNNAMED

    def offer(self, document: str) -> None:
        """Offer this file, which holds the session; nothing if it is empty."""
        self.download.filename = file_name(self.title)
        if document:
            self.download.offer(document, "Save it as a file", "application/json")
        self.download.layout.display = "" if document else "none"  # last: a link without words is never shown

    def saved(self, name: str) -> None:
        """Say that the session is saved under this name."""
        self.name.text = name
        self._draw()
        self._say(f"Saved as “{name}”. It’s in the list of prepared sessions.")

    def refused(self, reason: str) -> None:
        """Say why the session is not saved or, if the name is taken, ask whether to overwrite what it names."""
        if reason == NAME_TAKEN:
            self._draw(asking=True)
            self._say(f"There’s already a session called “{self.title}”. Replace it?")
        else:
            self._say(reason)

    def _draw(self, *, asking: bool = False) -> None:
        self.answer.value = ""
        save = [GroupButton("save", "Save it under this name", look="pp-step")]
        ask = [
            GroupButton("replace", "Replace it", look="pp-step"),
            GroupButton("keep", "Keep the old one", look="pp-step"),
        ]
        self.buttons.draw(self.title if asking else "", ask if asking else save)

    def _clicked(self, name: str, state: str) -> None:
        if state != self.buttons.state:
            return
        if name == "keep":
            self._draw()
            self._say("Nothing has been replaced. You can choose another name.")
        else:
            self._draw()
            self.on_save(self.name.text, name == "replace")

    def _say(self, sentence: str) -> None:
        self.answer.value = Markup('<p class="pp-answer" data-id="{}" tabindex="-1">{}</p>').format(
            self.element_id("answer"), sentence
        )
        self.focus_on("answer", sentence)


def file_name(title: str) -> str:
    """The name of the file that holds the session with this title: 'Monday group.json'."""
    return f"{NOT_IN_FILES.sub(' ', title).strip(' .') or UNNAMED}.json"
