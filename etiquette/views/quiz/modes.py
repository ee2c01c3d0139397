"""The choice of a mode and a length, with which a quiz begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ipywidgets import HTML, HBox, VBox, Widget
from markupsafe import Markup

from etiquette.practice import PASS_MARK, QUIZ_LENGTHS, Mode
from etiquette.views.controls import Looks, Notice, button

MODES = {
    Mode.PRACTICE: (
        "Practice",
        "You get feedback after each answer and can try again. Only your first answer counts.",
        "Practise with {} questions",
    ),
    Mode.GRADED: (
        "For a grade",
        f"You get feedback at the end and can’t change your answers. You need {PASS_MARK} or more out of 100 to pass. "
        "If you pass, you can download a certificate.",
        "Take a graded quiz of {} questions",
    ),
}
"""For each mode its title, its explanation and the label of the buttons that start it."""


def mode_choices(notice: Notice, begin: Callable[[int, Mode], None]) -> VBox:
    """Each mode with what it means, and a button for each length in questions that calls `begin` with both."""
    parts, looks = list[Widget](), Looks()  # the buttons are only hidden together
    for mode, (title, explanation, label) in MODES.items():
        parts.append(HTML(Markup("<h3>{}</h3><p>{}</p>").format(title, explanation)))
        starts = [
            button(notice, partial(begin, n, mode), "pp-secondary", description=label.format(n), looks=looks)
            for n in QUIZ_LENGTHS
        ]
        parts.append(HBox(starts).add_class("pp-leave"))
    return VBox(parts).add_class("pp-quiz-starts")
