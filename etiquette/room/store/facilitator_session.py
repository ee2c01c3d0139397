"""The facilitator's access to a room: every command goes through here, and requires the room's secret."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from etiquette.room import (
    Command,
    FacilitatorSnapshot,
    MovedOnError,
    QuestionState,
    Room,
    RoomDebrief,
    RoomError,
    RoomQuestion,
    Tally,
    debrief_room,
    facilitator_snapshot,
    hash_token,
    matches_hash,
    projector_secret,
)
from etiquette.room.store.feed import RoomSession
from etiquette.room.store.question_rows import read_questions, save_mark
from etiquette.room.store.rows import StoredRoom
from etiquette.room.store.schema import people, rooms, votes

MOVED_ON = "The room had already moved on, so nothing was changed. Check the screen and try again."


@dataclass(frozen=True, slots=True)
class FacilitatorSession(RoomSession):
    """The facilitator's access to one room, from any number of pages.

    `seen` is the version of the snapshot that a command is based on. If the room has changed since (a double tap, a
    second tab), the command raises a `MovedOnError` and does nothing. Every method raises a `RoomError` if the room
    refuses or the secret is wrong, and a `StoreError` if the store is unavailable.
    """

    secret: str

    @property
    def projector_secret(self) -> str:
        """The secret in the address of this room's projector, which may only be looked at."""
        return projector_secret(hash_token(self.secret))

    def snapshot(self) -> FacilitatorSnapshot:
        """What the facilitator sees now."""
        return self.rows.database.read(self._snapshot)

    def do(self, command: Command, *, seen: int) -> FacilitatorSnapshot:
        """Carry out a command. To decide a tie in a story played together, use `reveal`."""
        if command is Command.REVEAL:
            return self.reveal(seen=seen)
        return self._change(seen, lambda connection, room: room.do(command, self.rows.clock()))

    def reveal(self, *, seen: int, choice: int | None = None) -> FacilitatorSnapshot:
        """Reveal the verdicts. If a story played together has a tie, `choice` is what happens."""

        def step(connection: Connection, room: Room) -> Room:
            counts = self.rows.counts(connection, self.code, room, everything=True)
            return room.reveal(counts.tallies[-1] if counts.tallies else Tally(()), choice)

        return self._change(seen, step)

    def set_timer(self, until: datetime | None, *, seen: int) -> FacilitatorSnapshot:
        """Set the time at which the facilitator plans to close the vote, or remove it."""
        return self._change(seen, lambda connection, room: room.with_timer(until))

    def hide_nickname(self, number: int, *, hidden: bool = True) -> FacilitatorSnapshot:
        """Hide a person's nickname from everybody, or show it again."""
        return self._change_person(number, hidden=hidden)

    def remove(self, number: int) -> FacilitatorSnapshot:
        """Remove a person from the room, with all their votes. They can neither vote nor return with the same token."""
        return self._change_person(number, removed=True)

    def _change_person(self, number: int, **values: bool) -> FacilitatorSnapshot:
        """Change a row of `people`, in a new version of the room: its learners hear of those at once."""

        def change(connection: Connection) -> FacilitatorSnapshot:
            self.rows.lock(connection, self.code)
            self._held(connection)
            chosen = people.update().where(people.c.room == self.code, people.c.number == number)
            connection.execute(chosen.values(**values))
            if values.get("removed"):
                connection.execute(votes.delete().where(votes.c.room == self.code, votes.c.person == number))
            this = rooms.update().where(rooms.c.code == self.code)
            connection.execute(this.values(version=rooms.c.version + 1))
            return self._snapshot(connection)

        return self.rows.database.write(change, self.rows.notify(self.code))

    def debrief(self) -> RoomDebrief:
        """The debrief: of what was revealed so far or, at the end, of everything that was voted on."""

        def look(connection: Connection) -> RoomDebrief:
            room = self._held(connection).room
            found = self.rows.votes(connection, self.code, room.ballots)
            return debrief_room(room, found, self.rows.people(connection, self.code))

        return self.rows.database.read(look)

    def questions(self) -> tuple[RoomQuestion, ...]:
        """What learners have asked, in the order in which they asked."""

        def look(connection: Connection) -> tuple[RoomQuestion, ...]:
            self._held(connection)
            return read_questions(connection, self.code)

        return self.rows.database.read(look)

    def mark(self, number: int, state: QuestionState, *, seen: QuestionState) -> tuple[RoomQuestion, ...]:
        """Show a question on the projector, take it down, or say that it is answered or dismissed; returns all of them.

        `seen` is the state that the facilitator saw. If the question has changed since, raises a `MovedOnError`.
        """

        def mark(connection: Connection) -> tuple[RoomQuestion, ...]:
            self._held(connection)
            return save_mark(connection, self.code, number, state, seen)

        return self.rows.database.write(mark, self.rows.notify(self.code))

    def delete(self) -> None:
        """Delete the room and everything in it."""

        def delete(connection: Connection) -> None:
            self._held(connection)
            connection.execute(rooms.delete().where(rooms.c.code == self.code))

        self.rows.database.write(delete, self.rows.notify(self.code, activity=False))

    def _held(self, connection: Connection) -> StoredRoom:
        held = self.rows.room(connection, self.code)
        if not matches_hash(self.secret, held.secret):
            raise RoomError(
                "That isn’t the facilitator’s link for this room. Please use the one you saved when you opened it."
            )
        return held

    def _snapshot(self, connection: Connection) -> FacilitatorSnapshot:
        held = self._held(connection)
        counts = self.rows.counts(connection, self.code, held.room, everything=True)
        return facilitator_snapshot(held.room, held.version, self.rows.people(connection, self.code), counts)

    def _change(self, seen: int, step: Callable[[Connection, Room], Room]) -> FacilitatorSnapshot:
        """Change the room if it is still at the version that was seen; idempotent if the write is retried."""
        this = uuid.uuid4().hex

        def change(connection: Connection) -> FacilitatorSnapshot:
            held = self._held(connection)
            if held.version != seen:
                last = connection.scalar(select(rooms.c.last_step).where(rooms.c.code == self.code))
                if last != this:
                    raise MovedOnError(MOVED_ON)
                return self._snapshot(connection)
            changed = step(connection, held.room)
            values = {"state": changed.to_json(), "version": seen + 1, "last_step": this}
            same = rooms.update().where(rooms.c.code == self.code, rooms.c.version == seen)
            if connection.execute(same.values(**values)).rowcount == 0:
                raise MovedOnError(MOVED_ON)
            if gone := _ballots(held.room) - _ballots(changed):
                connection.execute(votes.delete().where(votes.c.room == self.code, votes.c.ballot.in_(gone)))
            return self._snapshot(connection)

        return self.rows.database.write(change, self.rows.notify(self.code, activity=False))


def _ballots(room: Room) -> frozenset[int]:
    """The ballots whose votes are kept: those that count, and those that count again if the last command is undone."""
    return room.ballots | (room.before.ballots if room.before else frozenset())
