"""A workshop on the page: the facilitator's control, the learner's phone, and the debrief."""

from etiquette.views.room.facilitator import Facilitator
from etiquette.views.room.learner import LearnerView, read_seat

__all__ = ["Facilitator", "LearnerView", "read_seat"]
