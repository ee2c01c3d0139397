"""What the tests of views share: the text of what is drawn, the buttons on screen, and a text full of markup."""

from __future__ import annotations

from html.parser import HTMLParser

from ipywidgets import Button, Widget

from etiquette.views import Player

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


def buttons(box: Widget) -> list[Button]:
    """The buttons on screen in this box."""
    if box.layout.display == "none":
        return []
    return [child for child in box.children if child.layout.display != "none"]


def choose(player: Player, start: str) -> None:
    """Click the choice that starts with these words."""
    next(choice for choice in buttons(player.choices) if choice.description.startswith(start)).click()
