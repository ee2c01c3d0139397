"""The learner's progress in a cell of a notebook, with what comes next below it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ipywidgets import VBox

from etiquette.practice import Activity, NextStep, lessons
from etiquette.stories import library
from etiquette.views.controls import Announcer, View, close_all, environment, utc_now

if TYPE_CHECKING:
    from etiquette.views.page.lesson import LessonView
    from etiquette.views.quiz import QuizView
    from etiquette.views.stories import Player


class ProgressCell(View):
    """The progress in the environment's store. What comes next opens in `stage`."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        from etiquette.views.page.progress import ProgressView

        here = environment()
        self.policy, self.progress_store, self.clock = here.policy, here.progress_store, clock
        self.announcer, self.stage = Announcer(), VBox()
        titles = {name: lesson.title for name, lesson in lessons().items()}
        known = (self.progress_store, library(), self.announcer, self._open, titles)
        self.progress_view = ProgressView(*known, clock, title="Your progress")
        super().__init__([self.progress_view, self.stage], root=True)

    def _open(self, step: NextStep) -> None:
        before, view = self.stage.children, self._view(step)
        self.stage.children = [view]
        close_all(*before)
        view.take_focus()

    def _view(self, step: NextStep) -> QuizView | Player | LessonView:
        """A view of this step. What it needs is imported only now."""
        from etiquette.views.page.lesson import LessonView
        from etiquette.views.quiz import QuizView, Reviewer
        from etiquette.views.stories import Player

        shared = (self.policy, self.progress_store)
        match step.activity:
            case Activity.REVIEW:
                return Reviewer(step.topics[0], *shared, self.announcer, self.clock)
            case Activity.LEARN:
                return LessonView(lessons()[step.name], self.progress_store, self.announcer)
            case Activity.SIT:
                return QuizView(None, *shared, self.announcer, clock=self.clock)
            case _:
                return Player(library()[step.name], *shared, announcer=self.announcer, clock=self.clock)


def progress() -> ProgressCell:
    """The learner's progress, for a notebook cell: what is done, what comes next, what is due and what was gained."""
    return ProgressCell()
