"""What all views share: parts with names, moving the focus to one of them, standing alone on a page, and closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from IPython.display import publish_display_data
from ipywidgets import HTML, VBox, Widget
from markupsafe import Markup
from traitlets import HasTraits

from etiquette.views.controls.announcer import Announcer
from etiquette.views.controls.environment import environment
from etiquette.views.controls.progress_store import ProgressStore
from etiquette.views.controls.still import HOW_TO_BEGIN, still_copy
from etiquette.views.controls.style import style

CLOSED = "This has been closed. Run the cell that made it again."


class View(VBox):
    """A box with elements that have names of their own on the page. Subclasses set `announcer`.

    A view that stands alone, as in a cell of a notebook, is a `root`: it has the style sheet, and the announcer is its
    own. If the subclass sets a `progress_store`, that is a part of it too, and `trouble` says what could not be kept.
    All other views share those of the root that they are in. `classes` are those of the style sheet.
    """

    announcer: Announcer
    progress_store: ProgressStore
    trouble: HTML

    def __init__(self, children: Sequence[Widget], *classes: str, root: bool = False, **options: Any) -> None:
        self._unfollow: list[Callable[[], None]] = []
        if root:
            children, classes = (style(), *children, self.announcer), ("pp", *classes)
            if hasattr(self, "progress_store"):
                self.trouble = HTML()
                children = (self.trouble, *children, self.progress_store)
                self.follow(self.progress_store, "trouble", lambda _: self._draw_trouble())
                self._draw_trouble()
        super().__init__(children, _dom_classes=classes, **options)

    def __repr__(self) -> str:
        """Short: a notebook writes it into its output for each visitor."""
        return f"{type(self).__name__}()"

    @property
    def closed(self) -> bool:
        """Whether the view has been closed. Its elements are no longer on the page then."""
        return self.comm is None

    def element_id(self, name: str) -> str:
        """The `data-id` of this view's element of this name; no other view has it."""
        return f"pp-{name}-{self.model_id}"

    def focus_on(self, name: str, say: str = "", show: str = "") -> None:
        """Focus the element of this name, scroll it (or the one named `show`) to the top, and announce a sentence."""
        self.announcer.move_focus(focus=self.element_id(name), show=self.element_id(show or name), say=say)

    def follow(self, source: HasTraits, names: str | Sequence[str], handler: Callable[[Any], object]) -> None:
        """Call `handler` with each change of these traits of something that outlives the view, until that is closed."""
        source.observe(handler, names)
        self._unfollow.append(lambda: source.unobserve(handler, names))

    def close(self) -> None:
        """Close the view and all that is in it, but not an announcer or notice that it shares, nor a progress store."""
        for unfollow in self._unfollow:
            unfollow()
        self._unfollow = []
        if not self.closed:
            _close_parts(self)
        super().close()

    def _draw_trouble(self) -> None:
        trouble = self.progress_store.trouble
        self.trouble.value = Markup('<p class="pp-sorry" role="alert">{}</p>').format(trouble) if trouble else ""
        self.trouble.layout.display = "" if trouble else "none"

    def copied_parts(self) -> Sequence[Widget]:
        """What a still copy shows. A notebook stores it and may be passed on: leave out what the learner typed."""
        children: Sequence[Widget] = self.children
        return children

    def _ipython_display_(self) -> None:
        """Show the view in a notebook, after a still copy for those who can't see it. The announcer hides the copy.

        The views that the same cell showed when it last ran are closed.
        """
        if self.closed:
            publish_display_data({"text/plain": CLOSED})  # type: ignore[no-untyped-call]
            return
        environment().displayed(self)
        copy, bundle = still_copy(self.copied_parts(), self.announcer.name), self._repr_mimebundle_()
        live = {kind: bundle[kind] for kind in bundle if kind != "text/plain"}
        for shown in ({"text/html": copy, "text/plain": HOW_TO_BEGIN}, live):
            publish_display_data(shown)  # type: ignore[no-untyped-call]


def close_all(*widgets: Widget) -> None:
    """Close these widgets and everything in them, with their layouts and styles."""
    for widget in widgets:
        if not isinstance(widget, View):
            _close_parts(widget)
        widget.close()


def _close_parts(widget: Widget) -> None:
    parts = (*getattr(widget, "children", ()), getattr(widget, "layout", None), getattr(widget, "style", None))
    close_all(*(part for part in parts if isinstance(part, Widget) and not isinstance(part, ProgressStore)))
