"""Persists rooms in SQLite or PostgreSQL, so that several pages and several servers can share them.

`Store` opens rooms and lets people join. All access to a room goes through a `FacilitatorSession` or a
`LearnerSession`; what their methods return has been committed. This is the only part of the core that needs SQLAlchemy.
"""

from etiquette.room.store.database import database_url
from etiquette.room.store.facilitator_session import FacilitatorSession
from etiquette.room.store.learner_session import LearnerSession
from etiquette.room.store.relay import Relay
from etiquette.room.store.store import Store
from etiquette.room.store.watch import GONE, Pulse, Watch

__all__ = ["GONE", "FacilitatorSession", "LearnerSession", "Pulse", "Relay", "Store", "Watch", "database_url"]
