"""A learner's own sheet to print or keep: what they missed, what would have been better, and where to read on."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from markupsafe import Markup

from etiquette.practice import lesson_on
from etiquette.room import LearnerDebrief
from etiquette.views.controls import lesson_link
from etiquette.views.room.drawing import good_choices, what_to_practise
from etiquette.views.room.links import is_page_url
from etiquette.views.room.report import sheet_style


def take_home_sheet(debrief: LearnerDebrief, day: date, learners_page: str = "") -> Markup:
    """A complete HTML document, without scripts, external resources or names.

    `learners_page` is the address at which learners open the page, with or without a room in it. Without it, lessons
    are named and not linked.
    """
    page = learners_page.partition("#")[0].partition("?")[0]
    link = partial(lesson_link, page=page) if is_page_url(page) else _lesson_title
    return Markup(Path(__file__).with_name("take_home.html").read_text(encoding="utf-8")).format(
        style=sheet_style(),
        date=f"{day.day} {day:%B %Y}",
        good=good_choices(debrief),
        grades=_grades(debrief),
        missed=what_to_practise(debrief, link, 2, folded=False),
    )


def _lesson_title(guideline: str) -> Markup:
    return Markup("“{}”").format(lesson_on(guideline).title)


def _grades(debrief: LearnerDebrief) -> Markup:
    """The grades of the stories that they played alone to the end."""
    return Markup("").join(
        Markup("<p>{}: your grade was {} out of 100.</p>").format(path.run.scenario.title, path.grade)
        for path in debrief.paths
        if path.grade is not None
    )
