"""What all views share: ids for their elements, moving the focus to one of them, and closing."""

from __future__ import annotations

from ipywidgets import VBox, Widget

from etiquette.views.controls.announcer import Announcer


class View(VBox):
    """A box whose elements have ids of their own on the page. Subclasses set `announcer`."""

    announcer: Announcer

    @property
    def closed(self) -> bool:
        """Whether the view has been closed. Its elements are no longer on the page then."""
        return self.comm is None

    def element_id(self, name: str) -> str:
        """The id of this view's element of this name; no other view on the page has it."""
        return f"pp-{name}-{self.model_id}"

    def focus_on(self, name: str, say: str = "", show: str = "") -> None:
        """Focus the element of this name, scroll it (or the one named `show`) to the top, and announce a sentence."""
        self.announcer.move_focus(focus=self.element_id(name), show=self.element_id(show or name), say=say)

    def close(self) -> None:
        """Close the view and everything in it, but not an announcer or a notice that it shares."""
        if not self.closed:
            _close_parts(self)
        super().close()


def close_all(*widgets: Widget) -> None:
    """Close these widgets and everything in them, with their layouts and styles."""
    for widget in widgets:
        if not isinstance(widget, View):
            _close_parts(widget)
        widget.close()


def _close_parts(widget: Widget) -> None:
    parts = (*getattr(widget, "children", ()), getattr(widget, "layout", None), getattr(widget, "style", None))
    close_all(*(part for part in parts if isinstance(part, Widget)))
