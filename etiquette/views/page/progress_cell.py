"""The learner's progress in a cell of a notebook, with what comes next below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ipywidgets import VBox

from etiquette.practice import Activity, NextStep, QuizPoint, StoryPoint, lessons
from etiquette.stories import Run, Scenario, library
from etiquette.views.controls import Announcer, View, close_all, environment, utc_now
from etiquette.views.page.next_step import Offer

if TYPE_CHECKING:
    from etiquette.views.page.lesson import LessonView
    from etiquette.views.quiz import QuizView
    from etiquette.views.stories import Player


class ProgressCell(View):
    """The progress in the environment's store. What comes next opens in `stage`."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        from etiquette.views.page.progress_view import ProgressView

        here = environment()
        self.policy, self.progress_store, self.clock = here.policy, here.progress_store, clock
        self.announcer, self.stage = Announcer(), VBox()
        titles = {name: lesson.title for name, lesson in lessons().items()}
        known = (self.progress_store, library(), self.announcer, self._open, titles)
        self.progress_view = ProgressView(*known, clock, self.policy, "Your progress")
        super().__init__([self.progress_view, self.stage], root=True)

    def _open(self, offer: Offer) -> None:
        before, view = self.stage.children, self._view(offer)
        self.stage.children = [view]
        close_all(*before)
        view.take_focus()

    def _view(self, offer: Offer) -> QuizView | Player | LessonView:
        """A view of what is offered. What it needs is imported only now."""
        from etiquette.views.page.lesson import LessonView
        from etiquette.views.quiz import QuizView, Reviewer
        from etiquette.views.stories import Player

        shared = (self.policy, self.progress_store)
        match offer:
            case NextStep(Activity.REVIEW, topics=topics):
                return Reviewer(topics[0], *shared, self.announcer, self.clock)
            case NextStep(Activity.LEARN, name):
                return LessonView(lessons()[name], self.progress_store, self.announcer)
            case NextStep(Activity.SIT) | QuizPoint():
                return QuizView(None, *shared, self.announcer, clock=self.clock)
            case NextStep(name=name) | StoryPoint(Run(scenario=Scenario(id=name))):
                return Player(library()[name], *shared, announcer=self.announcer, clock=self.clock)


def progress() -> ProgressCell:
    """The learner's progress, for a notebook cell: what is done, what comes next, what is due and what was gained."""
    return ProgressCell()
