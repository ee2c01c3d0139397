"""Keeps rooms in SQLite or PostgreSQL, where several pages and several servers share them.

`Store` opens rooms and lets people in. A `FacilitatorSession` and a `LearnerSession` are the only ways into a room, and
what they return is stored. This is the one part of the core that needs more than small pure-Python packages.
"""

from etiquette.room.store.database import database_url
from etiquette.room.store.facilitator_session import FacilitatorSession
from etiquette.room.store.learner_session import LearnerSession
from etiquette.room.store.relay import Relay
from etiquette.room.store.store import Store
from etiquette.room.store.watch import GONE, Pulse, Watch

__all__ = ["GONE", "FacilitatorSession", "LearnerSession", "Pulse", "Relay", "Store", "Watch", "database_url"]
