"""A workshop on the page: the facilitator's control, the learner's view of the room, the projector, and the debrief."""

from etiquette.views.room.facilitator import Facilitator
from etiquette.views.room.phone.joining import parse_saved_session
from etiquette.views.room.phone.learner import LearnerView
from etiquette.views.room.projector.projector import Projector

__all__ = ["Facilitator", "LearnerView", "Projector", "parse_saved_session"]
