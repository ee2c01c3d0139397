"""Where a facilitator sits: every step of a room is taken from here, by whoever has its secret."""

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
    Room,
    RoomDebrief,
    RoomError,
    Tally,
    debrief_room,
    facilitator_snapshot,
    matches_hash,
)
from etiquette.room.store.rows import Held, Rows
from etiquette.room.store.schema import people, rooms, votes
from etiquette.room.store.watch import Watch

MOVED_ON = "The room has moved on since you last looked, so nothing was done. Please look again."


@dataclass(frozen=True, slots=True)
class FacilitatorSession:
    """The facilitator's place in one room, on however many computers.

    Every step says at which `version` the room was `seen`: if it has moved on since (two taps, two tabs), a
    `MovedOnError` says so and nothing is done. Every method raises a `RoomError` where the room refuses, or where the
    secret is not the room's, and a `StoreError` where the store cannot do its work.
    """

    rows: Rows
    code: str
    secret: str

    def overview(self) -> FacilitatorSnapshot:
        """What the facilitator sees now."""
        return self.rows.database.read(self._overview)

    def do(self, step: Command, *, seen: int) -> FacilitatorSnapshot:
        """Take a step; to reveal a tie in a story played together takes `reveal`."""
        if step is Command.REVEAL:
            return self.reveal(seen=seen)
        return self._change(seen, lambda connection, room: room.do(step, self.rows.clock()))

    def reveal(self, *, seen: int, choice: int | None = None) -> FacilitatorSnapshot:
        """Reveal the verdicts; of a tie in a story played together, `choice` is what happens."""

        def step(connection: Connection, room: Room) -> Room:
            prompt = room.prompt(room.at) if room.stage else None
            tally = Tally(())
            if prompt and room.stage and room.stage.ballots:
                tally = self.rows.tally(connection, self.code, room.stage.ballots[-1], len(prompt.options))
            return room.reveal(tally, choice)

        return self._change(seen, step)

    def timer(self, until: datetime | None, *, seen: int) -> FacilitatorSnapshot:
        """Say until when the vote should take, or take that back."""
        return self._change(seen, lambda connection, room: room.timed(until))

    def hide(self, number: int, *, hidden: bool = True) -> FacilitatorSnapshot:
        """Hide the nickname of this person from everybody, or show it again."""

        def hide(connection: Connection) -> FacilitatorSnapshot:
            self._held(connection)
            chosen = people.update().where(people.c.room == self.code, people.c.number == number)
            connection.execute(chosen.values(hidden=hidden))
            return self._overview(connection)

        return self.rows.database.write(hide, self.rows.notify(self.code))

    def debriefing(self) -> RoomDebrief:
        """How the session went: of what was revealed or, at the end, of all that was voted on."""

        def look(connection: Connection) -> RoomDebrief:
            room = self._held(connection).room
            found = self.rows.votes(connection, self.code, room.ballots)
            return debrief_room(room, found, self.rows.people(connection, self.code))

        return self.rows.database.read(look)

    def delete(self) -> None:
        """Delete the room now, with everything in it."""

        def delete(connection: Connection) -> None:
            self._held(connection)
            connection.execute(rooms.delete().where(rooms.c.code == self.code))

        self.rows.database.write(delete, self.rows.notify(self.code, activity=False))

    def watch(self) -> Watch:
        """Tells when to look again."""
        return Watch(self.rows.database.line, self.code)

    def _held(self, connection: Connection) -> Held:
        held = self.rows.room(connection, self.code)
        if not matches_hash(self.secret, held.secret):
            raise RoomError("This is not the facilitator’s link of this room. Please open the long link that is.")
        return held

    def _overview(self, connection: Connection) -> FacilitatorSnapshot:
        held = self._held(connection)
        counts = self.rows.counts(connection, self.code, held.room, everything=True)
        return facilitator_snapshot(held.room, held.version, self.rows.people(connection, self.code), counts)

    def _change(self, seen: int, step: Callable[[Connection, Room], Room]) -> FacilitatorSnapshot:
        """Take a step at the version that was seen, once, even if the word that it was stored gets lost."""
        this = uuid.uuid4().hex

        def change(connection: Connection) -> FacilitatorSnapshot:
            held = self._held(connection)
            if held.version != seen:
                last = connection.scalar(select(rooms.c.last_step).where(rooms.c.code == self.code))
                if last != this:
                    raise MovedOnError(MOVED_ON)
                return self._overview(connection)
            changed = step(connection, held.room)
            values = {"state": changed.to_json(), "version": seen + 1, "last_step": this}
            same = rooms.update().where(rooms.c.code == self.code, rooms.c.version == seen)
            if connection.execute(same.values(**values)).rowcount == 0:
                raise MovedOnError(MOVED_ON)
            if gone := held.room.ballots - changed.ballots:
                connection.execute(votes.delete().where(votes.c.room == self.code, votes.c.ballot.in_(gone)))
            return self._overview(connection)

        return self.rows.database.write(change, self.rows.notify(self.code, activity=False))
