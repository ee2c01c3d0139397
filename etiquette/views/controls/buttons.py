"""Buttons in the style of the page, which report their failures instead of swallowing them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from itertools import zip_longest

from ipywidgets import HTML, Button, Layout
from ipywidgets.widgets.widget_button import ButtonStyle

log = logging.getLogger("etiquette")

SOMETHING_WENT_WRONG = (
    '<p class="pp-sorry" role="alert">Something went wrong here. Your answers so far are safe; please try again.</p>'
)


class Notice(HTML):
    """Where a view apologises for an internal error. Empty when there is none."""


class Looks:
    """A layout and a style for buttons that are shown and hidden together. Others may share the `style` alone."""

    def __init__(self, style: ButtonStyle | None = None) -> None:
        self.layout, self.style = Layout(width="auto", height="auto"), style or ButtonStyle()


def button(
    notice: Notice,
    when_clicked: Callable[[], None],
    *classes: str,
    description: str = "",
    looks: Looks | None = None,
) -> Button:
    """A button that calls `when_clicked`. Buttons that share `looks` cannot be hidden one by one.

    ipywidgets only logs what a click handler raises, where no learner can see it. Here the exception goes to the
    host's log, and an apology into `notice` until the next click that works.
    """
    looks = looks or Looks()
    dom_classes = ("pp-button", *classes)  # all in one message: add_class would send another
    made = Button(description=description, layout=looks.layout, style=looks.style, _dom_classes=dom_classes)

    def clicked(_: Button) -> None:
        try:
            when_clicked()
        except Exception:
            log.exception("a click on %r failed", made.description)
            notice.value = SOMETHING_WENT_WRONG
        else:
            notice.value = ""

    made.on_click(clicked)
    return made


def show_labels(buttons: Sequence[Button], labels: Sequence[str]) -> None:
    """Give these labels to the first of the buttons, and hide the others."""
    for shown, label in zip_longest(buttons, labels):
        shown.description = label or ""
        shown.layout.display = "none" if label is None else ""
