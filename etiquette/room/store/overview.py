"""Where a room stands, for the list of a facilitator's rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from etiquette.room import RoomError, RoomKey, Screen, matches_hash, screen_of
from etiquette.room.store.rows import Rows, from_microseconds
from etiquette.room.store.schema import rooms


@dataclass(frozen=True, slots=True)
class RoomOverview:
    """A room of a facilitator's, when it was opened, and when it will be deleted.

    `name` is that of the session, which may be empty. `screen` is what its projector shows now; None if the room cannot
    be continued here, because its saved state is damaged or judged by a policy that is unknown here.
    """

    key: RoomKey
    opened: datetime
    deleted_from: datetime
    screen: Screen | None
    name: str = ""


def room_overview(rows: Rows, connection: Connection, key: RoomKey) -> RoomOverview | None:
    """The overview of the room with this key; None if there is no such room, or its secret is another."""
    wanted = select(rooms.c.secret, rooms.c.opened, rooms.c.deleted_from).where(rooms.c.code == key.code)
    row = connection.execute(wanted).one_or_none()
    if row is None or not matches_hash(key.secret, row.secret):
        return None
    opened, deleted_from = from_microseconds(row.opened), from_microseconds(row.deleted_from)
    try:
        room = rows.room(connection, key.code).room
        name, screen = room.agenda.name, screen_of(room, rows.counts(connection, key.code, room))
    except (RoomError, LookupError, TypeError, ValueError):
        name, screen = "", None
    return RoomOverview(key, opened, deleted_from, screen, name)
