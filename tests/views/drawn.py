"""What the tests of views share: the text of what is drawn, the buttons on screen, and a text full of markup."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from ipywidgets import Widget

from etiquette.views import Player
from etiquette.views.controls import ButtonGroup

NASTY = "<img src=x onerror=alert(1)>&\"'"


class Text(HTMLParser):
    """The text of some HTML, in pieces, and the names of its elements."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.elements: list[str] = []
        self.feed(markup)

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.elements.append(tag)


@dataclass(frozen=True)
class Shown:
    """A button on screen in a group."""

    group: ButtonGroup
    name: str
    description: str

    def click(self) -> None:
        self.group.click(self.name)


def buttons(box: Widget) -> list[Any]:
    """The buttons on screen in this box or group."""
    if box.layout.display == "none":
        return []
    if isinstance(box, ButtonGroup):
        ticks = ["✓ " * each["chosen"] for each in box.buttons]
        return [Shown(box, each["name"], tick + each["label"]) for tick, each in zip(ticks, box.buttons, strict=True)]
    return [child for child in box.children if child.layout.display != "none"]


def choose(player: Player, start: str) -> None:
    """Click the choice that starts with these words."""
    next(choice for choice in buttons(player.choices) if choice.description.startswith(start)).click()
