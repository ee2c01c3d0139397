"""Persists rooms in SQLite or PostgreSQL, so that several pages and several servers can share them.

`Store` opens rooms and lets people join. All access to a room goes through a `FacilitatorSession`, a `LearnerSession`
or a `ProjectorSession`; what their methods return has been committed. A `Feed` tells them when the room has changed.
All of it may be used from several threads at once. This is the only part of the core that needs SQLAlchemy.
"""

from etiquette.room.store.database import database_url
from etiquette.room.store.facilitator_session import FacilitatorSession
from etiquette.room.store.feed import Feed, RoomSession, RoomState
from etiquette.room.store.learner_session import LearnerSession
from etiquette.room.store.overview import RoomOverview
from etiquette.room.store.prepared import PreparedSessions
from etiquette.room.store.projector_session import ProjectorSession
from etiquette.room.store.store import Store

__all__ = [
    "FacilitatorSession",
    "Feed",
    "LearnerSession",
    "PreparedSessions",
    "ProjectorSession",
    "RoomOverview",
    "RoomSession",
    "RoomState",
    "Store",
    "database_url",
]
