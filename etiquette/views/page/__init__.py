"""The page as a whole: its menu, the lessons, the boundaries they show, and the learner's progress."""

from etiquette.views.page.app import App
from etiquette.views.page.boundary import BoundaryView, boundary

__all__ = ["App", "BoundaryView", "boundary"]
