"""The page as a whole: its menu, the lessons, the boundaries they show, and the learner's progress."""

from etiquette.views.page.app import App
from etiquette.views.page.boundary import BoundaryView, boundary
from etiquette.views.page.lesson_end import LessonEnd, finish
from etiquette.views.page.progress_cell import ProgressCell, progress

__all__ = [
    "App",
    "BoundaryView",
    "LessonEnd",
    "ProgressCell",
    "boundary",
    "finish",
    "progress",
]
