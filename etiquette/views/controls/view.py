"""What every view has in common: ids for its elements, and a way to move the focus to one of them."""

from __future__ import annotations

from ipywidgets import VBox

from etiquette.views.controls.announcer import Announcer


class View(VBox):
    """A box whose elements have ids of their own on the page. Subclasses set `announcer`."""

    announcer: Announcer

    def element_id(self, name: str) -> str:
        """The id of this view's element of this name; no other view on the page has it."""
        return f"pp-{name}-{self.model_id}"

    def focus_on(self, name: str, say: str = "", show: str = "") -> None:
        """Focus the element of this name, scroll it (or the one named `show`) to the top, and announce a sentence."""
        self.announcer.move_focus(focus=self.element_id(name), show=self.element_id(show or name), say=say)
