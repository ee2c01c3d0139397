"""The sessions that facilitators have put together for another day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects import postgresql, sqlite

from etiquette.judge import Policy
from etiquette.room import NAME_TAKEN, Agenda, PreparedSession, RoomError, UnreadableSession, check_name, free_name
from etiquette.room.store.rows import Rows, to_microseconds
from etiquette.room.store.schema import prepared
from etiquette.stories import Scenario

MOST_SAVED = 100
NOT_SAVED = "There’s no saved session with this name any more."


@dataclass(frozen=True, slots=True)
class PreparedSessions:
    """All saved sessions. The facilitators of one store share them."""

    rows: Rows

    def saved(
        self, scenarios: Mapping[str, Scenario], policy: Policy
    ) -> tuple[PreparedSession | UnreadableSession, ...]:
        """All saved sessions, the latest first, drawn by this policy."""
        wanted = select(prepared.c.name, prepared.c.agenda).order_by(prepared.c.saved.desc(), prepared.c.name)
        found = self.rows.database.read(lambda connection: connection.execute(wanted).all())
        return tuple(_redrawn(name, agenda, scenarios, policy) for name, agenda in found)

    def load(self, name: str, scenarios: Mapping[str, Scenario], policy: Policy) -> PreparedSession:
        """The session saved under this name, drawn by this policy. Raises `RoomError` if there is none, or it cannot be
        opened.
        """
        return PreparedSession.redrawn(name, self.rows.database.read(lambda it: _agenda(it, name)), scenarios, policy)

    def save(self, name: str, agenda: Agenda, *, overwrite: bool = False) -> str:
        """Save this agenda, and return the name under which it is saved. Raises `RoomError` if the name cannot be used,
        is taken (unless you `overwrite` it), or too many sessions have been saved.
        """
        name = check_name(name)
        self._save(name, agenda.to_json(), overwrite=overwrite)
        return name

    def delete(self, name: str) -> None:
        """Delete the session of this name, if there is one."""
        self.rows.database.write(lambda it: it.execute(prepared.delete().where(prepared.c.name == name)))

    def duplicate(self, name: str) -> str:
        """Save a copy under a free name, and return that. Raises `RoomError` if there is no session of this name, or
        too many have been saved.
        """
        text, taken = self.rows.database.read(lambda it: (_agenda(it, name), set(it.scalars(select(prepared.c.name)))))
        copy = free_name(name, taken)
        self._save(copy, text, overwrite=False)
        return copy

    def _save(self, name: str, text: str, *, overwrite: bool) -> None:
        def save(connection: Connection) -> None:
            if _count(connection, name) >= MOST_SAVED:
                raise RoomError(f"There are {MOST_SAVED} saved sessions already. Please delete one first.")
            self._insert(connection, name, text, overwrite=overwrite)
            if _agenda(connection, name) != text:
                raise RoomError(NAME_TAKEN)

        self.rows.database.write(save)

    def _insert(self, connection: Connection, name: str, agenda: str, *, overwrite: bool) -> None:
        insert = sqlite.insert if self.rows.database.is_sqlite else postgresql.insert
        values = {"agenda": agenda, "saved": to_microseconds(self.rows.clock())}
        statement = insert(prepared).values(name=name, **values)
        key = [prepared.c.name]
        connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_=values)
            if overwrite
            else statement.on_conflict_do_nothing(index_elements=key)
        )


def _agenda(connection: Connection, name: str) -> str:
    found: str | None = connection.scalar(select(prepared.c.agenda).where(prepared.c.name == name))
    if found is None:
        raise RoomError(NOT_SAVED)
    return found


def _count(connection: Connection, other_than: str) -> int:
    return connection.scalar(select(func.count()).select_from(prepared).where(prepared.c.name != other_than)) or 0


def _redrawn(
    name: str, agenda: str, scenarios: Mapping[str, Scenario], policy: Policy
) -> PreparedSession | UnreadableSession:
    try:
        return PreparedSession.redrawn(name, agenda, scenarios, policy)
    except RoomError as error:
        return UnreadableSession(name, str(error))
