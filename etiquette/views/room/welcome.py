"""What a facilitator sees above the control of a room that they have just opened: the link back to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ipywidgets import HTML, HBox
from markupsafe import Markup

from etiquette.room import format_code
from etiquette.views.controls import Announcer, CopyLink, Download, Notice, View, button
from etiquette.views.room.links import RoomLinks, only_here

LINK_FILE = Markup(
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Your workshop room {code}</title>\n'
    "<p>This link opens the control of your workshop room {code}. It works until {until}, when the room is deleted. "
    'Keep it to yourself: anyone who has it can run the room.</p>\n<p><a href="{link}">{link}</a></p></html>\n'
)


class Welcome(View):
    """The private link to a room, to be copied or saved as a file.

    `until` is the day on which the room is deleted. `on_done` is called when the facilitator has saved the link.
    """

    def __init__(
        self,
        code: str,
        links: RoomLinks,
        until: date,
        announcer: Announcer,
        notice: Notice,
        on_done: Callable[[], None],
    ) -> None:
        self.announcer = announcer
        where = "on this computer" if only_here(links.control) else "from any computer"
        day = f"{until:%A} {until.day} {until:%B}"
        self.copy = CopyLink(links.control, "Copy your private link")
        self.file = Download(filename=f"workshop-{code}.html")
        self.file.offer(link_file(code, links.control, day), "Save it as a file")
        self.done = button(notice, on_done, "pp-primary", description="I’ve saved it")
        save = HTML()
        steps = HBox([self.copy, self.file, self.done], _dom_classes=("pp-steps",))
        super().__init__([save, steps], "pp-welcome")
        save.value = Markup(
            '<h2 data-id="{}" tabindex="-1">Save your private link</h2><p>Use it to come back to this room '
            "{}, until {}. This browser lists the room under “My rooms” too. Keep the link to yourself: "
            "anyone who has it can run the room.</p>"
        ).format(self.element_id("save"), where, day)

    def take_focus(self) -> None:
        """Move the focus to the heading, and say that the room is open."""
        self.focus_on("save", "The room is open. Save your private link.")


def link_file(code: str, link: str, until: str) -> str:
    """A small page that holds a private link, to be kept as a file."""
    return LINK_FILE.format(code=format_code(code), link=link, until=until)
