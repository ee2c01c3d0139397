"""What a learner seldom needs, away from what they tap: which room this is, their nickname, and the way out."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import HTML, VBox
from markupsafe import Markup

from etiquette.room import LearnerSnapshot, Person, format_code
from etiquette.views.controls import Notice, button, text_field

CLOSED, OPENED = "About this room", "Hide this"


def hidden_sentence(person: Person) -> str:
    """What somebody is told whose nickname the facilitator has hidden; empty for everybody else."""
    if not person.hidden or not person.nickname:
        return ""
    return (
        f"The facilitator has hidden your nickname. Others see you as {person.display_name}. "
        "You can choose another one under “About this room”, and ask the facilitator to show it."
    )


class AboutRoom(VBox):
    """A part at the end of a room's page that has to be opened first, so that nobody leaves by accident.

    `on_rename` is called with another nickname. Who has had theirs hidden is told, and offered to choose another.
    """

    def __init__(self, notice: Notice, on_rename: Callable[[str], None], on_leave: Callable[[], None]) -> None:
        self.on_rename = on_rename
        self.hidden, self.where = HTML(), HTML()
        self.toggle = button(notice, self._toggle, "pp-back", description=CLOSED)
        self.nickname = text_field("The name others see")
        self.nickname.on_enter(self._rename)
        self.rename = button(notice, self._rename, "pp-secondary", description="Change my nickname")
        self.leave = button(notice, on_leave, "pp-secondary", description="Leave this room")
        self.details = VBox([self.where, self.nickname, self.rename, self.leave]).add_class("pp-form")
        super().__init__([self.hidden, self.toggle, self.details], _dom_classes=("pp-about",))
        self.fold()

    def fold(self) -> None:
        """Close it again."""
        self._open(shown=False)

    def draw(self, snapshot: LearnerSnapshot, code: str) -> None:
        """Draw who this learner is in the room with this code."""
        person = snapshot.person
        self.where.value = Markup("<h3>Room {}</h3><p>You’re here as <b><bdi>{}</bdi></b>.</p>").format(
            format_code(code), person.nickname or person.display_name
        )
        sentence = hidden_sentence(person)
        self.hidden.layout.display = "" if sentence else "none"
        self.hidden.value = Markup('<p class="pp-told">{}</p>').format(sentence) if sentence else ""

    def _toggle(self) -> None:
        self._open(shown=self.details.layout.display == "none")

    def _open(self, *, shown: bool) -> None:
        self.details.layout.display = "" if shown else "none"
        self.toggle.description = OPENED if shown else CLOSED

    def _rename(self) -> None:
        self.fold()
        self.on_rename(self.nickname.text)
        self.nickname.text = ""
