"""Keeps rooms where several pages, and several servers, share them: in SQLite or PostgreSQL.

`Store` opens rooms and lets people in; a `Desk` is where a facilitator sits, a `Seat` where a learner does. Whatever
returns is stored. It is the only part of the core that needs more than small pure-Python packages.
"""

from etiquette.room_store.desk import FacilitatorSession
from etiquette.room_store.seat import LearnerSession
from etiquette.room_store.store import Store
from etiquette.room_store.watch import GONE, Pulse, Watch

__all__ = ["GONE", "FacilitatorSession", "LearnerSession", "Pulse", "Store", "Watch"]
