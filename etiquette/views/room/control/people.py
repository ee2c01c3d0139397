"""The people in a room, as its facilitator sees them: nicknames to hide, and people to remove."""

from __future__ import annotations

from collections.abc import Callable

from ipywidgets import VBox

from etiquette.room import Person
from etiquette.views.controls import ButtonGroup, GroupButton, Notice, button

MOST_PEOPLE = 300


class PeopleList(VBox):
    """A list that is folded away at first. `hide` takes a person's number and whether to hide their nickname.

    The list is sent to the browser only while it is open.
    """

    def __init__(self, notice: Notice, hide: Callable[[int, bool], object], remove: Callable[[Person], object]) -> None:
        self.hide, self.remove = hide, remove
        self.people: tuple[Person, ...] = ()
        self.opened = False
        self.toggle = button(notice, self._toggle, "pp-back", description="Show the people here")
        self.list = ButtonGroup(notice, self._clicked, "pp-people", "People in this room")
        super().__init__([self.toggle, self.list])
        self.list.draw("", [])

    def draw(self, people: tuple[Person, ...]) -> None:
        """Show these people, if the list is open."""
        self.people = people[:MOST_PEOPLE]
        self.list.draw("", [each for person in self.people for each in _buttons(person)] if self.opened else [])

    def _toggle(self) -> None:
        self.opened = not self.opened
        self.toggle.description = "Close this list" if self.opened else "Show the people here"
        self.draw(self.people)

    def _clicked(self, name: str, _: str) -> None:
        """Do what the button says. Its name is what it does and whom it means: 'hide 3'."""
        act, _, number = name.partition(" ")
        person = next((each for each in self.people if each.number == int(number)), None)
        if person is None:
            return
        if act == "remove":
            self.remove(person)
        else:
            self.hide(person.number, act == "hide")


def _buttons(person: Person) -> tuple[GroupButton, GroupButton]:
    name = person.display_name
    if not person.nickname:
        nickname = GroupButton(
            f"nameless {person.number}", f"{name}, without a nickname", look="pp-kind", enabled=False
        )
    elif person.hidden:
        nickname = GroupButton(f"show {person.number}", f"Show {name}’s nickname", look="pp-kind")
    else:
        nickname = GroupButton(f"hide {person.number}", f"Hide {name}", look="pp-kind")
    return nickname, GroupButton(f"remove {person.number}", f"Remove {name}", look="pp-kind pp-danger")
