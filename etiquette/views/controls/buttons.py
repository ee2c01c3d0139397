"""Buttons that look like the rest of the page, and do not fail in silence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from IPython import get_ipython
from ipywidgets import HTML, Button, Layout
from ipywidgets.widgets.widget_button import ButtonStyle

log = logging.getLogger("etiquette")

SOMETHING_WENT_WRONG = (
    '<p class="pp-sorry" role="alert">Something went wrong here. Your answers so far are safe; please try again.</p>'
)


class Notice(HTML):
    """Where a view owns up to a fault of ours. Empty as long as there is none."""


def call_soon(work: Callable[[], None]) -> None:
    """Do this when what has been sent so far is on its way; at once where there is no kernel, as in a script.

    A kernel sends from a thread of its own, which has to wait as long as the kernel goes on computing.
    """
    if getattr(get_ipython(), "kernel", None) is None:
        work()
    else:
        asyncio.get_running_loop().call_soon(work)


class Looks:
    """The layout and the style of buttons that are shown and hidden together."""

    def __init__(self) -> None:
        self.layout, self.style = Layout(width="auto", height="auto"), ButtonStyle()


def button(
    notice: Notice,
    when_clicked: Callable[[], None],
    *classes: str,
    description: str = "",
    looks: Looks | None = None,
) -> Button:
    """A button that does this when clicked. Without `looks` that it shares with others, it can be hidden by itself.

    ipywidgets only logs what a click raises, where no learner can see it; here the fault goes to the log of
    the host, and a sentence to the learner.
    """
    looks = looks or Looks()
    every = {"layout": looks.layout, "style": looks.style, "_dom_classes": ("pp-button", *classes)}  # told once
    made = Button(description=description, **every)

    def clicked(_: Button) -> None:
        try:
            when_clicked()
        except Exception:
            log.exception("a click on %r failed", made.description)
            notice.value = SOMETHING_WENT_WRONG
        else:
            if notice.value:
                notice.value = ""

    made.on_click(clicked)
    return made
